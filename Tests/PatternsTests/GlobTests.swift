import Patterns
import Testing

@Suite("glob")
struct GlobTests {
    @Test(
        "matches the whole value",
        arguments: [
            ("aws_*", "aws_instance", true), ("aws_*", "xaws_instance", false), ("aws_*", "aws_", true), ("a?c", "abc", true),
            ("a?c", "ac", false), ("a?c", "aéc", true), ("*", "", true), ("", "", true), ("", "a", false), ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-b-b", false), ("**a**", "banana", true), ("*x", "xxxxy", false), ("*.legacy*", "aws_instance.legacy_1", true),
        ])
    func whole(pattern: String, value: String, expected: Bool) {
        #expect(Glob(pattern).matches(value) == expected)
    }

    @Test("brackets and quotes of an address are literal")
    func addresses() {
        let glob = Glob(#"infra/pay/app1:aws_instance.x["a"]"#)
        #expect(glob.isLiteral)
        #expect(glob.matches(#"infra/pay/app1:aws_instance.x["a"]"#))
        #expect(!glob.matches("infra/pay/app1:aws_instance.xa"))
        #expect(Glob(#"*:module.db["*"].aws_db_instance.main"#).matches(#"infra:module.db["eu\"1"].aws_db_instance.main"#))
    }

    @Test(
        "knows classes where asked for",
        arguments: [
            ("t[23]*", "t3.small", true), ("t[23]*", "t4g.small", false), ("[!a-c]x", "dx", true), ("[!a-c]x", "bx", false),
            ("[]]", "]", true),
            ("[a-]", "-", true), ("é[à-ü]", "éö", true),
        ])
    func classes(pattern: String, value: String, expected: Bool) throws {
        #expect(try Glob(withClasses: pattern).matches(value) == expected)
    }

    @Test("a class that is not closed or runs backwards is refused at its place")
    func brokenClasses() {
        let unclosed = #expect(throws: PatternError.self) { try Glob(withClasses: "é[a-z") }
        #expect(unclosed?.description == "'[' is never closed (at offset 2)")
        let backwards = #expect(throws: PatternError.self) { try Glob(withClasses: "[z-a]") }
        #expect(backwards?.message == "the range 'z-a' runs backwards")
    }

    @Test("many runs stay bounded")
    func bounded() {
        let glob = Glob(String(repeating: "a*", count: 200) + "b")
        #expect(!glob.matches(String(repeating: "a", count: 5_000)))
    }
}

@Suite("path glob")
struct PathGlobTests {
    @Test(
        "a star stays in one folder, two cross folders",
        arguments: [
            ("infra/**", "infra/pay/main.tf", true), ("infra/**", "infra", true), ("infra/**", "infrared/main.tf", false),
            ("infra/", "infra/pay/main.tf", true), ("**/main.tf", "main.tf", true), ("**/main.tf", "a/b/main.tf", true),
            ("*.tf", "main.tf", true), ("*.tf", "infra/main.tf", false), ("infra/*/main.tf", "infra/pay/main.tf", true),
            ("infra/*/main.tf", "infra/pay/x/main.tf", false), ("a/**/b/**/c", "a/x/b/b/y/c", true), ("a/**/b/**/c", "a/x/c", false),
            ("**", "anything/at/all", true), ("infra/pay", "infra/pay", true), ("infra/pay", "infra/pay/main.tf", false),
            ("infra/[prod]/*", "infra/[prod]/main.tf", true),
        ])
    func segments(pattern: String, path: String, expected: Bool) throws {
        #expect(try PathGlob(pattern).matches(path) == expected)
    }

    @Test(
        "what leaves the repository or says nothing is refused",
        arguments: [
            ("", 0, "the path pattern is empty"), ("/infra", 0, "a path pattern is relative: remove the leading '/'"),
            ("infra/../x", 6, "'..' would leave the repository"), ("é//b", 3, "empty segment in the path pattern"),
            ("a/x**", 2, "'**' must stand alone between slashes"), ("./a", 0, "'.' matches nothing in a path pattern: remove it"),
        ])
    func refused(pattern: String, offset: Int, message: String) {
        let error = #expect(throws: PatternError.self) { try PathGlob(pattern) }
        #expect(error?.offset == offset)
        #expect(error?.message == message)
    }

    @Test("the longest path is the most specific")
    func specificity() throws {
        let patterns = try ["**", "infra/**", "infra/*/db/**", "infra/payments/**", "infra/payments/db/**"].map(PathGlob.init)
        #expect(patterns.map(\.specificity) == [0, 5, 9, 14, 17])
    }
}
