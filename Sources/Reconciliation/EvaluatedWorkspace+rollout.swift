package import CostModel
import Git
import Observation
import Scoring
package import Store

extension EvaluatedWorkspace {
    /// Scored as a run of the loop would: by the policies and settings that count today, with the score that newer ones would give beside it.
    ///
    /// - Parameters:
    ///   - ledger: knows at which commits the policies of earlier days stand.
    ///   - known: what it remembers.
    /// - Returns: with the findings that the penalties name, where older policies judged.
    package func leaderboard(
        with known: History, in ledger: Ledger, now: Instant
    ) throws(LedgerError) -> (leaderboard: Leaderboard, judged: [Finding]) {
        let scored = PolicyRollout.inForce(scores: known.scores, digest: policies.digest, today: now.day)
        guard scored.waitsSince != nil, let revision = try ledger.value(RunCheckpoint.Key.policies + scored.digest),
            let judging = judged(byPoliciesAt: revision, now: now)
        else { return (leaderboard(with: known, now: now), []) }
        let board = ScoreHistory.advance(
            policies: judging.policies, result: judging.evaluation, history: known, now: now, revision: workspace.revision,
            isPartial: observed.isPartial, touched: touchedTeams, wouldBe: (policies, evaluation), successors: estate.successors
        ).leaderboard
        return (board, judging.evaluation.findings)
    }

    /// Nil where these policies cannot be read any more, as after history was rewritten: then the newest count, as they do for the loop.
    private func judged(byPoliciesAt revision: String, now: Instant) -> EvaluatedWorkspace? {
        let repository = workspace.repository
        do throws(WorkspaceError) {
            let older = try OpenedWorkspace(
                repository.workDirectory ?? repository.commonDirectory, .revision(revision), under: workspace.prefix, now: now)
            return try EvaluatedWorkspace(
                workspace, policies: PolicyRollout.policies(policies, judgingBy: older.policies), now: now, observations: observations,
                like: self)
        } catch { return nil }
    }
}
