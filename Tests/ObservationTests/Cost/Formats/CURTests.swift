import CostModel
import Testing

@testable import Observation

@Suite("AWS's Cost and Usage Reports")
struct CURTests {
    private let bill: FormatFolder

    init() throws { bill = try FormatFolder() }

    private static let columns = [
        "bill/BillingPeriodStartDate", "bill/PayerAccountId", "lineItem/UsageAccountId", "lineItem/LineItemType", "lineItem/UsageStartDate",
        "lineItem/UsageEndDate", "lineItem/ProductCode", "lineItem/UsageType", "lineItem/Operation", "lineItem/ResourceId",
        "lineItem/UsageAmount", "lineItem/CurrencyCode", "lineItem/UnblendedCost", "lineItem/NetUnblendedCost",
        "lineItem/LineItemDescription", "product/ProductName", "product/region", "product/sku", "pricing/publicOnDemandCost",
        "pricing/unit",
        "reservation/EffectiveCost", "reservation/NetEffectiveCost", "reservation/ReservationARN",
        "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod", "reservation/UnusedRecurringFee", "savingsPlan/SavingsPlanARN",
        "savingsPlan/SavingsPlanEffectiveCost", "savingsPlan/TotalCommitmentToDate", "savingsPlan/UsedCommitment", "resourceTags/user:team",
    ]

    private static func line(_ type: String, _ cost: String, _ more: [String: String] = [:]) -> [String: String] {
        [
            "bill/BillingPeriodStartDate": "2026-10-01T00:00:00Z", "lineItem/UsageAccountId": "111111111111", "lineItem/LineItemType": type,
            "lineItem/UsageStartDate": "2026-10-31T00:00:00Z", "lineItem/UsageEndDate": "2026-10-31T01:00:00Z",
            "lineItem/ProductCode": "AmazonEC2", "lineItem/CurrencyCode": "USD", "lineItem/UnblendedCost": cost,
            "product/ProductName": "Amazon Elastic Compute Cloud", "product/region": "eu-west-1", "pricing/publicOnDemandCost": cost,
        ].merging(more) { $1 }
    }

    /// Without the columns of net costs, which accounts without discounts do not have.
    private static let plain = columns.filter { !$0.contains("/Net") }

    private func costs(_ rows: [[String: String]], _ columns: [String] = plain) throws -> [String] {
        try bill.write("cur.csv", columns, rows)
        return [CostBasis.billed, .effective, .list, .contracted].map {
            bill.lines("cur.csv", cost: $0).first { !$0.contains("empty-bill") } ?? "–"
        }
    }

    @Test(
        "cost what AWS's queries for amortised cost say, by the type of the line",
        arguments: [
            ("Usage", [:], ["10", "10", "12", "10"]), ("Tax", [:], ["10", "10", "10", "10"]), ("Credit", [:], ["10", "10", "10", "10"]),
            ("Refund", [:], ["10", "10", "10", "10"]),
            (
                "SavingsPlanCoveredUsage", ["savingsPlan/SavingsPlanEffectiveCost": "7"], ["0", "7", "12", "12"]
            ),
            ("SavingsPlanNegation", [:], ["–", "–", "–", "–"]), ("SavingsPlanUpfrontFee", [:], ["10", "0", "10", "10"]),
            (
                "SavingsPlanRecurringFee", ["savingsPlan/TotalCommitmentToDate": "9", "savingsPlan/UsedCommitment": "7.5"],
                ["10", "1.5", "10", "10"]
            ),
            ("DiscountedUsage", ["reservation/EffectiveCost": "6"], ["10", "6", "12", "12"]),
            (
                "RIFee", ["reservation/UnusedAmortizedUpfrontFeeForBillingPeriod": "1", "reservation/UnusedRecurringFee": "2"],
                ["10", "3", "10", "10"]
            ),
            ("Fee", ["reservation/ReservationARN": "arn:ri"], ["10", "0", "10", "10"]), ("Fee", [:], ["10", "10", "10", "10"]),
            (
                "Refund", ["lineItem/LineItemDescription": "Refund for one-time fee for Savings Plan ID 1"], ["10", "0", "10", "10"]
            ), ("EdpDiscount", [:], ["10", "10", "0", "10"]),
        ] as [(String, [String: String], [String])])
    func types(type: String, more: [String: String], expected: [String]) throws {
        #expect(try costs([Self.line(type, "10", more.merging(["pricing/publicOnDemandCost": "12"]) { $1 })]) == expected)
    }

    @Test("are net of discounts where the report has that column, and the lines of discounts are zero then")
    func net() throws {
        let rows = [
            Self.line("Usage", "10", ["lineItem/NetUnblendedCost": "9"]), Self.line("EdpDiscount", "-1", ["lineItem/NetUnblendedCost": ""]),
            Self.line("DiscountedUsage", "0", ["reservation/EffectiveCost": "6", "reservation/NetEffectiveCost": "5"]),
        ]
        #expect(try costs(rows, Self.columns).prefix(2) == ["9", "14"])
    }

    @Test("know no effective cost of commitments without the columns for it, and no month is judged by half of it")
    func withoutAmortisation() throws {
        let columns = Self.plain.filter { !$0.hasPrefix("savingsPlan/") && !$0.hasPrefix("reservation/") }
        try bill.write("cur.csv", columns, [Self.line("Usage", "10"), Self.line("SavingsPlanCoveredUsage", "5")])
        #expect(
            bill.lines("cur.csv") == [
                "10",
                "cur.csv:3:36: partial bad-row: lineItem/LineItemType: the report does not say what a line 'SavingsPlanCoveredUsage' costs "
                    + "effectively: it lacks the columns for it",
            ])
        #expect(bill.lines("cur.csv", cost: .billed).first == "10")
    }

    @Test("belong to accounts, services, regions, resources and tags; fees to the plan that they are for")
    func attributes() throws {
        try bill.write(
            "cur.csv", Self.columns,
            [
                Self.line("Usage", "1", ["lineItem/ResourceId": "i-1", "resourceTags/user:team": "web", "product/sku": "S1"]),
                Self.line("SavingsPlanUpfrontFee", "2", ["savingsPlan/SavingsPlanARN": "arn:sp", "product/ProductName": ""]),
            ])
        #expect(bill.lines("cur.csv", by: [.resource], cost: .billed) == ["arn:sp 2", "i-1 1"])
        #expect(bill.lines("cur.csv", by: [.tag("team"), .sku], cost: .billed) == ["– – 2", "web S1 1"])
        #expect(
            bill.lines("cur.csv", by: [.provider, .service, .region, .account], cost: .billed) == [
                "AWS AmazonEC2 eu-west-1 111111111111 2", "AWS Amazon Elastic Compute Cloud eu-west-1 111111111111 1",
            ])
    }

    @Test("of version 2.0 have maps of tags and products, and split a machine's cost without adding it again")
    func mapped() throws {
        let columns = [
            "bill_billing_period_start_date", "line_item_usage_account_id", "line_item_line_item_type", "line_item_usage_start_date",
            "line_item_unblended_cost", "line_item_currency_code", "line_item_operation", "product", "resource_tags",
            "split_line_item_parent_resource_id",
        ]
        func line(_ cost: String, _ tags: String, operation: String = "", parent: String = "") -> [String: String] {
            [
                "bill_billing_period_start_date": "2026-10-01T00:00:00.000Z", "line_item_usage_account_id": "1",
                "line_item_line_item_type": "Usage", "line_item_usage_start_date": "2026-10-31T00:00:00.000Z",
                "line_item_unblended_cost": cost, "line_item_currency_code": "USD", "line_item_operation": operation,
                "product": #"{"product_name":"EC2","region":"eu-west-1"}"#, "resource_tags": tags,
                "split_line_item_parent_resource_id": parent,
            ]
        }
        try bill.write(
            "cur2.csv", columns,
            [
                line("1", #"{"user_cost_center":"a","aws_createdBy":"me"}"#), line("2", #"{"user_CostCenter":"b"}"#), line("4", ""),
                line("0", "", parent: "i-1"), line("0", "", operation: "ECSTask-EC2"), line("8", "", operation: "EKSPod-EC2"),
            ])
        #expect(
            bill.lines("cur2.csv", by: [.tag("cost-center"), .service, .region]) == [
                "– EC2 eu-west-1 6", "a EC2 eu-west-1 1",
                "cur2.csv: warning split-cost: 1 line of split cost allocation cost something: they are left out, since they split what the "
                    + "bill has already",
            ])
        #expect(bill.lines("cur2.csv", by: [.tag("CostCenter")]).prefix(3) == ["– 4", "b 2", "a 1"])
        #expect(bill.lines("cur2.csv", by: [.tag("aws:createdBy")]).prefix(2) == ["– 6", "me 1"])
        // As the map spells it.
        #expect(bill.lines("cur2.csv", by: [.tag("user_cost_center")]).prefix(2) == ["– 6", "a 1"])
        #expect(bill.lines("cur2.csv", by: [.tag("user_CostCenter"), .tag("cost_center")]).prefix(3) == ["– – 4", "b – 2", "– a 1"])
        #expect(BillReader.format(of: "cur2.csv", directory: bill.folder.path, now: bill.now) == .awsCUR2)
    }

    @Test("whose types of lines are not known count at their cost, and that is said")
    func unknownType() throws {
        try bill.write("cur.csv", Self.plain, [Self.line("Gift", "3")])
        #expect(
            bill.lines("cur.csv") == [
                "3",
                "cur.csv: note unknown-line-item: 1 line is of the type 'Gift', which is not known: counted as usage at the unblended cost",
            ])
    }

    @Test("that are kept are read as the manifest above them says, given the folder")
    func assemblies() throws {
        func manifest(_ key: String) -> String { #"{"assemblyId": "x", "reportKeys": ["\#(key)"]}"# }
        for (assembly, cost) in [("a1", "5"), ("b2", "7")] {
            try bill.write("r/20261001-20261101/\(assembly)/r-00001.csv", Self.plain, [Self.line("Usage", cost)])
            try bill.folder.write(
                "r/20261001-20261101/\(assembly)/r-Manifest.json", manifest("r/20261001-20261101/\(assembly)/r-00001.csv"))
        }
        try bill.folder.write("r/20261001-20261101/r-Manifest.json", manifest("r/20261001-20261101/a1/r-00001.csv"))
        #expect(
            bill.lines("r") == [
                "5",
                "r/20261001-20261101/b2/r-00001.csv: note delivery: r-Manifest.json above it names the files of a1: it is of an older run, and "
                    + "it does not count",
            ])
        #expect(bill.lines("r/20261001-20261101").first == "5")
        // As from a shell, where the folder is relative to the working one.
        let relative = String(repeating: "../", count: 40) + bill.folder.path.drop { $0 == "/" }
        let (breakdown, _) = BillReader(files: ["r"], directory: relative, now: bill.now).breakdown(by: [], currency: nil)
        #expect(BillFolder.lines(breakdown) == ["5"])
    }

    @Test("lack what no line can be read without")
    func missing() throws {
        try bill.write("cur.csv", Self.plain.filter { $0 != "lineItem/UnblendedCost" }, [Self.line("Usage", "3")])
        #expect(
            bill.lines("cur.csv") == [
                "cur.csv:1: partial missing-column: the column 'lineItem/UnblendedCost' of AWS's Cost and Usage Report is missing"
            ])
    }
}
