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
