import CostModel

/// Finds commitments of which a part is paid and not used.
enum UnusedCommitment {
    static let id = "unused-commitment"
    static let description = FindingType(
        id: id,
        title: "a commitment is not used",
        does:
            "Divides what was used of each commitment in the newest whole month, at its own price, by all of it. What nobody used is divided "
            + "among those who used the rest, or is the buyer's: the policy says which.",
        cost: "A commitment costs the same whether it is used or not.",
        example: """
            kind: CommitmentPolicy
            metadata: {name: commitments}
            spec:
              minimumUtilization: 95%   # of sp-0123 80% was used in 2026-10
            """,
        remedy:
            "Move use under it: another region or family for a reservation, sharing between accounts where it is off. Exchange or sell what "
            + "can be, and do not renew it as large as it was.")

    static func message(
        _ commitment: CommitmentStatement.Commitment, _ share: FixedDecimal, _ target: FixedDecimal, _ month: Month, _ currency: Currency
    ) -> String {
        let unused = LowCoverage.amount(Money(commitment.unused, currency))
        let whose = commitment.unusedShares.sorted { ($1.amount, $0.team ?? "~") < ($0.amount, $1.team ?? "~") }.prefix(3).map {
            "\($0.team ?? "unowned") \(LowCoverage.amount(Money($0.amount, currency)))"
        }
        return "\(commitment.type.isEmpty ? "commitment" : commitment.type) \(commitment.name): \(LowCoverage.percent(share)) was used in "
            + "\(month), \(LowCoverage.percent(target)) is expected; \(unused) was paid for nothing (\(whose.joined(separator: ", ")))"
    }
}
