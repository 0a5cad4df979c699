import CostModel
import Reconciliation
import TestSupport
import Testing

/// From the bytes of a bill to scores, where credits take away nothing, a part, all, or more than all of what a team uses.
///
/// The bill is of June to 30 October, at eight in the morning of 1 November: the newest 28 days end with the 30th, and 30 of October's 31
/// days are there. A day of use costs the team payments 100 and the team search 50.
@Suite("scores of teams with credits")
struct CreditedTeamTests {
    struct Member: Sendable, CustomTestStringConvertible {
        var what: String
        var rows: String
        /// By the name of the budget's team: its amount, and whether credits count.
        var budgets: [(team: String, amount: Int, credits: Bool)]
        var said: String

        init(_ what: String, _ rows: String, _ budgets: [(team: String, amount: Int, credits: Bool)], says said: String) {
            (self.what, self.rows, self.budgets, self.said) = (what, rows, budgets, said)
        }

        var testDescription: String { what }
    }

    private static func use(_ team: String, _ cost: String) -> String {
        BillCaseTests.days("2026-06-01", "2026-10-30", cost, account: team, team: team)
    }

    private static func credit(_ team: String, _ cost: String, until last: String = "2026-10-30") -> String {
        BillCaseTests.days("2026-06-01", last, cost, account: team, category: "Credit", team: team)
    }

    private static let payments = use("payments", "100")
    private static let both = payments + use("search", "50")
    private static let tight: (team: String, amount: Int, credits: Bool) = ("payments", 2_000, true)

    // payments is 1000 over its budget, which is V = 1000 · 28 / 31 = 903.226 at stake, with weight 7.5; it spends R = 2800 in 28 days.
    private static let members = [
        // search can only spend a sixth of its budget, so payments is the only team that a budget measures:
        // K = 1000 · 2800 / 4200 = 666.667, 750 · V / (7.5 · V + 5 · K) = 67.021
        Member(
            "no credits", both, [tight, ("search", 9_999, true)],
            says: "payments 32.98, search 100.00; payments 3000 fail, search 1500 pass"),
        // 750 · V / (7.5 · 2800 + 5 · K) = 27.839
        Member(
            "no credits, and two budgets that measure", both, [tight, ("search", 1_600, true)],
            says: "payments 72.16, search 100.00; payments 3000 fail, search 1500 pass"),
        Member(
            "no credits, and nothing over its budget", both, [("payments", 3_100, true), ("search", 1_600, true)],
            says: "payments 100.00, search 100.00; payments 3000 pass, search 1500 pass"),
        // The workspace spends 28 · (100 + 50 - 80) = 1960, half of which is the materiality; only payments spends anything:
        // K = 980 · 2800 / 1960 = 1400, 750 · V / (7.5 · 2800 + 5 · K) = 24.194
        // search: 1490 · 28 / 31 = 1345.806 over 28 · 50, and no K: 750 · 1345.806 / (7.5 · 1400) = 96.129
        Member(
            "credits beyond the use of one team, whose budget leaves them out", both + credit("search", "-80"),
            [tight, ("search", 10, false)],
            says: "payments 75.81, search 3.87; payments 3000 fail, search 1500 fail"),
        // Without any spend there is nothing to score search by.
        Member(
            "credits beyond the use of one team, whose budget counts them", both + credit("search", "-80"), [tight, ("search", 10, true)],
            says: "payments 75.81, search none; payments 3000 fail, search -900 pass"),
        // The workspace spends 28 · 130 = 3640. payments: K = 769.231, 750 · V / (7.5 · 2800 + 5 · K) = 27.265
        // search: K = 1000 · 840 / 3640 = 230.769, 750 · 1345.806 / (7.5 · 1400 + 5 · K) = 86.611
        Member(
            "credits for a part of the use", both + credit("search", "-20"), [tight, ("search", 10, false)],
            says: "payments 72.74, search 13.39; payments 3000 fail, search 1500 fail"),
        Member(
            "credits for all of the use", payments + credit("payments", "-100"), [tight],
            says: "payments none, search none; payments 0 pass"),
        Member(
            "credits beyond all use", payments + credit("payments", "-120"), [tight],
            says: "payments none, search none; payments -600 pass"),
        // Of the three periods before the newest only the last one costs anything: R = 2800 / 3 = 933.333, K = R / 2,
        // 750 · V / (7.5 · R + 5 · K) = 72.581
        Member(
            "credits for all of the use, which have ended", payments + credit("payments", "-100", until: "2026-09-04"), [tight],
            says: "payments 27.42, search none; payments 3000 fail"),
    ]

    private static let teams = ["payments", "search"].map {
        "kind: Team\nmetadata: {name: \($0)}\nspec:\n  costCenter: CC-1010\n  owns: [{tags: {team: \($0)}}]\n"
    }

    @Test("no team gains by a sum that is negative, and none is divided by nothing")
    func scores() throws {
        let estate = try SmallEstate()
        let now = try #require(Instant("2026-11-01T08:00:00Z"))
        try estate.repository.write(Self.teams.joined(separator: "---\n"), to: "policies/teams.yaml")
        for (index, member) in Self.members.enumerated() {
            let budgets = member.budgets.map { team, amount, credits in
                "kind: Budget\nmetadata: {name: \(team)}\nspec:\n  scope: {team: \(team)}\n  amount: \(amount) USD\n"
                    + "  include: {credits: \(credits)}\n  alerts: [{when: actual, above: 100%, severity: high}]\n"
            }
            try estate.repository.write(budgets.joined(separator: "---\n"), to: "policies/budgets.yaml")
            try estate.repository.write(BillCaseTests.header + member.rows, to: "observed/bill-\(index).csv")
            try estate.repository.write(
                SmallEstate.workspace(bill: "observed/bill-\(index).csv").replacing("format: focus,", with: "format: focus, maxAge: none,"),
                to: "bursar.yaml")
            let evaluated = try EvaluatedWorkspace(OpenedWorkspace(estate.path, now: now), now: now)
            let cards = evaluated.leaderboard().teams.sorted { $0.team < $1.team }
            let scores = cards.map { "\($0.team) \($0.score.map { "\($0)" } ?? "none")" }
            let spent = try evaluated.evaluation.budgets.filter(\.judged).map { status in
                let finding = try #require(
                    evaluated.evaluation.findings.first { $0.policy.name == status.name && $0.rule == "over-budget" })
                return "\(status.name) \(status.actual.amount) \(finding.verdict)"
            }
            #expect("\(scores.joined(separator: ", ")); \(spent.joined(separator: ", "))" == member.said, "\(member.what)")
        }
    }
}
