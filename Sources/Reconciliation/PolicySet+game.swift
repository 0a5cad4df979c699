package import CostModel
package import Game
import Scoring

extension PolicySet {
    /// How the campaigns go, by name.
    package func progress(of history: History, today: Day) -> [CampaignProgress] {
        campaigns.map { CampaignProgress($0, history: history, today: today, currency: workspace.currency) }
    }

    /// The teams that take part in seasons.
    package var players: Set<String> { Set(teams.lazy.filter(\.playsGame).map(\.name)) }

    package func table(of season: Season, _ history: History, today: Day) -> SeasonTable {
        SeasonTable(season, scores: history.scores, teams: players, leastSpend: Scorer.leastRankedSpend, today: today)
    }
}

extension EvaluatedWorkspace {
    /// By team: what a plan offers that others did before, and that saved something.
    package func wins(of changes: [Plan.Change], _ history: History) -> [String: [WinToCopy]] {
        guard !history.savings.isEmpty else { return [:] }
        let fixed = Set(changes.flatMap(\.findings))
        let findings = evaluation.findings.filter { fixed.contains($0.id) }
        var wins: [String: [WinToCopy]] = [:]
        for team in Set(changes.compactMap(\.team)).intersection(policies.players) {
            let found = WinToCopy.all(for: team, naming: policies.players, history, changes: changes, findings: findings)
            if !found.isEmpty { wins[team] = found }
        }
        return wins
    }
}
