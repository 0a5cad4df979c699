import Diagnostics
import Testing
import YAML

/// `«` and `»` mark the bytes that a value must have for its range; the file is what stands without them.
struct Marked {
    let source: SourceFile
    let range: Range<Int>

    init(_ marked: String, byteOrderMark: Bool = false) {
        let parts = marked.split(separator: "«", maxSplits: 1, omittingEmptySubsequences: false)
        let inner = parts[1].split(separator: "»", maxSplits: 1, omittingEmptySubsequences: false)
        let lead: [UInt8] = byteOrderMark ? [0xEF, 0xBB, 0xBF] : []
        let start = lead.count + parts[0].utf8.count
        source = SourceFile(path: "test.yaml", bytes: lead + Array((parts[0] + inner[0] + inner[1]).utf8))
        range = start..<start + inner[0].utf8.count
    }
}

extension YAMLNode {
    /// Follows keys and, for lists, indices: `spec.owns.0`. A last `~` asks for the key itself.
    func at(_ path: String) -> YAMLNode? {
        var node = self
        for step in path.split(separator: ".") {
            if step.hasSuffix("~") { return node.mapping?.first { $0.key == step.dropLast() }?.keyNode }
            let next =
                Int(step).flatMap { index in node.sequence.flatMap { $0.indices.contains(index) ? $0[index] : nil } } ?? node[String(step)]
            guard let next else { return nil }
            node = next
        }
        return node
    }
}

@Suite("ranges of values")
struct RangeTests {
    @Test(
        "are the bytes a person would point at",
        arguments: [
            // Plain values, comments and blank lines.
            ("a: «x» # comment\n\n# more\nb: y\n", "a"),
            ("«a»: x\n", "a~"),
            ("a: «two words»   \nb: y\n", "a"),
            ("a: «one\n  two» \n\nb: y\n", "a"),
            ("\"«»\": 1\n".replacing("\"«»\"", with: "«\"a b\"»"), "a b~"),
            // Multi-byte text before and inside.
            ("é: ü # ñ\n日本: «“quoted” – 🚀»\n", "日本"),
            ("# 🚀🚀🚀\nlist: [é, «ö», 🚀]\n", "list.1"),
            // Carriage returns; NEL and U+2028 are line breaks for libyaml.
            ("a: x\r\nb: «y»\r\nc: z\r\n", "b"),
            ("a: |\r\n  é\r\nb: «y»\r\n", "b"),
            ("a: «|\r\n  x\r\n  y»\r\nb: y\r\n", "a"),
            ("a: \"x\u{2028}y\u{85}z\"\nb: «y»\n", "b"),
            // Quotes.
            ("a: «'it''s'» # c\n", "a"),
            ("a: «\"tab \\t\"»\n", "a"),
            ("a: «\"over\n  lines\"»\nb: 1\n", "a"),
            // Block scalars end with their last line, whatever is kept behind it.
            ("a: «|\n  x\n\n  y»\n\n\n# c\nb: 1\n", "a"),
            ("a: «>-\n  x\n  y»\n", "a"),
            ("a: «|+\n  x»\n\n\nb: 1\n", "a"),
            ("a: «|»\nb: 1\n", "a"),
            ("a: «|2-\n   x»", "a"),
            // Empty values.
            ("a:«»\nb: 1\n", "a"),
            ("a:«» # comment\n\n# more\nb: 1\n", "a"),
            ("a:«»", "a"),
            ("{a:«» , b: 1}", "a"),
            ("{«a»: , b: 1}", "a~"),
            ("{a«» , b: 1}", "a"),
            ("? a«»\n# c\n? b\n", "a"),
            ("- x\n-«» # c\n- y\n", "1"),
            ("a: ~\nb: «null»\n", "b"),
            // Collections.
            ("a: «[x, y]» # c\nb: 1\n", "a"),
            ("a: «{x: 1,\n  y: [2]}»\nb: 1\n", "a"),
            ("a:\n  «- x\n  - y» # c\n\n# more\nb: 1\n", "a"),
            ("a:\n«- x\n- y: z»\n\nb: 1\n", "a"),
            ("a:\n  «x: 1\n  y:\n    z: 2»\n\n  # c\nb: 1\n", "a"),
            ("a:\n  «x: 1\n  y:»   # c\nb: 1\n", "a"),
            ("«a: 1\nb: |\n  x\n  y»\n\n", ""),
            ("- «a: 1\n  b: 2»\n- 3\n", "0"),
            ("- - «x»\n  - y\n", "0.0"),
            ("a: «[]»\n", "a"),
            // Anchors stay outside, and so does an alias's target.
            ("a: &one «x»\nb: *one\n", "a"),
            ("a: &one x\nb: «*one» # c\n", "b"),
            ("a: &one\n  «x: 1»\nb: *one\n", "a"),
            ("a: &one # c\n  «x: 1»\n", "a"),
            ("a: [&one «x», *one]\n", "a.0"),
            ("a: [&one [«x»], *one]\n", "a.1.0"),
            ("a: &one«»\nb: 1\n", "a"),
            ("&k «a»: 1\n", "a~"),
            // A document behind a directive or a marker.
            ("%YAML 1.2\n---\na: «x»\n...\n", "a"),
        ])
    func range(marked: String, path: String) throws {
        for byteOrderMark in [false, true] {
            let text = Marked(marked, byteOrderMark: byteOrderMark)
            let (documents, diagnostics) = YAMLParser.parse(text.source)
            #expect(diagnostics.isEmpty, "\(CaretPrinter().render(diagnostics))")
            let node = try #require(documents.first?.at(path))
            #expect(node.range.bytes == text.range, "«\(node.range.text)» in \(text.source.text(0..<text.source.bytes.count))")
        }
    }

    @Test("follow every character of a long text that mixes widths")
    func longMixedText() throws {
        let lines = (0..<500).map { "k\($0)é🚀: [ü\($0), \"日本\($0)\"]" }
        let source = SourceFile(path: "long.yaml", text: lines.joined(separator: "\n"))
        let document = try #require(YAMLParser.parse(source).documents.first)
        for (number, entry) in try #require(document.mapping).enumerated() {
            #expect(entry.keyRange.text == "k\(number)é🚀")
            #expect(entry.value.at("1")?.range.text == "\"日本\(number)\"")
        }
    }

    @Test(
        "of a part of a text follow quotes and escapes",
        arguments: [
            ("a: ab«cd»e\n", 2..<4), ("a: 'a''b«cd»'\n", 3..<5), ("a: 'a«''»b'\n", 1..<2), (#"a: "a\\d«\"»b""#, 3..<4),
            (#"a: "\u00e9\n«x»""#, 3..<4), (#"a: "«\u00e9»x""#, 0..<2), ("a: é«ö»\n", 2..<4), ("a: 'ab«»'\n", 2..<2),
            // What YAML folds is shown whole.
            ("a: «'a\n  b'»\n", 2..<3), ("a: «|\n  abc»\n", 1..<2),
        ])
    func partOfText(marked: String, part: Range<Int>) throws {
        let text = Marked(marked)
        let node = try #require(YAMLParser.parse(text.source).documents.first?["a"])
        #expect(node.range(ofText: part).bytes == text.range)
    }
}
