import CostModel
import Reporting
import Store
import TestSupport
import Testing

@testable import Reconciliation

@Suite("what a run leaves for a server")
struct KeptLoopTests {
    private func kept(_ loop: LocalLoop) throws -> KeptEvaluation {
        let text = try #require(try loop.ledger.value(KeptEvaluation.key))
        return try #require(KeptEvaluation(text: text))
    }

    private static let more = """
        kind: Budget
        metadata: {name: queues}
        spec: {scope: {team: payments}, period: monthly, amount: 60 USD}
        ---
        kind: Campaign
        metadata: {name: sprint}
        spec: {policies: [cost-allocation], goal: {fixed: 80%}, from: 2026-10-01, to: 2026-11-30}
        ---
        kind: Team
        metadata: {name: shy}
        spec: {game: false}

        """

    @Test("is how budgets stand, this month, which campaigns there are and who plays; and who names whom")
    func everything() throws {
        let estate = try SmallEstate()
        try estate.repository.write(Self.more, to: "policies/more.yaml")
        try estate.repository.write(
            SmallEstate.queue
                + "resource \"aws_sqs_queue_policy\" \"jobs\" {\n  queue_url = aws_sqs_queue.jobs.url\n  policy = \"{}\"\n}\n",
            to: "infra/app/main.tf")
        try estate.repository.commit("more")
        let loop = try LocalLoop(estate)
        try loop.run()
        let kept = try kept(loop)
        let head = try estate.repository.git(["rev-parse", "HEAD"]).prefix(40)
        #expect(kept.evaluatedAt == loop.now && kept.revision == head)
        #expect(kept.budgets.map(\.status.name) == ["queues"] && kept.budgets[0].team == "payments")
        #expect(kept.budgets[0].status.amount == Money(FixedDecimal(60), .usd) && kept.budgets[0].status.known != nil)
        #expect(kept.overview?.total.current == Money(FixedDecimal(42), .usd))
        #expect(kept.campaigns.map(\.name) == ["sprint"] && kept.players == ["payments"])
        #expect(kept.simulations == [] && kept.anomalies == [])
        let graph = try #require(try loop.ledger.value(ResourceGraph.key).flatMap { ResourceGraph(text: $0) })
        #expect(graph.references.count == 1 && graph.blocks.map(\.identity.address) == ["aws_sqs_queue.jobs", "aws_sqs_queue_policy.jobs"])
    }

    @Test("is replaced by the next run, and without a bill says that nothing is known of money")
    func noBill() throws {
        let estate = try SmallEstate()
        let loop = try LocalLoop(estate)
        try loop.run()
        #expect(try kept(loop).overview != nil)
        try estate.repository.write("", to: "observed/bill.csv")
        loop.advance(.hours(24))
        try loop.run()
        let later = try kept(loop)
        #expect(later.overview == nil && later.evaluatedAt == loop.now)
    }
}
