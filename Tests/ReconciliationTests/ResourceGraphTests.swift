import CostModel
import Reporting
import TestSupport
import Testing

@testable import Reconciliation

@Suite("who names whom in the code")
struct ResourceGraphTests {
    private static let machine = """

        resource "aws_instance" "web" {
          count         = 2
          instance_type = "m5.large"
        }
        data "aws_instance" "seen" { instance_id = aws_instance.web[0].id }
        locals { first = aws_instance.web[0].id }
        resource "aws_eip" "web" { instance = local.first }

        """

    private func graph() throws -> ResourceGraph {
        let estate = try SmallEstate()
        try estate.repository.write(
            SmallEstate.queue + Self.machine + "module \"mail\" {\n  source = \"../../modules/mail\"\n}\n"
                + "resource \"aws_sqs_queue_policy\" \"jobs\" {\n  queue_url = aws_sqs_queue.jobs.id\n}\n", to: "infra/app/main.tf")
        try estate.repository.write(Self.machine, to: "modules/mail/main.tf")
        return try estate.evaluate().references()
    }

    @Test("is by blocks, by way of locals, within each module; no policy has to ask")
    func references() throws {
        let graph = try graph()
        let named = graph.references.map { "\(graph.blocks[$0.from].identity.address) > \(graph.blocks[$0.to].identity.address)" }
        #expect(
            named.sorted() == [
                "aws_eip.web > aws_instance.web", "aws_sqs_queue_policy.jobs > aws_sqs_queue.jobs",
                "module.mail.aws_eip.web > module.mail.aws_instance.web",
            ])
        #expect(graph.blocks.first { $0.identity.address == "aws_instance.web" }?.count == 2)
    }

    @Test("has the money of a month of what is on the bill, and none of what is not")
    func costs() throws {
        let graph = try graph()
        let queue = try #require(graph.blocks.first { $0.identity.address == "aws_sqs_queue.jobs" })
        // 1.50 a day, by a twelfth of a year.
        #expect(queue.monthly?.amount.rounded(to: 3) == "45.625" && queue.billed == 1)
        #expect(graph.blocks.filter { $0.monthly != nil } == [queue])
    }
}
