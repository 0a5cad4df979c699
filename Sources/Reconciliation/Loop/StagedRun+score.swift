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
        _ pass: Pass, _ checkpoint: RunCheckpoint, _ known: History, _ heads: OriginHeads, _ note: inout StageClock.Note
    ) throws(StageError) -> Leaderboard {
        let isPartial = pass.observed.isPartial
        let now = environment.now()
        let judging = try inForce(pass, known, &note)
        let season = Season.advance(
            policies: judging?.policies ?? pass.policies, result: judging?.evaluation ?? pass.evaluation, history: known, now: now,
            revision: pass.workspace.revision, isPartial: isPartial, wouldBe: judging.map { _ in (pass.policies, pass.evaluation) },
            measureSavings: isPartial || !pass.observed.hasBill ? nil : { lives in self.savings(pass, known, lives, now) })
        let evidence = inputs(heads)?.evidence()
        guard evidence == nil || evidence != checkpoint.evidence else { return season.leaderboard }
        let findings = try ledger { () throws(LedgerError) in
            try ledger.transaction { () throws(LedgerError) in
                let findings = try ledger.put(season.history.lives)
                try ledger.put(season.history.scores)
                try ledger.put(season.history.badges)
                try ledger.put(season.history.savings)
                try ledger.put(uses(of: pass, at: now))
                if !isPartial, pass.observed.hasBill { try rememberCosts(pass, now) }
                try ledger.setValue(RunCheckpoint.Key.evidence, evidence)
                try ledger.setValue(RunCheckpoint.Key.policies + pass.policies.digest, pass.workspace.commit)
                return findings
            }
        }
        tell(.scored(ScoreChange.changes(to: season.history.scores, from: known.scores)))
        if !findings.isEmpty { tell(.findingsChanged(findings)) }
        return season.leaderboard
    }

    private func savings(_ pass: Pass, _ known: History, _ lives: [FindingLife], _ now: Instant) -> [SavingsRecord] {
        RealisedSavings.measure(
            known.savings.map(\.change), usage: pass.observations.usage, lives: lives, known: known.savings, now: now,
            currency: pass.policies.workspace.currency)
    }

    /// The pass by the policies that count for scores, where newer ones wait; nil where the newest count, or the older ones are gone.
    private func inForce(_ pass: Pass, _ known: History, _ note: inout StageClock.Note) throws(StageError) -> Pass? {
        let season = PolicySeason.inForce(
            scores: known.scores, digest: pass.policies.digest, today: environment.now().day)
        guard let since = season.waitsSince,
            let revision = try ledger({ () throws(LedgerError) in try ledger.value(RunCheckpoint.Key.policies + season.digest) })
        else { return nil }
        do throws(PassError) {
            let older = try OpenedWorkspace(
                context.origin.directory, .revision(revision), under: watched.path, observed: context.observedFolder,
                now: environment.now())
            note.message =
                "policies that changed on \(since) are shown and do not count before \(since.advanced(by: PolicySeason.shadowDays))"
            return try Pass(
                pass.workspace, policies: PolicySeason.policies(pass.policies, judgingBy: older.policies), now: environment.now(),
                observations: pass.observations, like: pass)
        } catch {
            tell(.warning, .score, "the policies in force until now cannot be read any more: the newest count (\(error))")
            return nil
        }
    }

    private func uses(of pass: Pass, at now: Instant) throws(LedgerError) -> [ExemptionUse] {
        let known = Dictionary(
            try ledger.exemptionUses().map { ([$0.exemption, $0.finding], $0.firstUsed) }, uniquingKeysWith: { first, _ in first })
        return pass.evaluation.exemptions.flatMap { status in
            status.standing == .active || status.standing == .expiring
                ? status.findings.map { finding in
                    ExemptionUse(
                        exemption: status.name, finding: finding, firstUsed: known[[status.name, finding]] ?? now, lastUsed: now,
                        expires: status.expires)
                } : []
        }
    }

    private func rememberCosts(_ pass: Pass, _ now: Instant) throws(LedgerError) {
        let costs = Evaluator.dailyCosts(policies: pass.policies, state: pass.observed, now: now, days: Self.costDays)
        try ledger.replaceCosts(days: now.day.advanced(by: -Self.costDays)...now.day.advanced(by: -1), costs)
    }
}
