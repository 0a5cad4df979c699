import CostModel
import Testing

@testable import Observation

@Suite("breakdowns of a bill")
struct BreakdownTests {
    private func bill() throws -> BillFolder {
        let bill = try BillFolder()
        try bill.write(
            "a.csv",
            BillFolder.row(
                billed: "8", effective: "1", period: "2026-10-01", day: "2026-09-30", account: "1", tags: #"{"team": "pay", "env": null}"#),
            BillFolder.row(
                billed: "4", effective: "2", day: "2026-10-01", region: "NULL", account: "2",
                tags: #"{"team": "", "nested": {"team": ["x}"]}}"#),
            BillFolder.row(
                billed: "2", effective: "4", service: "\"S\"\"3\"", account: "", resource: "i-2", tags: #"{"te\u0061m":"pay","env":7}"#),
            BillFolder.row(billed: "1", effective: "8", category: "Tax", tags: ""))
        return bill
    }

    @Test(
        "group by what is asked for: days forward, else the largest first",
        arguments: [
            ([], ["15"]), (["service"], ["EC2 11", "S\"3 4"]), (["region"], ["us-east-1 13", "– 2"]),
            (["account"], ["1 9", "– 4", "2 2"]), (["day"], ["2026-09-30 1", "2026-10-01 2", "2026-10-31 12"]),
            (["month"], ["2026-09 1", "2026-10 14"]), (["resource"], ["i-1 11", "i-2 4"]),
            (["tag:team"], ["– 8", "pay 5", " 2"]), (["tag:env"], ["– 11", "7 4"]), (["tag:other"], ["– 15"]),
            (["service", "month"], ["EC2 2026-09 1", "EC2 2026-10 10", "S\"3 2026-10 4"]),
        ] as [([String], [String])])
    func groups(by: [String], expected: [String]) throws {
        let bill = try bill()
        #expect(bill.lines([bill.source(["a.csv"])], by: by.compactMap { CostBreakdown.Dimension($0) }) == expected)
    }

    @Test("billed cost goes by billing period, the others by charge period")
    func periods() throws {
        let bill = try bill()
        let source = [bill.source(["a.csv"])]
        let october = Month(year: 2026, month: 10).days
        #expect(bill.lines(source, by: [.month], cost: .billed) == ["2026-10 15"])
        #expect(bill.lines(source, cost: .billed, period: october) == ["15"])
        #expect(bill.lines(source, cost: .effective, period: october) == ["14"])
        #expect(bill.lines(source, cost: .list, period: october) == ["3"])
    }

    @Test("teams are asked for once for each combination")
    func teams() throws {
        let bill = try BillFolder()
        try bill.write(
            "a.csv", String(repeating: BillFolder.row(tags: #"{"team": "pay", "x": "1"}"#), count: 5),
            String(repeating: BillFolder.row(account: "2", tags: #"{"x": "2"}"#), count: 3), BillFolder.row(account: "3"))
        var asked: [String] = []
        let (breakdown, _) = BillReader(files: ["a.csv"], directory: bill.folder.path, now: bill.now).breakdown(
            by: [.team], currency: .usd, ownerTagKeys: ["team"]
        ) { account, tags, resource in
            asked.append("\(account) \(tags) \(resource)")
            return tags["team"] ?? (account == "2" ? "search" : nil)
        }
        #expect(BillFolder.lines(breakdown) == ["pay 5", "search 3", "– 1"])
        #expect(asked == [#"1 ["team": "pay"] i-1"#, "2 [:] i-1", "3 [:] i-1"])
    }

    @Test("the instance type comes from the SKU's details, else from an export's own column")
    func instanceTypes() throws {
        let bill = try BillFolder()
        let header = "BilledCost,EffectiveCost,BillingPeriodStart,ChargePeriodStart,ChargeCategory,SkuPriceDetails,x_InstanceType\n"
        try bill.folder.write(
            "a.csv",
            header + "1,1,2026-10-01,2026-10-31,Usage,\"{\"\"InstanceType\"\":\"\"m5.large\"\"}\",x\n"
                + "1,2,2026-10-01,2026-10-31,Usage,{},m5.xlarge\n"
                + "1,4,2026-10-01,2026-10-31,Usage,NULL,\n")
        let (breakdown, _) = BillReader(files: ["a.csv"], directory: bill.folder.path, now: bill.now)
            .breakdown(by: [.instanceType], currency: .usd)
        #expect(BillFolder.lines(breakdown) == ["– 4", "m5.xlarge 2", "m5.large 1"])
    }

    @Test("dimensions are read as they are written, and nothing else is")
    func dimensions() {
        for text in ["team", "service", "region", "account", "provider", "day", "month", "resource", "sku", "instance-type", "tag:a:b"] {
            #expect(CostBreakdown.Dimension(text)?.description == text)
        }
        for text in ["", "tag:", "Team", "tag"] { #expect(CostBreakdown.Dimension(text) == nil) }
    }
}
