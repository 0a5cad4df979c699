import CostModel
import Testing

@testable import Observation

@Suite("Google's billing export")
struct GCPTests {
    private let bill: FormatFolder

    init() throws { bill = try FormatFolder() }

    private static let columns = [
        "billing_account_id", "service.description", "sku.id", "usage_start_time", "usage_end_time", "project.id", "labels",
        "location.region",
        "cost", "currency", "credits", "invoice.month", "cost_type", "resource.global_name", "cost_at_list",
    ]

    private static func row(_ cost: String, _ more: [String: String] = [:]) -> [String: String] {
        [
            "service.description": "Compute Engine", "sku.id": "S-1", "usage_start_time": "2026-10-31 03:00:00 UTC", "project.id": "web",
            "labels": "[]", "location.region": "us-east4", "cost": cost, "currency": "USD", "credits": "[]", "invoice.month": "202610",
            "cost_type": "regular", "cost_at_list": "9",
        ].merging(more) { $1 }
    }

    @Test("is charged at cost and credits; promotions are credits of their own")
    func credits() throws {
        let credits = #"[{"name":"a","amount":-1.5,"type":"DISCOUNT"},{"name":"b","amount":-0.25,"type":"PROMOTION"}]"#
        try bill.write("g.csv", Self.columns, [Self.row("10", ["credits": credits]), Self.row("1")])
        #expect(bill.lines("g.csv") == ["9.25"])
        #expect(bill.lines("g.csv", cost: .list) == ["18"])
        let table = bill.reader("g.csv").bill(currency: .usd, tagKeys: [], bases: [.effective]).table
        #expect(table.lines.map { "\($0.key.category.name) \($0.amounts.billed)" }.sorted() == ["Credit -0.25", "Usage 9.5"])
    }

    @Test("has no contracted cost, which is refused")
    func contracted() throws {
        try bill.write("g.csv", Self.columns, [Self.row("10")])
        #expect(
            bill.lines("g.csv", cost: .contracted) == [
                "g.csv: partial unstated-cost: the bill 'bill' does not say what was contracted cost in 2026-10: Google's export states what is "
                    + "charged, and list cost since June 2023; it has no contracted cost"
            ])
    }

    @Test("is billed in the month of its invoice, and used on the day in UTC")
    func months() throws {
        try bill.write("g.csv", Self.columns, [Self.row("10", ["usage_start_time": "2026-11-01 03:00:00 UTC"])])
        #expect(bill.lines("g.csv", by: [.month], cost: .billed) == ["2026-10 10"])
        #expect(bill.lines("g.csv", by: [.day]) == ["2026-11-01 10"])
    }

    @Test(
        "spells lists as JSON or as Python prints them",
        arguments: [
            #"[{"key":"team","value":"r&d \"x\""},{"key":"env","value":null}]"#,
            #"[{'key': 'team', 'value': 'r&d "x"'}, {'key': 'env', 'value': None}]"#,
        ])
    func lists(labels: String) throws {
        try bill.write("g.csv", Self.columns, [Self.row("10", ["labels": labels])])
        #expect(bill.lines("g.csv", by: [.tag("team")]) == [#"r&d "x" 10"#])
    }

    @Test("as JSON lines is read exactly, fields that are missing or null alike, and a torn line is named")
    func lines() throws {
        let line =
            #"{"billing_account_id":"b","service":{"id":"1","description":"A \u0026 B"},"sku":{"id":"S"},"usage_start_time":"2026-10-31 00:00:00 UTC","#
            + #""project":null,"labels":[{"key":"team","value":"web"}],"cost":5.64902E-05,"currency":"USD","#
            + #""credits":[{"name":"c","amount":-1e-05,"type":"FREE_TIER"}],"invoice":{"month":"202610"},"cost_type":"regular"}"#
        try bill.folder.write("g.json", line + "\n" + line + "\n\n{\"cost\":\n")
        #expect(
            bill.lines("g.json", by: [.service, .tag("team"), .account]) == [
                "A & B web – 0.0000929804", "g.json:4:9: partial bad-row: expected a row as a JSON object: the text ends too early",
            ])
        #expect(BillReader.format(of: "g.json", directory: bill.folder.path, now: bill.now) == .gcp)
    }
}
