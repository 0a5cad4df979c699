import CostModel
import ScorePlays
import TestSupport
import Testing

/// What happens to teams that did nothing wrong: told day by day, and held against the same days without it.
@Suite("a team that did nothing wrong")
struct FairnessTests {
    private static let days = 100

    /// Without budgets.
    private static let estate: PlayedEstate = {
        var random = SeededGenerator(seed: 5)
        var estate = PlayedEstate(using: &random, teams: 3)
        estate.budgets = [:]
        return estate
    }()
    private static let usual: [[String: Play.Standing]] = run(estate)

    private static func run(
        _ estate: PlayedEstate, _ step: (inout PlayedEstate, Int) -> Void = { _, _ in }
    ) -> [[String: Play.Standing]] {
        var play = Play(estate)
        return play.run(days: days, step)
    }

    @Test("that inherits what another left undone has its time: no streak is lost, and nothing is late before that")
    func inheritance() {
        let played = Self.run(Self.estate) { estate, day in
            guard day == 40 else { return }
            for number in estate.running(of: "payments") { estate.machines[number].tags["team"] = "search" }
        }
        // What was its own was as late as it would have been.
        for day in 40..<53 {
            let (after, before) = (played[day]["search"], Self.usual[day]["search"])
            #expect(after?.streak == before?.streak && (after?.timeliness ?? 0) >= (before?.timeliness ?? 0), "on day \(day)")
        }
    }

    @Test("does not fall in a season in which all that it has costs a few times as much", arguments: [3, 5])
    func season(factor: Int) {
        let played = Self.run(Self.estate) { estate, day in
            guard day == 20 || day == 65 else { return }
            for number in estate.running(of: "payments") {
                let cents = estate.machines[number].cents(on: estate.today)
                estate.machines[number].rates.append((estate.today, day == 20 ? cents * factor : cents / factor))
            }
        }
        for day in 0..<Self.days {
            for team in Self.estate.teams {
                let (after, before) = (played[day][team], Self.usual[day][team])
                #expect((after?.score ?? 0) >= (before?.score ?? 0) - 100, "\(team) on day \(day)")
                #expect(after?.streak == before?.streak && after?.timeliness == before?.timeliness, "\(team) on day \(day)")
                #expect((after?.level ?? .none) >= (before?.level ?? .none), "\(team) on day \(day)")
                #expect((after?.improvement ?? 0) >= (before?.improvement ?? 0) - 100, "\(team) on day \(day)")
                #expect((after?.leaderboard ?? 0) >= (before?.leaderboard ?? 0) - 100, "\(team) on day \(day)")
            }
        }
    }

    @Test("has no streak where no policy says by when, and no badge of one")
    func withoutDeadlines() {
        var estate = Self.estate
        estate.fixWithin = nil
        let last = Self.run(estate)[Self.days - 1]
        #expect(last.values.allSatisfy { card in card.streak == 0 && !card.badges.contains { $0.hasPrefix("streak") } })
    }

    @Test("is credited with what it mends while another team's root cannot be read")
    func gap() throws {
        let team = try #require(["search", "platform"].first { Self.estate.trouble(of: $0).untagged > 0 })
        func mended(_ gap: Set<String>?) -> [[String: Play.Standing]] {
            Self.run(Self.estate) { estate, day in
                if day > 3 { estate.gap = gap }
                guard day == 5 else { return }
                for number in estate.running(of: team) { estate.machines[number].tags["cost-center"] = "CC-1000" }
            }
        }
        let (whole, partial) = (mended(nil), mended(["payments"]))
        #expect(partial[8][team]?.score == whole[8][team]?.score)
        #expect(try #require(partial[8][team]?.score) > #require(Self.usual[8][team]?.score))
        // Of a team that the gap touches nothing is known to be mended.
        let touched = Self.run(Self.estate) { estate, day in
            if day > 3 { estate.gap = ["payments"] }
            if day == 5 { for number in estate.running(of: "payments") { estate.machines[number].tags["cost-center"] = "CC-1000" } }
        }
        #expect(touched[8]["payments"]?.score == nil)
    }

    @Test("loses nothing when a budget's month ends while another team's root cannot be read")
    func endOfMonth() {
        var random = SeededGenerator(seed: 5)
        var estate = PlayedEstate(using: &random, teams: 3)
        for name in estate.budgets.keys { estate.budgets[name]?.dollars /= 2 }
        let usual = Self.run(estate)
        let played = Self.run(estate) { estate, day in estate.gap = day % 2 == 1 ? ["payments"] : nil }
        for (day, (after, before)) in zip(played, usual).enumerated() {
            for team in ["search", "platform"] {
                let (score, other) = (after[team]?.score ?? 0, before[team]?.score ?? 0)
                #expect(score >= other - 100, "\(team) on day \(day)")
            }
        }
    }
}
