import CostModel
import Evaluation
import Testing

@Suite("unit costs")
struct UnitCostTests {
    private let metric = UnitMetric(name: "orders", place: Place(file: "m.yaml", line: 1), unit: "order", paths: [])

    private func costs(
        _ bill: BillMaker, _ counts: [(day: String, key: String, value: Int)], byTeam: Bool = false, by unit: Showback.Unit? = .month
    ) -> UnitCosts {
        var orders = UnitCounts()
        for (day, key, value) in counts {
            let isNew = orders.add(FixedDecimal(value), key, on: Day(day)!)
            #expect(isNew)
        }
        return PolicyEvaluator.unitCosts(
            of: metric, orders,
            policies: PolicySet(
                workspace: Workspace(
                    name: "acme", place: Place(file: "bursar.yaml", line: 1), currency: .usd, policyPaths: [],
                    scoring: ScoringSettings(materiality: Money(FixedDecimal(1000), .usd))),
                teams: [team("payments"), team("search")]),
            state: ObservedState(
                resources: [], cost: bill.table, utilization: UtilizationTable(), catalog: InstanceCatalog(source: "none", entries: [])),
            now: Instant("2026-11-02T00:00:00Z")!, byTeam: byTeam, days: nil, unit: unit)
    }

    private func rows(_ costs: UnitCosts) -> [String] {
        costs.rows.map { row in
            [row.team, row.time, "\(row.cost)/\(row.count)", row.unitCost?.description ?? "none", "\(row.days) of \(row.daysInAll)"]
                .compactMap(\.self).joined(separator: " ")
        }
    }

    @Test("leave a day out that the metric lacks, and the bill of a day that goes on")
    func days() {
        var bill = BillMaker()
        for (day, cost) in [("2026-09-29", "10"), ("2026-09-30", "30"), ("2026-10-01", "21"), ("2026-10-02", "500"), ("2026-11-02", "9")] {
            bill.charge(day, cost, account: "account-search")
        }
        let costs = costs(
            bill, [("2026-09-29", "", 4), ("2026-09-30", "", 1), ("2026-10-01", "a", 2), ("2026-10-01", "b", 1), ("2026-11-02", "", 1)])
        #expect(rows(costs) == ["2026-09 40/5 8 2 of 2", "2026-10 21/3 7 1 of 31", "2026-11 0/0 none 0 of 1"])
        #expect(costs.change(at: 1) == -0.125)
        #expect(costs.change(at: 0) == nil && costs.change(at: 2) == nil)
    }

    @Test("are of each team's own spend and the key of its name; one that counted nothing has none")
    func teams() {
        var bill = BillMaker()
        bill.charge("2026-10-31", "10", account: "account-search")
        bill.charge("2026-10-31", "7", account: "account-payments")
        bill.charge("2026-10-31", "99", account: "shared")
        #expect(
            rows(costs(bill, [("2026-10-31", "search", 3), ("2026-10-31", "others", 5)], byTeam: true, by: nil)) == [
                "search 10/3 3.333333333333333333 1 of 1"
            ])
    }
}
