/// A remediation request and what became of it. Its identity is what it is about (team, policies, files), not what it writes.
package struct RequestRecord: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// The branch is written or about to be; the code host has not answered yet.
        case writing
        case open
        case merged
        /// By a person: it stays closed until something new stands in it.
        case dismissed
        /// By us, because nothing was left to fix.
        case obsolete
        /// Edited by a person, and no longer needed: left to them.
        case abandoned
    }

    /// `g-`, twelve hexadecimal digits of what it is about, `-`, and eight of the files it changed when it was opened.
    package var group: String
    package var team: String?
    package var state: State
    package var branch: String
    package var title: String
    /// On the code host; nil where there is none.
    package var number: Int?
    package var url: String?
    /// What it fixes, and what that saves; in the order of the plan.
    package var plan: PlanRecord
    /// The commit we last pushed.
    package var commit: String
    package var opened: Instant
    package var updated: Instant
    /// When it was merged, closed or given up.
    package var ended: Instant?
    /// The commit by which it reached the default branch.
    package var mergeCommit: String?
    /// A person edited the branch: it is theirs.
    package var isEdited: Bool
    /// Labels that we have given it once: who takes one away does not get it back. Nil: nobody wrote it down.
    package var labels: [String]?

    package init(
        group: String, team: String?, state: State, branch: String, title: String, number: Int? = nil, url: String? = nil, plan: PlanRecord,
        commit: String, opened: Instant, updated: Instant, ended: Instant? = nil, mergeCommit: String? = nil, isEdited: Bool = false,
        labels: [String]? = nil
    ) {
        self.group = group
        self.team = team
        self.state = state
        self.branch = branch
        self.title = title
        self.number = number
        self.url = url
        self.plan = plan
        self.commit = commit
        self.opened = opened
        self.updated = updated
        self.ended = ended
        self.mergeCommit = mergeCommit
        self.isEdited = isEdited
        self.labels = labels
    }
}

/// What is kept of a plan: enough to tell what a merge of it fixed and saved.
package struct PlanRecord: Hashable, Sendable {
    /// The plan document's own digest, as in the commit's `Bursar-Plan` trailer.
    package var digest: String
    package var baseCommit: String
    package var policyDigest: String
    package var observedDigest: String
    package var made: Instant
    package var changes: [Change]

    package struct Change: Hashable, Sendable {
        package var id: String
        package var title: String
        package var file: String
        package var team: String?
        /// Their short ids, for people.
        package var findings: [String]
        /// All identities of its findings (see `FindingKey`), sorted; empty in what older versions wrote and in what only others remember.
        package var identities: [String]
        package var resources: [ChangedResource]
        /// The estimate: what it saves in a month.
        package var monthlySavings: Money?

        package init(
            id: String, title: String, file: String, team: String?, findings: [String], identities: [String] = [],
            resources: [ChangedResource], monthlySavings: Money?
        ) {
            self.id = id
            self.title = title
            self.file = file
            self.team = team
            self.findings = findings
            self.identities = identities
            self.resources = resources
            self.monthlySavings = monthlySavings
        }
    }

    package init(
        digest: String, baseCommit: String, policyDigest: String, observedDigest: String, made: Instant, changes: [Change]
    ) {
        self.digest = digest
        self.baseCommit = baseCommit
        self.policyDigest = policyDigest
        self.observedDigest = observedDigest
        self.made = made
        self.changes = changes
    }
}

extension PlanRecord.Change {
    /// What its findings are recognised by, see `Finding.names`: short ids only where nothing better is remembered.
    package var names: Set<String> { Set(identities.isEmpty ? findings : identities) }
}

/// A resource that a change touches, with the names by which the bill knows it.
package struct ChangedResource: Hashable, Sendable {
    package var root: String
    package var address: String
    package var type: String
    /// The state's `arn` and `id`, as a bill's ResourceId may spell it; empty before it exists.
    package var billedAs: [String]

    package init(root: String, address: String, type: String, billedAs: [String]) {
        self.root = root
        self.address = address
        self.type = type
        self.billedAs = billedAs
    }
}
