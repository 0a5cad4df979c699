import Commands
import CostModel
import Testing

@Suite("exit codes")
struct ExitCodeTests {
    @Test(
        "where several apply: 2 before 3 before 4 before 1",
        arguments: [
            ([], ExitCode.clean), ([.failing], .failing), ([.failing, .conflict], .conflict), ([.failing, .partial, .conflict], .partial),
            ([.partial, .invalid, .clean], .invalid), ([.clean, .clean], .clean),
        ] as [([ExitCode], ExitCode)])
    func precedence(codes: [ExitCode], expected: ExitCode) {
        #expect(ExitCode.worst(codes) == expected)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var verdict = Verdict.fail
        var severity = Severity.medium
        var enforcement = Enforcement.block
        var isExempt = false
        var isPartial = false
        var failOn: FailureThreshold?
        var isStrict = false
        var expected: ExitCode
    }

    static let cases: [Case] = [
        Case(testDescription: "a failing finding of a blocking policy", expected: .failing),
        Case(testDescription: "a policy that warns", enforcement: .warn, expected: .clean),
        Case(testDescription: "a policy in shadow", enforcement: .shadow, expected: .clean),
        Case(testDescription: "an exempt finding", isExempt: true, expected: .clean),
        Case(testDescription: "a pass", verdict: .pass, expected: .clean),
        Case(testDescription: "unknown alone", verdict: .unknown, expected: .clean),
        Case(testDescription: "unknown, strictly", verdict: .unknown, isStrict: true, expected: .failing),
        Case(testDescription: "unknown under a warning, strictly", verdict: .unknown, enforcement: .warn, isStrict: true, expected: .clean),
        Case(testDescription: "a failure to judge", verdict: .error, expected: .failing),
        Case(testDescription: "severity decides: severe enough", enforcement: .warn, failOn: .medium, expected: .failing),
        Case(testDescription: "severity decides: not severe enough", failOn: .high, expected: .clean),
        Case(testDescription: "severity decides: never", severity: .critical, failOn: .never, expected: .clean),
        Case(
            testDescription: "severity decides: still no shadow", severity: .critical, enforcement: .shadow, failOn: .low, expected: .clean),
        Case(testDescription: "severity decides: still nothing exempt", isExempt: true, failOn: .low, expected: .clean),
        Case(testDescription: "partial data", verdict: .pass, isPartial: true, expected: .partial),
        Case(testDescription: "partial data and failing findings", isPartial: true, expected: .partial),
        Case(testDescription: "partial data whatever may fail", isPartial: true, failOn: .never, expected: .partial),
    ]

    @Test("of a check", arguments: cases)
    func check(_ example: Case) {
        let header = PolicyHeader(
            reference: .init(.tagging, "p"), place: Place(file: "p.yaml", line: 1), severity: example.severity,
            enforcement: example.enforcement, level: 1)
        let finding = Finding(
            policy: header, rule: "missing-tag", verdict: example.verdict, team: nil, message: "m", location: nil, atStake: .zero(.usd),
            exemption: example.isExempt ? "e" : nil)
        let code = ExitCode.ofCheck([finding], isPartial: example.isPartial, failOn: example.failOn, isStrict: example.isStrict)
        #expect(code == example.expected)
    }
}
