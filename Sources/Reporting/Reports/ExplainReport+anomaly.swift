import CostModel

extension ExplainReport {
    /// What is unusual, why, and which commits are behind it.
    static func event(_ anomaly: Anomaly?) -> [Section] {
        guard let anomaly else { return [] }
        let days = anomaly.start.distance(to: anomaly.lastDay) + 1
        let commitment = anomaly.commitment.amount.isZero ? nil : "\(anomaly.commitment.cents) of it: a discount ended"
        let replaced = anomaly.replaced.amount.isZero ? nil : "\(anomaly.replaced.cents) less elsewhere, counted as expected"
        return [
            Section(
                "Unusual cost",
                [
                    ("kind", anomaly.kind), ("since", "\(anomaly.start)\(anomaly.isRunning ? "" : " to \(anomaly.lastDay)")"),
                    ("expected", anomaly.expected.cents), ("actual", anomaly.actual.cents),
                    ("impact", "\(anomaly.impact.cents) in \(counted(days, "day"))"), ("commitment", commitment), ("replaced", replaced),
                    ("agreed", anomaly.why),
                ]),
            Section("Causes", anomaly.causes.map { ("\(percent($0.share))", line($0)) }),
            Section("Commits", anomaly.commits.map { ("\($0.day)", line($0)) }),
        ]
    }

    private static func line(_ cause: Anomaly.Cause) -> String {
        let place = [cause.account, cause.service, cause.region, cause.sku, cause.resource ?? ""].filter { !$0.isEmpty }
        let rate = cause.rate.map { ", \($0.cents) of it by the unit's price" } ?? ""
        return "\(cause.impact.cents)\(rate) · \(place.joined(separator: " · "))"
    }

    private static func line(_ commit: Anomaly.Commit) -> String {
        "\(commit.id.prefix(12))\(commit.request.map { " (\($0))" } ?? "") \(commit.change.rawValue) \(commit.resource)"
    }
}

extension ExplainReport {
    /// What somebody else's program said of a finding.
    package struct Opinion: Hashable, Sendable {
        package var program: String
        /// Nil: it said nothing, for a reason.
        package var text: String?
        package var reason: String?

        package init(program: String, text: String?, reason: String? = nil) {
            self.program = program
            self.text = text
            self.reason = reason
        }
    }

    /// Adds a second opinion behind everything that is ours.
    package mutating func add(_ opinion: Opinion) {
        let lines = opinion.text.map { $0.split(separator: "\n").map { (label: "", text: Optional(String($0))) } }
        sections.append(
            Section(
                "Second opinion of '\(opinion.program)': not Bursar's, and nothing is decided by it",
                lines ?? [("none", opinion.reason ?? "it said nothing")]))
    }
}
