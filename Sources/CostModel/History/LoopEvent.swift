/// Something that happened in the loop, for whoever watches it: log, metrics, traces, messages.
///
/// Events tell what is done: scores, findings and requests are told of once the ledger has them. Those of one workspace come one after the
/// other, in the order in which things happened, and are the same in `reconcile` and `serve`; those of several workspaces may mix. No event
/// holds a secret.
package struct LoopEvent: Hashable, Sendable {
    package var time: Instant
    package var workspace: String
    /// The run's id; nil before it has one, and outside of runs.
    package var run: String?
    package var kind: Kind

    package init(time: Instant, workspace: String, run: String?, kind: Kind) {
        self.time = time
        self.workspace = workspace
        self.run = run
        self.kind = kind
    }

    package enum Kind: Hashable, Sendable {
        case runBegan(RunCause)
        /// With its outcome; also where nothing had changed, or where it failed before its first stage. A run that began ends, unless the
        /// process does.
        case runEnded(Run, RunCause)
        case stageEnded(StageStatus)
        /// What each team was scored, sorted by team. An evaluation of nothing new is no event.
        case scored([ScoreChange])
        /// Findings that were opened, fixed or opened again; never empty.
        case findingsChanged([FindingChange])
        case requestChanged(RequestChange)
        case suspended(RunCause)
        case resumed(RunCause)
        case problem(Problem)
    }

    /// What a person should know of.
    package struct Problem: Hashable, Sendable {
        package enum Severity: String, Hashable, Sendable {
            /// It passes by itself, or the run goes on without.
            case warning
            /// It ended the run.
            case error
        }

        package var severity: Severity
        /// Nil outside of stages.
        package var stage: Stage?
        /// Lower case, no full stop; holds no secret.
        package var message: String

        package init(_ severity: Severity, _ stage: Stage?, _ message: String) {
            self.severity = severity
            self.stage = stage
            self.message = message
        }
    }
}

/// A team's newest score beside the one before.
package struct ScoreChange: Hashable, Sendable {
    /// As it was last written, mostly of an earlier day; nil: the team is scored for the first time.
    package var before: ScoreDay?
    package var after: ScoreDay

    package init(before: ScoreDay?, after: ScoreDay) {
        self.before = before
        self.after = after
    }

    package var team: String { after.team }

    /// - Parameter known: what was written before, in any order.
    package static func changes(to scores: [ScoreDay], from known: [ScoreDay]) -> [ScoreChange] {
        let newest = Dictionary(known.map { ($0.team, $0) }, uniquingKeysWith: { $0.day < $1.day ? $1 : $0 })
        return scores.map { ScoreChange(before: newest[$0.team], after: $0) }.sorted { $0.team < $1.team }
    }
}

/// What happened to a finding, and how it stands since.
package struct FindingChange: Hashable, Sendable {
    package var event: LifeEvent
    package var life: FindingLife

    package init(event: LifeEvent, life: FindingLife) {
        self.event = event
        self.life = life
    }
}

/// What happened to a request, and its record since.
package struct RequestChange: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case opened, updated, merged
        /// By a person, or a merge was undone.
        case dismissed
        /// By us: nothing was left to fix.
        case closed
        /// A person opened or wants it again.
        case reopened
        /// A person edited its branch: it is not touched any more.
        case handedOver
        /// Edited by a person, and no longer needed.
        case abandoned
        /// The ledger had lost it.
        case adopted
    }

    package var kind: Kind
    package var record: RequestRecord

    package init(_ kind: Kind, _ record: RequestRecord) {
        self.kind = kind
        self.record = record
    }

    /// What a record that is written says has happened since the one before it; nil: nothing that concerns anybody.
    package init?(from before: RequestRecord?, to record: RequestRecord) {
        let kind: Kind
        switch (before?.state, record.state) {
        case (_, .writing): return nil
        case (nil, .open), (.writing, .open): kind = .opened
        case (.open, .open):
            let isUpdated = (before?.title, before?.commit, before?.plan.digest) != (record.title, record.commit, record.plan.digest)
            if record.isEdited, before?.isEdited == false { kind = .handedOver } else if isUpdated { kind = .updated } else { return nil }
        case (_, .open): kind = .reopened
        case (let old, let new) where old == new: return nil
        case (_, .merged): kind = .merged
        case (_, .dismissed): kind = .dismissed
        case (_, .obsolete): kind = .closed
        case (_, .abandoned): kind = .abandoned
        }
        self.init(kind, record)
    }
}
