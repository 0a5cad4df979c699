import CostModel
import Testing

@testable import Game

@Suite("wins to copy")
struct WinToCopyTests {
    private static let size = PolicyReference(.rightsizing, "size")

    private static func win(_ id: String, team: String, _ standing: SavingsStatus, verified: Int?, estimated: Int = 100) -> SavingsRecord {
        let change = PlanRecord.Change(
            id: "c-\(id)", title: "set instance_type on \(id)", file: "main.tf", team: team, findings: [id], identities: [id],
            resources: [],
            monthlySavings: nil)
        return SavingsRecord(
            change: MergedChange(plan: "p", change: change, commit: "c", merged: Lives.day(40).start), standing: standing,
            estimated: Money(FixedDecimal(estimated), .usd), verified: verified.map { Money(FixedDecimal($0), .usd) },
            measured: Lives.day(50).start, method: "")
    }

    private static func finding(_ id: String) -> Finding {
        let header = PolicyHeader(reference: size, place: Place(file: "p.yaml", line: 1), level: 2)
        var finding = Finding(
            policy: header, rule: "oversized-instance", verdict: .fail, team: "payments", message: id, location: nil,
            atStake: Money(FixedDecimal(1), .usd))
        finding.id = id
        return finding
    }

    private static func change(_ id: String, savings: Int?, _ applicability: Applicability = .review, team: String = "payments")
        -> Plan.Change
    {
        Plan.Change(
            id: id, title: "set instance_type", findings: ["f-\(id)"], team: team, file: "main.tf", line: 3, applicability: applicability,
            monthlySavings: savings.map { Money(FixedDecimal($0), .usd) }, patch: applicability == .advisory ? nil : "--- a")
    }

    private static func wins(
        _ savings: [SavingsRecord], _ changes: [Plan.Change], names: Set<String> = ["search", "payments"]
    ) -> [WinToCopy] {
        let lives = savings.map { record in
            Lives.life(
                record.change.change.findings[0], opened: 0, fixed: 41, team: record.change.change.team ?? "", policy: size,
                rule: "oversized-instance")
        }
        return WinToCopy.all(
            for: "payments", naming: names, History(lives: lives, savings: savings), changes: changes,
            findings: changes.flatMap(\.findings).map(finding))
    }

    @Test("are what another team merged and the bill confirmed, with the patches of the same policy and rule that fit here")
    func copied() throws {
        let savings = [Self.win("s1", team: "search", .vested, verified: 120), Self.win("s2", team: "search", .measured, verified: 20)]
        let changes = [
            Self.change("b", savings: 30), Self.change("a", savings: 10), Self.change("x", savings: 9, .advisory),
            Self.change("t", savings: 9, team: "search"),
        ]
        let win = try #require(Self.wins(savings, changes).first)
        #expect(win.patches.map(\.change) == ["a", "b"] && win.savings?.amount.description == "40")
        #expect(
            win.sentence
                == "search merged 'set instance_type on s1' on 2026-08-10, which saves 120.00 USD a month; the same kind of patch fits "
                + "2 places of yours and would save 40.00 USD a month")
        #expect(Self.wins(savings, [Self.change("a", savings: nil)]).first?.savings == nil, "a part would look like the whole")
    }

    @Test(
        "are none of one's own, of a team that is not named, or what is pending, came back, or saved nothing",
        arguments: [
            ("payments", SavingsStatus.vested, 100), ("ops", .vested, 100), ("search", .pending, nil), ("search", .clawedBack, 0),
            ("search", .measured, 0), ("search", .excluded, nil),
        ] as [(String, SavingsStatus, Int?)])
    func none(team: String, standing: SavingsStatus, verified: Int?) {
        #expect(Self.wins([Self.win("s", team: team, standing, verified: verified)], [Self.change("a", savings: 10)]).isEmpty)
    }
}
