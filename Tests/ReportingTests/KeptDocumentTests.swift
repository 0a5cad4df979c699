import CostModel
import Game
import JSON
import Testing

@testable import Reporting

@Suite("what one process keeps in the ledger for others")
struct KeptDocumentTests {
    private static let today = Day(year: 2026, month: 11, day: 1)

    private static func usd(_ text: String) throws -> Money { Money(try #require(FixedDecimal(exactly: text)), .usd) }

    private static func status(_ name: String, _ calendar: FiscalCalendar = .gregorian) throws -> BudgetStatus {
        var status = BudgetStatus(
            name: name, period: BudgetPeriod(.quarterly, holding: today, in: calendar), closed: false, cost: .billed,
            amount: try usd("900.10"), actual: try usd("450.000000000000000001"), forecast: nil, forecastMethod: name, judged: true)
        status.coverage.known = 3
        status.coverage.missing = [today]
        status.forecastLow = try usd("1")
        status.burn = .init(
            plan: try usd("800"), reserve: try usd("100.10"), burned: try usd("-5"),
            page: .init(days: 7, burned: try usd("3"), share: 0.1), isTooNoisy: true)
        return status
    }

    private static func evaluation(_ name: String) throws -> KeptEvaluation {
        let status = try status(name, FiscalCalendar(startMonth: 2, division: .weeks, weekStart: .monday))
        let row = SpendOverview.Row(name: name, current: try usd("12.34"), previous: nil)
        let overview = SpendOverview(
            month: try self.status("month"), days: today.advanced(by: -28)..<today, total: row,
            parts: [.init(dimension: .service, rows: [row, .init(name: nil, current: try usd("0"), previous: try usd("7"))])],
            unknownDays: [today.advanced(by: -3)])
        let win = WinToCopy(
            policy: PolicyReference(.tagging, name), rule: "missing-tag", team: name, title: name, merged: today, verified: try usd("3"),
            patches: [.init(change: "c-1", title: name, file: name, line: 3), .init(change: "c-2", title: name, file: nil, line: nil)],
            savings: nil)
        var kept = KeptEvaluation(
            revision: "9f2c", evaluatedAt: today.start, currency: .usd, overview: overview,
            budgets: [
                BudgetEntry(status: status, team: name, isWhole: false, message: name, severity: .high),
                BudgetEntry(status: try self.status("whole"), team: nil, isWhole: true),
            ],
            campaigns: [
                Campaign(
                    name: name, place: Place(file: name, line: 4), policies: [name], teams: [name], goal: .verified(try usd("40.5")),
                    days: today...today.advanced(by: 30), advisoryDays: 7),
                Campaign(
                    name: "all", place: Place(file: "p.yaml", line: 1), policies: ["a", "b"],
                    goal: .fixed(try #require(FixedDecimal(exactly: "0.8"))), days: today...today),
            ],
            players: [name, "search"], wins: [name: [win]])
        kept.anomalies = [["id": .string(name)]]
        kept.simulations = nil
        return kept
    }

    private static let names = ["payments", "", "\"</script>\u{202E}\u{0}\n", "é", "a/b\\c", "\u{FEFF}👩‍👩‍👧"]

    @Test("an evaluation comes back as it was, to the last digit and with whatever names", arguments: names)
    func evaluation(name: String) throws {
        let kept = try Self.evaluation(name)
        #expect(KeptEvaluation(text: kept.text) == kept)
        #expect(KeptEvaluation(text: kept.text)?.budgets[0].status.period.description == kept.budgets[0].status.period.description)
    }

    @Test("what was caught, and references, come back as they were", arguments: names)
    func others(name: String) throws {
        let entry = CaughtFindings.Entry(
            id: "f-1", policy: PolicyReference(.tagging, name), rule: "missing-tag", severity: .critical, team: nil, resource: name,
            message: name, commit: "c0ffee", merge: "d00d", merged: Self.today)
        let caught = CaughtFindings(
            since: Self.today, entries: [entry], arrivals: [.init(day: Self.today, judged: 1, single: 2, unjudged: 3)])
        #expect(CaughtFindings(text: caught.text) == caught)
        func block(_ address: String, _ monthly: Money?) -> ResourceGraph.Block {
            .init(
                identity: ResourceIdentity(root: name, address: address), place: Place(file: name, line: 2), count: 3, billed: 1,
                monthly: monthly)
        }
        let graph = ResourceGraph(
            blocks: [block("a", try Self.usd("3")), block("alone", nil), block("b", nil)], references: [.init(from: 0, to: 2)])
        let read = try #require(ResourceGraph(text: graph.text))
        // Who neither names nor is named is shown nowhere.
        #expect(read.blocks == [graph.blocks[0], graph.blocks[2]] && read.references == [.init(from: 0, to: 1)])
        #expect(ResourceGraph(text: read.text) == read)
    }

    @Test("whatever is not as we write it is none: torn, of another version, without a member, of another type")
    func damaged() throws {
        let whole = try Self.evaluation("payments").text
        #expect(KeptEvaluation(text: String(whole.dropLast(40))) == nil && KeptEvaluation(text: "") == nil)
        #expect(KeptEvaluation(text: whole.replacing("{\"version\": 1,", with: "{\"version\": 2,")) == nil)
        #expect(CaughtFindings(text: whole) == nil && ResourceGraph(text: whole) == nil)
        for (right, wrong) in [
            ("\"900.1\"", "\"much\""), ("\"USD\"", "\"usd\""), ("\"quarterly\"", "\"fortnightly\""), ("\"players\"", "\"player\""),
            ("\"isWhole\": true", "\"isWhole\": 1"), ("\"startMonth\": 2", "\"startMonth\": 13"), ("\"2026-11-01\"", "\"2026-11-31\""),
            ("\"high\"", "\"terrible\""), ("\"advisoryDays\": 7", "\"advisoryDays\": null"),
        ] {
            #expect(whole.contains(right), "\(right) is not in \(whole)")
            #expect(KeptEvaluation(text: whole.replacing(right, with: wrong)) == nil, "\(wrong) was taken")
        }
        let graph = ResourceGraph(
            blocks: [
                .init(
                    identity: ResourceIdentity(root: "", address: "a"), place: Place(file: "a.tf", line: 1), count: 1, billed: 0,
                    monthly: nil)
            ], references: [.init(from: 0, to: 0)])
        #expect(ResourceGraph(text: graph.text.replacing("\"to\": 0", with: "\"to\": 9")) == nil)
    }
}
