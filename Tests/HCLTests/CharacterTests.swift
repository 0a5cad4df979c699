import HCL
import Testing

@Suite("texts are read by bytes, and characters are Terraform's")
struct CharacterTests {
    private func answer(_ text: String) -> String {
        let value = LocalReferences("").evaluate(text).value
        return value.deepUnknownReason.map { "unknown: \($0)" } ?? value.json
    }

    /// A mark behind a sign of ASCII makes one character with it, and is a byte of its own to Terraform.
    @Test(
        "a sign is found with a mark behind it",
        arguments: [
            ("replace(\"x\u{338}y\", \"/\u{338}y/\", \"z\")", "\"xz\""),
            ("replace(\"ay\u{301}\", \"/a/\", \"$0\u{301}\")", "\"\u{E1}\u{FD}\""),
            ("basename(\"a/\u{301}b\")", "\"\u{301}b\""), ("dirname(\"a/\u{301}b\")", "\"a\""),
            ("dirname(\"/\u{301}a/b\")", "\"/\u{301}a\""),
            ("format(\"%%\u{301}\")", "\"%\u{301}\""), ("format(\"%s/\u{301}x\", \"b\")", "\"b/\u{301}x\""),
            ("format(\"%d\u{301}\", 1)", "\"1\u{301}\""), ("format(\"%03d\", -1)", "\"-01\""),
        ])
    func marks(_ expression: String, _ expected: String) { #expect(answer(expression) == expected) }

    @Test(
        "cases are changed scalar by scalar",
        arguments: [
            ("lower(\"\u{130}\")", "\"i\""), ("upper(\"\u{1F80}\u{1FB3}\")", "\"\u{1F88}\u{1FBC}\""),
            ("upper(\"ß\u{FB01}\u{149}\")", "\"ß\u{FB01}\u{149}\""),
            ("title(\"ßa \u{FB01}x \u{1C6}\")", "\"ßa \u{FB01}x \u{1C5}\""), ("lower(\"ΑΣ\")", "\"ασ\""),
        ])
    func cases(_ expression: String, _ expected: String) { #expect(answer(expression) == expected) }

    @Test(
        "expressions fold cases as Go does",
        arguments: [
            ("(?i)ß", "\u{1E9E}", true), ("(?i)\u{1E9E}", "ß", true), ("(?i)[\u{1E9E}]", "ß", true), ("(?i)ß", "ss", false),
            ("(?i)\u{1F80}", "\u{1F88}", true), ("(?i)[\u{1F88}]", "\u{1F80}", true), ("(?i)i", "\u{131}", false),
            ("(?i)\u{130}", "i", false),
            ("(?i)k", "\u{17F}", false), ("(?i)s", "\u{17F}", true), ("(?i)ϴ", "ϑ", true),
        ])
    func folding(_ pattern: String, _ text: String, _ matches: Bool) {
        #expect(answer("can(regex(\"\(pattern)\", \"\(text)\"))") == "\(matches)")
    }

    @Test(
        "how many there are is not said where versions of Unicode differ",
        arguments: [
            "length(\"\u{915}\u{94D}\u{937}\")", "substr(\"\u{915}\u{94D}\u{937}\", 0, 1)", "strrev(\"\u{9A8}\u{9CD}\u{9A6}\")",
            "format(\"%5s\", \"\u{915}\u{94D}\u{937}\")", "format(\"%.1s\", \"\u{915}\u{94D}\u{937}\")", "length(\"\u{1FAE8}\")",
        ])
    func unsettled(_ expression: String) { #expect(answer(expression).hasPrefix("unknown: ")) }

    @Test(
        "and is said elsewhere",
        arguments: [
            ("length(\"\u{915}\u{93F}\")", "1"), ("length(\"👨‍👩‍👧\")", "1"), ("length(\"\\r\\n\")", "1"), ("length(\"e\u{308}\u{301}\")", "1"),
            ("strrev(\"a\u{308}\u{301}b\")", "\"b\u{E4}\u{301}\""),
        ])
    func settled(_ expression: String, _ expected: String) { #expect(answer(expression) == expected) }
}
