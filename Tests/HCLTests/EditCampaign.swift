import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import HCL

/// Edits all object literals of the corpus and lets `terraform fmt` judge the results.
@Suite("campaign: edits", .enabled(if: Terraform.isWanted), .serialized)
struct EditCampaign {
    struct Trial {
        var name: String
        var file: HCLFile
        var result: [UInt8]
    }

    static let files: [HCLFile] = Corpus.files().filter { !CorpusTests.refused.contains($0.path) }.map { Parser.parse($0).file }

    @Test("insert one item into an object literal")
    func insert() throws {
        try judge("insert") { file, object, _ in
            var editor = HCLEditor(file)
            editor.insert([("bursar-test", HCLString.quoted("x"))], into: object)
            return editor.edits()
        }
    }

    @Test("insert three items, one of several lines")
    func insertMany() throws {
        try judge("insert many") { file, object, _ in
            var editor = HCLEditor(file)
            editor.insert(
                [("a", "1"), ("bursar", "{\n  x = 1\n  yy = 2\n}".replacing("x =", with: "x  =")), ("bursar.test/y", "[]")], into: object)
            return editor.edits()
        }
    }

    @Test("rename an item")
    func rename() throws {
        try judge("rename") { file, object, random in
            guard case .object(let items) = object.kind, let item = items.randomElement(using: &random) else { return nil }
            var editor = HCLEditor(file)
            editor.rename(item, to: Bool.random(using: &random) ? "bursar-test-that-is-long" : "b")
            return editor.edits()
        }
    }

    @Test("give an item another value")
    func replace() throws {
        try judge("replace") { file, object, random in
            guard case .object(let items) = object.kind, let item = items.randomElement(using: &random) else { return nil }
            var editor = HCLEditor(file)
            let values = ["1", "\"a longer value than before\"", "{\n  x = 1\n}", "merge(local.tags, {\n  x = 1\n})"]
            editor.replace(item.value, with: values.randomElement(using: &random) ?? "1")
            return editor.edits()
        }
    }

    @Test("insert, rename and replace at once")
    func combined() throws {
        try judge("combined") { file, object, random in
            guard case .object(let items) = object.kind, items.count > 1 else { return nil }
            var editor = HCLEditor(file)
            editor.insert([("bursar-test", "1")], into: object)
            editor.rename(items[0], to: "bursar-renamed")
            editor.replace(items[items.count - 1].value, with: "\"some value\"")
            return editor.edits()
        }
    }

    @Test("insert an argument into a block", arguments: ["1", "{\n  bursar = \"x\"\n}"])
    func insertArgument(_ value: String) throws {
        var trials: [Trial] = []
        for file in Self.files {
            for block in blocks(file.body) where block.body.attribute("bursar_test") == nil {
                var editor = HCLEditor(file)
                editor.insertAttribute("bursar_test", value, into: block)
                guard let result = try #require(editor.edits()).applied(to: file.source.bytes) else { continue }
                trials.append(Trial(name: "\(file.source.path):\(file.source.line(at: block.openBrace))", file: file, result: result))
            }
        }
        try check("argument", trials)
    }

    private func blocks(_ body: Body) -> [Block] { body.blocks.flatMap { [$0] + blocks($0.body) } }

    private func judge(_ name: String, _ edit: (HCLFile, HCL.Expression, inout SeededGenerator) -> [TextEdit]?) throws {
        var random = SeededGenerator(seed: 7)
        var trials: [Trial] = []
        for file in Self.files {
            for object in ObjectLiterals(file.body).all {
                guard let edits = edit(file, object, &random) else { continue }
                let result = try #require(edits.applied(to: file.source.bytes))
                let name = "\(file.source.path):\(file.source.line(at: object.range.lowerBound))"
                trials.append(Trial(name: name, file: file, result: result))
            }
        }
        try check(name, trials)
    }

    private func check(_ name: String, _ trials: [Trial]) throws {
        let originals = try Terraform.format(Self.files.map(\.source.bytes))
        let clean = Set(
            Self.files.indices.filter { originals.formatted[$0] == Self.files[$0].source.bytes }.map { Self.files[$0].source.path })
        var (broken, notClean, cleanBefore) = (0, 0, 0)
        for start in stride(from: 0, to: trials.count, by: 4000) {
            let batch = Array(trials[start..<min(start + 4000, trials.count)])
            let verdict = try Terraform.format(batch.map(\.result))
            for (index, trial) in batch.enumerated() {
                let ours = Parser.parse(SourceFile(path: trial.name, bytes: trial.result)).diagnostics
                if verdict.refused.contains(index) || !ours.isEmpty {
                    broken += 1
                    if broken <= 5 { Issue.record("\(name): \(trial.name) does not parse\n\(CaretPrinter().render(ours))") }
                }
                guard clean.contains(trial.file.source.path) else { continue }
                cleanBefore += 1
                guard let formatted = verdict.formatted[index], formatted != trial.result else { continue }
                notClean += 1
                if notClean <= 5 { Issue.record("\(name): \(trial.name) is not clean\n\(difference(trial.result, formatted))") }
            }
        }
        print("\(name): \(trials.count) edits, \(broken) broken; of \(cleanBefore) in clean files \(notClean) not clean")
    }

    private func difference(_ ours: [UInt8], _ theirs: [UInt8]) -> String {
        let left = String(decoding: ours, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let right = String(decoding: theirs, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return zip(left, right).enumerated().filter { $1.0 != $1.1 }.prefix(6).map { "\($0 + 1)\n- \($1.0)\n+ \($1.1)" }.joined(
            separator: "\n")
    }
}
