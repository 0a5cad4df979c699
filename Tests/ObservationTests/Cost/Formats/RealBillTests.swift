import CostModel
import Testing

@testable import Observation

/// Bills that providers wrote. The sums were computed apart, with Python's `decimal`.
@Suite("real bills of providers", .enabled(if: Shared.exists, "../shared is not there"))
struct RealBillTests {
    private static let both: [CostBasis] = [.billed, .effective]

    @Test(
        "add up exactly",
        arguments: [
            ("aws/aws-cur-legacy.csv", both, "1.6823086974"), ("aws/2023-06-01.csv", [.effective], "0.3"),
            ("aws/2023-06-01.csv", [.billed], "0"), ("aws/2023-06-01-not-final.csv", [.effective], "0.3"),
            ("aws/2022-07-01-alt-columns.csv", both, "0"),
            ("azure/EA_ActualCost_Small.csv", [.billed], "8.5450077867419368"),
            ("azure/sample-anonymous-ea-export-dataset.csv", both, "1.26136926505726"),
            ("azure/koku/azure_camelCased.csv", both, "0.00011016"),
            ("azure/koku/costreport_a243c6f2-199f-4074-9a2c-40e671cf1584.csv", both, "0.00011016"),
            ("azure/koku/camel_azure_version_2.csv", both, "0.0000262412"),
            ("azure/opencost_billingexports/headersets/German.csv", both, "0.075"),
            ("azure/opencost_billingexports/headersets/PayAsYouGo.csv", both, "0.075"),
            ("azure/opencost_billingexports/headersets/YA.csv", both, "0.075"),
            ("azure/opencost_billingexports/headersets/EnterpriseCamel.csv", both, "0.012"),
            ("gcp/202011_30c31bca571d9b7f3b2c8459dd8bc34a_2020-11-08_2020-11-11.csv", both, "0"),
            ("gcp/2022-08-01_5.csv", both, "0.000012"),
            ("oci/reports_cost-csv_0000000030000269.csv", both, "2.523589325400648027"),
        ] as [(String, [CostBasis], String)])
    func sums(file: String, costs: [CostBasis], expected: String) {
        for cost in costs {
            let (breakdown, problems) = BillReader(
                files: ["data/bills/" + file], directory: Shared.path, now: Day(year: 2026, month: 11, day: 1).start
            ).breakdown(by: [], cost: cost, currency: nil)
            #expect(BillFolder.lines(breakdown) == [expected], "\(cost)")
            #expect(problems.filter { $0.severity == .partial } == [], "\(cost)")
        }
    }

    @Test("with more digits than can be held are rounded, and that is said")
    func rounded() {
        let (breakdown, problems) = breakdown("azure/EA_AmortizedCost_Small.csv")
        #expect(BillFolder.lines(breakdown).first?.hasPrefix("16.2969321366366446") == true)
        #expect(problems.contains { $0.id == "rounded-amount" })
    }

    /// Its header lacks a comma, and names a column that no row has. The sum has 19 digits: 0.0827499841274349353.
    @Test("whose rows are all shorter than their header add up, and that is said")
    func short() {
        let (breakdown, problems) = breakdown("aws/test_cur.csv")
        #expect(BillFolder.lines(breakdown).first?.hasPrefix("0.08274998412743493") == true)
        #expect(breakdown.rowCount == 19)
        #expect(problems.contains { $0.id == "short-rows" && $0.message.contains("'costCategory/CostCenter' is taken as missing") })
        #expect(problems.filter { $0.severity == .partial } == [])
    }

    private func breakdown(_ file: String) -> (CostBreakdown, [ObservationProblem]) {
        BillReader(files: ["data/bills/" + file], directory: Shared.path, now: Day(year: 2026, month: 11, day: 1).start)
            .breakdown(by: [], currency: nil)
    }
}
