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
