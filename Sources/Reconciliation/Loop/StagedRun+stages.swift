import CostModel
import Diagnostics
import Evaluation
import Forge
import Git
import Observation
import Scoring
import Store

extension StagedRun {
    func fetch(_ checkpoint: RunCheckpoint, _ note: inout StageClock.Note) throws(StageError) -> OriginHeads {
        if !environment.isDryRun { context.origin.clearWay() }
        let heads: OriginHeads
        do throws(OriginError) {
            heads = try context.origin.fetch(
                branch: watched.branch, prefixes: checkpoint.branchPrefixes, others: checkpoint.badgesBranch.map { [$0] } ?? [])
        } catch { throw StageError(error) }
        let problem: String?
        do throws(GitError) { problem = try context.signatureProblem(of: heads) } catch {
            throw StageError(.stalled, .unverified, "\(error)")
        }
        if let problem { throw StageError(.stalled, .unverified, problem) }
        if let problem = LedgerOwner(watched, branch: heads.branch).problem(with: checkpoint.owner) {
            throw StageError(.stalled, .invalidConfiguration, problem)
        }
        note.message = "\(heads.branch)@\(heads.tip.short)"
        return heads
    }

    func observe(_ heads: OriginHeads, _ known: History) throws(StageError) -> ObservedInput {
        do throws(WorkspaceError) {
            var workspace = try OpenedWorkspace(
                context.origin.directory, .revision(heads.tip.description), under: watched.path, observed: context.observedFolder,
                now: environment.now())
            workspace.clients = environment.clients
            for diagnostic in workspace.diagnostics { tell(.warning, .observe, diagnostic.message) }
            result.run.policyDigest = workspace.policies.digest
            prepare(toObserve: workspace.policies)
            // What merged changes saved, and whether they cost what was expected, is measured by the days of their resources.
            let merged = Set(
                known.savings.flatMap { $0.change.change.resources.flatMap(\.billedAs) }
                    + estimates.filter { $0.standing == .waiting }.flatMap(\.billedAs))
            var observations = Observations.read(
                for: [workspace.policies], directory: workspace.folder, now: environment.now(), clients: environment.clients,
                usageOf: merged)
            if let problem = try remember(known, in: &observations) { tell(.warning, .observe, problem) }
            return ObservedInput(workspace, now: environment.now(), observations: observations)
        } catch { throw StageError(error) }
    }

    private func remember(_ known: History, in observations: inout Observations) throws(WorkspaceError) -> String? {
        do throws(LedgerError) { return try observations.remember(ledger, known) } catch {
            noteDamage(error)
            throw .failed("\(error)")
        }
    }

    func evaluate(_ input: ObservedInput, _ note: inout StageClock.Note) throws(StageError) -> EvaluatedWorkspace {
        let evaluated = EvaluatedWorkspace(judging: input)
        // Half a result is none: the clock says why.
        if WorkLimit.isReached { throw StageError(.reconciling, .interrupted, "stopped") }
        result.evaluated = evaluated
        result.run.isPartial = evaluated.observed.isPartial
        result.run.observedDigest = ObservedDigest.digest(of: evaluated.observed)
        result.run.summary = RunSummary(evaluated)
        let missing = evaluated.observed.problems.filter { $0.severity == .partial }
        if let first = missing.first {
            note.reason = .partialObservation
            note.message = "\(first.place): \(first.message)" + (missing.count > 1 ? ", and \(missing.count - 1) more" : "")
            for problem in missing { tell(.warning, .evaluate, "\(problem.place): \(problem.message)") }
        }
        return evaluated
    }

    /// The plan, divided into requests.
    func makePlan(_ evaluated: EvaluatedWorkspace, _ checkpoint: RunCheckpoint, _ note: inout StageClock.Note) throws(StageError)
        -> [RequestGroup]
    {
        let settings = evaluated.policies.workspace.remediation.requests
        let snoozes = try ledger { () throws(LedgerError) in try ledger.snoozes() }
        let dismissals = Dismissals(checkpoint.requests, snoozes: snoozes, settings: settings, now: environment.now())
        do throws(WorkspaceError) {
            let plan = try evaluated.plan(PlanOrder(checkpoint.requests, dismissed: dismissals.contains, putOff: dismissals.putOff))
            result.plan = plan
            let groups = try RequestGroup.groups(of: plan, evaluated: evaluated, by: settings.grouping, in: watched)
            let changes = plan.changes.count { $0.applicability != .advisory }
            let requests = "\(groups.count) \(groups.count == 1 ? "request" : "requests")"
            note.message = "\(changes) \(changes == 1 ? "change" : "changes") in \(requests)"
            return groups
        } catch { throw StageError(error) }
    }
}

extension RunSummary {
    init(_ evaluated: EvaluatedWorkspace) {
        let summary = evaluated.evaluation.summary
        let currency = evaluated.policies.workspace.currency
        let savings = evaluated.leaderboard().teams.compactMap(\.potentialSavings).reduce(Money.zero(currency), +)
        let stake = evaluated.evaluation.findings.lazy.filter(\.isFailing).compactMap(\.atStake).reduce(Money.zero(currency), +)
        let knowsSpend = evaluated.evaluation.unknownSpend == nil
        self.init(
            resources: summary.resources, failing: summary.failing, unknown: summary.unknown, exempt: summary.exempt,
            atStake: knowsSpend ? stake.monthly : nil, potentialSavings: knowsSpend ? savings : nil)
    }
}
