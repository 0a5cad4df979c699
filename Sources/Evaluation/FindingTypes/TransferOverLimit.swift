import CostModel

/// Finds teams whose transfer costs more than it may.
enum TransferOverLimit {
    static let id = "transfer-over-limit"
    static let description = FindingType(
        id: id,
        title: "transfer costs more than it may",
        does:
            "Adds up what transfer cost each team in the 28 closed days, by its kind, and holds it, taken for a month, against the limits of "
            + "the policy. The kind follows from AWS's usage type and operation, or from the name of a meter or SKU; what says that it is "
            + "transfer and not of which kind is `unknown`.",
        cost:
            "Transfer grows with traffic and is on nobody's mind: a NAT gateway charges for each byte to S3 that a free endpoint would carry.",
        example: """
            kind: EgressPolicy
            metadata: {name: egress}
            spec:
              limits: {nat: 100 USD, internet: 500 USD}   # payments pays 340 USD a month for nat
            """,
        remedy: "`bursar egress` shows the resources. The finding says what usually helps with its kind.")

    static let none = "transfer costs no more than it may"

    static func unknown(_ name: String) -> String { "\(name): what transfer costs is not known" }

    static func message(
        _ team: String?, _ subject: String, _ row: TransferStatement.Row, _ monthly: Money, _ limit: Money,
        _ pairs: [TransferStatement.Pair]
    ) -> String {
        let kind = row.kind
        let what = subject == "total" ? "transfer" : "\(kind.name) transfer"
        let most = subject == "total" ? "; most of it is \(kind.name)" : ""
        let by = row.resources.first.map { ", first \($0.name)" } ?? ""
        return "\(team ?? "unowned"): \(what) costs \(amount(monthly)) a month, \(amount(limit)) is the limit\(most)\(by): \(kind.remedy)"
            + (pairs.isEmpty ? "" : "; by the logs " + pairs.map { text(of: $0, monthly.currency) }.joined(separator: ", "))
    }

    /// How many pairs a message names.
    static let mostPairs = 3

    /// `aws_instance.web (10.0.1.5, infra/main.tf:3) to S3 120.00 USD`
    private static func text(of pair: TransferStatement.Pair, _ currency: Currency) -> String {
        func text(of end: TransferStatement.Pair.End) -> String {
            guard let resource = end.resource else { return end.name }
            return "\(resource.address) (\(end.name)\(end.place.map { ", \($0)" } ?? ""))"
        }
        return "\(text(of: pair.source)) to \(text(of: pair.target)) \(amount(Money(pair.amount, currency)))"
    }

    private static func amount(_ money: Money) -> String { "\(money.amount.rounded(to: 2)) \(money.currency)" }
}
