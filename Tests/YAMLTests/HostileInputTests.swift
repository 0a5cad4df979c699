import Diagnostics
import Testing
import YAML

private func messages(_ text: String, limits: YAMLLimits = YAMLLimits()) -> [String] {
    YAMLParser.parse(SourceFile(path: "test.yaml", text: text), limits: limits).diagnostics.map { "\($0.place ?? "-"): \($0.message)" }
}

private func nested(_ count: Int) -> String { String(repeating: "[", count: count) + String(repeating: "]", count: count) }

/// Each of these would cost minutes or gigabytes without a limit; the time limit makes the test fail instead of hang.
@Suite("hostile input", .timeLimit(.minutes(5)))
struct HostileInputTests {
    @Test(
        "a deep nest ends at the limit and costs no time",
        arguments: ["{", "[", "[{", "{a: ", "- ", "? ", "[? ", "{? ", "&a [", "!a ["])
    func depth(unit: String) {
        let found = messages(String(repeating: unit, count: 900_000 / unit.utf8.count))
        #expect(found.count >= 1)
        #expect(found.last?.contains("lists and mappings are nested more than 64 deep") == true, "\(found)")
    }

    @Test("the depth limit is exact")
    func depthIsExact() {
        #expect(messages(nested(64)).isEmpty)
        #expect(messages(nested(65)) == ["test.yaml:1:65: lists and mappings are nested more than 64 deep"])
    }

    @Test("aliases of aliases end at the limit of values")
    func billionLaughs() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 { text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n" }
        #expect(messages(text) == ["test.yaml:5:45: the file has more than 100000 values, counting those that aliases repeat"])
    }

    @Test("aliases cannot nest deeper than brackets may")
    func deepAliases() {
        var text = "- &a0 [x]\n"
        for level in 1...100 { text += "- &a\(level) [*a\(level - 1)]\n" }
        #expect(messages(text) == ["test.yaml:64:9: with its aliases expanded this is nested more than 64 deep"])
    }

    @Test("the hundredth problem ends the reading, whatever the problems are", arguments: ["- *x\n", "- !x y\n", "a: 1\n", "[a]: 1\n"])
    func manyProblems(line: String) {
        let anchors = (0..<2_000).map { "- &anchor\($0) x\n" }.joined()
        let text = line.hasPrefix("-") ? anchors + String(repeating: line, count: 50_000) : String(repeating: line, count: 50_000)
        let found = messages(text)
        #expect(found.count == 101)
        #expect(found.last?.hasSuffix("more than 100 problems; the rest is not read") == true)
    }

    @Test("size, documents and values have limits")
    func otherLimits() {
        var limits = YAMLLimits()
        limits.fileSize = 10
        limits.documents = 2
        limits.nodes = 4
        #expect(messages("a: 12345678", limits: limits) == ["test.yaml:1:1: test.yaml has 11 bytes; a YAML file may have 10"])
        #expect(messages("--- a\n---", limits: limits).isEmpty)
        limits.fileSize = 100
        #expect(messages("--- a\n--- b\n--- c\n", limits: limits) == ["test.yaml:3:1: a file may hold 2 documents"])
        #expect(
            messages("[1, 2, 3, 4]", limits: limits) == [
                "test.yaml:1:11: the file has more than 4 values, counting those that aliases repeat"
            ])
    }

    @Test(
        "large flat files are read to their end or refused for a reason, in the suite's time",
        arguments: [
            "a", "a ", "'a'\n ", "é", "[a, ", "\n", "# c\n", "\r", "\u{85}", "'", "\"\\", "%", "--- a\n", "*a ", "a: ", "- a\n", "\t",
            "|\n", "\0",
        ])
    func flat(unit: String) {
        let found = messages(String(repeating: unit, count: 900_000 / unit.utf8.count))
        // A hundred problems, and that the rest is not read.
        #expect(found.count <= 101)
        #expect(found.allSatisfy { $0.hasPrefix("test.yaml:") && !$0.hasSuffix(": ") }, "\(found.prefix(3))")
    }

    @Test("no cut through a file makes the parser fail in an unclean way")
    func truncation() {
        let text = "# é\na: &x [1, {b: \"\\u00e9\"}, 'c''d']\nb: |+\n  text\n\nc: *x\n? d\n: >-\n  e\n---\n- - f\n  - !g h\n"
        let bytes = Array(text.utf8)
        for end in bytes.indices {
            for cut in [Array(bytes[..<end]), Array(bytes[end...])] {
                let source = SourceFile(path: "cut.yaml", bytes: cut)
                let (documents, diagnostics) = YAMLParser.parse(source)
                _ = CaretPrinter().render(diagnostics)
                for document in documents { checkRanges(document, in: 0..<cut.count) }
            }
        }
    }

    /// Every value lies inside the one that holds it, unless it came by an alias.
    private func checkRanges(_ node: YAMLNode, in outer: Range<Int>) {
        let range = node.range.bytes
        #expect(range.lowerBound >= outer.lowerBound && range.upperBound <= outer.upperBound, "\(range) in \(outer)")
        guard !node.isAlias else { return }
        for child in node.sequence ?? [] { checkRanges(child, in: range) }
        for entry in node.mapping ?? [] {
            checkRanges(entry.keyNode, in: range)
            checkRanges(entry.value, in: range)
        }
    }
}
