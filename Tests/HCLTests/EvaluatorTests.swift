import Diagnostics
import HCL
import Testing

@Suite("HCL evaluator")
struct EvaluatorTests {
    private func value(_ text: String, locals: String = "") -> Value { LocalReferences("locals {\n\(locals)\n}\n").evaluate(text).value }

    private func json(_ text: String, locals: String = "") -> String {
        let value = value(text, locals: locals)
        return value.deepUnknownReason.map { "unknown: \($0)" } ?? value.json
    }

    @Test("many mistakes do not hide that something was not looked at")
    func limitBehindMistakes() {
        let mistakes = (0..<300).map { "m\($0) = nosuch(1)" }.joined(separator: ", ")
        let (_, problems) = LocalReferences("").evaluate("{ \(mistakes), z = format(\"%1000000000d\", 1) }")
        #expect(problems.count == 101)
        #expect(problems.last?.isLimit == true)
    }

    // MARK: Unknown values

    @Test(
        "what can be known of an unknown value is known",
        arguments: [
            ("var.x", "unknown: not given"),
            ("merge(var.x, {a = 1}).a", "1"),
            ("merge({a = 1}, var.x).a", "unknown: not given"),
            ("merge({a = 1}, var.x, {a = 2}).a", "2"),
            ("merge(var.x, {a = 1})", "unknown: not given"),
            ("merge({a = 1}, null)", "{\"a\":1}"),
            ("var.x ? \"same\" : \"same\"", "\"same\""),
            ("var.x ? \"a\" : \"b\"", "unknown: not given"),
            ("(var.x ? {a = 1, b = 2} : {a = 1, b = 3}).a", "1"),
            ("merge({team = \"t\"}, var.x ? {b = 1} : {}).team", "\"t\""),
            ("merge({b = \"t\"}, var.x ? {b = 1} : {}).b", "unknown: not given"),
            ("false && var.x", "false"),
            ("var.x && false", "false"),
            ("true || var.x", "true"),
            ("true && var.x", "unknown: not given"),
            ("[for x in var.x : x]", "unknown: not given"),
            ("{for k in [\"a\", \"b\"] : k => var.x}.a", "unknown: not given"),
            ("length({for k in [\"a\", \"b\"] : k => var.x})", "2"),
            ("[\"a\", var.x][0]", "\"a\""),
            ("length([var.x, 1])", "2"),
            ("concat([var.x], [\"a\"])[1]", "\"a\""),
            ("join(\",\", [var.x])", "unknown: not given"),
            ("\"a-${var.x}\"", "unknown: not given"),
            ("keys({a = var.x})", "[\"a\"]"),
            ("lookup({a = 1}, var.x, 2)", "unknown: not given"),
            ("lookup({a = var.x, b = 2}, \"b\", 3)", "2"),
            ("try(var.x, 1)", "unknown: not given"),
            ("coalesce(null, var.x)", "unknown: not given"),
            ("var.x == null", "unknown: not given"),
            ("var.x.y[3].z", "unknown: not given"),
            ("{(var.x) = 1, b = 2}.b", "2"),
            ("{(var.x) = 1, b = 2}.c", "unknown: not given"),
            ("uuid()", "unknown: uuid() differs with every run"),
            ("file(\"x\")", "unknown: file() reads a file"),
            ("provider::aws::arn_parse(\"x\")", "unknown: provider::aws::arn_parse() belongs to a provider"),
        ])
    func unknowns(_ expression: String, _ expected: String) {
        #expect(json(expression) == expected)
    }

    @Test("a mistake makes its own item unknown and leaves the others")
    func containment() {
        let (value, problems) = LocalReferences("").evaluate("{ a = nosuch(1), b = \"ok\" }")
        #expect(value.mapValue?["a"]?.value.unknownReason == "there is no function 'nosuch'")
        #expect(value.mapValue?["b"]?.value.string == "ok")
        #expect(problems.map(\.range?.text) == ["nosuch(1)"])
    }

    @Test("inside try() a mistake in an item is the whole argument's")
    func strictness() {
        #expect(json("try({ a = {}.b }, \"other\")") == "\"other\"")
    }

    // MARK: Places

    private func origin(_ text: String, locals: String = "") -> String {
        guard let origin = value(text, locals: locals).origin else { return "none" }
        return origin.computed ?? "\(origin.sourceRange.text)\(origin.detour.map { " \($0)" } ?? "")"
    }

    @Test(
        "a value knows the literal that it comes from, and what lies between",
        arguments: [
            ("\"x\"", "\"x\""),
            ("\"${\"x\"}\"", "\"x\""),
            ("(\"x\")", "\"x\""),
            ("local.a", "\"lit\""),
            ("\"${local.a}\"", "\"lit\""),
            ("local.m.k", "\"in map\""),
            ("local.m[\"k\"]", "\"in map\""),
            ("local.l[1]", "\"second\""),
            ("merge(local.m, { z = 1 }).k", "\"in map\""),
            ("merge(local.m, { z = 1 }).z", "1"),
            ("true ? local.a : \"b\"", "\"lit\" chosen by a condition"),
            ("lookup(local.m, \"k\", \"d\")", "\"in map\" chosen by lookup()"),
            ("lookup(local.m, \"no\", \"d\")", "\"d\" chosen by lookup()"),
            ("element(local.l, 3)", "\"second\" chosen by element()"),
            ("try(local.m.no, local.a)", "\"lit\" chosen by try()"),
            ("[for x in local.l : x][0]", "\"first\" taken from a for expression"),
            ("lower(local.a)", "computed by lower()"),
            ("\"${local.a}-x\"", "built by a template"),
            ("1 + 1", "computed by '+'"),
            ("split(\",\", \"a,b\")[0]", "taken from split(\",\", \"a,b\")[0]"),
            ("tostring(local.n)", "5"),
        ])
    func origins(_ expression: String, _ expected: String) {
        let locals = """
            a = "lit"
            n = 5
            m = { k = "in map" }
            l = ["first", "second"]
            """
        #expect(origin(expression, locals: locals) == expected)
    }

    @Test("an entry knows the item that defines it, through merge and for")
    func items() {
        let locals = "common = { team = \"x\", (\"dyn\") = 1 }"
        let map = value("merge(local.common, { \"Name\" = 2 }, { for k, v in { f = 3 } : k => v })", locals: locals).mapValue
        let items = map?.entries.map { entry in
            entry.item.map { "\($0.file.path) \($0.file.text($0.range)) \($0.hasLiteralKey)" } ?? "none"
        }
        #expect(
            items == ["here.tf \"Name\" = 2 true", "locals.tf (\"dyn\") = 1 false", "here.tf f = 3 true", "locals.tf team = \"x\" true"])
    }

    @Test("merge lists the object literals it is made of, and forgets those that something unknown may override")
    func sources() {
        func texts(_ expression: String) -> [String]? {
            value(expression, locals: "c = { a = 1 }").mapValue?.sources.map { $0.file.text($0.range) }
        }
        #expect(texts("merge(local.c, { b = 2 })") == ["{ a = 1 }", "{ b = 2 }"])
        #expect(texts("merge(local.c, var.x, { b = 2 })") == ["{ b = 2 }"])
        #expect(texts("true ? local.c : {}") == ["{ a = 1 }"])
        #expect(texts("{ for k, v in local.c : k => v }") == [])
    }

    // MARK: Limits

    @Test(
        "hostile expressions end soon, with a reason",
        arguments: [
            ("length([for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]])", "the value is too large"),
            ("length(setproduct(range(1000), range(1000), range(1000)))", "the value made by setproduct() is too large"),
            ("format(\"%999999999d\", 1)", "the text made by format() is too long"),
            ("indent(999999999, \"a\\nb\")", "the text made by indent() is too long"),
            ("range(1e18)", "range() makes more than 1024 values"),
            ("1e400", "the number 1e400 is out of range"),
            ("1e-9223372036854775808", "the number 1e-9223372036854775808 is out of range"),
            ("pow(10, 100000)", "the number is out of range"),
            ("[1][1e18]", "the index 1000000000000000000 is outside the 1 elements"),
            ("99999999999999999999999999999999999999 * 99999999999999999999999999999999999999", "the number is out of range"),
            ("substr(\"abc\", -9223372036854775807, 9223372036854775807) == \"abc\" ? 1 / 0 : 0", "division by zero"),
        ])
    func limits(_ expression: String, _ reason: String) {
        #expect(value(expression).deepUnknownReason == reason)
    }

    @Test("values that double in every step stay small or end")
    func doubling() {
        let lists = (1..<60).map { "a\($0) = [local.a\($0 - 1), local.a\($0 - 1)]" }.joined(separator: "\n")
        #expect(value("length(flatten(local.a17))", locals: "a0 = [\"x\"]\n" + lists).deepUnknownReason == "the value is too large")
        let texts = (1..<60).map { "s\($0) = \"${local.s\($0 - 1)}xxxxxxxxxxxxxxxx${local.s\($0 - 1)}\"" }.joined(separator: "\n")
        #expect(value("local.s18", locals: "s0 = \"x\"\n" + texts).deepUnknownReason == "the text is too long")
    }
}
