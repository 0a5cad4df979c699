import CostModel
import Forge
import Git
import Store

/// Does what the board decided: branches, requests, records. Every step leaves the world so that a run that is cut off there is taken up by
/// the next one: the ledger says *writing* before a branch is pushed, and commits, branches and requests are the same when made again.
struct RequestKeeper {
    typealias Halt = StageClock.Halt

    let origin: any Origin
    /// Nil where there are only branches.
    let forge: (any Forge)?
    let ledger: Ledger
    let repository: Repository
    let heads: OriginHeads
    let remediation: RemediationSettings
    let texts: RequestTexts
    let environment: LoopEnvironment
    let sign: (@Sendable (CommitDraft, Repository) throws -> ObjectID)?
    let run: String
    let cause: String
    let isStopping: @Sendable () -> Bool

    /// What was done, action by action.
    private(set) var outcomes: [RequestOutcome] = []
    /// What went wrong with single requests; the others were gone on with.
    private(set) var failures: [Halt] = []

    init(
        origin: any Origin, forge: (any Forge)?, ledger: Ledger, repository: Repository, heads: OriginHeads,
        remediation: RemediationSettings, texts: RequestTexts, environment: LoopEnvironment,
        sign: (@Sendable (CommitDraft, Repository) throws -> ObjectID)?, run: String, cause: String,
        isStopping: @escaping @Sendable () -> Bool
    ) {
        self.origin = origin
        self.forge = forge
        self.ledger = ledger
        self.repository = repository
        self.heads = heads
        self.remediation = remediation
        self.texts = texts
        self.environment = environment
        self.sign = sign
        self.run = run
        self.cause = cause
        self.isStopping = isStopping
    }

    mutating func carryOut(_ actions: [RequestAction]) throws(Halt) {
        for action in actions {
            if isStopping() { throw Halt(.reconciling, .interrupted, "stopped before everything was written") }
            do throws(Halt) {
                outcomes.append(try carryOut(action))
            } catch {
                // Whoever asked to wait, and a run that was killed, end the stage; another request may still come off.
                let isOwn = error.condition != .stalled && (error.reason == .forgeFailed || error.reason == .writeFailed)
                guard isOwn, error.retryAfter == nil else { throw error }
                failures.append(error)
                outcomes.append(RequestOutcome(action, failure: error.message))
            }
        }
    }

    private func carryOut(_ action: RequestAction) throws(Halt) -> RequestOutcome {
        switch action {
        case .settle(let record):
            try remember(record)
            return RequestOutcome(action, record: record)
        case .open(let group, let replacing, let resuming):
            return RequestOutcome(action, record: try open(group, replacing: replacing, resuming: resuming))
        case .update(let record, let group, let tip): return RequestOutcome(action, record: try update(record, group, from: tip))
        case .describe(let record, let group, let tip): return RequestOutcome(action, record: try describe(record, group, at: tip))
        case .handOver(let record): return RequestOutcome(action, record: try handOver(record))
        case .close(let record): return RequestOutcome(action, record: try close(record))
        case .abandon(let record): return RequestOutcome(action, record: try abandon(record))
        case .wait: return RequestOutcome(action, record: nil)
        }
    }

    // MARK: Opening and updating

    private func open(_ group: RequestGroup, replacing: String?, resuming: RequestRecord?) throws(Halt) -> RequestRecord {
        let now = environment.now()
        let commit = try write(group)
        var record =
            resuming
            ?? RequestRecord(
                group: group.identity, team: group.subject.team, state: .writing, branch: group.branch(prefix: remediation.branchPrefix),
                title: "", plan: group.record(made: now), commit: commit.description, opened: now, updated: now)
        record.plan = group.record(made: now)
        record.title = try texts.text(of: record).title
        record.commit = commit.description
        record.updated = now
        try remember(record, step: .remember)
        try push(record.branch, to: commit, expecting: replacing.flatMap { ObjectID($0) }, group)
        if let forge {
            let draft = try draft(record, group)
            let request = try call(.open) { () throws(ForgeError) in try forge.open(draft) }
            record.number = request.number
            record.url = request.url
            try audit(.requestOpened, request.url, detail: group.findings.joined(separator: " "))
        }
        record.state = .open
        try remember(record)
        return record
    }

    private func update(_ record: RequestRecord, _ group: RequestGroup, from tip: String) throws(Halt) -> RequestRecord {
        let commit = try write(group)
        try push(record.branch, to: commit, expecting: ObjectID(tip), group)
        return try describe(record, group, at: commit.description)
    }

    /// The request tells of the branch's tip, and so does the record.
    private func describe(_ record: RequestRecord, _ group: RequestGroup, at tip: String) throws(Halt) -> RequestRecord {
        var updated = record
        updated.commit = tip
        updated.plan = try plan(of: group, at: tip, record)
        updated.title = try texts.text(of: updated).title
        if let forge, let number = record.number {
            let draft = try draft(updated, group)
            try call(.update) { () throws(ForgeError) in try forge.update(number, to: draft) }
        }
        guard updated != record else { return record }
        updated.updated = environment.now()
        try remember(updated)
        return updated
    }

    /// What the branch's tip was made of, with what mending it is worth now: a merge is known by the plan that the commit names.
    private func plan(of group: RequestGroup, at tip: String, _ record: RequestRecord) throws(Halt) -> PlanRecord {
        var plan = group.record(made: environment.now())
        do throws(GitError) {
            guard let id = ObjectID(tip), let digest = try repository.commit(id).trailers("Bursar-Plan").last else { return plan }
            plan.digest = digest
        } catch { throw Halt(writing: error) }
        if plan.digest == record.plan.digest {
            plan.baseCommit = record.plan.baseCommit
            plan.policyDigest = record.plan.policyDigest
            plan.observedDigest = record.plan.observedDigest
            plan.made = record.plan.made
        }
        return plan
    }

    private func draft(_ record: RequestRecord, _ group: RequestGroup) throws(Halt) -> RequestDraft {
        let text = try texts.text(of: record)
        return RequestDraft(
            branch: record.branch, base: heads.branch, title: text.title, body: text.body,
            labels: remediation.requests.labels, reviewers: texts.reviewers(of: group), isDraft: remediation.requests.isDraft,
            commit: record.commit)
    }

    // MARK: Ending

    private func close(_ record: RequestRecord) throws(Halt) -> RequestRecord {
        if let forge, let number = record.number {
            let comment = RequestTexts.nothingLeft(at: heads.tip.short)
            try call(.close) { () throws(ForgeError) in try forge.close(number, comment: comment) }
            try audit(.requestClosed, record.url ?? record.branch, detail: "nothing is left to mend at \(heads.tip.short)")
        }
        try delete(record)
        var record = record
        record.state = record.mergeCommit == nil ? .obsolete : .merged
        record.ended = environment.now()
        record.updated = environment.now()
        try remember(record)
        return record
    }

    private func abandon(_ record: RequestRecord) throws(Halt) -> RequestRecord {
        if let forge, let number = record.number {
            try comment(forge, number, marker: "abandoned", RequestTexts.abandoned(at: heads.tip.short), record)
        }
        var record = record
        record.state = .abandoned
        record.isEdited = true
        record.ended = environment.now()
        record.updated = environment.now()
        try remember(record)
        return record
    }

    private func handOver(_ record: RequestRecord) throws(Halt) -> RequestRecord {
        if let forge, let number = record.number {
            try comment(forge, number, marker: "edited", RequestTexts.handedOver, record)
        }
        var record = record
        record.isEdited = true
        record.updated = environment.now()
        try remember(record)
        return record
    }

    private func comment(_ forge: any Forge, _ number: Int, marker: String, _ body: String, _ record: RequestRecord) throws(Halt) {
        try call(.comment) { () throws(ForgeError) in try forge.comment(number, marker: marker, body: body) }
        try audit(.commented, record.url ?? record.branch, detail: marker)
    }

    // MARK: Branches

    /// The commit of a group on the watched branch's tip.
    private func write(_ group: RequestGroup) throws(Halt) -> ObjectID {
        do {
            let commit = PlanCommit(repository: repository, plan: group.plan, digest: group.digest, author: remediation.author)
            let changes = group.plan.changes
            let files = try commit.editedFiles(changes, at: heads.tip)
            let draft = try commit.draft(on: heads.tip, files, changes)
            let id = try sign?(draft, repository) ?? repository.write(draft)
            return id
        } catch { throw Halt(PassError(applying: error)) }
    }

    private func push(_ branch: String, to commit: ObjectID, expecting: ObjectID?, _ group: RequestGroup) throws(Halt) {
        guard forge?.kind != .patches, expecting != commit else { return }
        try publish(BranchUpdate(name: branch, new: commit, expected: expecting))
        try survive(.push)
        try audit(.branchWritten, branch, detail: "\(commit) plan \(group.digest.prefix(12))")
    }

    private func delete(_ record: RequestRecord) throws(Halt) {
        guard forge?.kind != .patches, let commit = heads.branches[record.branch] else { return }
        try publish(BranchUpdate(name: record.branch, new: nil, expected: commit))
        try survive(.deleteBranch)
        try audit(.branchDeleted, record.branch, detail: commit.description)
    }

    private func publish(_ update: BranchUpdate) throws(Halt) {
        do throws(OriginError) {
            switch try origin.publish([update])[update.name] {
            case .done: return
            case .moved: throw OriginError("the branch '\(update.name)' moved meanwhile: it is looked at again", mayPass: true)
            case .rejected(let reason): throw OriginError("the branch '\(update.name)' is refused: \(reason)", mayPass: true)
            case nil: throw OriginError("nothing is said about the branch '\(update.name)'", mayPass: true)
            }
        } catch { throw Halt(.reconciling, .writeFailed, error.message) }
    }

    // MARK: The ledger

    /// A merged request is remembered together with its changes, whose savings later bills measure: both or none of it.
    private func remember(_ record: RequestRecord, step: WriteStep? = nil) throws(Halt) {
        do throws(LedgerError) {
            try ledger.transaction { () throws(LedgerError) in
                try ledger.put(record)
                if record.state == .merged { try ledger.put(pendingSavings(of: record)) }
            }
        } catch { throw Halt(error) }
        if let step { try survive(step) }
    }

    private func pendingSavings(of record: RequestRecord) -> [SavingsRecord] {
        let now = environment.now()
        return record.plan.changes.map { change in
            SavingsRecord(
                change: MergedChange(
                    plan: record.plan.digest, change: change, commit: record.mergeCommit ?? record.commit, merged: record.ended ?? now),
                standing: .pending, estimated: change.monthlySavings, measured: now, method: "not measured yet")
        }
    }

    private func audit(_ action: AuditEntry.Action, _ object: String, detail: String) throws(Halt) {
        let entry = AuditEntry(time: environment.now(), run: run, cause: cause, action: action, object: object, detail: detail)
        do throws(LedgerError) { try ledger.append(entry) } catch { throw Halt(error) }
    }

    private func call<Value>(_ step: WriteStep, _ body: () throws(ForgeError) -> Value) throws(Halt) -> Value {
        let value: Value
        do throws(ForgeError) { value = try body() } catch { throw Halt(error) }
        try survive(step)
        return value
    }

    private func survive(_ step: WriteStep) throws(Halt) {
        if environment.isKilled(step) { throw Halt(.reconciling, .interrupted, "killed after '\(step.rawValue)'") }
    }
}
