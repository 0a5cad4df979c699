import CEL
import Testing

@Suite("values that are not known yet")
struct UnknownTests {
    private static let bindings = [
        (Sample.variable, Sample.resource(cores: .unknown("aws_instance.a.cores"), tags: .map([("team", .unknown("tag"))]))),
        (CELVariable("u", .bool), CELValue.unknown("u")), (CELVariable("n", .int), CELValue.unknown("n")),
        (CELVariable("l", .list(.int)), .unknown("l")),
    ]

    @Test(
        "go through everything that needs them, and no further",
        arguments: [
            ("resource.cores > 2", "unknown(aws_instance.a.cores)"), ("false && u", "false"), ("u && false", "false"),
            ("true || u", "true"),
            ("u || true", "true"), ("u && true", "unknown(u)"), ("u || 1 / 0 > 0", "unknown(u)"), ("1 / 0 > 0 && u", "unknown(u)"),
            ("n + 1 / 0", "unknown(n)"), ("u && n > 1", "unknown(n, u)"), ("has(resource.cores)", "unknown(aws_instance.a.cores)"),
            ("has(resource.type)", "true"), ("has(resource.tags.team)", "unknown(tag)"), ("has(resource.tags.other)", "false"),
            ("'team' in resource.tags", "true"), ("resource.tags.exists(t, t == 'team')", "true"),
            ("resource.tags.team == 'a'", "unknown(tag)"),
            ("l.all(x, x > 0)", "unknown(l)"), ("[1, 2].exists(x, x == n)", "unknown(n)"), ("[1, 2].exists(x, x == n || x == 2)", "true"),
            ("[1, 2].map(x, x + n)", "unknown(n)"), ("u ? 1 : 2", "unknown(u)"), ("[n, 1].size()", "unknown(n)"),
            ("n in [1, 2]", "unknown(n)"),
            ("!u", "unknown(u)"), ("cel.bind(x, n, true || x > 1)", "true"), ("resource.monthlyCost > 1 || n > 1", "true"),
            ("optional.of(n).hasValue()", "unknown(n)"), ("resource.?cores.orValue(1)", "unknown(aws_instance.a.cores)"),
        ])
    func propagation(text: String, expected: String) { #expect(evaluate(text, Self.bindings) == expected) }

    @Test("a field that is not set is no value, and has() says so")
    func absent() {
        let resource = [(Sample.variable, Sample.resource())]
        #expect(evaluate("has(resource.attributes.size)", resource) == "false")
        #expect(evaluate("resource.attributes.size > 1", resource) == "no such field 'size' of attributes")
        #expect(evaluate("resource.attributes.?size.orValue(7)", resource) == "7")
    }
}
