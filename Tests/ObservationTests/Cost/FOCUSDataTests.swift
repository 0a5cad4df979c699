import CostModel
import Testing

@testable import Observation

/// FOCUS's own data. The expected sums were computed apart, with Python's `decimal`.
@Suite("FOCUS's own data", .enabled(if: Shared.exists, "../shared is not there"))
struct FOCUSDataTests {
    private let now = Day(year: 2026, month: 11, day: 1).start

    private func breakdown(_ file: String, by dimensions: [CostBreakdown.Dimension], cost: CostBasis) -> CostBreakdown {
        let (breakdown, problems) = BillReader(files: ["data/focus/" + file], directory: Shared.path, now: now)
            .breakdown(by: dimensions, cost: cost, currency: nil)
        #expect(problems.filter { $0.severity == .partial } == [])
        return breakdown
    }

    @Test("the official sample adds up exactly")
    func sample() {
        #expect(BillFolder.lines(breakdown("focus_sample.csv", by: [.month], cost: .billed)) == ["2024-09 20.28022672899", "2024-10 0.24"])
        #expect(BillFolder.lines(breakdown("focus_sample.csv", by: [.month], cost: .effective)) == ["2024-09 14.97651418586"])
        #expect(BillFolder.lines(breakdown("focus_sample.csv", by: [], cost: .list)) == ["20.39090575119"])
        #expect(
            BillFolder.lines(breakdown("focus_sample.csv", by: [.provider], cost: .effective)) == [
                "AWS 13", "Microsoft 1.97651418586", "Oracle 0",
            ])
        let services = BillFolder.lines(breakdown("focus_sample.csv", by: [.service], cost: .billed))
        #expect(services.count == 33)
        for line in [
            "Amazon Elastic Compute Cloud 16.0416930505", "Azure Kubernetes Service 1.58088",
            "Amazon Relational Database Service 0.7532270852",
            "COMPUTE 0.536", "Azure DB for MySQL 0.37096774194", "Red Hat OpenShift Service on AWS 0.342",
        ] {
            #expect(services.contains(line))
        }
        let applications = BillFolder.lines(breakdown("focus_sample.csv", by: [.tag("application")], cost: .billed))
        #expect(applications.count == 338)
        #expect(applications.contains("BrightPathMatrix 15.9580993182"))
    }

    @Test(
        "the commitment examples: purchases are billed, use and waste are effective",
        arguments: [
            ("commitment_discount_scenarios/commitment_discount_purchase_scenario_1", 1, "8760", "0"),
            ("commitment_discount_scenarios/commitment_discount_purchase_scenario_2", 3, "3", "0"),
            ("commitment_discount_scenarios/commitment_discount_purchase_scenario_3", 4, "4381.5", "0"),
            ("commitment_discount_scenarios/commitment_discount_usage_scenario_1", 1, "0", "1"),
            ("commitment_discount_scenarios/commitment_discount_usage_scenario_2", 1, "0", "1"),
            ("commitment_discount_scenarios/commitment_discount_usage_scenario_3", 2, "0", "1"),
            ("commitment_discount_scenarios/commitment_discount_usage_scenario_4", 2, "0.5", "1.5"),
            (
                "commitment_discount_flexibility/one_hundred_percent_utilization_with_commitment_discount_flexibility_with_1_resource", 3,
                "2.75",
                "2.75"
            ),
            (
                "commitment_discount_flexibility/one_hundred_percent_utilization_with_commitment_discount_flexibility_with_2_resources", 3,
                "2",
                "2"
            ),
            ("commitment_discount_flexibility/one_hundred_percent_utilization_without_commitment_discount_flexibility", 2, "1.5", "1.5"),
            ("commitment_discount_flexibility/zero_percent_utilization_without_commitment_discount_flexibility", 3, "3.5", "3.5"),
        ])
    func commitments(name: String, rows: Int, billed: String, effective: String) {
        let file = "spec_examples/\(name).csv"
        #expect(BillFolder.lines(breakdown(file, by: [], cost: .billed)) == [billed])
        let effectiveCost = breakdown(file, by: [], cost: .effective)
        #expect(BillFolder.lines(effectiveCost) == [effective])
        #expect(effectiveCost.rowCount == rows)
    }

    @Test("unused commitment is charged to the commitment's own resource")
    func unused() {
        let lines = BillFolder.lines(
            breakdown(
                "spec_examples/commitment_discount_scenarios/commitment_discount_usage_scenario_3.csv", by: [.resource], cost: .effective))
        #expect(lines == ["<my-resource-id> 0.75", "<my-commitment-discount-id> 0.25"])
    }
}
