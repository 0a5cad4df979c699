import CostModel
import Forge
import Git
import Store

/// Does what `RequestReconciler` decided: branches, requests, records. Every step leaves the world so that a run that is cut off there is taken up by
/// the next one: the ledger says *writing* before a branch is pushed, and commits, branches and requests are the same when made again.
struct RequestExecutor {
    let origin: any RepositoryOrigin
    /// Nil where there are only branches.
    let forge: (any Forge)?
    /// By number: requests as the run found them. What they say already is not written again.
    let seen: [Int: ForgeRequest]
    let ledger: Ledger
    let repository: Repository
    let heads: OriginHeads
    let remediation: RemediationSettings
    let texts: RequestTexts
    let environment: LoopEnvironment
    let journal: RequestJournal
    let sign: (@Sendable (CommitDraft, Repository) throws -> ObjectID)?
    let run: String
    let cause: String
    /// Who turned down which group, and why.
    let dismissals: [String: RequestOrder]
    /// Throws when nothing more is to be begun: somebody wants us to stop, or the time is up.
    let mayGoOn: () throws(StageError) -> Void

    /// What was done, action by action.
    private(set) var outcomes: [RequestOutcome] = []
    /// What went wrong with single requests; the others were gone on with.
    private(set) var failures: [StageError] = []

    /// A host that is away for so many requests is away for all of them.
    private static let failureLimit = 3

    init(
        origin: any RepositoryOrigin, forge: (any Forge)?, seen: [Int: ForgeRequest], ledger: Ledger, repository: Repository,
        heads: OriginHeads,
        remediation: RemediationSettings, texts: RequestTexts, environment: LoopEnvironment, journal: RequestJournal,
        sign: (@Sendable (CommitDraft, Repository) throws -> ObjectID)?, run: String, cause: String,
        dismissals: [String: RequestOrder], mayGoOn: @escaping () throws(StageError) -> Void
    ) {
        self.origin = origin
        self.forge = forge
        self.seen = seen
        self.ledger = ledger
        self.repository = repository
        self.heads = heads
        self.remediation = remediation
        self.texts = texts
        self.environment = environment
        self.journal = journal
        self.sign = sign
        self.run = run
        self.cause = cause
        self.dismissals = dismissals
        self.mayGoOn = mayGoOn
    }

    mutating func carryOut(_ actions: [RequestAction]) throws(StageError) {
        for action in actions {
            try mayGoOn()
            // Whatever failed may be what was to take it over: it stays open until the next run.
            if case .close(_, .takenOver) = action, !failures.isEmpty { continue }
            do throws(StageError) {
                outcomes.append(try carryOut(action))
            } catch {
                guard error.isOfOne else { throw error }
                outcomes.append(RequestOutcome(action, failure: error.message))
                // A branch that cannot be tidied away is no fault of what is asked for.
                if case .prune = action { continue }
                failures.append(error)
                guard failures.count(where: { $0.condition == .reconciling }) < Self.failureLimit else { throw error }
            }
        }
    }

    private func carryOut(_ action: RequestAction) throws(StageError) -> RequestOutcome {
        switch action {
        case .settle(let record):
            try remember(record)
            return RequestOutcome(action, record: record)
        case .open(let group, let branch, let replacing, let resuming):
            return RequestOutcome(action, record: try open(group, on: branch, replacing: replacing, resuming: resuming))
        case .update(let record, let group, let tip): return RequestOutcome(action, record: try update(record, group, from: tip))
        case .describe(let record, let group, let tip): return RequestOutcome(action, record: try describe(record, group, at: tip))
        case .handOver(let record): return RequestOutcome(action, record: try handOver(record))
        case .close(let record, let ending): return RequestOutcome(action, record: try close(record, ending))
        case .abandon(let record): return RequestOutcome(action, record: try abandon(record))
        case .dismiss(let group, let record): return RequestOutcome(action, record: try dismiss(group, record))
        case .prune(let record, let tip):
            try delete(record.branch, at: ObjectID(tip))
            return RequestOutcome(action, record: record)
        case .wait: return RequestOutcome(action, record: nil)
        }
    }

    // MARK: Opening and updating

    private func open(
        _ group: RequestGroup, on branch: String, replacing: String?, resuming: RequestRecord?
    ) throws(StageError) -> RequestRecord {
        let now = environment.now()
        let commit = try write(group)
        var record =
            resuming
            ?? RequestRecord(
                group: group.identity, team: group.subject.team, state: .writing, branch: branch, title: "",
                plan: group.record(made: now), commit: commit.description, opened: now, updated: now)
        record.plan = group.record(made: now)
        record.commit = commit.description
        record.updated = now
        let draft = try draft(record, group)
        record.title = draft.title
        try remember(record, step: .remember)
        try push(record.branch, to: commit, expecting: replacing.flatMap { ObjectID($0) }, group)
        if let forge {
            let request = try call(.open) { () throws(ForgeError) in try forge.open(draft) }
            record.number = request.number
            record.url = request.url
            record.labels = draft.labels
            // One that lost its branch and got it back was open all the time.
            if resuming?.number != request.number {
                try audit(.requestOpened, request.url, detail: group.findings.joined(separator: " "))
            }
        }
        record.state = .open
        try remember(record)
        return record
    }

    private func update(_ record: RequestRecord, _ group: RequestGroup, from tip: String) throws(StageError) -> RequestRecord {
        let commit = try write(group)
        // What may not be published is found before anything is.
        var updated = record
        updated.plan = group.record(made: environment.now())
        _ = try texts.text(of: updated)
        try push(record.branch, to: commit, expecting: ObjectID(tip), group)
        return try describe(record, group, at: commit.description)
    }

    /// The request tells of the branch's tip, and so does the record.
    private func describe(_ record: RequestRecord, _ group: RequestGroup, at tip: String) throws(StageError) -> RequestRecord {
        var updated = record
        updated.team = group.subject.team
        updated.commit = tip
        updated.plan = try plan(of: group, at: tip, record)
        var draft = try draft(updated, group)
        updated.title = draft.title
        // What people took away is theirs to take away, and a title that is not ours any more is theirs.
        draft.labels.removeAll { (record.labels ?? []).contains($0) }
        draft.previousTitle = record.title
        if let forge, let number = record.number {
            // A folder's patches follow the commit, whatever its text says.
            if !forge.hasBranches || !(seen[number].map(draft.isShown) ?? false) {
                try call(.update) { () throws(ForgeError) in try forge.update(number, to: draft) }
            }
            updated.labels = (record.labels ?? []) + draft.labels
        }
        guard updated != record else { return record }
        if forge != nil, updated.title != record.title || updated.plan.digest != record.plan.digest {
            try audit(.requestUpdated, record.url ?? record.branch, detail: updated.title)
        }
        updated.updated = environment.now()
        try remember(updated)
        return updated
    }

    /// What the branch's tip was made of, with what fixing it is worth now: a merge is known by the plan that the commit names.
    private func plan(of group: RequestGroup, at tip: String, _ record: RequestRecord) throws(StageError) -> PlanRecord {
        var plan = group.record(made: environment.now())
        do throws(GitError) {
            guard var id = ObjectID(tip) else { return plan }
            // Merges that brought the branch up to date stand on the commit that is ours.
            var commit = try repository.commit(id)
            while commit.parents.count == 2, commit.trailers("Bursar-Plan").isEmpty {
                id = commit.parents[0]
                commit = try repository.commit(id)
            }
            guard let digest = commit.trailers("Bursar-Plan").last else { return plan }
            plan.digest = digest
        } catch { throw StageError(writing: error) }
        if plan.digest == record.plan.digest {
            plan.baseCommit = record.plan.baseCommit
            plan.policyDigest = record.plan.policyDigest
            plan.observedDigest = record.plan.observedDigest
            plan.made = record.plan.made
        }
        return plan
    }

    private func draft(_ record: RequestRecord, _ group: RequestGroup) throws(StageError) -> RequestDraft {
        let text = try texts.text(of: record)
        return RequestDraft(
            branch: record.branch, base: heads.branch, title: text.title, body: text.body,
            labels: remediation.requests.labels, reviewers: texts.reviewers(of: group), isDraft: remediation.requests.isDraft,
            commit: record.commit)
    }
}
