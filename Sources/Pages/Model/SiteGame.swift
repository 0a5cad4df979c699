package import CostModel
package import Game
package import Reporting
import Scoring

/// Campaigns and seasons as pages show them, made of what the ledger remembers and of who plays.
package struct SiteGame: Sendable {
    package var campaigns: [CampaignProgress]
    /// The season that runs.
    package var season: SeasonTable
    /// The one before it, and how it ended.
    package var last: SeasonTable
    package var hallOfFame: [Badge]
    package var players: Set<String>
    /// By team: what a plan offers that others did before.
    package var wins: [String: [WinToCopy]]
    private let lives: [FindingLife]
    private let today: Day

    /// - Parameters:
    ///   - players: the teams that take part in seasons.
    ///   - wins: by team.
    package init(
        campaigns: [Campaign], players: Set<String>, wins: [String: [WinToCopy]] = [:], history: History, today: Day, currency: Currency
    ) {
        self.campaigns = campaigns.sorted { $0.name < $1.name }.map {
            CampaignProgress($0, history: history, today: today, currency: currency)
        }
        let now = Season(of: today)
        season = Self.table(now, history, players, today)
        last = Self.table(now.previous, history, players, today)
        hallOfFame = SeasonAwards.hallOfFame(history.badges.filter { players.contains($0.team) })
        self.players = players
        self.wins = wins
        lives = history.lives
        self.today = today
    }

    /// Nil: the ledger does not know the four weeks before the season, or the team does not play.
    package func card(of team: String) -> BingoCard? {
        players.contains(team) ? BingoCard(season.season, of: team, lives: lives, today: today) : nil
    }

    /// By what an evaluation left in the ledger.
    package init(_ kept: KeptEvaluation, history: History, today: Day) {
        self.init(
            campaigns: kept.campaigns, players: kept.players, wins: kept.wins, history: history, today: today, currency: kept.currency)
    }

    package func table(of season: Season, _ history: History) -> SeasonTable { Self.table(season, history, players, today) }

    private static func table(_ season: Season, _ history: History, _ players: Set<String>, _ today: Day) -> SeasonTable {
        SeasonTable(season, scores: history.scores, teams: players, leastSpend: Scorer.leastRankedSpend, today: today)
    }
}
