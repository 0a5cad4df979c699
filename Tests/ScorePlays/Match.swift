/// One play of an opponent against an estate: some moves by some teams, and the same days without them.
package struct Match: Sendable {
    package struct Part: Sendable {
        package var move: Move
        package var team: String
        /// The day on which it begins.
        package var from: Int

        package init(_ move: Move, team: String, from: Int = 0) {
            self.move = move
            self.team = team
            self.from = from
        }
    }

    package let estate: PlayedEstate
    package let days: Int
    package let without: [[String: Play.Standing]]

    package init(_ estate: PlayedEstate, days: Int) {
        self.estate = estate
        self.days = days
        var play = Play(estate)
        without = play.run(days: days)
    }

    package func run(_ parts: [Part]) -> [[String: Play.Standing]] {
        var play = Play(estate)
        return play.run(days: days) { estate, day in
            for part in parts where day >= part.from { part.move.step(&estate, part.team, day - part.from) }
        }
    }

    package func winnings(_ parts: [Part]) -> Winnings {
        let agreed = parts.compactMap { part in part.move.agreedAfter.map { $0 + part.from } }.min() ?? days
        return Winnings(
            of: Set(parts.map(\.team)), Array(run(parts).prefix(agreed)), instead: without,
            grace: parts.map { $0.from + $0.move.grace }.max() ?? 0,
            mends: parts.contains(where: \.move.mends))
    }

    /// What an honest team shows that mends one thing on a day: a tag, or a size by a merged plan.
    package func honest(_ team: String, on day: Int) -> [[String: Play.Standing]] {
        var play = Play(estate)
        return play.run(days: days) { estate, today in
            guard today == day else { return }
            for number in estate.running(of: team) {
                let machine = estate.machines[number]
                if estate.lacksTag(machine) {
                    estate.machines[number].tags["cost-center"] = "CC-1000"
                } else if estate.isOversized(machine) {
                    Move.downsize(&estate, number)
                } else {
                    continue
                }
                return
            }
        }
    }
}
