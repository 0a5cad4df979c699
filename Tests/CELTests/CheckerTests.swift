import CEL
import Testing

@Suite("mistakes in expressions")
struct CheckerTests {
    private static let variables = [Sample.variable, CELVariable("now", .timestamp)]

    @Test(
        "are named with what was probably meant",
        arguments: [
            ("resource.monthlycost > 1.0", "unknown field 'monthlycost' of resource; did you mean 'monthlyCost'?"),
            ("resorce.type == ''", "unknown variable 'resorce'; did you mean 'resource'?"),
            ("resource.type.startswith('a')", "unknown method 'startswith'; did you mean 'startsWith'?"),
            ("math.gratest(1, 2)", "unknown function 'math.gratest'; did you mean 'math.greatest'?"),
            ("resource.tags.exits(t, t == 'a')", "unknown method 'exits'; did you mean 'exists'?"),
            ("sise('a')", "unknown function 'sise'; did you mean 'size'?"),
            ("startsWith('a', 'b')", "'startsWith' is a method: write x.startsWith()"),
            ("1 + 1.0", "'+' does not take int and double; convert one, as in double(x)"),
            ("1 == 'a'", "'==' does not take int and string"),
            ("1 in 2", "'in' does not look for int in int"), ("!1", "'!' does not take int"), ("1 && true", "a condition is bool, not int"),
            ("true ? 1 : 'a'", "the two sides of '? :' differ: int and string"),
            ("'a'.matches(1)", "there is no string.matches(int); there is string.matches(string)"),
            ("[1]['a']", "a list is indexed by int, not by string"), ("resource.type.name", "string has no fields, so no 'name'"),
            ("1 = 2", "unexpected character '='; equality is '=='"), ("1 +", "expected a value, but the expression ends"),
            ("'a", "the text does not end"), ("'\\q'", "unknown escape; a backslash itself is '\\\\'"),
            ("if + 1", "'if' is a reserved word"),
            ("has(1)", "has() asks for a field, as in has(a.b)"), ("[1].all(1, true)", "the macro wants a simple name here"),
            ("1.all(x, true)", "a macro runs over a list or a map, not over int"),
            ("{1.5: 2}", "a map's key is an int, uint, bool or string, not double"),
            ("Resource{name: 'a'}", "there are no messages, and so no 'Resource'; an object is written as a map"),
            ("9223372036854775808", "the number is too large for an int"),
        ])
    func messages(text: String, expected: String) {
        guard case .problems(let problems) = CELEnvironment(variables: Self.variables).compile(text) else {
            Issue.record("\(text) compiles")
            return
        }
        #expect(problems.map(\.message).contains(expected), "\(problems.map(\.message))")
    }

    @Test("are drawn where they are")
    func carets() {
        let text = "resource.monthlyCost > 100.0\n  && resource.monthlycost > 1.0"
        #expect(
            drawn(text, Self.variables) == """
                policy:2:15: error: unknown field 'monthlycost' of resource; did you mean 'monthlyCost'?
                  2 |   && resource.monthlycost > 1.0
                    |               ^~~~~~~~~~~

                """)
        #expect(
            drawn("resource.cores", Self.variables, expecting: .bool) == """
                policy:1:1: error: the expression has to be bool, and is int
                  1 | resource.cores
                    | ^~~~~~~~~~~~~~

                """)
        #expect(drawn("1 + 'a' == 2 || size(1) > 0", []).split(separator: "\n").filter { $0.contains("error") }.count == 2)
    }

    @Test("amounts are compared to plain numbers")
    func money() {
        let resource = [(Sample.variable, Sample.resource())]
        #expect(evaluate("resource.monthlyCost > 100.0 && resource.monthlyCost <= 120", resource) == "true")
        #expect(evaluate("resource.monthlyCost * 12 > usd(1439.99)", resource) == "true")
        #expect(evaluate("resource.monthlyCost > eur(1)", resource) == "USD and EUR cannot be compared")
    }

    @Test("references are the variables and paths that are read")
    func references() {
        let text = "resource.attributes.type == 'a' && resource.tags['team'] == '' && has(resource.attributes.size) && [1].all(x, x > 0)"
        guard case .program(let program) = CELEnvironment(variables: Self.variables).compile(text) else {
            Issue.record("it does not compile")
            return
        }
        #expect(
            program.references.sorted() == [
                "resource", "resource.attributes", "resource.attributes.size", "resource.attributes.type", "resource.tags",
                "resource.tags.team",
            ])
        #expect(program.resultType == .bool)
    }

    @Test("branches are recorded on request")
    func branches() {
        let environment = CELEnvironment(variables: [CELVariable("a", .int)])
        guard case .program(let program) = environment.compile("a > 1 && a < 5 ? 'in' : 'out'", recordingBranches: true) else {
            Issue.record("it does not compile")
            return
        }
        #expect(
            program.branches.map(\.description) == [
                "'a > 1' is true", "'a > 1' is false", "'a < 5' is true", "'a < 5' is false", "''in'' is chosen", "''out'' is chosen",
            ])
        #expect(program.evaluate([.int(3)]).branches == [0, 2, 4])
        #expect(program.evaluate([.int(0)]).branches == [1, 5])
    }
}
