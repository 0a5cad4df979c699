package import CostModel
import Forge
import Git
import Store

/// Undoes a plan that was merged, by a request of its own. It is proved like a plan: the undone tree is judged by the same evaluator, and
/// nothing but the plan's own findings may come back.
package struct Reverter {
    package struct Outcome: Hashable, Sendable {
        package var plan: String
        /// The commit that is undone.
        package var undone: String
        package var branch: String
        package var commit: String
        /// The findings that will be there again.
        package var returning: [String]
        package var url: String?
        /// False when the branch was at this commit already, or when only asked what would be written.
        package var isWritten: Bool
    }

    private let run: WorkspaceRun
    private let cause: RunCause

    package init(_ run: WorkspaceRun, cause: RunCause) {
        self.run = run
        self.cause = cause
    }

    /// - Parameter plan: the beginning of a plan's digest, as the trailer `Bursar-Plan` has it; at least seven digits.
    package func revert(_ plan: String, isDryRun: Bool) throws(WorkspaceError) -> Outcome {
        do {
            if !isDryRun { run.origin.clearWay() }
            let checkpoint = try RunCheckpoint(run.ledger)
            let heads = try run.origin.fetch(branch: run.watched.branch, prefixes: checkpoint.branchPrefixes)
            try refuse(heads, checkpoint)
            let repository = try Repository.discover(from: run.origin.directory)
            let commit = try find(plan, at: heads.tip, in: repository)
            let before = try evaluate(heads.tip)
            let settings = before.policies.workspace.remediation
            let revert = try write(commit, heads, settings, repository)
            let returning = try prove(revert.id, commit, before)
            var outcome = Outcome(
                plan: commit.trailers("Bursar-Plan").last ?? plan, undone: commit.id.description, branch: revert.branch,
                commit: revert.id.description, returning: returning, isWritten: false)
            if !isDryRun { try publish(&outcome, revert.id, commit, heads, settings, repository) }
            return outcome
        } catch let error as WorkspaceError { throw error } catch let error as OriginError {
            throw .failed(error.message)
        } catch let error as ForgeError { throw .failed(error.message) } catch let error as LedgerError {
            throw .failed("\(error)")
        } catch { throw WorkspaceError(applying: error) }
    }

    /// What stops a run stops this too.
    private func refuse(_ heads: OriginHeads, _ checkpoint: RunCheckpoint) throws {
        if run.board.status(of: run.watched.name)?.isSuspended ?? false {
            throw WorkspaceError.conflict("the workspace is suspended: 'bursar reconcile --resume' lets it go on")
        }
        if let problem = LedgerOwner(run.watched, branch: heads.branch).problem(with: checkpoint.owner) {
            throw WorkspaceError.usage(problem)
        }
        if let problem = try run.signatureProblem(of: heads) { throw WorkspaceError.conflict(problem) }
    }

    private func find(_ plan: String, at tip: ObjectID, in repository: Repository) throws -> Commit {
        guard plan.utf8.count >= 7, plan.allSatisfy(\.isHexDigit) else {
            throw WorkspaceError.usage("'\(plan)' is no plan: give at least seven digits of what the trailer Bursar-Plan says")
        }
        var found: [Commit] = []
        for id in try repository.newestCommits(of: tip, count: 20_000) {
            let commit = try repository.commit(id)
            if commit.trailers("Bursar-Plan").contains(where: { $0.hasPrefix(plan) }) { found.append(commit) }
        }
        guard let newest = found.first else { throw WorkspaceError.usage("no commit of the branch says that it is of the plan '\(plan)'") }
        guard Set(found.flatMap { $0.trailers("Bursar-Plan") }.filter { $0.hasPrefix(plan) }).count == 1 else {
            throw WorkspaceError.usage("'\(plan)' is the beginning of several plans")
        }
        return newest
    }

    private func evaluate(_ revision: ObjectID, observations: Observations? = nil) throws(WorkspaceError) -> EvaluatedWorkspace {
        var workspace = try OpenedWorkspace(
            run.origin.directory, .revision(revision.description), under: run.watched.path, observed: run.observedFolder,
            now: run.environment.now())
        workspace.clients = run.environment.clients
        return try EvaluatedWorkspace(workspace, now: run.environment.now(), observations: observations)
    }

    private func write(
        _ undone: Commit, _ heads: OriginHeads, _ settings: RemediationSettings, _ repository: Repository
    ) throws -> (id: ObjectID, branch: String) {
        let files = try repository.filesReverting(undone.id, on: heads.tip)
        guard !files.isEmpty else { throw WorkspaceError.conflict("\(undone.id.short) is undone already") }
        let bytes = files.compactMapValues { $0 }
        // A plan of ours edits files, and never makes one.
        guard bytes.count == files.count else { throw WorkspaceError.conflict("undoing \(undone.id.short) would remove files") }
        let person = try PlanCommit.person(settings.author, in: repository)
        let time = try repository.commit(heads.tip).committer
        let signature = Signature(name: person.name, email: person.email, seconds: time.seconds, zoneMinutes: time.zoneMinutes)
        let plan = undone.trailers("Bursar-Plan").last ?? ""
        var hash = SHA256()
        for field in ["revert", plan, heads.tip.description] { hash.update(field: field) }
        var draft = CommitDraft(base: heads.tip, files: bytes, message: "", author: signature, committer: signature)
        let tree = try repository.writeTree(of: draft)
        let subject = undone.message.prefix { !$0.isNewline }
        draft.message = """
            Revert "\(subject)"

            This undoes \(undone.id).

            Bursar-Plan: \(hash.hexDigest())
            Bursar-Reverts: \(plan)
            Bursar-Tree: \(tree)

            """
        let id = try run.signer?(draft, repository) ?? repository.write(draft)
        return (id, "\(settings.branchPrefix)revert-\(plan.prefix(12))")
    }

    /// - Returns: the findings that come back.
    private func prove(_ revert: ObjectID, _ undone: Commit, _ before: EvaluatedWorkspace) throws(WorkspaceError) -> [String] {
        let after = try evaluate(revert, observations: before.observations)
        guard
            Set(after.observed.problems.filter { $0.severity == .partial })
                .isSubset(of: before.observed.problems.filter { $0.severity == .partial })
        else { throw .conflict("undoing it would leave code that cannot be read") }
        let failing = Set(before.evaluation.findings.lazy.filter(\.weighs).map(\.key.atAddress))
        let new = Set(after.evaluation.findings.lazy.filter { $0.weighs && !failing.contains($0.key.atAddress) }.map(\.id))
        let other = new.subtracting(undone.trailers("Bursar-Finding")).sorted()
        guard other.isEmpty else { throw .conflict("undoing it would bring other findings: \(other.joined(separator: ", "))") }
        return new.sorted()
    }

    private func publish(
        _ outcome: inout Outcome, _ revert: ObjectID, _ undone: Commit, _ heads: OriginHeads, _ settings: RemediationSettings,
        _ repository: Repository
    ) throws {
        let tip = heads.branches[outcome.branch]
        if let tip, tip != revert {
            let inspector = BranchInspector(
                repository: repository, base: heads.tip, author: try PlanCommit.person(settings.author, in: repository))
            guard case .ours = try inspector.state(of: tip) else {
                throw WorkspaceError.conflict("the branch '\(outcome.branch)' is not as Bursar wrote it")
            }
        }
        if tip != revert, run.forge?.hasBranches ?? true {
            let update = BranchUpdate(name: outcome.branch, new: revert, expected: tip)
            guard try run.origin.publish([update])[outcome.branch] == .done else {
                throw WorkspaceError.conflict("the branch '\(outcome.branch)' moved meanwhile, or is refused")
            }
            outcome.isWritten = true
            try audit(.branchWritten, outcome.branch, "\(revert) reverts plan \(outcome.plan.prefix(12))")
        }
        guard let forge = run.forge else { return }
        let title = "Revert \(outcome.returning.count) fix\(outcome.returning.count == 1 ? "" : "es") of plan \(outcome.plan.prefix(12))"
        let findings = outcome.returning.map { "- `\($0)`" }.joined(separator: "\n")
        let request = try forge.open(
            RequestDraft(
                branch: outcome.branch, base: heads.branch, title: title,
                body: "This undoes \(undone.id). These findings will be there again:\n\n\(findings)\n", labels: settings.requests.labels,
                isDraft: settings.requests.isDraft, commit: revert.description))
        outcome.url = request.url
        try audit(.requestOpened, request.url, "reverts plan \(outcome.plan.prefix(12))")
    }

    private func audit(_ action: AuditEntry.Action, _ object: String, _ detail: String) throws(LedgerError) {
        try run.ledger.append(
            AuditEntry(time: run.environment.now(), run: nil, cause: cause.description, action: action, object: object, detail: detail))
    }
}
