/// How far an estimate is held to the bill.
package enum EstimateStatus: String, Hashable, Sendable, CaseIterable {
    /// The bill does not yet show enough days of it.
    case waiting
    case judged
    /// The bill will never tell; the method says why.
    case dropped
}

/// What the estimate of a merged change said of one resource, and what the bill said of it later.
package struct EstimateRecord: Hashable, Sendable {
    /// The commit of the default branch by which the change arrived.
    package var commit: String
    /// When a run first saw it there.
    package var merged: Instant
    package var team: String?
    /// `root:address`
    package var resource: String
    package var type: String
    /// Where most of the estimate's new part is from.
    package var source: EstimateSource.Kind
    /// Of the whole resource as the change leaves it, in a month.
    package var estimated: Money
    /// Under which names the bill has it; empty until a state tells.
    package var billedAs: [String]
    /// The first whole day on which what runs was what the code says, as far as is known; nil: it was not seen yet.
    package var since: Day?
    /// What the bill shows for a month; nil: not judged.
    package var actual: Money?
    /// Estimated less actual, as a share of actual.
    package var error: Points?
    package var standing: EstimateStatus
    /// `14 whole days from 2026-09-03`
    package var method: String

    package init(
        commit: String, merged: Instant, team: String?, resource: String, type: String, source: EstimateSource.Kind, estimated: Money,
        billedAs: [String] = [], since: Day? = nil, actual: Money? = nil, error: Points? = nil, standing: EstimateStatus = .waiting,
        method: String = ""
    ) {
        self.commit = commit
        self.merged = merged
        self.team = team
        self.resource = resource
        self.type = type
        self.source = source
        self.estimated = estimated
        self.billedAs = billedAs
        self.since = since
        self.actual = actual
        self.error = error
        self.standing = standing
        self.method = method
    }
}

extension EstimateRecord: ColumnRecord {
    package static let columns: [Column<EstimateRecord>] = [
        .init("commit", \.commit, "the commit of the default branch by which the change arrived"),
        .init("merged", \.merged, "when it was first seen there"),
        .init("team", \.team, "the resource's team; null: it belongs to nobody"),
        .init("resource", \.resource, "the resource: its root and its address"),
        .init("type", \.type, "the resource's type"),
        .init("source", \.source, "where the estimate is from"),
        .init("estimated", \.estimated, "what the change was expected to make the resource cost", unit: .moneyPerMonth),
        .init("billed_as", key: .ledgerOnly, .text, "the names by which the bill has it, one a line") {
            .text($0.billedAs.joined(separator: "\n"))
        } assign: { record, stored in
            guard let text = String(columnValue: stored) else { return false }
            record.billedAs = text.split(separator: "\n").map(String.init)
            return true
        },
        .init("since", \.since, "the first whole day on which it ran as the code says; null: not known yet"),
        .init("actual", \.actual, "what the bill shows; null: not judged", unit: .moneyPerMonth),
        .init("error", \.error, "estimated less actual, as a share of actual; null: not judged", unit: .percent),
        .init("standing", \.standing, "whether the bill has judged the estimate"),
        .init("method", \.method, "how it was judged, or why it was not"),
    ]

    package static var blank: EstimateRecord {
        EstimateRecord(
            commit: "", merged: .blank, team: nil, resource: "", type: "", source: .list, estimated: .blank)
    }
}
