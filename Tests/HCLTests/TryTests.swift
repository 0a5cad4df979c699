import HCL
import Testing

/// What try() and can() may take for Terraform's answer.
@Suite("try() and can()")
struct TryTests {
    private func evaluate(_ text: String) -> (answer: String, limits: Int) {
        let (value, problems) = LocalReferences("").evaluate(text)
        return (value.deepUnknownReason.map { _ in "unknown" } ?? value.json, problems.count { $0.isLimit })
    }

    @Test(
        "a mistake is an answer",
        arguments: [
            "tonumber(\"x\")", "tonumber(\"1_0\")", "tonumber(\"1e\")", "{}.a", "[1][5]", "0 / 0", "range(0, 5, -1)", "range(5, 0, 1)",
            "setproduct([1])", "coalescelist(null, [1])", "coalescelist([1], toset([]))", "transpose({ a = \"x\" })",
            "transpose({ a = [null], b = null })", "parseint(10, 10)", "index(toset([\"a\"]), \"a\")", "regex(\"(?P<a>x)(y)\", \"xy\")",
            "regexall(\"(?P<a>x)(y)\", \"xy\")", "regex(\"a\", \"b\")", "format(\"%d\", \"x\")",
        ])
    func mistakes(_ expression: String) {
        #expect(evaluate("can(\(expression))").answer == "false")
        #expect(evaluate("try(\(expression), \"other\")").answer == "\"other\"")
    }

    @Test(
        "a value is one", arguments: ["tonumber(\"+1\")", "base64decode(\"YQ==\\n\")", "base64decode(\"Y\\r\\nQ==\")", "range(1, 1, -1)"])
    func values(_ expression: String) { #expect(evaluate("can(\(expression))").answer == "true") }

    @Test(
        "what is not evaluated here, or refused here only, gives no answer",
        arguments: [
            "1e400", String(repeating: "1", count: 60), "tonumber(\"\(String(repeating: "1", count: 1200))\")", "tonumber(\"1e-400\")",
            "tonumber(\"Inf\")", "tonumber(\"-inf\")", "tonumber(\"1p4\")", "1 / 0", "10 % 0", "ceil(1e300)",
            "parseint(\"\(String(repeating: "f", count: 400))\", 16)", "format(\"%e\", 1)", "format(\"%E\", 1)",
            "format(\"%.50f\", 1)", "regex(\"\\\\p{Greek}\", \"Ω\")", "regex(\"\(String(repeating: "(a)?", count: 101))\", \"z\")",
            "regex(\"\(String(repeating: "a?", count: 8300))\", \"z\")", "regex(\"\(String(repeating: "a{1000}", count: 11))|z\", \"z\")",
            "element([1], -1)", "md5(\"a\")", "pow(2, 0.5)", "format(\"%-5s|\", null)", "format(\"%v\", null)",
            "formatlist(\"%s\", [null, true])", "setunion([null], [{}])",
            "distinct([null, []])", "merge(null, [])", "format(\"%5.2f\", \"-0\")",
        ])
    func unsupported(_ expression: String) {
        #expect(evaluate("can(\(expression))").answer == "unknown")
        #expect(evaluate("try(\(expression), \"other\")").answer == "unknown")
        // A mistake before it decides nothing, and a value before it does.
        #expect(evaluate("try({}.a, \(expression), \"other\")").answer == "unknown")
        #expect(evaluate("try(1, \(expression))").answer == "1")
    }

    @Test(
        "sides that newer versions leave alone give no answer where they change it",
        arguments: [
            ("can(false && tonumber(\"x\") == 1)", "unknown"), ("can(true || tobool(\"x\"))", "unknown"),
            ("try(false && tobool(\"x\"), true)", "unknown"), ("try([true || tobool(\"x\")], null)", "unknown"),
            ("try(false && tobool(\"x\"), false)", "false"), ("try(true || {}.a, {}.b, true)", "true"),
            ("can(true && tobool(\"x\"))", "false"), ("can(false && true)", "true"), ("false && tobool(\"x\")", "false"),
            ("can(can(true || tobool(\"x\")))", "true"), ("try(can(false && tobool(\"x\")) ? 1 : 2, 3)", "unknown"),
        ])
    func sides(_ expression: String, _ expected: String) { #expect(evaluate(expression).answer == expected) }

    @Test(
        "a limit stays one",
        arguments: [
            "[for a in range(1000) : [for b in range(1000) : a]]", "jsondecode(\"\(String(repeating: "[", count: 300))\")",
            "jsondecode(\"\(String(repeating: "1", count: 1100))\")", "format(\"%999999999d\", 1)", "indent(999999999, \"a\\nb\")",
            "setproduct(range(1000), range(1000), range(1000))", "regex(\"a\", \"\(String(repeating: "b", count: 17_000))\")",
        ])
    func limits(_ expression: String) {
        for call in ["can(\(expression))", "try(\(expression), \"other\")", "true ? \"a\" : \(expression)"] {
            let (answer, limits) = evaluate(call)
            #expect(answer == "unknown" && limits == 1, "\(call.prefix(80))")
        }
    }
}
