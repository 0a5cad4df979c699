import CEL
import Diagnostics
import TestSupport
import Testing

@Suite("limits")
struct LimitTests {
    @Test("stop every hostile expression, and say which limit it was", arguments: HostileExpression.all.indices)
    func hostile(index: Int) {
        let hostile = HostileExpression.all[index]
        let environment = CELEnvironment(variables: [CELVariable("big", .string), CELVariable("middle", .string)])
        switch environment.compile(hostile.text) {
        case .problems(let problems): #expect(problems[0].message.contains(hostile.limit), "\(hostile.name)")
        case .program(let program):
            let result = program.evaluate([.string(HostileExpression.big), .string(HostileExpression.middle)])
            guard case .error(let error) = result.value else {
                Issue.record("\(hostile.name) ended with a value, at a cost of \(result.cost)")
                return
            }
            #expect(error.message.contains(hostile.limit), "\(hostile.name)")
            // One call may overshoot, but it is charged before it is made.
            #expect(error.message.contains("cost") || result.cost <= 1_000_000, "\(hostile.name) cost \(result.cost)")
        }
    }

    @Test("messages stay short, whatever they are about")
    func shortMessages() {
        let sharing = (1...40).map { "cel.bind(v\($0), dyn([v\($0 - 1), v\($0 - 1)]), " }.joined()
        #expect(evaluate("cel.bind(v0, dyn([1]), \(sharing){}[v40]" + Self.times(")", 41)) == "no such key: list(dyn)")
    }

    @Test("the smallest numbers have no opposite, and that is no crash")
    func smallest() {
        let amount = "usd('-170141183460469231731.687303715884105727') - usd('0.000000000000000001')"
        #expect(evaluate("-(\(amount))") == "the amount is too large")
        let quantity = "quantity('-170141183460469231731687303715.88410572').sub(quantity('8n'))"
        #expect(evaluate("quantity('1').sub(\(quantity))") == "the quantity is too large")
        #expect(evaluate("math.abs(-9223372036854775808)") == "integer overflow")
        #expect(evaluate("-9223372036854775808 / -1") == "integer overflow")
        #expect(evaluate("-9223372036854775808 % -1") == "integer overflow")
    }

    private static func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    @Test(
        "leave room for what the specification promises",
        arguments: [
            "[" + times("1, ", 40) + "1].size() == 41", times("true && ", 1000) + "true", times("false || ", 1000) + "true",
            times("true ? true : ", 100) + "true", times("1 + ", 200) + "1 == 201", times("(", 200) + "true" + times(")", 200),
            "{'a': {'a': {'a': {'a': {'a': {'a': {'a': {'a': {'a': {'a': {'a': {'a': true}}}}}}}}}}}}" + times(".a", 12),
            times("[", 24) + "true" + times("]", 24) + times("[0]", 24),
            "{" + (0..<64).map { "'\($0)': \($0)" }.joined(separator: ", ") + "}.size() == 64",
        ])
    func promises(text: String) { #expect(evaluate(text) == "true") }

    @Test("a deadline ends a loop")
    func interrupt() {
        var limits = CELLimits()
        limits.interrupt = { true }
        #expect(evaluate("lists.range(1000).all(x, true)", limits: limits) == "the evaluation was interrupted: its deadline has passed")
        #expect(evaluate("lists.range(50).all(x, true)", limits: limits) == "true")
    }

    @Test("so does that of the work it is part of")
    func workLimit() {
        let limit = WorkLimit { true }
        #expect(
            WorkLimit.$current.withValue(limit) { evaluate("lists.range(1000).all(x, true)") }
                == "the evaluation was interrupted: its deadline has passed")
        #expect(evaluate("lists.range(1000).all(x, true)") == "true")
    }

    @Test(
        "costs are known before where they can be",
        arguments: [
            ("1 + 2", 1...1), ("a == 'abc'", 2...2), ("a.size() > 3", 3...12), ("l.all(x, x > 1)", 1...301),
            ("l.exists(x, x == 1) && a == ''", 1...303),
            ("true ? l : [1, 2]", 1...10), ("[1, 2, 3].map(x, x * 2)", 32...32), ("{'a': 1}.a", 31...31), ("a + a", 3...22),
            ("a.matches('b+')", 2...76),
        ] as [(String, ClosedRange<UInt64>)])
    func estimates(text: String, expected: ClosedRange<UInt64>) {
        let environment = CELEnvironment(variables: [
            CELVariable("a", .string, maximumSize: 100), CELVariable("l", .list(.int), maximumSize: 100),
        ])
        guard case .program(let program) = environment.compile(text) else {
            Issue.record("\(text) does not compile")
            return
        }
        #expect(program.estimatedCost == expected, "\(text)")
        for size in [0, 1, 7, 100] {
            let cost = program.evaluate([.string(String(repeating: "b", count: size)), .list((0..<size).map { .int(Int64($0 + 2)) })]).cost
            #expect(program.estimatedCost.contains(cost), "\(text) cost \(cost)")
        }
    }
}
