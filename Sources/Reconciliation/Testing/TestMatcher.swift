import CostModel

/// Holds what was found against what a test expects, strictly both ways.
enum TestMatcher {
    static func differences(expected: [PolicyTest.Expectation], found: [Finding]) -> [String] {
        var left = found
        var differences: [String] = []
        // The ones that say most choose first, so that a vague one does not take their finding.
        for expectation in expected.sorted(by: { weight($0) > weight($1) }) {
            if let index = left.firstIndex(where: { matches(expectation, $0) }) {
                left.remove(at: index)
            } else if let index = left.firstIndex(where: { isAbout(expectation, $0) }) {
                differences += details(expectation, left.remove(at: index)).map { "line \(expectation.place.line): \($0)" }
            } else {
                differences.append("line \(expectation.place.line): expected \(name(expectation)), which was not found")
            }
        }
        differences += left.map { "not expected: \(name($0)): \($0.message)" }
        return differences
    }

    /// What was found, as the test states it: an expectation about the same keeps the keys it has, with the values that were found; what
    /// nobody expected is stated with its message.
    static func updated(_ expected: [PolicyTest.Expectation], by found: [Finding], at place: Place) -> [PolicyTest.Expectation] {
        var left = expected
        return found.map { finding in
            var result = PolicyTest.Expectation(
                policy: finding.policy.name, resource: finding.resource?.identity.address, subject: finding.subject,
                verdict: finding.verdict, place: place)
            guard let index = left.firstIndex(where: { isAbout($0, finding) }) else {
                result.message = finding.message
                return result
            }
            let stated = left.remove(at: index)
            if stated.rule != nil { result.rule = finding.rule }
            if stated.severity != nil { result.severity = finding.severity }
            if stated.message != nil { result.message = finding.message }
            if stated.team != nil { result.team = finding.team }
            if stated.proposal != nil { result.proposal = finding.proposal.isEmpty ? nil : finding.proposal }
            if stated.monthlySavings != nil { result.monthlySavings = finding.monthlySavings }
            return result
        }
    }

    private static func isAbout(_ expectation: PolicyTest.Expectation, _ finding: Finding) -> Bool {
        expectation.policy == finding.policy.name && expectation.resource == finding.resource?.identity.address
            && (expectation.subject == nil || expectation.subject == finding.subject)
    }

    private static func matches(_ expectation: PolicyTest.Expectation, _ finding: Finding) -> Bool {
        isAbout(expectation, finding) && details(expectation, finding).isEmpty
    }

    private static func details(_ expectation: PolicyTest.Expectation, _ finding: Finding) -> [String] {
        var details: [String] = []
        func compare(_ what: String, _ wanted: String?, _ got: String?) {
            guard let wanted, wanted != got else { return }
            details.append("\(name(expectation)): expected \(what) '\(wanted)', found '\(got ?? "none")'")
        }
        compare("result", expectation.verdict.rawValue, finding.verdict.rawValue)
        compare("rule", expectation.rule, finding.rule)
        compare("severity", expectation.severity?.rawValue, finding.severity.rawValue)
        compare("message", expectation.message, finding.message)
        compare("team", expectation.team, finding.team)
        compare("proposal", expectation.proposal.map(text), text(finding.proposal))
        compare("monthlySavings", expectation.monthlySavings.map(cents), finding.monthlySavings.map(cents))
        return details
    }

    private static func weight(_ expectation: PolicyTest.Expectation) -> Int {
        [expectation.subject, expectation.rule, expectation.message, expectation.team].count { $0 != nil }
            + (expectation.severity == nil ? 0 : 1) + (expectation.proposal == nil ? 0 : 1) + (expectation.monthlySavings == nil ? 0 : 1)
    }

    private static func name(_ expectation: PolicyTest.Expectation) -> String {
        ["\(expectation.verdict.rawValue) of \(expectation.policy)", expectation.resource.map { "on \($0)" }, expectation.subject]
            .compactMap(\.self).joined(separator: " ")
    }

    private static func name(_ finding: Finding) -> String {
        ["\(finding.verdict.rawValue) of \(finding.policy.name)", finding.resource.map { "on \($0.identity.address)" }, finding.subject]
            .compactMap(\.self).joined(separator: " ")
    }

    private static func text(_ proposal: [String: String]) -> String {
        proposal.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
    }

    private static func cents(_ money: Money) -> String { "\(money.amount.rounded(to: 2)) \(money.currency)" }
}
