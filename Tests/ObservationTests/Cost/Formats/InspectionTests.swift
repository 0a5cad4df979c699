import CostModel
import Testing

@testable import Observation

@Suite("what was made of a bill's files and lines")
struct InspectionTests {
    private let bill: FormatFolder

    init() throws { bill = try FormatFolder() }

    private static let columns = [
        "bill/BillingPeriodStartDate", "lineItem/UsageAccountId", "lineItem/LineItemType", "lineItem/UsageStartDate",
        "lineItem/UnblendedCost", "lineItem/CurrencyCode", "savingsPlan/SavingsPlanARN", "savingsPlan/TotalCommitmentToDate",
        "savingsPlan/UsedCommitment",
    ]

    private static func line(_ type: String, _ cost: String) -> [String: String] {
        [
            "bill/BillingPeriodStartDate": "2026-10-01T00:00:00Z", "lineItem/UsageAccountId": "1", "lineItem/LineItemType": type,
            "lineItem/UsageStartDate": "2026-10-31T00:00:00Z", "lineItem/UnblendedCost": cost, "lineItem/CurrencyCode": "USD",
            "savingsPlan/SavingsPlanARN": "arn:sp", "savingsPlan/TotalCommitmentToDate": "9", "savingsPlan/UsedCommitment": "7.5",
        ]
    }

    private func lines(at line: Int, of file: String) -> [[String]] {
        BillReader.rows(at: line, of: file, directory: bill.folder.path, now: bill.now).rows.map { row in
            row.values.map { value in
                ([value.column, value.text ?? "–"] + value.from + [value.rule].compactMap(\.self)).joined(separator: " | ")
            }
        }
    }

    @Test("a line that holds two charges shows both, with the fields and the rule of each value")
    func derived() throws {
        try bill.write("cur.csv", Self.columns, [Self.line("SavingsPlanRecurringFee", "10"), Self.line("SavingsPlanNegation", "-1")])
        let charges = lines(at: 2, of: "cur.csv")
        #expect(charges.count == 2)
        #expect(
            charges[0].contains(
                "BilledCost | 10 | lineItem/LineItemType 'SavingsPlanRecurringFee' | lineItem/UnblendedCost '10' | the cost of the line"))
        #expect(
            charges[0].contains("ChargeCategory | Purchase | lineItem/LineItemType 'SavingsPlanRecurringFee' | by the type of the line"))
        #expect(
            charges[1].contains(
                "EffectiveCost | 1.5 | savingsPlan/TotalCommitmentToDate '9' | savingsPlan/UsedCommitment '7.5' | the commitment less what was used of it"
            ))
        #expect(charges[1].contains("RegionId | – | the product's region"))
        // A negation is no charge, and there is no fourth line.
        #expect(lines(at: 3, of: "cur.csv") == [] && lines(at: 4, of: "cur.csv") == [])
    }

    @Test("a row in FOCUS shows its own columns, and what the file lacks")
    func focus() throws {
        try bill.folder.write("focus.csv", BillFolder.header + BillFolder.row(effective: "7"))
        let charge = try #require(lines(at: 2, of: "focus.csv").first)
        #expect(charge.contains("EffectiveCost | 7 | EffectiveCost '7'"))
        #expect(charge.contains("ChargePeriodStart | 2026-10-31 | ChargePeriodStart '2026-10-31' | its day in UTC"))
        #expect(charge.contains("SkuId | – | the file has no such column"))
    }

    @Test("a row shows all of its tags, as the file spells their keys")
    func tags() throws {
        func tags(_ file: String) -> [String] { lines(at: 2, of: file).first?.filter { $0.hasPrefix("Tags[") } ?? [] }
        try bill.folder.write("focus.csv", BillFolder.header + BillFolder.row(tags: #"{"team":"a","env":"","n":null,"k":7}"#))
        #expect(tags("focus.csv") == ["Tags[env] | ", "Tags[k] | 7", "Tags[team] | a"])
        let tagged = Self.columns + ["resourceTags/user:team", "resourceTags/aws:createdBy", "resourceTags/user:none"]
        let line = Self.line("Usage", "1").merging(["resourceTags/user:team": "b", "resourceTags/aws:createdBy": "me"]) { $1 }
        try bill.write("cur.csv", tagged, [line])
        #expect(tags("cur.csv") == ["Tags[aws:createdBy] | me", "Tags[team] | b"])
        let mapped = Dictionary(
            uniqueKeysWithValues: line.map { ($0.key == "resourceTags/user:team" ? "resource_tags" : $0.key, $0.value) }
        )
        .merging(["resource_tags": #"{"user_cost_center":"c"}"#]) { $1 }
        try bill.write("cur2.csv", Self.columns + ["resource_tags"], [mapped])
        #expect(tags("cur2.csv") == ["Tags[user_cost_center] | c"])
    }

    @Test("files are listed with what became of them: used, of an older run, copies, and none that can be read")
    func deliveries() throws {
        try bill.write("r/2026/a/c-00001.csv", Self.columns, [Self.line("Usage", "1")])
        try bill.write("r/2026/b/c-00001.csv", Self.columns, [Self.line("Usage", "2")])
        try bill.folder.write("r/2026/c-Manifest.json", #"{"reportKeys": ["r/2026/b/c-00001.csv"]}"#)
        try bill.write("s/copy.csv", Self.columns, [Self.line("Usage", "2")])
        try bill.folder.write("s/odd.csv", "a,b\n1,2\n")
        let (files, _) = bill.reader("r", "s").deliveries()
        #expect(
            files.map { "\($0.file) \($0.status.rawValue) \($0.months.map(\.description)) \($0.rows)" } == [
                "r/2026/a/c-00001.csv superseded [] 0", "r/2026/b/c-00001.csv used [\"2026-10\"] 1", "s/copy.csv copy [] 0",
                "s/odd.csv unreadable [] 0",
            ])
        #expect(files[1].format == "AWS's Cost and Usage Report")
        #expect(files[0].reason?.hasPrefix("c-Manifest.json above it names the files of b") == true)
        #expect(files[2].reason == "holds the same as r/2026/b/c-00001.csv")
    }
}
