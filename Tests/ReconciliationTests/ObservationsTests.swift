import CostModel
import Foundation
import Reconciliation
import TestSupport
import Testing

@Suite("observations that are shared")
struct ObservationsTests {
    @Test("are read once: a second pass needs no bill")
    func once() throws {
        let estate = try SmallEstate()
        let first = try estate.evaluate()
        try FileManager.default.removeItem(atPath: estate.path + "/observed/bill.csv")
        let second = try EvaluatedWorkspace(try estate.open(), now: SmallEstate.now, observations: first.observations)
        #expect(second.evaluation.findings == first.evaluation.findings)
        #expect(second.observed == first.observed)
        #expect(try estate.evaluate().observed.isPartial)
    }

    @Test("hold what the policies of both trees ask for, from the sources of the first")
    func union() throws {
        let estate = try SmallEstate()
        let budget = "kind: Budget\nmetadata: {name: tight}\nspec:\n  scope: {tags: {team: payments}}\n  amount: 40 USD\n"
        try estate.repository.write(budget.replacing("team: payments", "product: ledger"), to: "policies/budget.yaml")
        try estate.repository.write(SmallEstate.workspace(bill: "observed/none.csv"), to: "bursar.yaml")
        let base = try estate.open(.revision("HEAD"))
        let head = try estate.open()
        let observations = Observations.read(for: [base.policies, head.policies], directory: head.folder, now: SmallEstate.now)
        let judged = try EvaluatedWorkspace(head, now: SmallEstate.now, observations: observations)
        #expect(!judged.observed.isPartial)
        #expect(judged.observed.cost.rowCount == 40)
        #expect(judged.evaluation.budgets.map(\.name) == ["tight", "tight"])
        let alone = try EvaluatedWorkspace(base, now: SmallEstate.now).evaluation
        #expect(try EvaluatedWorkspace(base, now: SmallEstate.now, observations: observations).evaluation.findings == alone.findings)
    }

    @Test("hold the days of the resources that are asked for")
    func usage() throws {
        let estate = try SmallEstate()
        let opened = try estate.open()
        let queue = "arn:aws:sqs:us-east-1:111122223333:jobs"
        let observations = Observations.read(
            for: [opened.policies], directory: opened.folder, now: SmallEstate.now, usageOf: [queue, "unheard-of"])
        #expect(observations.usage.series.mapValues(\.count) == [queue: 40])
        #expect(observations.usage.covered == SmallEstate.now.day.advanced(by: -40)...SmallEstate.now.day.advanced(by: -1))
        #expect(try estate.evaluate().observations.usage == BilledUsage())
    }
}
