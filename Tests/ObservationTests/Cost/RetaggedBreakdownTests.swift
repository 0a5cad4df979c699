import CostModel
import Testing

@testable import Observation

@Suite("breakdowns by tags that rules make")
struct RetaggedBreakdownTests {
    private static let rules = TagRules([
        TagRule(
            name: "spelling", place: Place(file: "t.yaml", line: 1),
            settings: ["team": .init(.tags(["team", "Team"]), letterCase: .lower, map: ["t3": "three"])]),
        TagRule(
            name: "shared", place: Place(file: "t.yaml", line: 9),
            scope: TagRule.Scope(Budget.Scope(accounts: ["000000000001"], services: ["service 2"])),
            settings: ["team": .init(.value("platform")), "kind": .init(.value("shared"))]),
    ])

    /// What the rules make of a row of `RandomBill`, written out: its tags are `team` and `name`.
    private static func expected(_ row: CostBreakdown.Row, _ at: (account: Int, service: Int, team: Int)) -> (team: String?, kind: String?)
    {
        if row.values[at.account] == "000000000001", row.values[at.service] == "service 2" { return ("platform", "shared") }
        return (row.values[at.team].map { $0 == "t3" ? "three" : $0 }, nil)
    }

    @Test(
        "are the billed ones, moved", arguments: [1, 2, 3] as [UInt64],
        [["tag:team"], ["tag:kind", "month"], ["service", "tag:team", "day"], ["region", "tag:kind", "tag:team"]])
    func moved(seed: UInt64, by: [String]) throws {
        let folder = try TemporaryFolder()
        var bill = RandomBill(seed: seed)
        try folder.write("a.csv", bill.text(rows: 2_000))
        let reader = BillReader(files: ["a.csv"], directory: folder.path, now: Day(year: 2026, month: 11, day: 1).start)
        let dimensions = by.compactMap { CostBreakdown.Dimension($0) }
        let found = reader.breakdown(by: dimensions, currency: .usd, tagRules: Self.rules)
        // By everything that decides, without rules; then added up by hand.
        let plain = dimensions.filter { !BillQuery.asksTags([$0]) }
        let wide = reader.breakdown(by: plain + [.account, .service, .tag("team")], currency: .usd)
        var sums: [[String?]: FixedDecimal] = [:]
        for row in wide.breakdown.rows {
            let (team, kind) = Self.expected(row, (plain.count, plain.count + 1, plain.count + 2))
            var rest = row.values[...]
            let values = dimensions.map { dimension -> String? in
                switch dimension {
                case .tag("team"): team
                case .tag: kind
                default: rest.removeFirst()
                }
            }
            sums[values, default: .zero] += row.amount
        }
        #expect(Dictionary(found.breakdown.rows.map { ($0.values, $0.amount) }, uniquingKeysWith: { first, _ in first }) == sums)
        #expect(found.breakdown.rows.count == sums.count && sums.count > 1)
        #expect(found.breakdown.totals == wide.breakdown.totals && found.breakdown.rowCount == wide.breakdown.rowCount)
        #expect(found.problems == wide.problems)
    }

    @Test("have the order of all breakdowns, and their owner is handed the tags that count")
    func order() throws {
        let bill = try BillFolder()
        try bill.write(
            "a.csv", BillFolder.row(effective: "1", account: "1", tags: #"{"Team": "PAY"}"#),
            BillFolder.row(effective: "2", account: "2", tags: #"{"team": "pay"}"#), BillFolder.row(effective: "8", account: "3"),
            BillFolder.row(effective: "0.5", day: "2026-10-01", account: "3", tags: #"{"team": "T3"}"#))
        let reader = BillReader(files: ["a.csv"], directory: bill.folder.path, now: bill.now)
        func lines(_ by: [CostBreakdown.Dimension]) -> [String] {
            BillFolder.lines(
                reader.breakdown(
                    by: by, currency: .usd, ownerTagKeys: ["team"], owner: { _, tags, _ in tags["team"] }, tagRules: Self.rules
                )
                .breakdown)
        }
        #expect(lines([.tag("team")]) == ["– 8", "pay 3", "three 0.5"])
        #expect(lines([.day, .team]) == ["2026-10-01 three 0.5", "2026-10-31 – 8", "2026-10-31 pay 3"])
        #expect(lines([.account]) == ["3 8.5", "2 2", "1 1"])
    }

    @Test("stand in the explanation of a row, with the rule and what it read")
    func row() throws {
        let bill = try BillFolder()
        try bill.write("a.csv", BillFolder.row(tags: #"{"Team": "PAY", "x": "1"}"#))
        let (rows, problems) = BillReader.rows(at: 2, of: "a.csv", directory: bill.folder.path, now: bill.now, tagRules: Self.rules)
        #expect(problems.isEmpty)
        #expect(
            rows.first?.values.filter { $0.column.hasPrefix("Tags") } == [
                BilledRow.Value(column: "Tags[Team]", text: "PAY", from: [], rule: nil),
                BilledRow.Value(column: "Tags[team]", text: "pay", from: ["Tags[Team] 'PAY'"], rule: "by TagRule/spelling"),
                BilledRow.Value(column: "Tags[x]", text: "1", from: [], rule: nil),
            ])
    }
}
