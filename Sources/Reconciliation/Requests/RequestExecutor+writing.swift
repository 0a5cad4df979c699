import CostModel
import Diagnostics
import Forge
import Git
import Store

/// What the executor's steps are made of: commits, branches, the ledger, calls of the code host.
extension RequestExecutor {
    /// The commit of a group on the watched branch's tip.
    func write(_ group: RequestGroup) throws(StageError) -> ObjectID {
        do {
            let commit = PlanCommit(
                repository: repository, plan: group.plan, digest: group.digest, author: remediation.author,
                workspace: group.subject.workspace)
            let changes = group.plan.changes
            let files = try commit.editedFiles(changes, at: heads.tip)
            let draft = try commit.draft(on: heads.tip, files, changes)
            for text in [draft.message, group.branch(prefix: remediation.branchPrefix)] {
                if let kind = SecretScan.kind(in: text) { throw StageError.refused("the commit or its branch would hold \(kind)") }
            }
            return try sign?(draft, repository) ?? repository.write(draft)
        } catch let error as StageError { throw error } catch {
            var refused = StageError(WorkspaceError(applying: error))
            refused.isOfOne = true
            throw refused
        }
    }

    func push(_ branch: String, to commit: ObjectID, expecting: ObjectID?, _ group: RequestGroup) throws(StageError) {
        guard forge?.hasBranches ?? true, expecting != commit else { return }
        try origin.move(BranchUpdate(name: branch, new: commit, expected: expecting))
        try survive(.push)
        try audit(.branchWritten, branch, detail: "\(commit) plan \(group.digest.prefix(12))")
    }

    /// - Parameter commit: where it must still stand; nil: there is none.
    func delete(_ branch: String, at commit: ObjectID?) throws(StageError) {
        guard forge?.hasBranches ?? true, let commit else { return }
        try origin.move(BranchUpdate(name: branch, new: nil, expected: commit))
        try survive(.deleteBranch)
        try audit(.branchDeleted, branch, detail: commit.description)
    }

    // MARK: The ledger

    /// A merged request is remembered together with its changes, whose savings later bills measure: both or none of it.
    func remember(_ record: RequestRecord, step: WriteStep? = nil) throws(StageError) {
        do throws(LedgerError) {
            try ledger.transaction { () throws(LedgerError) in
                try ledger.put(record)
                if record.state == .merged { try ledger.put(record.pendingSavings(at: environment.now())) }
            }
        } catch { throw StageError(error) }
        journal.note(record)
        if let step { try survive(step) }
    }

    func audit(_ action: AuditEntry.Action, _ object: String, detail: String) throws(StageError) {
        let entry = AuditEntry(time: environment.now(), run: run, cause: cause, action: action, object: object, detail: detail)
        do throws(LedgerError) { try ledger.append(entry) } catch { throw StageError(error) }
    }

    // MARK: The code host

    func call<Value>(_ step: WriteStep?, _ body: () throws(ForgeError) -> Value) throws(StageError) -> Value {
        let value: Value
        do throws(ForgeError) { value = try body() } catch { throw StageError(calling: error) }
        if let step { try survive(step) }
        return value
    }

    private func survive(_ step: WriteStep) throws(StageError) {
        if environment.isKilled(step) { throw StageError(.reconciling, .interrupted, "killed after '\(step.rawValue)'") }
    }
}

extension RequestRecord {
    /// What a merged request's changes are expected to save, until later bills say what they did.
    func pendingSavings(at now: Instant) -> [SavingsRecord] {
        plan.changes.map { change in
            SavingsRecord(
                change: MergedChange(plan: plan.digest, change: change, commit: mergeCommit ?? commit, merged: ended ?? now),
                standing: .pending, estimated: change.monthlySavings, measured: now, method: "not measured yet")
        }
    }
}

extension StageError {
    /// What a host says to one call, concerns that one, unless it will not talk to us at all or asks to wait.
    init(calling error: ForgeError) {
        self.init(error)
        isOfOne = error.retryAfter == nil && ![.unauthorized, .rateLimited, .moved].contains(error.code)
    }

    /// A person must fix it, and it concerns one request only.
    static func refused(_ message: String) -> Self { ofOne(.stalled, message) }

    static func ofOne(_ condition: StageStatus.Condition, _ message: String) -> Self {
        var error = Self(condition, .writeFailed, message)
        error.isOfOne = true
        return error
    }
}
