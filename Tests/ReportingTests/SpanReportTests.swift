import CostModel
import Diagnostics
import Game
import JSON
import Testing

@testable import Reporting

@Suite("reports on a span")
struct SpanReportTests {
    private static func report(_ evil: String) -> PeriodReport {
        let span = ReportSpan(.week, before: Day(year: 2026, month: 11, day: 4))
        var showback = Showback(
            currency: .usd, unit: nil, days: span.days, rows: [],
            shares: [
                .init(allocation: evil, giver: nil, receiver: evil, time: nil, amount: FixedDecimal(2).scaled(by: 1, over: 3)),
                .init(allocation: evil, giver: evil, receiver: "other", time: nil, amount: FixedDecimal(5)),
            ], undivided: [.init(allocation: evil, month: Month(year: 2026, month: 10), amount: FixedDecimal(1), reason: evil)],
            coverage: nil)
        showback.coverage = .whole(7)
        let costs = [DailyCost(day: span.days.lowerBound, team: evil, service: evil, amount: Fixtures.usd(10))]
        func section(_ team: String?) -> PeriodSection {
            var section = PeriodSection(team: team, spend: .unknown(evil))
            section.movers = [
                .init(
                    team: evil, points: Points(hundredths: -320),
                    why: .init(.opened, finding: "f-1", message: evil, points: .init(hundredths: -300)))
            ]
            section.endings = [.init(exemption: evil, day: span.days.upperBound)]
            section.next = [.init(finding: "f-1", message: evil, atStake: nil)]
            section.statement = SpendStatement(of: team, in: span, showback, costs: costs)
            return section
        }
        return PeriodReport(
            context: Fixtures.context, workspace: evil, span: span, currency: .usd, sections: [section(nil), section(evil)],
            problems: [Problem(.partial, id: "x", file: evil, line: 1, column: 1, evil)])
    }

    @Test("hold hostile names as text, in every form", arguments: RandomComparison.hostile)
    func hostile(evil: String) throws {
        let report = Self.report(evil)
        for format in ReportFormat.formats(of: PeriodReport.self) {
            let output = String(decoding: format.bytes(of: report) ?? [], as: UTF8.self)
            #expect(!output.isEmpty)
            // Cells of a table are names as the bill has them, but for control characters.
            if format.name != "csv" { #expect(output.unicodeScalars.allSatisfy { $0.isPrintable || $0 == "\n" }, "\(format.name)") }
            if format.name == "html" { #expect(!output.contains("<script") && !output.contains("<img")) }
            if format.name == "json" { #expect(throws: Never.self) { try JSONReader.read(Array(output.utf8)) } }
        }
    }

    @Test("a statement's parts are told apart, and its lines are its sum")
    func statement() throws {
        let statement = try #require(Self.report("payments").sections[1].statement)
        #expect(statement.lines.map(\.part) == [.direct, .shared, .given])
        #expect(statement.lines.map(\.words) == ["payments", "payments, from what is nobody's", "payments, to other"])
        #expect(statement.total == statement.lines.map(\.amount).reduce(.zero, +) && statement.sum(.given).description == "-5")
    }
}
