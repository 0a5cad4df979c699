import CostModel
import Diagnostics
import YAML

/// `kind: CommitmentPolicy`: what is expected of savings plans, reservations and the like.
enum CommitmentObject: PolicyKindObject {
    static let doc =
        "What is expected of commitments such as savings plans and reservations: how much they pay for, how much of them is used."
    static let scope = Field(
        "scope", .object(ScopeObject.self), "Which part of the bill is judged; without it all of it. Charges of usage only.")
    static let onDemandPrice = Field(
        "onDemandPrice", .choice(CommitmentPolicy.OnDemandPrice.self), default: "list",
        "What use would cost without commitments: FOCUS ListCost or ContractedCost.")
    static let minimumCoverage = Field(
        "minimumCoverage", .percent(through: 100), "The least share of what commitments can pay for that they pay for.")
    static let minimumUtilization = Field(
        "minimumUtilization", .percent(through: 100), "The least share of each commitment that is used.")
    static let expiresWithin = Field("expiresWithin", .timeSpan, "How long before its end a commitment is a finding.")
    static let unusedBelongsTo = Field(
        "unusedBelongsTo", .choice(CommitmentPolicy.UnusedOwner.self), default: "users",
        "Whose what nobody used is: those who used the rest, in proportion, or whoever owns the row of the bill.")
    static let ends = Field(
        "ends", .list(of: .object(CommitmentEndObject.self)), "When commitments end: a bill does not say it, and it is not guessed.")
    static let discount = Field(
        "discount", .percent(through: 99), "What a new commitment costs less than on-demand use; without it as much as those of the bill.")
    static let term = Field("term", .choice(CommitmentPolicy.Term.self), default: "1y", "How long a new commitment runs.")
    static let fields =
        HeaderFields.all + [
            scope.description, onDemandPrice.description, minimumCoverage.description, minimumUtilization.description,
            expiresWithin.description, unusedBelongsTo.description, ends.description, discount.description, term.description,
        ]
    static let example: String? = """
        kind: CommitmentPolicy
        metadata: {name: commitments}
        spec:
          minimumCoverage: 70%
          minimumUtilization: 95%
          expiresWithin: 30d
          ends:
            - {commitment: sp-0123, on: 2027-03-01}
        """

    static func build(_ record: Record, _ envelope: Envelope) -> CommitmentPolicy? {
        let header = HeaderFields.build(record, envelope, defaultLevel: 2)
        let scope = record.value(of: scope)
        let price = record.value(of: onDemandPrice) ?? .list
        let coverage = record.value(of: minimumCoverage)
        let utilization = record.value(of: minimumUtilization)
        let span = record.value(of: expiresWithin)
        let owner = record.value(of: unusedBelongsTo) ?? .users
        let ends = record.value(of: ends) ?? []
        let discount = record.value(of: discount)
        let term = record.value(of: term) ?? .oneYear
        guard !record.has(Self.scope) || scope != nil else { return nil }
        guard record.has(minimumCoverage) || record.has(minimumUtilization) || record.has(expiresWithin) else {
            record.report(
                "missing-key", "a CommitmentPolicy expects something: 'minimumCoverage', 'minimumUtilization' or 'expiresWithin'",
                at: record.node.range)
            return nil
        }
        return CommitmentPolicy(
            header: header, scope: scope ?? Budget.Scope(), onDemandPrice: price, minimumCoverage: coverage.map(BudgetObject.share),
            minimumUtilization: utilization.map(BudgetObject.share), expiresWithin: span, unusedBelongsTo: owner, ends: ends,
            discount: discount.map(BudgetObject.share), term: term)
    }
}

/// One entry of `ends`.
enum CommitmentEndObject: NestedObject {
    static let doc = "When a commitment ends."
    static let commitment = Field(
        "commitment", .text, .required, "Its identifier on the bill, FOCUS CommitmentDiscountId, or what of it stands behind the last '/'.")
    static let day = Field("on", .day, .required, "The first day on which it does not apply.")
    static let fields = [commitment.description, day.description]

    static func build(_ record: Record) -> CommitmentPolicy.End? {
        let commitment = record.value(of: commitment)
        let day = record.value(of: day)
        guard let commitment, let day else { return nil }
        return CommitmentPolicy.End(commitment: commitment, day: day)
    }
}
