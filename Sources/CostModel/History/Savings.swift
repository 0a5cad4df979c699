/// A change of ours that reached the default branch.
package struct MergedChange: Hashable, Sendable {
    package var plan: String
    package var change: PlanRecord.Change
    /// The commit of the default branch by which it arrived, whatever the merge method.
    package var commit: String
    package var merged: Instant

    package init(plan: String, change: PlanRecord.Change, commit: String, merged: Instant) {
        self.plan = plan
        self.change = change
        self.commit = commit
        self.merged = merged
    }

    /// What tells it from every other, and in which order they stand.
    package struct Identity: Hashable, Comparable {
        private let parts: [String]

        fileprivate init(_ parts: [String]) { self.parts = parts }

        package static func < (a: Identity, b: Identity) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
    }

    package var identity: Identity { Identity([plan, change.id, commit]) }
}

/// How far a merged change's savings are known and credited.
package enum SavingsStatus: String, Hashable, Sendable, CaseIterable {
    /// Too few comparable days after the merge.
    case pending
    /// Measured; credit for it vests 30 days after the merge.
    case measured
    case vested
    /// The finding came back within 60 days: no credit.
    case clawedBack = "clawed-back"
    /// Cannot be measured, or earns nothing; the method says why.
    case excluded
}

/// What a merged change saved, as far as bills tell.
package struct SavingsRecord: Hashable, Sendable {
    package var change: MergedChange
    package var standing: SavingsStatus
    /// The day from which the bill shows it: the first whole day after the change was in effect.
    package var since: Day?
    /// What the plan promised, in a month.
    package var estimated: Money?
    /// Before minus after in later bills, in a month; nil: not measured.
    package var realised: Money?
    /// The lesser of the two, at least zero; what counts for scores.
    package var verified: Money?
    /// When this was worked out.
    package var measured: Instant
    /// `14 comparable days before, 14 after; cost per unit of 'Hrs'`
    package var method: String

    package init(
        change: MergedChange, standing: SavingsStatus, since: Day? = nil, estimated: Money?, realised: Money? = nil, verified: Money? = nil,
        measured: Instant, method: String
    ) {
        self.change = change
        self.standing = standing
        self.since = since
        self.estimated = estimated
        self.realised = realised
        self.verified = verified
        self.measured = measured
        self.method = method
    }
}

extension SavingsRecord: ColumnRecord {
    package static let columns: [Column<SavingsRecord>] = [
        .init("plan", \.change.plan, "the digest of the plan that was merged"),
        // A part of the key; the next column has it too, and is what is read.
        .init("change_id", key: "change", .text, "the change of the plan") {
            .text($0.change.change.id)
        } assign: { _, stored in
            String(columnValue: stored) != nil
        },
        .init("change", key: .ledgerOnly, \.change.change, "the change"),
        .init("commit", \.change.commit, "the commit of the default branch by which it arrived"),
        .init("merged", \.change.merged, "when it was merged"),
        .init("standing", \.standing, "whether the savings were measured, and whether they count"),
        .init("since", \.since, "the day from which the bill shows it"),
        .init("estimated", \.estimated, "what the plan promised", unit: .moneyPerMonth),
        .init("realised", \.realised, "cost before minus cost after, in later bills; null: not measured", unit: .moneyPerMonth),
        .init("verified", \.verified, "the lesser of the two, at least zero: what counts for scores", unit: .moneyPerMonth),
        .init("measured", \.measured, "when this was worked out"),
        .init("method", \.method, "how it was measured, or why it was not"),
    ]

    package static var blank: SavingsRecord {
        let change = PlanRecord.Change(id: "", title: "", file: "", team: nil, findings: [], resources: [], monthlySavings: nil)
        return SavingsRecord(
            change: MergedChange(plan: "", change: change, commit: "", merged: .blank), standing: .pending, estimated: nil,
            measured: .blank, method: "")
    }
}
