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
        _ team: String?, _ subject: String, _ kind: TransferKind, _ monthly: Money, _ limit: Money,
        _ resources: [TransferStatement.Resource]
    ) -> String {
        let what = subject == "total" ? "transfer" : "\(kind.name) transfer"
        let most = subject == "total" ? "; most of it is \(kind.name)" : ""
        let by = resources.first.map { ", first \($0.name)" } ?? ""
        return "\(team ?? "unowned"): \(what) costs \(amount(monthly)) a month, \(amount(limit)) is the limit\(most)\(by): \(kind.remedy)"
    }

    private static func amount(_ money: Money) -> String { "\(money.amount.rounded(to: 2)) \(money.currency)" }
}
