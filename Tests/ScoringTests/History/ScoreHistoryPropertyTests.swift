import CostModel
import Foundation
import TestSupport
import Testing

@testable import Scoring

/// What is promised of scores over time, held against sequences of days drawn by chance.
///
/// `BURSAR_SEASONS=100000 swift test --filter SeasonPropertyTests` runs a longer campaign, `BURSAR_SEED=7` another one.
@Suite("promises of scores over time")
struct SeasonPropertyTests {
    private static let seasons = ProcessInfo.processInfo.environment["BURSAR_SEASONS"].flatMap { Int($0) } ?? 300
    private static let seed = ProcessInfo.processInfo.environment["BURSAR_SEED"].flatMap { UInt64($0) } ?? 1

    private static let parts = 2

    @Test("every promise holds", arguments: 0..<parts)
    func promises(part: Int) {
        var random = SeededGenerator(seed: Self.seed &* 1_000_003 &+ UInt64(part))
        for number in 0..<(Self.seasons + Self.parts - 1) / Self.parts {
            if let broken = season(using: &random) {
                Issue.record("season \(number) of part \(part): \(broken)")
                return
            }
        }
    }

    private static let controls = [Calendar.tags, Calendar.sizes, Calendar.urgent]
    private static let findings = ["a", "b"].flatMap { team in
        controls.enumerated().map { Calendar.finding("\(team)\($0)", ($0 + 1) * 700, by: $1, team: team) }
    }

    /// The first promise that a sequence of 5 to 25 evaluations breaks.
    private func season(using random: inout SeededGenerator) -> String? {
        var calendar = Calendar(Self.controls, teams: ["a", "b"])
        calendar.spend = random.element([2_000, 20_000, 200_000])
        var open = Self.findings.filter { _ in random.chance(1, of: 3) }
        for _ in 0..<Int.random(in: 5...25, using: &random) {
            // Some of them come, some go, some become unknown or exempt.
            for finding in Self.findings where random.chance(1, of: 6) {
                let before = open.count
                open.removeAll { $0.id == finding.id }
                guard open.count == before else { continue }
                var finding = finding
                if random.chance(1, of: 4) { finding.verdict = .unknown }
                if random.chance(1, of: 5) { finding.exemption = "x" }
                open.append(finding)
            }
            calendar.pass(random.element([0, 1, 1, 1, 1, 2, 8]))
            calendar.now = calendar.now.adding(.hours(Int.random(in: 0...3, using: &random)))
            let isPartial = random.chance(1, of: 6)
            let before = calendar
            let changes = calendar.judge(open, isPartial: isPartial)
            if let broken = check(calendar, changes, isPartial: isPartial) { return "\(calendar.now): \(broken)" }
            // Judged twice more, which takes time: not always.
            if random.chance(1, of: 8), let broken = repeats(before, calendar, open, isPartial: isPartial, using: &random) {
                return "\(calendar.now): \(broken)"
            }
        }
        return promotions(calendar.history)
    }

    private func check(_ after: Calendar, _ changes: History, isPartial: Bool) -> String? {
        for card in after.board.teams {
            guard let score = card.score?.hundredths else { continue }
            if !(0...10_000).contains(score) { return "the score \(score) is not in 0...100" }
            let points = card.penalties.map(\.points.hundredths).reduce(0, +)
            if points != 10_000 - score { return "the points listed are \(points), the score \(score)" }
            let lives = Set(after.history.lives.filter { $0.team == card.team && $0.isOpen }.map(\.id))
            if let stray = card.penalties.first(where: { !lives.contains($0.finding) }) { return "\(stray.finding) is not open" }
            for share in [card.improvement, card.timeliness, card.leaderboard?.hundredths] {
                if let share, !(0...10_000).contains(share) { return "\(share) is no share" }
            }
        }
        if isPartial, changes.lives.contains(where: { $0.state == .fixed || $0.state == .disappearing && $0.missedSince == after.now }) {
            return "a partial evaluation closes a finding"
        }
        if isPartial, !changes.badges.isEmpty { return "a partial evaluation gives a badge" }
        return nil
    }

    private func repeats(
        _ before: Calendar, _ after: Calendar, _ open: [Finding], isPartial: Bool, using random: inout SeededGenerator
    ) -> String? {
        var again = after
        let none = again.judge(open, isPartial: isPartial)
        if again.history != after.history || again.board != after.board { return "the same evaluation twice is not the same as once" }
        if !none.lives.isEmpty || !none.badges.isEmpty { return "the second time something has changed" }

        var shuffled = before
        shuffled.history.lives.shuffle(using: &random)
        shuffled.history.scores.shuffle(using: &random)
        shuffled.history.badges.shuffle(using: &random)
        shuffled.policies.teams.shuffle(using: &random)
        shuffled.judge(open.shuffled(using: &random), isPartial: isPartial)
        if shuffled.board != after.board || shuffled.history.lives != after.history.lives
            || shuffled.history.scores != after.history.scores
        {
            return "the order of input matters"
        }
        return nil
    }

    /// The first level that was given sooner than the 14th day at it.
    private func promotions(_ history: History) -> String? {
        for (team, days) in Dictionary(grouping: history.scores, by: \.team) {
            let days = days.sorted { $0.day < $1.day }
            for index in days.indices where days[index].level > (index > 0 ? days[index - 1].level : .none) {
                let reached = days[...index].suffix(14)
                if reached.count < 14 || reached.contains(where: { $0.reachedLevel < days[index].level }) {
                    return "\(team) holds \(days[index].level) too soon on \(days[index].day)"
                }
            }
        }
        return nil
    }

    @Test("opening and closing one finding again and again raises neither timeliness nor badges", arguments: 1...8)
    func farming(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let late = Calendar.finding("late", 3_000)
        let web = Calendar.finding("web", 1_000)
        var honest = Calendar()
        honest.judge([late, web])
        var farmer = honest
        for day in 1...120 {
            // One is fixed too late by both, the other in time, and by one of them over and over.
            let rest = day < 20 ? [late] : []
            honest.days(1, rest, revision: "fix")
            farmer.days(1, rest + (day > 2 && random.chance(1, of: 2) ? [web] : []), revision: "fix")
            #expect(farmer.card().timeliness! <= honest.card().timeliness!, "on day \(day)")
        }
        let farmed = Set(farmer.history.badges.map(\.name))
        #expect(farmed.isSubset(of: honest.history.badges.map(\.name)) && farmed.count == farmer.history.badges.count)
    }
}
