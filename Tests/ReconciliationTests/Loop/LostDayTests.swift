import CostModel
import Store
import TestSupport
import Testing

@testable import Reconciliation

/// A bill of two accounts, each with a budget for a day and one for a month, all of them over it.
private struct BilledEstate {
    struct Charge {
        var account: String
        var day: Day
    }

    enum Loss: String, CaseIterable {
        case newestDay, dayInTheMiddle, newestDaysOfOneAccount, wholeAccount, mostOfTheMonth, allButTheNewestDays

        func spares(_ charge: Charge, today: Day) -> Bool {
            let age = charge.day.distance(to: today)
            return switch self {
            case .newestDay: age > 1
            case .dayInTheMiddle: age != 9
            case .newestDaysOfOneAccount: age > 3 || charge.account == BilledEstate.accounts[0]
            case .wholeAccount: charge.account == BilledEstate.accounts[0]
            case .mostOfTheMonth: age > 20
            case .allButTheNewestDays: age < 9
            }
        }
    }

    static let accounts = ["111122223333", "444455556666"]
    let loop: LocalLoop
    private let first = SmallEstate.now.day.advanced(by: -45)

    init(source: String = "billing") throws {
        let estate = try SmallEstate()
        let repository = estate.repository
        try repository.write(
            SmallEstate.team
                + "---\nkind: Team\nmetadata: {name: mail}\nspec: {costCenter: CC-2020, owns: [{accounts: [\"\(Self.accounts[1])\"]}]}\n",
            to: "policies/teams.yaml")
        let budgets = [("payments", 0), ("mail", 1)].flatMap { team, number in
            [("daily", "4"), ("monthly", "100")].map { period, amount in
                """
                kind: Budget
                metadata: {name: \(team)-\(period)}
                spec:
                  scope: {team: \(team)}
                  period: \(period)
                  amount: \(amount) USD
                  alerts: [{above: 100%, when: actual, severity: high}]

                """
            }
        }
        try repository.write(budgets.joined(separator: "---\n"), to: "policies/budgets.yaml")
        try repository.commit("two budgets each")
        loop = try LocalLoop(estate)
    }

    var today: Day { loop.now.day }

    /// The bill as it is in the morning: 5 a day of each account.
    func write(_ keeps: (Charge) -> Bool = { _ in true }) throws {
        var text = String(SmallEstate.bill(days: 0))
        for day in first..<today {
            for account in Self.accounts where keeps(Charge(account: account, day: day)) {
                let month = day.month
                text +=
                    "5,5,5,5,USD,\(month.firstDay)T00:00:00Z,\(month.advanced(by: 1).firstDay)T00:00:00Z,\(day)T00:00:00Z,"
                    + "\(day.advanced(by: 1))T00:00:00Z,Usage,,messages,AWS,us-east-1,r-\(account),queue,Amazon Simple Queue Service,\(account),"
                    + (account == Self.accounts[0] ? "\"{\"\"team\"\": \"\"payments\"\"}\"" : "") + ",999900001111\n"
            }
        }
        try loop.estate.repository.write(text, to: "observed/bill.csv")
    }

    func states() throws -> [String: FindingLife.State] {
        let lives = try loop.ledger.lives().filter { $0.policy.kind == .budget }
        return Dictionary(lives.map { ($0.policy.name, $0.state) }, uniquingKeysWith: { first, _ in first })
    }
}

@Suite("a bill that loses days it had")
struct LostDayTests {
    @Test("closes nothing, credits nobody and raises no score", arguments: BilledEstate.Loss.allCases)
    fileprivate func losses(loss: BilledEstate.Loss) throws {
        let estate = try BilledEstate()
        let loop = estate.loop
        loop.advance(.hours(24 * 28))
        for _ in 1...2 {
            try estate.write()
            let result = try loop.run()
            #expect(result.run.outcome == .succeeded, "\(result.run.stages.map(\.message))")
            loop.advance(.hours(2))
        }
        let open = ["mail-daily", "mail-monthly", "payments-daily", "payments-monthly"]
        #expect(try estate.states() == Dictionary(uniqueKeysWithValues: open.map { ($0, .open) }))
        let scores = try loop.ledger.scores()
        for _ in 1...3 {
            try estate.write { loss.spares($0, today: estate.today) }
            let result = try loop.run()
            #expect(result.run.isPartial)
            let problems = result.evaluated?.observed.problems.filter { $0.severity == .partial && $0.id != "stale-bill" }
            #expect(problems?.map(\.id) == ["lost-days"])
            // A commit by somebody, who must not get the credit.
            try loop.estate.repository.write("\(loop.now)", to: "README")
            try loop.estate.repository.commit("something else")
            loop.advance(.hours(2))
        }
        #expect(try estate.states().values.allSatisfy { $0 == .open })
        #expect(try loop.ledger.scores() == scores && loop.ledger.badges().isEmpty)
        for _ in 1...2 {
            try estate.write()
            let result = try loop.run()
            #expect(!result.run.isPartial)
            loop.advance(.hours(2))
        }
        #expect(try estate.states().values.allSatisfy { $0 == .open })
        #expect(try loop.ledger.lives().allSatisfy { $0.reopened == 0 && $0.unseenSince == nil })
    }

    @Test("over midnight: the newest day is missed the day after, too, when another has come")
    func nextDay() throws {
        let estate = try BilledEstate()
        let loop = estate.loop
        // Three days before the month ends: then its finding ends too, whatever is missing.
        loop.advance(.days(26))
        try estate.write()
        try loop.run()
        let lost = estate.today.advanced(by: -1)
        for _ in 1...3 {
            loop.advance(.days(1))
            try estate.write { $0.day != lost }
            let result = try loop.run()
            #expect(result.run.isPartial)
            #expect(result.evaluated?.evaluation.coverage?.state(of: lost) == .missing)
        }
        #expect(try estate.states()["payments-monthly"] == .open)
    }

    @Test("is whole when days arrive late, when its oldest ones go, and under another name")
    func usual() throws {
        let estate = try BilledEstate()
        let loop = estate.loop
        for day in 1...6 {
            // Some mornings bring nothing, and the oldest days go one by one.
            let newest = estate.today.advanced(by: day % 3 == 0 ? -3 : -2)
            try estate.write { $0.day <= newest && $0.day >= estate.today.advanced(by: -40) }
            #expect(try loop.run().run.outcome == .succeeded, "day \(day)")
            loop.advance(.days(1))
        }
        try loop.estate.repository.write(SmallEstate.workspace().replacing("name: billing", with: "name: bills"), to: "bursar.yaml")
        try loop.estate.repository.commit("the source has another name")
        try estate.write { $0.account == BilledEstate.accounts[0] }
        #expect(try loop.run().run.outcome == .succeeded)
    }
}
