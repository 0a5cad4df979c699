import CostModel
import Reconciliation
import TestSupport
import Testing

@Suite("an exemption by address, of a resource that a change moves")
struct MovedExemptionTests {
    private static let renamed = SmallEstate.queue.replacing("\"jobs\" {", with: "\"work\" {")
    private static let move = "moved {\n  from = aws_sqs_queue.jobs\n  to   = aws_sqs_queue.work\n}\n"

    private func check(_ code: String, exempt: String) throws -> ChangeCheck.Outcome {
        let estate = try SmallEstate()
        try estate.repository.write(
            """
            kind: Exemption
            metadata: {name: old}
            spec:
              policies: [cost-allocation]
              resources: ["\(exempt)"]
              reason: agreed
              approvedBy: finops
              expires: 2026-12-15
            """, to: "policies/old.yaml")
        try estate.repository.commit()
        try estate.repository.git(["branch", "base"])
        try estate.repository.write(code, to: "infra/app/main.tf")
        try estate.repository.commit()
        return try ChangeCheck(estate.path, now: SmallEstate.now).compare(try estate.open(), with: "base")
    }

    @Test(
        "goes on covering it at its new address",
        arguments: [
            (renamed + move, "aws_sqs_queue.jobs"), (renamed + move, "infra/app:aws_sqs_queue.j*"),
            (renamed.replacing("  name", with: "  count = 1\n  name") + move, "aws_sqs_queue.jobs"),
            (SmallEstate.queue.replacing("  name", with: "  count = 1\n  name"), "aws_sqs_queue.jobs"),
            (
                renamed + "moved {\n  from = aws_sqs_queue.jobs\n  to   = aws_sqs_queue.middle\n}\n"
                    + "moved {\n  from = aws_sqs_queue.middle\n  to   = aws_sqs_queue.work\n}\n", "aws_sqs_queue.jobs"
            ),
        ])
    func follows(code: String, exempt: String) throws {
        let outcome = try check(code, exempt: exempt)
        #expect(outcome.head.evaluation.summary.exempt == 1)
        #expect(outcome.head.evaluation.exemptions.map(\.standing) == [.active])
        #expect(outcome.deciding.isEmpty && outcome.comparison.count(.unchanged) == 1)
    }

    private static func queue(_ name: String, from earlier: [String]) -> String {
        let names = earlier + [name]
        return renamed.replacing("\"work\" {", with: "\"\(name)\" {")
            + zip(names, names.dropFirst()).map { "moved {\n  from = aws_sqs_queue.\($0)\n  to   = aws_sqs_queue.\($1)\n}\n" }.joined()
    }

    @Test(
        "covers one resource where several name it as what they were",
        arguments: [
            queue("work", from: ["jobs"]) + queue("more", from: ["jobs[0]"]),
            queue("more", from: ["jobs[0]"]) + queue("work", from: ["jobs"]),
            queue("work", from: ["jobs", "a", "b"]) + queue("more", from: ["jobs[0]", "c"]),
            queue("work", from: ["jobs"]) + queue("more", from: ["jobs"]),
            queue("work", from: ["jobs", "a"]) + queue("more", from: ["jobs[0]"]),
        ])
    func once(code: String) throws {
        for exempt in ["aws_sqs_queue.jobs", "aws_sqs_queue.jobs*", "infra/app:aws_sqs_queue.jobs"] {
            let outcome = try check(code, exempt: exempt)
            #expect(outcome.head.evaluation.summary.exempt == 1)
            #expect(outcome.deciding.filter(\.blocks).count == 1)
        }
    }

    @Test(
        "covers no other: not one that was not moved, nor one whose earlier address is still somebody's",
        arguments: [
            renamed, SmallEstate.queue + renamed + move, SmallEstate.queue.replacing("  name", with: "  count = 2\n  name"),
            SmallEstate.queue.replacing("  name", with: "  for_each = { a = 1 }\n  name") + renamed + move,
            // Another type, by one step or two: it is another thing.
            (renamed + move).replacing("aws_sqs_queue\" \"work", with: "aws_sns_topic\" \"work").replacing(
                "aws_sqs_queue.work", with: "aws_sns_topic.work"),
            (renamed + move).replacing("aws_sqs_queue\" \"work", with: "aws_db_instance\" \"work").replacing(
                "aws_sqs_queue.work", with: "aws_sqs_queue.w2")
                + "moved {\n  from = aws_sqs_queue.w2\n  to   = aws_db_instance.work\n}\n",
        ])
    func others(code: String) throws {
        let outcome = try check(code, exempt: "aws_sqs_queue.jobs")
        #expect(!outcome.deciding.isEmpty)
        #expect(outcome.deciding.allSatisfy { $0.resource?.identity.address != "aws_sqs_queue.jobs" })
        #expect(outcome.head.evaluation.summary.exempt <= 1)
    }
}
