import CostModel
import Foundation
import Testing

@testable import Observation

/// A bill of two months in a table with a column that says when a row was written; a script answers from files, and writes down what it is asked.
@Suite("billing periods of a table that did not change")
struct KeptPeriodsTests {
    private let engine: EngineBill
    private let cache: TemporaryFolder
    private var folder: String { engine.bill.folder.path }

    init() throws {
        engine = try EngineBill()
        cache = try TemporaryFolder()
    }

    /// What one month of the table adds up to.
    private struct Month {
        var cost: String
        var charges = 1
        var changed: String
        var unmarked = "0"
    }

    private static let september = Month(cost: "1", changed: "2026-10-02 04:00:00")
    private static let october = Month(cost: "2.5", charges: 3, changed: "2026-11-01 04:00:00")

    /// Answers to both questions, for each set of periods that may be asked for.
    private func write(_ months: [String: Month]) throws {
        let marks = engine.question.fingerprints(by: "loaded_at")
        func line(_ fields: [String], _ values: [String: String]) -> String {
            fields.map { "\"\(values[$0] ?? "")\"" }.joined(separator: ",") + "\n"
        }
        func sum(_ months: some Collection<Month>) -> String {
            "\(months.reduce(FixedDecimal.zero) { $0 + (FixedDecimal(exactly: $1.cost) ?? .zero) })"
        }
        func control(_ fields: [String], _ months: [Month]) -> String {
            let charges = String(months.reduce(0) { $0 + $1.charges })
            return line(
                fields,
                [
                    "part": "total", "checks": EngineStatement.soundChecks, "charges": charges, "s_BilledCost": sum(months),
                    "s_EffectiveCost": sum(months),
                ])
        }
        let sorted = months.sorted { $0.key < $1.key }
        let fingerprints = sorted.map { day, month in
            line(
                marks.fields,
                [
                    "part": "row", "k_BillingPeriodStart": day, "charges": String(month.charges), "s_BilledCost": month.cost,
                    "s_EffectiveCost": month.cost, "s_unmarked": month.unmarked, "s_changed": month.changed,
                ])
        }
        try engine.bill.folder.write(
            "fingerprints",
            line(marks.fields, Dictionary(uniqueKeysWithValues: marks.fields.map { ($0, $0) })) + fingerprints.joined()
                + control(marks.fields, Array(months.values)))
        let fields = engine.question.fields
        func answer(_ days: [String]) -> String {
            let rows = days.map { day in
                let month = months[day]
                let row = engine.row(
                    ["k_BillingPeriodStart": day, "k_ChargePeriodStart": day, "k_ChargePeriodEnd": day], billed: month?.cost ?? "",
                    effective: month?.cost ?? "",
                    charges: month?.charges ?? 0)
                return line(fields, Dictionary(uniqueKeysWithValues: zip(fields, row)))
            }
            return line(fields, Dictionary(uniqueKeysWithValues: fields.map { ($0, $0) })) + rows.joined()
                + control(fields, days.compactMap { months[$0] })
        }
        try engine.bill.folder.write("all", answer(sorted.map(\.key)))
        for (day, _) in sorted { try engine.bill.folder.write(day, answer([day])) }
    }

    private func client() throws -> EngineClient {
        var client = try engine.client(
            """
            cd '\(folder)'
            case $1 in
            *s_changed*) echo fingerprints >> asked; cat fingerprints ;;
            *"IN ('2026-09-01')"*) echo september >> asked; cat 2026-09-01 ;;
            *"IN ('2026-10-01')"*) echo october >> asked; cat 2026-10-01 ;;
            *) echo all >> asked; cat all ;;
            esac
            """)
        client.changeColumn = "loaded_at"
        return client
    }

    /// The lines, and what was asked for them.
    private func ask(_ client: EngineClient? = nil, cached: Bool = true) throws -> (lines: [String], asked: [String]) {
        try engine.bill.folder.write("asked", "")
        let client = try client ?? self.client()
        let lines = BillCache.$current.withValue(cached ? BillCache(folder: cache.path) : nil) { engine.lines([client]) }
        return (lines, try String(contentsOfFile: folder + "/asked", encoding: .utf8).split(separator: "\n").map(String.init))
    }

    @Test("are not asked for again, and the lines are the same")
    func unchanged() throws {
        try write(["2026-09-01": Self.september, "2026-10-01": Self.october])
        let first = try ask()
        #expect(first.asked == ["fingerprints", "all"])
        let second = try ask()
        #expect(second.asked == ["fingerprints"])
        #expect(second.lines == first.lines && first.lines.first == "EC2 3.5")
        // Without a cache, or a column that says what changed, as before.
        #expect(try ask(cached: false).asked == ["all"])
        var plain = try client()
        plain.changeColumn = nil
        #expect(try ask(plain).asked == ["all"])
    }

    @Test("stay, where another one changed: by its rows, by their cost, or only by when they were written")
    func changed() throws {
        try write(["2026-09-01": Self.september, "2026-10-01": Self.october])
        _ = try ask()
        var october = Self.october
        for change in 0..<3 {
            switch change {
            case 0: october.charges = 4
            case 1: october.cost = "2.75"
            default: october.changed = "2026-11-02 04:00:00"
            }
            try write(["2026-09-01": Self.september, "2026-10-01": october])
            let found = try ask()
            #expect(found.asked == ["fingerprints", "october"])
            #expect(found.lines.first == (change == 0 ? "EC2 3.5" : "EC2 3.75"))
            #expect(try ask().asked == ["fingerprints"])
        }
        try write(["2026-09-01": Self.september])
        #expect(try ask().lines.first == "EC2 1")
    }

    @Test("are another client's business for another client")
    func clients() throws {
        try write(["2026-09-01": Self.september, "2026-10-01": Self.october])
        _ = try ask()
        var other = try client()
        other.arguments.append("--host=elsewhere")
        #expect(try ask(other).asked == ["fingerprints", "all"])
    }

    @Test("are all asked for where a row does not say when it was written")
    func unmarked() throws {
        var october = Self.october
        october.unmarked = "1"
        try write(["2026-09-01": Self.september, "2026-10-01": october])
        for _ in 0..<2 { #expect(try ask().asked == ["fingerprints", "all"]) }
    }

    @Test("are asked for again where what is kept is torn")
    func torn() throws {
        try write(["2026-09-01": Self.september, "2026-10-01": Self.october])
        let expected = try ask().lines
        for name in try FileManager.default.contentsOfDirectory(atPath: cache.path) where name.hasPrefix("period-") {
            let file = URL(filePath: cache.path + "/" + name)
            try Data(contentsOf: file).dropLast(3).write(to: file)
        }
        let again = try ask()
        #expect(again.asked == ["fingerprints", "all"] && again.lines == expected)
    }

    @Test("are not kept where rows came or went between the two questions")
    func raced() throws {
        try write(["2026-09-01": Self.september, "2026-10-01": Self.october])
        let counted = try String(contentsOfFile: folder + "/fingerprints", encoding: .utf8)
        var later = Self.october
        (later.charges, later.cost) = (5, "3")
        try write(["2026-09-01": Self.september, "2026-10-01": later])
        try engine.bill.folder.write("fingerprints", counted)
        #expect(try ask().lines.first == "EC2 4")
        #expect(try ask().asked == ["fingerprints", "october"])
    }

    @Test("are no bill where the question about changes has no whole answer")
    func broken() throws {
        try write(["2026-09-01": Self.september, "2026-10-01": Self.october])
        _ = try ask()
        let text = try String(contentsOfFile: folder + "/fingerprints", encoding: .utf8)
        try engine.bill.folder.write("fingerprints", text.split(separator: "\n").dropLast().joined(separator: "\n") + "\n")
        #expect(try ask().lines.joined().contains("partial engine-answer: the engine's answer is not whole: its control row is missing"))
    }
}
