import HCL
import Testing

/// Texts of a million letters: what takes the square of their length does not come to an end here. How much longer eight times as much takes
/// is measured by `bursar-benchmarks texts`.
@Suite("functions of texts take time in proportion to them")
struct LinearTimeTests {
    private static let count = 1_000_000

    private func value(_ expression: String) -> String? {
        let (value, problems) = LocalReferences("").evaluate(expression)
        return problems.isEmpty ? value.string ?? value.json : problems.map(\.message).joined()
    }

    private func repeated(_ text: String) -> String { String(repeating: text, count: Self.count / text.utf8.count) }

    @Test("title() of many words")
    func title() {
        #expect(value("title(\"\(repeated("a "))\")") == repeated("A "))
        #expect(value("upper(\"\(repeated("ß"))\")") == repeated("ß"))
    }

    @Test("split(), replace() and strcontains() of what nearly is there at each letter")
    func search() {
        let text = repeated("a")
        let part = String(text.dropFirst(Self.count / 2)) + "b"
        #expect(value("length(split(\"\(part)\", \"\(text)\"))") == "1")
        #expect(value("strcontains(\"\(text)\", \"\(part)\")") == "false")
        #expect(value("strcontains(\"\(text)b\", \"\(part)\")") == "true")
        #expect(value("replace(\"\(text)\", \"\(part)\", \"x\")") == text)
        #expect(value("replace(\"\(text)b\", \"\(part)\", \"x\")") == String(text.dropLast(Self.count / 2)) + "x")
    }

    @Test("chomp(), trimspace(), trim() and trimsuffix() of what is all end")
    func ends() {
        #expect(value("chomp(\"x\(repeated("\\n"))\")") == "x")
        #expect(value("trimspace(\"x\(repeated(" "))\")") == "x")
        #expect(value("trim(\"\(repeated("a"))\", \"a\")") == "")
        #expect(value("trimsuffix(\"\(repeated("a"))b\", \"\(repeated("a"))b\")") == "")
        #expect(value("strrev(\"\(repeated("ab"))\")") == repeated("ba"))
    }

    @Test("pieces are those of a plain search", arguments: ["a", "ab", "aa", "aba", "abab", "b", "aab", "\u{E9}"])
    func pieces(separator: String) {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let text = String((0..<Int.random(in: 0...24, using: &generator)).map { _ in "aab\u{E9}".randomElement() ?? "a" })
            let expected = plainSplit(text, separator)
            #expect(value("join(\"|\", split(\"\(separator)\", \"\(text)\"))") == expected.joined(separator: "|"), "\(text)")
        }
    }

    private func plainSplit(_ text: String, _ separator: String) -> [String] {
        let (bytes, wanted) = (Array(text.utf8), Array(separator.utf8))
        var (pieces, start, at) = ([String](), 0, 0)
        while at + wanted.count <= bytes.count {
            if Array(bytes[at..<(at + wanted.count)]) == wanted {
                pieces.append(String(decoding: bytes[start..<at], as: UTF8.self))
                at += wanted.count
                start = at
            } else {
                at += 1
            }
        }
        return pieces + [String(decoding: bytes[start...], as: UTF8.self)]
    }
}
