import CostModel

/// Finds commitments that end soon.
enum EndingCommitment {
    static let id = "ending-commitment"
    static let description = FindingType(
        id: id,
        title: "a commitment ends soon",
        does:
            "Compares the days that the policy states under `ends` with today. A bill does not say when a commitment ends, and nothing is "
            + "guessed: those that the policy does not name are listed as unknown.",
        cost: "From its last day on the same use is charged at the on-demand price.",
        example: """
            kind: CommitmentPolicy
            metadata: {name: commitments}
            spec:
              expiresWithin: 30d
              ends:
                - {commitment: sp-0123, on: 2026-11-20}
            """,
        remedy: "Decide before that day what of it is still needed: `bursar commitments` shows how much of it is used.")

    static func message(_ commitment: CommitmentStatement.Commitment, _ end: Day, days: Int, _ stake: Money) -> String {
        let saves = stake.amount > .zero ? "; it saves \(LowCoverage.amount(stake)) in 28 days" : ""
        return "\(commitment.type.isEmpty ? "commitment" : commitment.type) \(commitment.name) ends on \(end), in \(days) "
            + "\(days == 1 ? "day" : "days")\(saves)"
    }

    static func unstated(_ names: [String]) -> String {
        let more = names.count > 3 ? " and \(names.count - 3) more" : ""
        return "the bill does not say when \(names.prefix(3).joined(separator: ", "))\(more) \(names.count == 1 ? "ends" : "end"): "
            + "state it under 'ends'"
    }
}
