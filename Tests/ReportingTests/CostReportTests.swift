import CostModel
import JSON
import Reporting
import Testing

@Suite("cost")
struct CostReportTests {
    private func report(_ dimensions: [CostBreakdown.Dimension], _ rows: [([String?], String, String?)]) throws -> CostReport {
        var totals: [Currency?: FixedDecimal] = [:]
        let rows = try rows.map { values, amount, code in
            let row = CostBreakdown.Row(values: values, currency: code.flatMap { Currency($0) }, amount: try FixedDecimal(amount))
            totals[row.currency, default: .zero] += row.amount
            return row
        }
        let sums = totals.map { CostBreakdown.Total(currency: $0.key, amount: $0.value) }
        return CostReport(
            context: Fixtures.context,
            breakdown: CostBreakdown(
                dimensions: dimensions, cost: .effective, rows: rows,
                totals: sums.sorted { ($0.currency?.code ?? "~") < ($1.currency?.code ?? "~") },
                rowCount: 1234, days: Day(year: 2026, month: 10, day: 1)...Day(year: 2026, month: 10, day: 31)))
    }

    @Test("shows the largest first, with its share")
    func byTeam() throws {
        let report = try report(
            [.team, .service],
            [
                ([nil, "Amazon EC2"], "50", "USD"), (["payments", "Amazon EC2"], "1234.5", "USD"), ([nil, nil], "20.26", "USD"),
                (["payments", "Credits"], "-4.76", "USD"),
            ])
        try expectSnapshot(report.text(.plain), "cost.txt")
        try expectSnapshot(String(decoding: JSONWriter.write(report.json()), as: UTF8.self), "cost.json")
    }

    @Test("days and months run forward, whatever they cost")
    func byDay() throws {
        let report = try report([.day], [(["2026-10-02"], "9", "USD"), (["2026-10-01"], "1", "USD")])
        #expect(report.breakdown.rows.map(\.values) == [["2026-10-01"], ["2026-10-02"]])
    }

    @Test(
        "a name that a spreadsheet takes for a formula is text in CSV, unless that is turned off",
        arguments: [
            ("=1+1", "'=1+1"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"), ("-2", "'-2"), ("@SUM(A1)", "'@SUM(A1)"), (" =1", "' =1"),
            ("\u{FF1D}1", "'\u{FF1D}1"), ("a\u{1B}[31mb", "a\\u{1B}[31mb"), ("\t=1", "'\\u{9}=1"), ("a=b", "a=b"), ("e-mail", "e-mail"),
            ("a;=1", "a;'=1"), ("a; =1", "a;' =1"), ("a,-1", "\"a,'-1\""), ("a;b=c", "a;b=c"), ("a; b", "a; b"), ("a;", "a;"),
            ("=\"a\",1", "\"'=\"\"a\"\",1\""),
        ])
    func guarded(name: String, cell: String) throws {
        var report = try report([.service], [([name], "-4.5", "USD")])
        #expect(report.csv() == "service,amount,currency,daysKnown,days,gap\r\n\(cell),-4.5,USD,,,\r\n")
        report.isGuarded = false
        #expect(report.csv().contains(name.replacing("\"", with: "\"\"")))
    }

    @Test("a bill of which nothing could be read is not called empty")
    func unread() throws {
        var report = try report([.service], [])
        report.days = nil
        #expect(report.text(.plain) == "nothing · the bill is empty\n")
        report.problems = [Problem(.partial, id: "no-bill", file: "a.csv", "this is Parquet")]
        #expect(report.text(.plain).hasSuffix("nothing · no row of the bill could be read\n"))
    }

    @Test(
        "a sum says which of its days are there, and what it is counted by",
        arguments: [
            (CostBasis.effective, 31, [], "$1.00 · 2026-10-01 to 2026-10-31 by charge day · 31 of 31 days\n"),
            (.billed, 28, [], "$1.00 · 2026-10-01 to 2026-10-31 by billing period · 28 of 31 days\n"),
            (
                .list, 28, ["2026-10-13", "2026-10-14"],
                "$1.00 · 2026-10-01 to 2026-10-31 by charge day · 28 of 31 days; missing: 2026-10-13..2026-10-14\n"
            ),
        ] as [(CostBasis, Int, [String], String)])
    func coverage(cost: CostBasis, known: Int, missing: [String], line: String) throws {
        var report = try report([.service], [(["a"], "1", "USD")])
        report.breakdown.cost = cost
        var coverage = DayCoverage(days: 31)
        (coverage.known, coverage.missing) = (known, missing.compactMap { Day($0) })
        coverage.notYet = 31 - known - missing.count
        report.breakdown.coverage = coverage
        report.breakdown.newestWhole = Day("2026-10-30")
        #expect(report.text(.plain).hasSuffix(line))
        let json = report.json()
        #expect(json["countedBy"] == .string(cost == .billed ? "billing-period" : "charge-day"))
        #expect(json["newestWholeDay"] == "2026-10-30")
        #expect(json["coverage"]?["known"] == JSONValue(known))
        #expect(json["coverage"]?["notYet"] == JSONValue(31 - known - missing.count))
        #expect(json["coverage"]?["missing"] == (missing.isEmpty ? [] : ["2026-10-13..2026-10-14"]))
    }

    @Test("currencies are never added up, and each has its own shares")
    func currencies() throws {
        let report = try report([.service], [(["a"], "1", "USD"), (["a"], "3", "EUR"), (["b"], "1", "EUR"), (["c"], "2", nil)])
        #expect(
            report.text(.plain) == """
                  service  effective  share
                  a         3.00 EUR   75 %  ███████████████░░░░░
                  b         1.00 EUR   25 %  █████░░░░░░░░░░░░░░░
                  a            $1.00  100 %  ████████████████████
                  c             2.00  100 %  ████████████████████

                4.00 EUR, $1.00, 2.00 · 2026-10-01 to 2026-10-31 by charge day

                """)
    }

    @Test("as CSV each amount is exact, and what is quoted stays one field")
    func csv() throws {
        let report = try report(
            [.team, .service], [([nil, "Compute, \"spot\""], "0.000000000000000001", "USD"), (["a", "b"], "2", nil)])
        #expect(
            report.csv()
                == "team,service,amount,currency,daysKnown,days,gap\r\n,\"Compute, \"\"spot\"\"\",0.000000000000000001,USD,,,\r\na,b,2,,,,\r\n"
        )
    }

    @Test("a total that credits cancel has no shares")
    func cancelled() throws {
        let report = try report([.service], [(["a"], "5", "USD"), (["b"], "-5", "USD")])
        #expect(report.text(.plain).contains("a            $5.00      –\n"))
    }

    @Test("an empty bill says so")
    func empty() throws {
        var report = try report([.service], [])
        report.days = nil
        #expect(report.text(.plain) == "nothing · the bill is empty\n")
    }
}
