import CostModel

/// What differs between two answers to one question. Where in a file it stands is no difference.
enum FindingDetails {
    static func differences(_ old: Finding, _ new: Finding) -> [String] {
        var details: [String] = []
        func add(_ what: String, _ before: String?, _ after: String?) {
            if before != after { details.append("\(what) \(before ?? "none") → \(after ?? "none")") }
        }
        add("result", old.verdict.rawValue, new.verdict.rawValue)
        if !isSameComment(old.exemption, new.exemption) { add("exemption", old.exemption, new.exemption) }
        add("baseline", old.baseline ? "yes" : "no", new.baseline ? "yes" : "no")
        add("severity", old.severity.rawValue, new.severity.rawValue)
        add("enforcement", old.enforcement.rawValue, new.enforcement.rawValue)
        add("team", old.team ?? "unowned", new.team ?? "unowned")
        add("rule", old.rule, new.rule)
        add("proposal", text(old.proposal), text(new.proposal))
        add("saves", old.monthlySavings.map(cents), new.monthlySavings.map(cents))
        add("at stake", (old.atStake?.monthly).map(cents), (new.atStake?.monthly).map(cents))
        add("fix", old.fix.rawValue, new.fix.rawValue)
        if details.isEmpty, old.message != new.message { details.append("it says something else") }
        return details
    }

    /// A comment's name is its place, which moves with the lines above it.
    private static func isSameComment(_ a: String?, _ b: String?) -> Bool {
        guard let a, let b else { return false }
        return InlineExemption.isInline(a) && InlineExemption.isInline(b)
    }

    private static func text(_ proposal: [String: String]) -> String? {
        proposal.isEmpty ? nil : proposal.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }.joined(separator: ", ")
    }

    private static func cents(_ money: Money) -> String { "\(money.amount.rounded(to: 2)) \(money.currency)" }
}
