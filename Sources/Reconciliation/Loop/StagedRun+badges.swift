import CostModel
import Diagnostics
import Forge
import Git
import Reporting
import Store

extension StagedRun {
    /// Else fixes go into a folder.
    var writesBranches: Bool { context.forge?.hasBranches ?? true }

    /// Commits the badges of the teams where they differ from those that are there.
    ///
    /// - Parameter tip: where the branch stands; nil: there is none yet.
    /// - Returns: where it stands then.
    func renew(
        _ badges: BadgeBranch, _ leaderboard: Leaderboard, _ evaluated: EvaluatedWorkspace, _ heads: OriginHeads, at tip: ObjectID?,
        _ repository: Repository, _ note: inout StageClock.Note
    ) throws(StageError) -> ObjectID? {
        guard writesBranches else {
            tell(.warning, .write, "badges are not written: fixes go into a folder here, and not to branches")
            return tip
        }
        guard let draft = try draft(badges, leaderboard, evaluated, heads, at: tip, repository) else { return tip }
        let commit: ObjectID
        do { commit = try context.signer?(draft, repository) ?? repository.write(draft) } catch {
            throw StageError(.reconciling, .writeFailed, "the badges cannot be written: \(error)")
        }
        try context.origin.move(BranchUpdate(name: badges.name, new: commit, expected: tip))
        if environment.isKilled(.badges) { throw StageError(.reconciling, .interrupted, "killed after 'badges'") }
        let entry = AuditEntry(
            time: environment.now(), run: result.run.id, cause: cause.description, action: .branchWritten, object: badges.name,
            detail: "\(commit) badges")
        try ledger { () throws(LedgerError) in try ledger.append(entry) }
        note.message = "badges renewed on '\(badges.name)'"
        return commit
    }

    /// What is to be committed; nil: the badges are as they should be.
    func draft(
        _ badges: BadgeBranch, _ leaderboard: Leaderboard, _ evaluated: EvaluatedWorkspace, _ heads: OriginHeads, at tip: ObjectID?,
        _ repository: Repository
    ) throws(StageError) -> CommitDraft? {
        try badges.checkOwner(of: tip, watched: heads.branch, in: repository)
        let savings = try ledger { () throws(LedgerError) in try ledger.savings() }
        let settings = evaluated.policies.workspace
        let pictures = PictureFolder(
            leaderboard, of: badges.folder, saved: badges.settings.showsAmounts ? savings : nil, currency: settings.currency)
        // Every name that pictures show stands in the page of the folder, too.
        if let kind = SecretScan.kind(in: pictures.page) { throw .refused("the badges would hold \(kind)") }
        let person: Identity
        do throws(GitError) { person = try PlanCommit.person(settings.remediation.author, in: repository) } catch {
            throw StageError(writing: error)
        }
        return try badges.draft(pictures.files, at: tip, in: repository, by: person, now: environment.now())
    }
}
