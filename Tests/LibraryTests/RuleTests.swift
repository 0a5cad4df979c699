import CostModel
import Diagnostics
import Reconciliation
import Testing

@Suite("the library of rules")
struct RuleTests {
    @Test("loads as one workspace without a complaint")
    func loads() {
        #expect(CaretPrinter().render(Library.loaded.diagnostics) == "")
        #expect(Library.loaded.policies != nil)
    }

    @Test("holds what it promises of each provider", arguments: [("aws", 25), ("azure", 10), ("google", 10)])
    func counts(provider: String, least: Int) {
        let names = Library.rules.map(\.header.reference.name)
        #expect(names.filter { $0.hasPrefix(provider + "-") }.count >= least)
        for rule in Library.rules where rule.header.place.file.contains("/\(provider)/") {
            #expect(rule.header.reference.name.hasPrefix(provider + "-"), "\(rule.header.reference.name) is in the folder \(provider)")
        }
    }

    @Test("says of each rule what it checks and where to read more", arguments: Library.rules)
    func documented(rule: Rule) {
        #expect((rule.header.description ?? "").count > 80, "the description says too little")
        #expect(rule.header.docs?.hasPrefix("https://") == true)
        #expect(rule.match.types?.isEmpty == false)
        for parameter in rule.parameters {
            #expect(
                rule.conditions.contains { $0.text.contains("params.\(parameter.name)") }, "nothing reads the parameter \(parameter.name)")
        }
    }

    @Test("has examples that pass and that do not", arguments: Library.rules)
    func bothOutcomes(rule: Rule) {
        let expected = Set(rule.examples.map(\.expect))
        // What needs a bill or measurements cannot fail in an example, and may not be able to pass.
        #expect(expected.contains(rule.needsObservations ? .unknown : .fail))
        #expect(expected.contains(.pass) || rule.needsObservations && expected.contains(.skip))
    }

    @Test("has only examples that give what they say", arguments: Library.rules)
    func examples(rule: Rule) {
        for outcome in Library.outcomes(rule) {
            let findings = outcome.findings.map { "\($0.resource?.identity.address ?? ""): \($0.verdict) \($0.message)" }
            #expect(
                outcome.isExpected,
                "\(outcome.example.place): \(outcome.example.expect) was expected, got \(outcome.got): \(findings.joined(separator: "; "))")
        }
    }

    @Test("passes its own unit tests")
    func unitTests() {
        let outcomes = Library.unitTests()
        #expect(outcomes.count > 10)
        for outcome in outcomes { #expect(outcome.result == .passed, "\(outcome.place): \(outcome.name)") }
    }

    @Test("has a unit test where an example cannot fail", arguments: Library.rules.filter(\.needsObservations))
    func unitTested(rule: Rule) {
        let name = rule.header.reference.name
        #expect(Library.loaded.tests.contains { ($0.expected ?? []).contains { $0.policy == name && $0.verdict == .fail } })
    }

    @Test("has messages without gaps", arguments: Library.rules)
    func messages(rule: Rule) {
        for finding in Library.outcomes(rule).flatMap(\.findings) where finding.verdict == .fail {
            #expect(!finding.message.contains("?") && !finding.message.contains("unknown"), "\(finding.message)")
        }
    }
}

extension Rule {
    /// Whether what it asserts depends on the bill or on measurements, of which an example has none.
    var needsObservations: Bool { assertion.text.contains("utilization.") || assertion.text.contains("monthlyCost") }
}
