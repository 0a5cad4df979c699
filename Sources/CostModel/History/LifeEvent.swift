/// Something that happened to a finding.
package struct LifeEvent: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case opened, fixed, reopened
    }

    /// The life's identity.
    package var finding: String
    package var time: Instant
    package var kind: Kind
    /// The commit at which it was first missing, or the merged change that fixed it; nil where none is known.
    package var commit: String?

    package init(finding: String, time: Instant, kind: Kind, commit: String? = nil) {
        self.finding = finding
        self.time = time
        self.kind = kind
        self.commit = commit
    }
}

extension LifeEvent: ColumnRecord {
    package static let columns: [Column<LifeEvent>] = [
        .init("finding", key: .ledgerOnly, \.finding, "the finding's identity"),
        .init("time", \.time, "when it happened"),
        .init("kind", \.kind, "what happened"),
        .init("commit", \.commit, "the commit at which the finding was first missing, or the merged change that fixed it"),
    ]

    package static var blank: LifeEvent { LifeEvent(finding: "", time: .blank, kind: .opened) }
}
