import Patterns
import Testing

@Suite("linear pattern")
struct LinearPatternTests {
    @Test(
        "matches whole values",
        arguments: [
            ("CC-[0-9]{4}", "CC-1010", true), ("CC-[0-9]{4}", "xCC-1010", false), ("CC-[0-9]{4}", "CC-10101", false), ("a|ab", "ab", true),
            ("(a|ab)(c|bcd)", "abcd", true), ("a*?", "aaa", true), ("", "", true), ("", "a", false), ("[^a-z]+", "AÉ9", true),
            (#"\d+\.\w\S\s"#, "12.aé ", true), (#"\Bx"#, "x", false), (#"\bx\b"#, "x", true), ("(?i)prod", "PrOd", true),
            ("(?i:a)b", "Ab", true), ("(?i:a)b", "AB", false), ("(?i)[a-f]+", "ABcd", true), ("(?i)é", "É", true), (".", "\n", false),
            ("(?s).", "\n", true), ("a{2}", "aa", true), ("a{2,}", "aaaa", true), ("a{2,3}", "aaaa", false), ("a{,3}", "a{,3}", true),
            ("(|a)+", "aaa", true), ("(a*)*b", "aab", true), (#"\Qa.b\E+"#, "a.bb", true), (#"\Qa|b\E|c"#, "a|b", true),
            (#"\x41\x{e9}\t"#, "Aé\t", true),
            ("[[:alpha:]_]+", "a_b", true), (#"[\d\-a]+"#, "1-a", true), (#"\p{Lu}\pN"#, "É5", true), (#"\PL"#, "a", false),
            ("[^\\D5]", "4", true), ("[^\\D5]", "5", false), ("(?m)a$\nb", "a\nb", true), ("a$\nb", "a\nb", false), ("🦀+", "🦀🦀", true),
        ])
    func whole(pattern: String, value: String, expected: Bool) throws {
        #expect(try LinearPattern(pattern).matchesWhole(value) == expected)
    }

    @Test("finds a part, with its groups in bytes")
    func search() throws {
        let pattern = try LinearPattern(#"(?P<key>[a-z]+)=(\d+)?(x)?"#)
        #expect(pattern.matches("é key=12"))
        #expect(!pattern.matches("KEY=12"))
        #expect(pattern.groupNames == ["key": 1])
        let match = try #require(pattern.firstMatch(in: "é key=12"))
        #expect(match.range == 3..<9)
        #expect(match.groups == [3..<6, 7..<9, nil])
    }

    @Test(
        "the leftmost match prefers what comes first",
        arguments: [
            ("a|ab", "ab", 0..<1), ("a+?", "aaa", 0..<1), ("a+", "baaa", 1..<4), ("(?U)a+", "aaa", 0..<1), ("x*", "ax", 0..<0),
            ("b|ab", "ab", 0..<2),
        ])
    func preference(pattern: String, text: String, expected: Range<Int>) throws {
        #expect(try LinearPattern(pattern).firstMatch(in: text)?.range == expected)
    }

    @Test(
        "finds all matches as Go does",
        arguments: [
            ("a*", "baac", [0..<0, 1..<3, 4..<4]), ("a", "aba", [0..<1, 2..<3]), ("^a", "aa", [0..<1]), ("", "é", [0..<0, 2..<2]),
            (#"\b"#, "ab c", [0..<0, 2..<2, 3..<3, 4..<4]),
        ])
    func all(pattern: String, text: String, expected: [Range<Int>]) throws {
        #expect(try LinearPattern(pattern).allMatches(in: text).map(\.range) == expected)
    }

    @Test(
        "what cannot run in linear time, or is not a pattern, is refused at its place",
        arguments: [
            (#"(a)\1"#, 3, #"back-reference '\1' is not supported: it cannot run in linear time"#),
            ("é(?=a)", 2, "look-around '(?=' is not supported: it cannot run in linear time"),
            ("a(?<!b)", 1, "look-around '(?<!' is not supported: it cannot run in linear time"),
            ("(?P=x)", 0, "back-reference '(?P=' is not supported: it cannot run in linear time"), ("(a", 0, "'(' is never closed"),
            ("a)", 1, "')' without '('"), ("[a", 0, "'[' is never closed"), ("*a", 0, "nothing to repeat before '*'"),
            ("a|{2}", 2, "nothing to repeat before '{'"), ("a**", 1, "two repetitions in a row: '**'"),
            ("[z-a]", 1, "the range 'z-a' runs backwards"),
            ("a{3,2}", 1, "the repetition's bounds run backwards"), ("a{1001}", 1, "a repetition counts to at most 1000"),
            (#"\y"#, 0, #"unknown escape '\y'"#), ("a\\", 1, "the pattern ends in a backslash"), ("(?x)a", 2, "unknown flag 'x' in '(?'"),
            (#"\x{110000}"#, 0, #"'\x' needs two hexadecimal digits, or a character's number in braces"#),
            ("[[:alfa:]]", 1, "unknown character class '[:alfa:]'"),
            (#"\p{Klingon}"#, 0, "unknown Unicode category 'Klingon'; known are letters such as L, Lu, N, Nd, P, S and Z"),
        ])
    func refused(pattern: String, offset: Int, message: String) {
        let error = #expect(throws: PatternError.self) { try LinearPattern(pattern) }
        #expect(error?.offset == offset)
        #expect(error?.message == message)
    }

    @Test(
        "what would grow without bound is refused",
        arguments: [
            "((a{100}){100}){100}", "((((){1000}){1000}){1000}){1000}", String(repeating: "(", count: 5000),
            String(repeating: "a", count: 20_000),
            String(repeating: "(?:", count: 200) + String(repeating: ")", count: 200),
        ])
    func limits(pattern: String) {
        #expect(throws: PatternError.self) { try LinearPattern(pattern) }
    }

    @Test(
        "patterns that make backtracking explode stay linear",
        arguments: ["^(a+)+$", "(a|a)*b", "(a*)*c", "(.*)(.*)(.*)x"])
    func linear(pattern: String) throws {
        let compiled = try LinearPattern(pattern)
        let text = String(repeating: "a", count: 100_000)
        #expect(!compiled.matchesWhole(text + "!"))
        #expect(compiled.matchesWhole(text) == (pattern == "^(a+)+$"))
    }
}
