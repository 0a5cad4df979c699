import CostModel

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

    package func winnings(_ parts: [Part]) -> Winnings { winnings(parts, run(parts)) }

    /// - Parameter played: what was shown with these parts.
    package func winnings(_ parts: [Part], _ played: [[String: Play.Standing]]) -> Winnings {
        Winnings(
            of: Set(parts.map(\.team)), played, instead: heldAgainst(parts),
            grace: parts.map { $0.from + $0.move.grace }.max() ?? 0,
            mends: parts.contains(where: \.move.mends))
    }

    /// The days without what the parts do, but for what they have a right to.
    private func heldAgainst(_ parts: [Part]) -> [[String: Play.Standing]] {
        let rights = parts.filter { $0.move.byRight != nil }
        guard !rights.isEmpty else { return without }
        var play = Play(estate)
        return play.run(days: days) { estate, day in
            for part in rights where day >= part.from { part.move.byRight?(&estate, part.team, day - part.from) }
        }
    }

    /// What happens to a team day by day: what is wrong of it in truth, and what is remembered of its findings.
    package func trace(_ parts: [Part], team: String, _ tell: (String) -> Void) {
        var play = Play(estate)
        for day in 0..<days {
            for part in parts where day >= part.from { part.move.step(&play.estate, part.team, day - part.from) }
            let trouble = play.estate.trouble(of: team)
            let shown = play.day()[team]
            tell("day \(day): \(trouble.untagged) cents a day untagged, \(trouble.waste) of waste; \(shown.map { "\($0)" } ?? "nothing")")
            tell("  without: \(without[day][team].map { "\($0)" } ?? "nothing")")
            for life in play.history.lives where life.team == team && life.state != .fixed {
                tell("  \(life.told)")
            }
        }
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

extension FindingLife {
    fileprivate var told: String {
        let what = "\(policy) \(resource ?? "") \(subject ?? "") \(period.map { "\($0)" } ?? "") \(deployed ?? "")"
        let notes = (isExempt ? ", exempt" : "") + (unseenReason.map { ", unseen: \($0)" } ?? "")
        return "\(state) \(verdict) \(what) \(atStake), due \(due.map { "\($0)" } ?? "never")\(notes)"
    }
}
