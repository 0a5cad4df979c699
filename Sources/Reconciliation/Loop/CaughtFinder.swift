import CostModel
import Diagnostics
import Git
import Observation

/// Looks through the merges that came since somebody looked last, for findings that a branch had on its way and did not bring.
///
/// Each commit of a branch is judged as a check would have judged it: against where the branch stood on the target, by the policies that are in
/// force, on what is observed now. A finding that was there where the branch began is not the branch's.
struct CaughtFinder {
    /// Judging a commit takes about as long as a run; what is left over is looked at by the next one.
    static let mostJudged = 12

    let evaluated: EvaluatedWorkspace
    let today: Day
    private let repository: Repository
    private let inventories: Inventories
    private var judged: [ObjectID: Judged] = [:]
    private var left = Self.mostJudged

    private struct Judged {
        var findings: [Finding]
        var isPartial: Bool
    }

    /// What was found, and the commit of the watched branch up to which everything was looked at.
    struct Outcome {
        var entries: [CaughtFindings.Entry] = []
        var arrivals: CaughtFindings.Arrivals
        var seen: ObjectID
    }

    init(_ evaluated: EvaluatedWorkspace, today: Day) {
        self.evaluated = evaluated
        self.today = today
        repository = evaluated.workspace.repository
        inventories = Inventories(evaluated.policies.workspace.inventory)
    }

    /// - Throws: what Git says where the history cannot be read.
    mutating func look(since last: ObjectID, until tip: ObjectID) throws -> Outcome {
        var outcome = Outcome(arrivals: .init(day: today), seen: last)
        guard try repository.isAncestor(last, of: tip) else {
            // The branch was moved to another history: what came in between is not known.
            outcome.arrivals.unjudged = 1
            outcome.seen = tip
            return outcome
        }
        // The oldest first. Where somebody pushed a branch into which they had merged this one, the old tip is on another side than the first.
        let new = Set(try repository.commits(from: last, to: tip, limit: 100_000))
        let arrived = try repository.firstParents(of: tip, until: { !new.contains($0.id) }).filter { new.contains($0.id) }
        for commit in arrived.reversed() {
            guard let parent = commit.parents.first else { continue }
            if try changesCode(commit.id, since: parent) {
                guard commit.parents.count == 2 else {
                    outcome.arrivals.single += commit.parents.count == 1 ? 1 : 0
                    outcome.arrivals.unjudged += commit.parents.count == 1 ? 0 : 1
                    outcome.seen = commit.id
                    continue
                }
                guard let found = try caught(by: commit, onto: parent, of: commit.parents[1]) else { break }
                outcome.entries += found.entries
                if found.isWhole { outcome.arrivals.judged += 1 } else { outcome.arrivals.unjudged += 1 }
            }
            outcome.seen = commit.id
        }
        return outcome
    }

    /// What a merge's branch had on its way and did not bring; nil: no more commits are judged in this run.
    private mutating func caught(
        by merge: Commit, onto parent: ObjectID, of branch: ObjectID
    ) throws -> (entries: [CaughtFindings.Entry], isWhole: Bool)? {
        var steps: [ObjectID] = []
        for id in try repository.commits(from: parent, to: branch).reversed() {
            guard let before = try repository.commit(id).parents.first, try changesCode(id, since: before) else { continue }
            steps.append(id)
        }
        // One commit is what was merged, unless the merge itself changed something.
        let bases = try Set(steps.compactMap { step in try repository.mergeBase(of: step, and: parent) })
        guard !steps.isEmpty else { return ([], true) }
        let cost = steps.count + bases.count + 1
        guard cost <= left || left == Self.mostJudged else { return nil }
        let shown = Array(steps.prefix(max(1, Self.mostJudged - bases.count - 1)))
        let after = try judge(merge.id)
        var isWhole = shown.count == steps.count && !after.isPartial
        var most: [Kind: [CaughtFindings.Entry]] = [:]
        for step in shown {
            guard let base = try repository.mergeBase(of: step, and: parent) else {
                isWhole = false
                continue
            }
            let (before, now) = (try judge(base), try judge(step))
            isWhole = isWhole && !before.isPartial && !now.isPartial
            // Half of what was there looks like less, and what it lacks in the base like something new.
            guard !before.isPartial, !now.isPartial, !after.isPartial else { continue }
            let known = Set(before.findings.map(\.id))
            let own = now.findings.filter { !known.contains($0.id) }
            for (kind, findings) in gone(own, known: known, after.findings) where findings.count > (most[kind]?.count ?? 0) {
                most[kind] = findings.map { CaughtFindings.Entry($0, commit: step, merge: merge.id, on: today) }
            }
        }
        return (most.values.flatMap(\.self).sorted { $0.id < $1.id }, isWhole)
    }

    /// What a finding asks for, wherever it is.
    fileprivate struct Kind: Hashable {
        var policy: PolicyReference
        var rule: String
        var subject: String?
    }

    /// The findings of a step that the merge did not bring, by kind. Where it brought others of the kind, those may be the same under another
    /// name: as many are left out. Over the steps of a branch the most that were there at once count, so that one that moves counts once.
    private func gone(_ own: [Finding], known: Set<String>, _ after: [Finding]) -> [Kind: [Finding]] {
        let ids = Set(own.map(\.id))
        let brought = after.filter { !known.contains($0.id) }
        let present = Set(brought.map(\.id))
        var others: [Kind: Int] = [:]
        for finding in brought where !ids.contains(finding.id) { others[Kind(finding), default: 0] += 1 }
        return Dictionary(grouping: own.filter { !present.contains($0.id) }, by: Kind.init).mapValues { findings in
            Array(findings.sorted { $0.id < $1.id }.dropLast(min(findings.count, others[Kind(findings[0])] ?? 0)))
        }.filter { !$0.value.isEmpty }
    }

    private func changesCode(_ commit: ObjectID, since parent: ObjectID) throws(GitError) -> Bool {
        let (workspace, inventories) = (evaluated.workspace, inventories)
        let within = workspace.prefix.isEmpty ? "" : workspace.prefix + "/"
        return try repository.changedFiles(from: parent, to: commit).contains { file in
            file.path.hasPrefix(within) && inventories.reads(workspace.workspacePath(file.path))
        }
    }

    /// The findings about code that count at a commit.
    private mutating func judge(_ commit: ObjectID) throws -> Judged {
        if let known = judged[commit] { return known }
        left -= 1
        let workspace = evaluated.workspace
        let result = try EvaluatedWorkspace(
            OpenedWorkspace(workspace, at: commit, policies: evaluated.policies), now: evaluated.now, observations: evaluated.observations,
            like: evaluated, isCompared: true)
        let found = Judged(
            findings: result.evaluation.findings.filter { $0.isOpen && $0.policy.kind.isAboutResources },
            isPartial: result.observed.isPartial || WorkLimit.isReached)
        judged[commit] = found
        return found
    }
}

extension CaughtFinder.Kind {
    fileprivate init(_ finding: Finding) {
        self.init(policy: finding.policy, rule: finding.rule, subject: finding.subject)
    }
}

extension CaughtFindings.Entry {
    fileprivate init(_ finding: Finding, commit: ObjectID, merge: ObjectID, on day: Day) {
        self.init(
            id: finding.id, policy: finding.policy, rule: finding.rule, severity: finding.severity, team: finding.team,
            resource: finding.resource?.identity.description, message: finding.message, commit: commit.description,
            merge: merge.description, merged: day)
    }
}
