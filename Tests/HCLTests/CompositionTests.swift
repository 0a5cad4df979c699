import Diagnostics
import HCL
import Testing

/// Every text of Terraform is in Unicode's composed form, wherever it comes from.
@Suite("composed texts")
struct CompositionTests {
    private func value(_ text: String) -> Value { LocalReferences("").evaluate(text).value }

    @Test(
        "literals, templates, heredocs and results are composed",
        arguments: [
            "\"e\u{301}\"", "\"e\\u0301\"", "\"${\"e\"}${\"\u{301}\"}\"", "chomp(<<E\ne\u{301}\nE\n)", "join(\"\", [\"e\", \"\u{301}\"])",
            "format(\"%s%s\", \"e\", \"\u{301}\")", "jsondecode(\"\\\"e\\\\u0301\\\"\")", "keys({ \"e\u{301}\" = 1 })[0]",
            "keys({ e\u{301} = 1 })[0]", "keys(jsondecode(\"{\\\"e\u{301}\\\": 1}\"))[0]", "keys({ for k in [\"e\u{301}\"] : k => 1 })[0]",
            "replace(\"ex\", \"x\", \"\u{301}\")", "base64decode(\"ZcyB\")", "keys(zipmap([\"e\u{301}\"], [1]))[0]",
            "lower(\"E\u{301}\")", "distinct([\"e\u{301}\"])[0]", "regex(\".*\", \"e\u{301}\")",
        ])
    func composed(_ expression: String) throws {
        let text = try #require(value(expression).string)
        #expect(Array(text.utf8) == [0xC3, 0xA9])
    }

    @Test(
        "functions that look at bytes see them so",
        arguments: [
            "startswith(\"e\u{301}x\", \"e\")", "strcontains(\"e\u{301}\", \"e\")", "endswith(\"e\u{301}\", \"\u{301}\")",
            "trimprefix(\"e\u{301}\", \"e\") == \"\u{301}\"", "length(split(\"e\", \"e\u{301}\")) == 2",
            "base64encode(\"e\u{301}\") != \"w6k=\"",
            "urlencode(\"e\u{301}\") != \"%C3%A9\"", "base64encode(\"\u{1112}\u{1161}\u{11AB}\") != base64encode(\"\u{D55C}\")",
            "!can(regex(\"^\u{E9}$\", \"e\u{301}\"))", "!contains([\"\u{E9}\"], \"e\u{301}\")",
        ])
    func bytes(_ expression: String) { #expect(value(expression).json == "false") }

    @Test("keys are found in both forms, in small maps and large ones, and the later of the two counts")
    func keys() {
        for others in ["", (0..<20).map { "k\($0) = 0, " }.joined()] {
            #expect(value("{ \(others)\"e\u{301}\" = 1 }[\"\u{E9}\"]").json == "1")
            #expect(value("{ \(others)\u{E9} = 1 }.e\u{301}").json == "1")
            #expect(value("{ \(others)\u{E9} = 0, e\u{301} = 1 }.\u{E9}").json == "1")
        }
    }

    @Test("texts of JSON syntax too")
    func json() throws {
        let source = SourceFile(path: "a.tf.json", text: "{\"locals\": {\"a\": \"e\u{301}\", \"b\": {\"e\u{301}\": 1}}}")
        let file = Parser.parseFile(source).file
        let references = LocalReferences("")
        for (name, expected) in [("a", "\"\u{E9}\""), ("b", "{\"\u{E9}\":1}")] {
            let attribute = try #require(file.body.blocks("locals").first?.body.attribute(name))
            let value = Evaluator().value(of: attribute.value, in: Scope(file: source, references: references))
            #expect(Array(value.json.utf8) == Array(expected.utf8))
        }
    }

    @Test("names that are bound are told apart by bytes")
    func names() { #expect(value("[for e\u{301}, \u{E9} in [5] : [e\u{301}, \u{E9}]][0]").json == "[0,5]") }

    @Test("a key that is not known may compose with what stands beside it")
    func openKeys() {
        for (key, hidden) in [
            ("\"te${var.x}am\"", "t\u{E9}am"), ("\"${var.x}\u{301}am\"", "\u{E9}am"), ("format(\"te%sam\", var.x)", "t\u{E9}am"),
        ] {
            #expect(value("merge({ \"\(hidden)\" = 1 }, { (\(key)) = 2 })[\"\(hidden)\"]").unknownReason == "not given", "\(key)")
        }
        #expect(value("merge({ team = 1 }, { \"env-${var.x}\" = 2 }).team").json == "1")
    }
}
