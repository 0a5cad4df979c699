import Diagnostics
import Foundation
import Testing
import YAML

/// Other people's YAML files, beside the repository; other machines may lack them.
private let corpus = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/data/corpus").standardized

private func yamlFiles() -> [String] {
    let paths = FileManager.default.enumerator(atPath: corpus.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
}

@Suite("real files", .enabled(if: FileManager.default.fileExists(atPath: corpus.path), "needs ../shared/data/corpus"))
struct CorpusTests {
    @Test("every value's bytes are what it is written as, and lie inside what holds it")
    func ranges() throws {
        var checked = 0
        for path in yamlFiles() {
            let source = SourceFile(path: path, bytes: Array(try Data(contentsOf: corpus.appending(path: path))))
            var limits = YAMLLimits()
            limits.fileSize = 10_000_000
            limits.nodes = 1_000_000
            let (documents, diagnostics) = YAMLParser.parse(source, limits: limits)
            _ = CaretPrinter().render(diagnostics)
            for document in documents {
                if let problem = problem(in: document, outer: 0..<source.bytes.count, checked: &checked) {
                    Issue.record("\(path): \(problem)")
                }
            }
        }
        #expect(checked > 10_000)
    }

    private func problem(in node: YAMLNode, outer: Range<Int>, checked: inout Int) -> String? {
        checked += 1
        let range = node.range.bytes
        guard outer.lowerBound <= range.lowerBound, range.upperBound <= outer.upperBound else { return "\(range) leaves \(outer)" }
        let text = node.range.text
        guard !node.isAlias else { return text.hasPrefix("*") ? nil : "alias written '\(text)'" }
        switch node.content {
        case .scalar(let scalar): return isWritten(scalar, text) ? nil : "'\(scalar.text)' written '\(text)'"
        case .sequence(let elements):
            let isWhole = node.isFlow ? text.hasPrefix("[") && text.hasSuffix("]") : text.hasPrefix("-")
            guard isWhole else { return "list written '\(text)'" }
            return firstProblem(elements, in: range, &checked)
        case .mapping(let entries):
            guard !node.isFlow || text.hasPrefix("{") && text.hasSuffix("}") || text.contains(":") else {
                return "mapping written '\(text)'"
            }
            return firstProblem(entries.flatMap { [$0.keyNode, $0.value] }, in: range, &checked)
        }
    }

    private func firstProblem(_ nodes: [YAMLNode], in range: Range<Int>, _ checked: inout Int) -> String? {
        var start = range.lowerBound
        for node in nodes {
            if let problem = problem(in: node, outer: start..<range.upperBound, checked: &checked) { return problem }
            start = node.range.bytes.upperBound
        }
        return nil
    }

    private func isWritten(_ scalar: YAMLScalar, _ text: String) -> Bool {
        switch scalar.style {
        case .plain: text == scalar.text || (text.contains(where: \.isNewline) && words(text) == words(scalar.text))
        case .singleQuoted: text.hasPrefix("'") && text.hasSuffix("'") && text.utf8.count >= 2
        case .doubleQuoted: text.hasPrefix("\"") && text.hasSuffix("\"") && text.utf8.count >= 2
        case .literal: text.hasPrefix("|") && words(scalar.text) == words(String(text.drop { !$0.isNewline }))
        case .folded: text.hasPrefix(">") && words(scalar.text) == words(String(text.drop { !$0.isNewline }))
        }
    }

    private func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
}
