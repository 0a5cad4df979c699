/// What is remembered of a workspace and bears on scores.
package struct History: Hashable, Sendable {
    package var lives: [FindingLife]
    package var scores: [ScoreDay]
    package var savings: [SavingsRecord]
    package var badges: [Badge]
    /// What branches had on their way and did not bring; nil: nobody has looked yet.
    package var caught: CaughtFindings?

    package init(
        lives: [FindingLife] = [], scores: [ScoreDay] = [], savings: [SavingsRecord] = [], badges: [Badge] = [],
        caught: CaughtFindings? = nil
    ) {
        self.lives = lives
        self.scores = scores
        self.savings = savings
        self.badges = badges
        self.caught = caught
    }

    /// Whether nothing was ever judged.
    package var isEmpty: Bool { lives.isEmpty && scores.isEmpty }

    /// What is remembered once some changes of it are written: lives, days and savings take the place of those with the same key, badges are
    /// added.
    package func adding(_ changes: History) -> History {
        struct DayOfTeam: Hashable {
            var team: String
            var day: Day
        }
        let renamed = Set(changes.lives.compactMap(\.formerIdentity))
        var changed = changes.lives
        // By now everybody knows them by the new one.
        for index in changed.indices { changed[index].formerIdentity = nil }
        let lives = Dictionary(
            (lives.filter { !renamed.contains($0.identity) } + changed).map { ($0.identity, $0) }, uniquingKeysWith: { $1 })
        let scores = Dictionary(
            (scores + changes.scores).map { (DayOfTeam(team: $0.team, day: $0.day), $0) }, uniquingKeysWith: { $1 })
        var savings = savings
        let places = Dictionary(savings.enumerated().map { ($1.change.identity, $0) }, uniquingKeysWith: { first, _ in first })
        for record in changes.savings {
            if let place = places[record.change.identity] { savings[place] = record } else { savings.append(record) }
        }
        return History(
            lives: lives.values.sorted { $0.identity < $1.identity },
            scores: scores.values.sorted { ($0.team, $0.day) < ($1.team, $1.day) },
            savings: savings, badges: badges + changes.badges, caught: changes.caught ?? caught)
    }
}
