import CostModel
import Scoring
import Testing

@Suite("scores")
struct ScorerTests {
    @Test("a penalty is the weighted share of the money at stake")
    func onePenalty() {
        var account = Account()
        account.findings = [Account.finding("web", 1_000)]
        // K = 1000 · 10000 / 20000 = 500, D = 7.5 · 10000 + 5 · 500 = 77500, 100 · 7.5 · 1000 / 77500 = 9.677…
        #expect(account.card.score == Points(hundredths: 9_032))
        #expect(account.card.penalties.map(\.points) == [Points(hundredths: 968)])
    }

    @Test("an exemption discounts, but never more than five per cent of the spend")
    func exemption() {
        var account = Account()
        account.findings = [Account.finding("web", 1_000, exemption: "x")]
        account.resources = [ResourceIdentity(root: "infra", address: "aws_instance.web"): Money(FixedDecimal(1_000), .usd)]
        #expect(account.card.score == Points(hundredths: 9_395))
        // Two findings on one resource: its dollars count once.
        account.findings = [Account.finding("web", 600, exemption: "x"), Account.finding("web", 400, exemption: "x")]
        // X = 1000, 0.05 · R = 500: e = 1 − 0.75 · 0.5 = 0.625, 100 · 7.5 · 625 / 77500 = 6.048…
        #expect(account.card.score == Points(hundredths: 9_395))
        account.resources = account.resources.mapValues { _ in Money(FixedDecimal(400), .usd) }
        account.findings = [Account.finding("web", 400, exemption: "x")]
        // Under the limit e = 0.25: 100 · 7.5 · 100 / 77500 = 0.967…
        #expect(account.card.score == Points(hundredths: 9_903))
    }

    @Test("more at stake than the history holds: the denominator grows with it, and the score ends at zero")
    func worse() {
        var account = Account()
        account.findings = [Account.finding("web", 1_000_000_000)]
        #expect(account.card.score == Points(hundredths: 0))
        account.spend = Account.spend(0)
        account.findings = [Account.finding("web", 7)]
        account.controls = [(Account.tagging, Account.spend(0))]
        #expect(account.card.score == Points(hundredths: 0))
    }

    @Test("the largest bill that is read, and a materiality beyond all money, can be held")
    func huge() {
        var account = Account()
        account.spend = Account.spend(40_000_000_000_000_000)
        account.workspace = account.spend
        account.controls = (0..<40).map { (Account.header(.budget, "b\($0)", .critical, level: 1), account.spend) }
        account.findings = account.controls.map { Account.finding("web", 40_000_000_000_000_000, by: $0.0) }
        account.materiality = 100_000_000_000_000_000
        // K is half of the workspace's spend: 100 · 5 · 2 · 10¹⁶ / (40 · 10 · 4 · 10¹⁶ + 5 · 2 · 10¹⁶) = 0.621…
        #expect(account.card.score == Points(hundredths: 62))
    }

    @Test("history in the denominator: padding the current period removes nothing")
    func padding() {
        var account = Account()
        account.findings = [Account.finding("web", 1_000)]
        let before = account.card.score
        account.spend.current = FixedDecimal(50_000)
        account.workspace.current = FixedDecimal(60_000)
        account.controls[0].1.current = FixedDecimal(50_000)
        #expect(account.card.score == before)
    }

    @Test("a new team is judged by the current period; without any money it is unscored")
    func newTeam() {
        var account = Account()
        account.findings = [Account.finding("web", 1_000)]
        account.firstDay = Day("2026-10-20")
        account.spend = Account.spend(10_000, past: [0, 0, 0])
        account.controls = [(Account.tagging, Account.spend(10_000, past: [0, 0, 0]))]
        #expect(account.card.score == Points(hundredths: 9_032))
        #expect(account.card.rank == nil)
        account.spend = Account.spend(0)
        account.controls = []
        account.findings = []
        account.firstDay = nil
        #expect(account.card.score == nil)
        #expect(account.card.note == "not scored: no spend and no finding")
    }

    @Test("unknown findings weigh nothing, shadow policies take no part")
    func quiet() {
        var account = Account()
        account.findings = [Account.finding("web", 1_000, verdict: .unknown)]
        #expect(account.card.score == Points(hundredths: 10_000))
        let shadow = Account.header(.tagging, "shadow", .critical, level: 1, .shadow)
        account.findings = [Account.finding("web", 1_000), Account.finding("api", 1_000, by: shadow, savings: 5)]
        account.controls.append((shadow, Account.spend(10_000)))
        #expect(account.card.score == Points(hundredths: 9_032))
        #expect(account.card.potentialSavings?.amount.isZero == true)
    }

    @Test("a parent team of one's own makes nothing smaller: materiality is shared by the whole workspace")
    func parents() {
        var account = Account()
        account.findings = [Account.finding("web", 1_000)]
        account.teams = [Account.team("a", parent: "engineering"), Account.team("engineering")]
        // K = 1000 · 10000 / 20000: D = 7.5 · 10000 + 5 · 500 = 77500, 100 · 7500 / 77500 = 9.677…
        #expect(account.score().teams.first { $0.team == "a" }?.score == Points(hundredths: 9_032))
    }

    @Test("points are split by largest remainder, ties by finding id, and add up to what is missing from 100")
    func split() {
        var account = Account()
        account.findings = (0..<7).map { Account.finding("r\($0)", 100) }
        let card = account.card
        // Seven times 0.9677… are 6.774…, shown 6.77. Each gets 0.96, and the five hundredths left go to the first ids.
        #expect(card.score == Points(hundredths: 9_323))
        #expect(card.penalties.map(\.points.hundredths).reduce(0, +) == 677)
        #expect(card.penalties.map(\.points.hundredths) == [97, 97, 97, 97, 97, 96, 96])
        #expect(card.penalties.map(\.finding) == card.penalties.map(\.finding).sorted())
    }

    @Test("the largest saving of a resource counts once, exempt ones are not up for fixing")
    func savings() {
        var account = Account()
        let other = Account.header(.rightsizing, "other", .low, level: 2)
        account.findings = [
            Account.finding("web", 10, savings: 30), Account.finding("web", 10, by: other, savings: 40),
            Account.finding("api", 10, exemption: "x", savings: 500), Account.finding("db", 10, savings: 2),
        ]
        #expect(account.card.potentialSavings?.amount == FixedDecimal(42))
    }
}

@Suite("levels")
struct LevelTests {
    @Test(
        "a level needs its score and its shares of passing dollars",
        arguments: [(0, Level.gold), (200, .gold), (201, .silver), (500, .silver), (501, .bronze), (1_000, .bronze), (1_001, .none)])
    func tagging(dollars: Int, level: Level) {
        var account = Account()
        account.findings = [Account.finding("web", dollars)]
        // A heavy weight elsewhere keeps the score high, so that the share decides.
        account.controls.append((Account.header(.rightsizing, "sizes", .critical, level: 2), Account.spend(90_000)))
        #expect(account.card.level == level)
    }

    @Test(
        "a card says what the next level needs",
        arguments: [
            (0, nil), (150, nil), (300, "for gold: 98 % of level-1 dollars passing, now 97.00 %"),
            (1_200, "for bronze: 90 % of level-1 dollars passing, now 88.00 %"),
        ] as [(Int, String?)])
    func lacks(dollars: Int, lacks: String?) {
        var account = Account()
        account.findings = [Account.finding("web", dollars)]
        account.controls.append((Account.header(.rightsizing, "sizes", .critical, level: 2), Account.spend(90_000)))
        #expect(account.card.lacks == lacks)
    }

    @Test("controls of one's own measure once for each kind, with one weight, and only where others have one too")
    func own() {
        func score(_ budgets: [(name: String, severity: Severity, team: String)]) -> Points? {
            let spends = ["a": Account.spend(10_000), "b": Account.spend(10_000)]
            let controls =
                [(Account.tagging, spends)]
                + budgets.map { (Account.header(.budget, $0.name, $0.severity, level: 1), [$0.team: Account.spend(10_000)]) }
            let spendByScope = SpendByScope(
                teams: spends, unowned: .init(), workspace: Account.spend(20_000),
                controls: controls.map {
                    .init(policy: $0.0.reference, enforcement: .warn, severity: $0.0.severity, level: 1, spend: $0.1)
                }, firstDay: spends.mapValues { _ in Day("2026-01-01")! })
            return Scorer.score(
                policies: Account.policies([Account.team("a"), Account.team("b")]),
                result: Account.result([Account.finding("web", 1_000)], [:], spendByScope)
            ).teams.first { $0.team == "a" }?.score
        }
        let none = score([])
        #expect(score([("a1", .critical, "a")]) == none)
        let both = score([("a1", .low, "a"), ("b1", .high, "b")])
        #expect(both! > none!)
        #expect(score((0..<30).map { ("a\($0)", .critical, "a") } + [("b1", .high, "b")]) == both)
    }

    @Test("an exempt dollar is not a passing dollar")
    func exempt() {
        var account = Account()
        account.findings = [Account.finding("web", 150, exemption: "x")]
        #expect(account.card.level == .gold)
        account.resources = [ResourceIdentity(root: "infra", address: "aws_instance.web"): Money(FixedDecimal(201), .usd)]
        #expect(account.card.level == .silver)
        account.findings = [Account.finding("web", 300, exemption: "x")]
        #expect(account.card.level == .silver)
    }

    @Test(
        "level-2 controls hold back silver, level-3 controls gold",
        arguments: [(2, 600, Level.silver), (2, 1_100, .bronze), (3, 1_100, .silver)])
    func higher(control: Int, dollars: Int, level: Level) {
        var account = Account()
        let policy = Account.header(.rightsizing, "sizes", .low, level: control)
        account.controls.append((policy, Account.spend(10_000)))
        account.findings = [Account.finding("web", dollars, by: policy)]
        #expect(account.card.level == level)
    }
}
