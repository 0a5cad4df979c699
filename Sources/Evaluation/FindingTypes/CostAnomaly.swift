import CostModel

/// Finds cost that nobody expected.
enum CostAnomaly {
    static let id = "cost-anomaly"
    static let description = FindingType(
        id: id,
        title: "cost is higher than anybody could expect",
        does:
            "Compares each day of each leaf of the bill (owner, account, service, region, SKU) with the median of the eight weeks before, "
            + "with its weekdays and trend; what recurs in every month and what is used now and then is known. What began together is one "
            + "finding, which keeps its id while it grows and ends three quiet days later. What lasts for 15 days is the new normal.",
        cost: "A mistake that nobody sees costs its amount every day; most are found a month later, on the invoice.",
        example: """
            kind: AnomalyPolicy
            metadata: {name: unusual-cost}
            spec:
              minimumImpact: 100 USD   # payments pays 340 USD a day for GPUs in sa-east-1 since Tuesday
            """,
        remedy: "Look at the first cause: its resource, SKU and region. What is meant to be so is said under `expected`, with the days and "
            + "the reason; what is to stay is normal after 15 days.")

    static let none = "no unusual cost"

    static func unknown(_ name: String) -> String { "\(name): whether any cost is unusual is not known" }

    static func message(_ anomaly: Anomaly) -> String {
        let since = anomaly.isRunning ? "since \(anomaly.start)" : "from \(anomaly.start) to \(anomaly.lastDay)"
        let amount = "\(amount(anomaly.impact)) above the expected \(amount(anomaly.expected)) \(since)"
        let who =
            if let account = anomaly.account { "account \(account)" } else { anomaly.group ?? "unowned cost" }
        let cause = anomaly.causes.first.map { ": \(place($0, anomaly.causes.count))" } ?? ""
        return "\(who): \(amount)\(meaning(of: anomaly))\(cause)\(commits(of: anomaly))"
    }

    /// What kind of event it is, in words.
    private static func meaning(of anomaly: Anomaly) -> String {
        switch anomaly.kind {
        case "data": ", because the bill holds the day twice"
        case "moved": ", which another team paid before: a tag was lost or changed"
        case _ where anomaly.isEndOfCommitment: ", because a commitment ended: no more is used than before"
        case "new": ", for something that had not cost anything"
        case "rate": ", because a unit became dearer"
        case "drift": ", growing from day to day"
        default: ""
        }
    }

    /// `; 9f2c1ab04e5d (#5) resized aws_instance.web`
    private static func commits(of anomaly: Anomaly) -> String {
        guard let commit = anomaly.commits.last else { return "" }
        let request = commit.request.map { " (\($0))" } ?? ""
        let more = anomaly.commits.count > 1 ? ", and \(anomaly.commits.count - 1) more" : ""
        return "; \(commit.id.prefix(12))\(request) \(commit.change.rawValue) \(commit.resource.address)\(more)"
    }

    private static func place(_ cause: Anomaly.Cause, _ count: Int) -> String {
        let place = [cause.service, cause.sku].filter { !$0.isEmpty }.joined(separator: " ")
        let region = cause.region.isEmpty ? "" : " in \(cause.region)"
        let resource = cause.resource.map { " (\($0))" } ?? ""
        let more = count > 1 ? " and \(count - 1) more" : ""
        return "\(place.isEmpty ? "account \(cause.account)" : place)\(region)\(resource)\(more)"
    }

    private static func amount(_ money: Money) -> String { "\(money.amount.rounded(to: 2)) \(money.currency)" }
}
