import CostModel
import Evaluation
import Git
import Observation
import Scoring
import Store

extension StagedRun {
    /// How many closed days of cost by team and service each run writes again: bills arrive late and are restated.
    private static let costDays = 35

    /// Scores with what is remembered, and remembers what follows from this evaluation.
    ///
    /// An evaluation of the same revision and observations as the last one is no second piece of evidence: it opens and closes nothing.
    func score(
        _ evaluated: EvaluatedWorkspace, _ checkpoint: RunCheckpoint, _ known: History, _ heads: OriginHeads, _ note: inout StageClock.Note
    ) throws(StageError) -> Leaderboard {
        let isPartial = evaluated.observed.isPartial
        let now = environment.now()
        let judging = try inForce(evaluated, known, &note)
        let scored = ScoreHistory.advance(
            policies: judging?.policies ?? evaluated.policies, result: judging?.evaluation ?? evaluated.evaluation, history: known,
            now: now,
            revision: evaluated.workspace.revision, isPartial: isPartial, touched: evaluated.touchedTeams,
            wouldBe: judging.map { _ in (evaluated.policies, evaluated.evaluation) },
            successors: evaluated.estate.successors,
            measureSavings: isPartial || !evaluated.observed.hasBill ? nil : { lives in self.savings(evaluated, known, lives, now) })
        let evidence = inputs(heads)?.evidence()
        guard evidence == nil || evidence != checkpoint.evidence else { return scored.leaderboard }
        let changes = ScoreChange.changes(to: scored.history.scores, from: known.scores)
        let (findings, problems) = try ledger { () throws(LedgerError) in
            try ledger.transaction { () throws(LedgerError) in
                let findings = try ledger.put(scored.history.lives)
                try ledger.put(scored.history.scores)
                try ledger.put(scored.history.badges)
                try ledger.put(scored.history.savings)
                try ledger.put(uses(of: evaluated, at: now))
                try ledger.setValue(RunCheckpoint.Key.deployed, DeployedMemory(evaluated).text)
                if let billed = BilledMemory.text(evaluated) { try ledger.setValue(RunCheckpoint.Key.billed, billed) }
                if !isPartial, evaluated.observed.hasBill { try rememberCosts(evaluated, now) }
                try ledger.setValue(RunCheckpoint.Key.evidence, evidence)
                try ledger.setValue(RunCheckpoint.Key.policies + evaluated.policies.digest, evaluated.workspace.commit)
                return (findings, try tell(evaluated, scored.leaderboard, known.adding(scored.history), scores: changes))
            }
        }
        report(problems)
        tell(.scored(changes))
        if !findings.isEmpty { tell(.findingsChanged(findings)) }
        return scored.leaderboard
    }

    private func savings(_ evaluated: EvaluatedWorkspace, _ known: History, _ lives: [FindingLife], _ now: Instant) -> [SavingsRecord] {
        RealisedSavings.measure(
            known.savings.map(\.change), usage: evaluated.observations.usage, lives: lives, known: known.savings, now: now,
            currency: evaluated.policies.workspace.currency)
    }

    /// The evaluation by the policies that count for scores, where newer ones wait; nil where the newest count, or the older ones are gone.
    private func inForce(_ evaluated: EvaluatedWorkspace, _ known: History, _ note: inout StageClock.Note) throws(StageError)
        -> EvaluatedWorkspace?
    {
        let scored = PolicyRollout.inForce(
            scores: known.scores, digest: evaluated.policies.digest, today: environment.now().day)
        guard let since = scored.waitsSince,
            let revision = try ledger({ () throws(LedgerError) in try ledger.value(RunCheckpoint.Key.policies + scored.digest) })
        else { return nil }
        do throws(WorkspaceError) {
            let older = try OpenedWorkspace(
                context.origin.directory, .revision(revision), under: watched.path, observed: context.observedFolder,
                now: environment.now())
            note.message =
                "policies that changed on \(since) are shown and do not count before \(since.advanced(by: PolicyRollout.shadowDays))"
            return try EvaluatedWorkspace(
                evaluated.workspace, policies: PolicyRollout.policies(evaluated.policies, judgingBy: older.policies),
                now: environment.now(),
                observations: evaluated.observations, like: evaluated)
        } catch {
            tell(.warning, .score, "the policies in force until now cannot be read any more: the newest count (\(error))")
            return nil
        }
    }

    private func uses(of evaluated: EvaluatedWorkspace, at now: Instant) throws(LedgerError) -> [ExemptionUse] {
        let known = Dictionary(
            try ledger.exemptionUses().map { ([$0.exemption, $0.identity], $0.firstUsed) }, uniquingKeysWith: { first, _ in first })
        let keys = Dictionary(
            evaluated.evaluation.findings.lazy.filter { $0.exemption != nil }.map { ($0.id, $0.key) },
            uniquingKeysWith: { first, _ in first })
        return evaluated.evaluation.exemptions.flatMap { status in
            status.standing == .active || status.standing == .expiring
                ? status.findings.compactMap { finding in
                    guard let key = keys[finding] else { return nil }
                    let first = key.identities.compactMap { known[[status.name, $0]] }.min()
                    return ExemptionUse(
                        exemption: status.name, identity: key.identity, finding: finding, firstUsed: first ?? now, lastUsed: now,
                        expires: status.expires)
                } : []
        }
    }

    private func rememberCosts(_ evaluated: EvaluatedWorkspace, _ now: Instant) throws(LedgerError) {
        let costs = PolicyEvaluator.dailyCosts(policies: evaluated.policies, state: evaluated.observed, now: now, days: Self.costDays)
        try ledger.replaceCosts(days: now.day.advanced(by: -Self.costDays)...now.day.advanced(by: -1), costs)
    }
}
