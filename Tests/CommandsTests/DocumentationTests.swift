import Foundation
import JSON
import Reporting
import TestSupport
import Testing

@testable import Commands

/// What the README, the page of formats and the example's walk-through show is what the tool prints.
///
/// `BURSAR_RENEW_DOCUMENTATION=1 swift test --filter DocumentationTests` writes what it prints into the pages; read the difference.
@Suite("documentation")
struct DocumentationTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let renews = ProcessInfo.processInfo.environment["BURSAR_RENEW_DOCUMENTATION"] != nil
    /// Columns of the terminal that the pages show.
    private static let width = 100

    private let repository: TemporaryRepository
    private let scratch = TemporaryDirectory()

    /// The example lies in a folder of its repository, as it does in this one.
    init() throws {
        repository = try TemporaryRepository()
        try FileManager.default.createDirectory(atPath: repository.path + "/examples", withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: Self.root.appending(path: "examples/acme").path, toPath: repository.path + "/examples/acme")
        try repository.commit()
    }

    @Test("the README's tour shows what is printed")
    func readme() throws {
        try walk("README.md", from: "") { line in
            (line.hasPrefix("bursar ") || line.hasPrefix("git ")) && (line.contains("examples/acme") || line.contains("/tmp/"))
        }
    }

    @Test("the example's walk shows what is printed")
    func example() throws {
        try walk("examples/acme/README.md", from: "examples/acme") { $0.hasPrefix("bursar ") || $0.hasPrefix("git ") }
    }

    @Test("the page of formats shows what check prints in each of them")
    func formats() throws {
        let page = "Sources/Commands/Commands.docc/Formats.md"
        try walk(page, from: "examples/acme") { $0.hasPrefix("bursar check ") }
        let text = try String(contentsOf: Self.root.appending(path: page), encoding: .utf8)
        for format in Command.check.allOptions.first(where: { $0.name == "--format" })?.choices ?? [] {
            #expect(format == "text" || text.contains("bursar check $NOW --format \(format)\n"), "\(format) is not shown")
        }
    }

    @Test(
        "every key of a JSON document stands on the page of the command line",
        arguments: [
            ("check", "check"), ("inventory", "inventory"), ("scorecard", "scorecard"), ("cost", "cost"), ("estimate", "estimate"),
            ("plan", "plan.json"),
            ("validate", "validate, explain, baseline, apply"), ("explain f-59157dfcbefb", "validate, explain, baseline, apply"),
            ("baseline", "validate, explain, baseline, apply"),
        ])
    func keys(command: String, heading: String) throws {
        let page = try String(contentsOf: Self.root.appending(path: "Sources/Commands/Commands.docc/CommandLine.md"), encoding: .utf8)
        let section = try #require(page.components(separatedBy: "\n### ").first { $0.hasPrefix(heading + "\n") })
        let words = Set(section.split { !$0.isLetter && !$0.isNumber }.map(String.init))
        let document = try JSONReader.read(Array(try run("bursar \(command) $NOW --format json", from: "examples/acme").joined().utf8))
        guard case .object(let members) = document else {
            Issue.record("the document is no object")
            return
        }
        // What every document carries is described once, above all of them.
        for member in members where !["schemaVersion", "tool", "revision", "evaluatedAt"].contains(member.key) {
            #expect(words.contains(member.key), "'\(member.key)' is not described")
            guard case .array(let items) = member.value, case .object(let inner)? = items.first, member.key != "diagnostics" else {
                continue
            }
            for key in inner.map(\.key) where !["amount", "currency"].contains(key) {
                #expect(words.contains(key), "'\(member.key)[].\(key)' is not described")
            }
        }
    }

    /// - Parameter folder: where the reader stands, below the repository's top.
    private func walk(_ page: String, from folder: String, where isRun: (String) -> Bool) throws {
        let file = Self.root.appending(path: page)
        let text = try String(contentsOf: file, encoding: .utf8)
        let steps = Walkthrough.steps(of: text, where: isRun)
        #expect(steps.count { $0.shown != nil } > 2, "\(page) shows hardly anything")
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var renewals: [(Range<Int>, [String])] = []
        for step in steps {
            let output = try run(step.command, from: folder)
            guard let shown = step.shown, let bad = Walkthrough.mismatch(shown: shown, output: output) else { continue }
            if Self.renews, let lines = Walkthrough.renewed(shown, from: output) { renewals.append((step.shownAt, lines)) }
            Issue.record("\(page):\(step.lineNumber): '\(step.command)' prints something else\n\(bad)")
        }
        guard !renewals.isEmpty else { return }
        for (range, renewed) in renewals.reversed() { lines.replaceSubrange(range, with: renewed) }
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
    }

    /// The lines that a command of the page prints. A check that finds something ends with 1; nothing here may end worse.
    private func run(_ command: String, from folder: String) throws -> [String] {
        let now = "--now 2026-11-01T00:00:00Z"
        var words = command.replacing("$NOW", with: now).replacing("/tmp/", with: scratch.path + "/").split(separator: " ").map(String.init)
        let tool = words.removeFirst()
        let output: String
        if tool == "git" {
            output = try repository.git(["-C", folder.isEmpty ? "." : folder] + words)
        } else {
            if let at = words.firstIndex(of: "-C"), words.indices.contains(at + 1) {
                words[at + 1] = repository.path + "/" + words[at + 1]
            } else {
                words += ["-C", repository.path + "/" + folder]
            }
            let said = Said(words, width: Self.width)
            #expect(said.code <= 1, "\(command): \(said.error)")
            output = said.output.hasSuffix("\n") ? String(said.output.dropLast()) : said.output
        }
        return output.replacing(scratch.path + "/", with: "/tmp/").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
