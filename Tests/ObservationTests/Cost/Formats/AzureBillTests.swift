import CostModel
import Testing

@testable import Observation

@Suite("Azure's cost details")
struct AzureBillTests {
    private let bill: FormatFolder

    init() throws { bill = try FormatFolder() }

    private static let columns = [
        "SubscriptionId", "ResourceLocation", "Date", "ProductName", "MeterCategory", "UnitOfMeasure", "Quantity", "CostInBillingCurrency",
        "ConsumedService", "ResourceId", "Tags", "UnitPrice", "PublisherType", "PublisherName", "ChargeType", "Frequency", "PricingModel",
        "BillingCurrencyCode", "BillingPeriodStartDate", "BillingPeriodEndDate",
    ]

    private static func row(_ cost: String, _ more: [String: String] = [:]) -> [String: String] {
        [
            "SubscriptionId": "AB-1", "ResourceLocation": "EU West", "Date": "10/31/2026", "MeterCategory": "Virtual Machines",
            "UnitOfMeasure": "1 Hour", "Quantity": "2", "CostInBillingCurrency": cost, "ConsumedService": "Microsoft.Compute",
            "ResourceId": "/subscriptions/AB-1/resourceGroups/RG/providers/Microsoft.Compute/virtualMachines/Web",
            "ChargeType": "Usage", "PricingModel": "OnDemand", "BillingCurrencyCode": "EUR", "BillingPeriodStartDate": "10/01/2026",
        ].merging(more) { $1 }
    }

    private static let reserved = ["PricingModel": "Reservation"]
    private static let bought = ["PricingModel": "Reservation", "ChargeType": "Purchase"]
    private static let unused = ["PricingModel": "Reservation", "ChargeType": "UnusedReservation"]

    private func writeBoth() throws {
        try bill.write("a/actual.csv", Self.columns, [Self.row("5"), Self.row("0", Self.reserved), Self.row("100", Self.bought)])
        try bill.write("a/amortized.csv", Self.columns, [Self.row("5"), Self.row("3", Self.reserved), Self.row("1", Self.unused)])
    }

    @Test("are billed by the actual dataset and cost effectively what the amortised one says: both together are one bill")
    func both() throws {
        try writeBoth()
        #expect(bill.lines("a", cost: .billed) == ["105"])
        #expect(bill.lines("a") == ["9"])
        let observed = bill.reader("a").bill(currency: Currency("EUR")!, tagKeys: [], bases: [.effective, .billed])
        #expect(observed.problems.filter { $0.severity == .partial } == [])
        #expect(observed.bases.isSuperset(of: [.effective, .billed]))
        #expect(!observed.bases.contains(.list))
    }

    @Test("are two datasets also where no commitment makes a difference and both files are the same, and copies of either count once")
    func alike() throws {
        for name in ["a/actual.csv", "a/amortized.csv", "b/actual.csv", "b/amortized.csv"] {
            try bill.write(name, Self.columns, [Self.row("5")])
        }
        for folders in [["a"], ["a", "b"]] {
            let reader = BillReader(files: folders, directory: bill.folder.path, now: bill.now)
            for cost in [CostBasis.billed, .effective] {
                let (breakdown, problems) = reader.breakdown(by: [], cost: cost, currency: nil)
                #expect(BillFolder.lines(breakdown) == ["5"])
                #expect(problems.filter { $0.severity == .partial } == [])
            }
        }
        // What is no bill of Azure's is a copy, whatever its folder is called.
        for name in ["c/actual/f.csv", "c/amortized/f.csv"] { try bill.folder.write(name, BillFolder.header + BillFolder.row()) }
        #expect(bill.lines("c").first == "1")
    }

    @Test("of one dataset beside another provider's bill do not tell the other cost either")
    func besideOthers() throws {
        try writeBoth()
        try bill.folder.write("focus.csv", BillFolder.header + BillFolder.row(currency: "EUR"))
        let reader = bill.reader("a/actual.csv", "focus.csv")
        let problems = reader.breakdown(by: [], cost: .effective, currency: nil).problems.filter { $0.severity == .partial }
        #expect(
            problems.map(\.message) == [
                "the bill 'bill' does not say, in Azure's cost details, what was effective cost in 2026-10: Azure's actual dataset states billed cost, "
                    + "its amortised dataset effective cost, and neither list cost: export both datasets"
            ])
        #expect(BillFolder.lines(reader.breakdown(by: [], cost: .billed, currency: nil).breakdown) == ["106"])
    }

    @Test("of one dataset alone do not tell the other cost")
    func alone() throws {
        try writeBoth()
        let unknown =
            "partial unstated-cost: the bill 'bill' does not say what was effective cost in 2026-10: Azure's actual dataset states billed cost, "
            + "its amortised dataset effective cost, and neither list cost: export both datasets"
        #expect(bill.lines("a/actual.csv") == ["a/actual.csv: \(unknown)"])
        #expect(bill.lines("a/actual.csv", cost: .billed) == ["105"])
        #expect(bill.lines("a/amortized.csv") == ["9"])
        #expect(bill.lines("a/amortized.csv", cost: .billed).count == 1)
        #expect(bill.lines("a", cost: .list).count == 1)
    }

    @Test("whose dataset nothing names are told apart by their rows, and are partial where commitments make a difference")
    func unnamed() throws {
        try bill.write("b.csv", Self.columns, [Self.row("5")])
        #expect(bill.lines("b.csv", cost: .billed).first == "5")
        #expect(bill.lines("b.csv").last?.contains("note unknown-dataset") == true)
        try bill.write("c.csv", Self.columns, [Self.row("5"), Self.row("3", Self.reserved), Self.row("1", Self.unused)])
        #expect(bill.lines("c.csv").first == "9")
        #expect(bill.lines("c.csv").last?.contains("partial unknown-dataset") == true)
    }

    @Test("belong to services, regions, subscriptions and resources as FOCUS has them")
    func attributes() throws {
        let market = ["PublisherType": "Marketplace", "PublisherName": "Datadog", "ResourceId": "", "ResourceLocation": "Unassigned"]
        let odd = ["ResourceId": "/subscriptions/a/providers/Microsoft.Odd/things/x", "ResourceLocation": "Moon Base"]
        try bill.write("amortized.csv", Self.columns, [Self.row("5"), Self.row("7", market), Self.row("2", odd)])
        #expect(
            bill.lines("amortized.csv", by: [.service, .region, .account]) == [
                "Datadog – /subscriptions/ab-1 7", "Virtual Machines westeurope /subscriptions/ab-1 5",
                "Virtual Machines moonbase /subscriptions/ab-1 2",
                "amortized.csv: note unknown-name: the region of 'Moon Base' is not known: it is taken as it is written",
                "amortized.csv: note unknown-name: the service of resources of the type 'microsoft.odd/things' is not known: their meter's "
                    + "category is taken",
            ])
        #expect(
            bill.lines("amortized.csv", by: [.resource])[1]
                == "/subscriptions/ab-1/resourcegroups/rg/providers/microsoft.compute/virtualmachines/web 5")
    }

    @Test(
        "have tags without braces, dates with the month first, and headers in any case or language",
        arguments: [
            ["Date": "date", "CostInBillingCurrency": "costInBillingCurrency", "Tags": "tags"],
            [
                "Date": "Datum (Date)", "CostInBillingCurrency": "Kosten in Abrechnungswährung (CostInBillingCurrency)",
                "Tags": "Tags (Tags)",
            ],
            ["CostInBillingCurrency": "PreTaxCost", "Date": "UsageDateTime"],
        ])
    func spellings(names: [String: String]) throws {
        let columns = Self.columns.map { names[$0] ?? $0 }
        func row(_ cost: String, _ tags: String) -> [String: String] {
            Dictionary(uniqueKeysWithValues: Self.row(cost, ["Tags": tags]).map { (names[$0.key] ?? $0.key, $0.value) })
        }
        try bill.write(
            "amortized.csv", columns, [row("1", #""team": "web","env": "a, b""#), row("2", #"{"team":"data"}"#), row("4", "team=x")])
        let lines = bill.lines("amortized.csv", by: [.tag("team"), .day])
        #expect(lines.prefix(3) == ["– 2026-10-31 4", "data 2026-10-31 2", "web 2026-10-31 1"])
        #expect(lines.last?.contains("partial unreadable-field") == true)
    }

    @Test(
        "count blocks of a unit",
        arguments: [("10K", 10_000, "Units"), ("100 Hours", 100, "Hours"), ("1 GB/Month", 1, "GB/Month"), ("1 Hour", 1, "Hours")])
    func blocks(unit: String, size: Int, name: String) {
        let block = AzureRow.block(unit)
        #expect(block.size == Int128(size) && block.name == name)
    }

    @Test("are read of the newest run of each period, and every row of it, as the manifests say")
    func runs() throws {
        func manifest(_ run: String, _ submitted: String, rows: Int) -> String {
            #"""
            {"exportConfig": {"exportName": "x", "type": "AmortizedCost"}, "runInfo": {"submittedTime": "\#(submitted)", "startDate": "2026-10-01"},
             "blobs": [{"blobName": "x/20261001-20261031/\#(run)/part_0_0001.csv", "dataRowCount": \#(rows)}]}
            """#
        }
        for (run, cost, submitted) in [("b", "5", "2026-10-30T00:00:00Z"), ("a", "7", "2026-10-31T00:00:00Z")] {
            try bill.write("x/20261001-20261031/\(run)/part_0_0001.csv", Self.columns, [Self.row(cost)])
            try bill.folder.write("x/20261001-20261031/\(run)/manifest.json", manifest(run, submitted, rows: 1))
        }
        #expect(
            bill.lines("x") == [
                "7",
                "x/20261001-20261031/b/part_0_0001.csv: note delivery: the run of 2026-10-31T00:00:00Z replaces the one of 2026-10-30T00:00:00Z "
                    + "that wrote it, and it does not count",
            ])
        try bill.folder.write("x/20261001-20261031/a/manifest.json", manifest("a", "2026-10-31T00:00:00Z", rows: 2))
        #expect(
            bill.lines("x").contains(
                "x/20261001-20261031/a/part_0_0001.csv: partial row-count: the manifest counts 2 rows, and there are 1"))
    }

    @Test(
        "whose manifest contradicts itself are not whole",
        arguments: [
            (#""blobCount": 2, "dataRowCount": 1"#, "counts 2 files and names 1"),
            (#""blobCount": 1, "dataRowCount": 9"#, "counts 9 rows, and 1 in the files that it names"),
            (#""blobCount": 1, "dataRowCount": 1"#, nil),
        ] as [(String, String?)])
    func contradictions(totals: String, message: String?) throws {
        try bill.write("x/r/part_0_0001.csv", Self.columns, [Self.row("5")])
        try bill.folder.write(
            "x/r/manifest.json",
            #"{"exportConfig": {"type": "AmortizedCost"}, \#(totals), "blobs": [{"blobName": "x/r/part_0_0001.csv", "dataRowCount": 1}]}"#)
        let gap = message.map { "x/r/part_0_0001.csv: partial delivery: the delivery is not whole: manifest.json \($0)" }
        #expect(bill.lines("x") == ["5"] + [gap].compactMap(\.self))
    }
}
