import CostModel
import Foundation
import TestSupport
import Testing

@testable import Game

@Suite("campaigns")
struct CampaignProgressTests {
    private static func campaign(
        _ goal: Campaign.Goal = .fixed(FixedDecimal(8).scaled(by: 1, over: 10)), teams: [String]? = nil
    ) -> Campaign {
        Campaign(
            name: "sprint", place: Place(file: "c.yaml", line: 1), policies: ["tags"], teams: teams, goal: goal,
            days: Lives.day(90)...Lives.day(119))
    }

    private static func progress(_ history: History, day: Int = 110, _ campaign: Campaign = campaign()) -> CampaignProgress {
        CampaignProgress(campaign, history: history, today: Lives.day(day), currency: .usd)
    }

    private static func saving(_ id: String, merged: Int, _ standing: SavingsStatus, verified: Int?) -> SavingsRecord {
        let change = PlanRecord.Change(
            id: "c-\(id)", title: "fix \(id)", file: "main.tf", team: "payments", findings: [id], identities: [id], resources: [],
            monthlySavings: Money(FixedDecimal(100), .usd))
        return SavingsRecord(
            change: MergedChange(plan: "p", change: change, commit: "c0ffee", merged: Lives.day(merged).start), standing: standing,
            estimated: Money(FixedDecimal(100), .usd), verified: verified.map { Money(FixedDecimal($0), .usd) },
            measured: Lives.day(110).start, method: "")
    }

    @Test("what is gone counts by money at stake, week by week")
    func fixed() {
        let lives = [
            Lives.life("a", opened: 0, dollars: 60), Lives.life("b", opened: 0, fixed: 95, dollars: 30),
            Lives.life("c", opened: 0, fixed: 104, dollars: 10),
            Lives.life("other", opened: 0, policy: .init(.rule, "other"), dollars: 500),
        ]
        let progress = Self.progress(History(lives: lives))
        #expect(progress.share == 4_000 && progress.base == Money(FixedDecimal(100), .usd) && !progress.isReached)
        #expect(progress.burnDown.map(\.findings) == [3, 2, 1, 1])
        #expect(progress.burnDown.map(\.atStake.amount.description) == ["100", "70", "60", "60"])
        #expect(progress.sentence == "40.0 % of what was at stake is fixed, 80 % are wanted; 1 finding is open")
        #expect(Self.progress(History(lives: lives), day: 140).phase == .over)
    }

    @Test("what is not known is said with the reason, and is not reached")
    func unknown() {
        #expect(Self.progress(History(), day: 80).unknown == "it begins on 2026-09-29")
        #expect(Self.progress(History()).unknown == "the ledger knows no finding of its policies yet")
        let free = Self.progress(History(lives: [Lives.life("a", opened: 0, dollars: 0)]))
        #expect(free.share == nil && !free.isReached && free.sentence.hasPrefix("not known, 80 % are wanted: nothing was at stake"))
    }

    @Test("a policy that is introduced with it is counted from its first day")
    func newPolicy() {
        let progress = Self.progress(
            History(lives: [Lives.life("a", opened: 92, dollars: 30), Lives.life("b", opened: 92, fixed: 100, dollars: 10)]))
        #expect(progress.start == Lives.day(92) && progress.share == 2_500)
    }

    @Test("dollars count once a bill shows them, for changes that were merged within it and fixed one of its findings")
    func verified() {
        let lives = ["a", "b", "c", "d"].map { Lives.life($0, opened: 0, fixed: 95) }
        let savings = [
            Self.saving("a", merged: 95, .vested, verified: 40), Self.saving("b", merged: 96, .measured, verified: 20),
            Self.saving("c", merged: 80, .vested, verified: 500), Self.saving("d", merged: 97, .clawedBack, verified: 500),
            Self.saving("e", merged: 97, .vested, verified: 500),
        ]
        let progress = Self.progress(
            History(lives: lives, savings: savings), Self.campaign(.verified(Money(FixedDecimal(120), .usd))))
        #expect(progress.verified.amount.description == "60" && progress.verifiedChanges == 2 && progress.share == 5_000)
    }

    @Test("what reduces neither waste nor risk raises no figure")
    func adversary() {
        let tries = ProcessInfo.processInfo.environment["BURSAR_PLAYS"].flatMap(Int.init) ?? 300
        var random = SeededGenerator(seed: 7)
        for number in 0..<tries {
            let lives = (0..<8).map { index in
                Lives.life(
                    "f\(index)", opened: Int.random(in: 0...85, using: &random),
                    fixed: Bool.random(using: &random) ? Int.random(in: 91...105, using: &random) : nil,
                    dollars: Int.random(in: 1...50, using: &random))
            }
            let savings = [Self.saving("f0", merged: 95, .measured, verified: 40)]
            let honest = History(lives: lives, savings: savings)
            var played = honest
            let moves = (0..<Int.random(in: 1...4, using: &random)).map { _ in Move.allCases.randomElement(using: &random)! }
            for move in moves { move.apply(to: &played, &random) }
            for campaign in [Self.campaign(), Self.campaign(.verified(Money(FixedDecimal(100), .usd)))] {
                let (before, after) = (Self.progress(honest, campaign), Self.progress(played, campaign))
                #expect((after.share ?? 0) <= (before.share ?? 0), "\(number): \(moves)")
                #expect(after.verified.amount <= before.verified.amount, "\(number): \(moves)")
                #expect((after.prevented.count ?? 0) <= (before.prevented.count ?? 0), "\(number): \(moves)")
            }
        }
    }

    private static func progress(_ history: History, _ campaign: Campaign) -> CampaignProgress { progress(history, day: 110, campaign) }
}

/// What a team may do that mends nothing, as the ledger then has it.
enum Move: CaseIterable {
    case openAndFix, split, rename, exempt, hide, makeUnknown, lapse, openBefore, leave, bringBack, openRequest

    func apply(to history: inout History, _ random: inout SeededGenerator) {
        let name = "x\(Int.random(in: 0..<1_000_000, using: &random))"
        let open = history.lives.indices.filter { history.lives[$0].state == .open }
        let index = open.randomElement(using: &random)
        switch self {
        case .openAndFix:
            history.lives.append(Lives.life(name, opened: 92, fixed: 101, dollars: 40))
        case .openBefore:
            // Within the four weeks before it begins.
            history.lives.append(Lives.life(name, opened: Int.random(in: 65...89, using: &random), fixed: 95, dollars: 40))
        case .openRequest:
            let change = PlanRecord.Change(
                id: name, title: name, file: "", team: "payments", findings: ["f1"], identities: ["f1"], resources: [], monthlySavings: nil)
            history.savings.append(
                SavingsRecord(
                    change: MergedChange(plan: name, change: change, commit: "c", merged: Lives.day(100).start), standing: .pending,
                    estimated: Money(FixedDecimal(900), .usd), measured: Lives.day(100).start, method: ""))
        case .bringBack:
            guard let at = history.lives.indices.filter({ history.lives[$0].state == .fixed }).randomElement(using: &random) else { return }
            history.lives[at].state = .open
            history.lives[at].reopened += 1
            history.lives[at].opened = Lives.day(106).start
            history.lives[at].fixed = nil
        default:
            guard let index else { return }
            let changed = changeOpen(history.lives[index], name: name)
            history.lives.replaceSubrange(index...index, with: changed)
        }
    }

    private func changeOpen(_ original: FindingLife, name: String) -> [FindingLife] {
        var life = original
        switch self {
        case .split:
            life.atStake = life.atStake.scaled(by: 1, over: 2)
            var half = life
            (half.identity, half.id, half.resource) = (name, name, "infra:\(name)")
            half.opened = Lives.day(100).start
            return [life, half]
        case .rename: (life.identity, life.id) = (name, name)
        case .exempt: life.isExempt = true
        case .hide: (life.unseenSince, life.unseenReason) = (Lives.day(100).start, "the state is missing")
        case .makeUnknown: (life.verdict, life.unknownSince) = (.unknown, Lives.day(100).start)
        case .lapse: (life.state, life.fixed, life.fixedBy) = (.fixed, Lives.day(100).start, nil)
        case .leave:
            (life.state, life.fixed, life.fixedBy) = (.fixed, Lives.day(100).start, "c0ffee")
            life.unseenReason = FindingLife.leftTheCode
        case .openAndFix, .openBefore, .bringBack, .openRequest: break
        }
        return [life]
    }
}
