import CostModel
import Reconciliation
import TestSupport
import Testing

@Suite("findings whose short ids agree")
struct ShortIDTests {
    private static func queue(_ name: String) -> String {
        "resource \"aws_sqs_queue\" \"\(name)\" {\n  name = \"\(name)\"\n  tags = { team = \"payments\" }\n}\n"
    }

    /// The base has one of the two, which fails.
    private func estate() throws -> SmallEstate {
        let estate = try SmallEstate()
        try estate.repository.write(Self.queue(Collision.names[0]), to: "infra/app/main.tf")
        try estate.repository.commit()
        try estate.repository.git(["branch", "base"])
        return estate
    }

    private func check(_ estate: SmallEstate) throws -> ChangeCheck.Outcome {
        try ChangeCheck(estate.path, now: SmallEstate.now).compare(try estate.open(), with: "base")
    }

    @Test("a new one is new, though the one that it replaces had its id")
    func replaced() throws {
        let estate = try estate()
        try estate.repository.write(Self.queue(Collision.names[1]), to: "infra/app/main.tf")
        try estate.repository.commit()
        let outcome = try check(estate)
        #expect(outcome.comparison.findings.filter { $0.finding.id == Collision.id }.map(\.change) == [.new, .fixed])
        #expect(outcome.deciding.contains { $0.id == Collision.id && $0.blocks })
    }

    @Test("a new one is new, though the policy that finds it goes with it")
    func withoutPolicy() throws {
        let estate = try estate()
        try estate.repository.write(Self.queue(Collision.names[1]), to: "infra/app/main.tf")
        try estate.repository.git(["rm", "--quiet", "policies/tags.yaml"])
        try estate.repository.commit()
        #expect(try check(estate).deciding.contains { $0.resource?.identity.address == "aws_sqs_queue.\(Collision.names[1])" && $0.blocks })
    }

    @Test("both at once have ids of their own, and fixes of their own")
    func both() throws {
        let estate = try estate()
        try estate.repository.write(Collision.names.map(Self.queue).joined(), to: "infra/app/main.tf")
        try estate.repository.commit()
        let evaluated = try estate.evaluate()
        let ids = evaluated.evaluation.findings.filter { $0.subject == Collision.subject && $0.verdict == .fail }.map(\.id)
        #expect(Set(ids).count == 2 && ids.allSatisfy { $0.hasPrefix(Collision.id) })
        #expect(Set(try evaluated.plan().changes.flatMap(\.findings)) == Set(ids))
        #expect(try check(estate).deciding.map(\.resource?.identity.address) == ["aws_sqs_queue.\(Collision.names[1])"])
    }

    @Test("a baseline holds the one that it names, and both where it names both")
    func baseline() throws {
        let estate = try estate()
        let first = try BaselineRecorder(estate.evaluate()).record()
        try estate.repository.write(first.text, to: first.file)
        try estate.repository.write(Self.queue(Collision.names[1]), to: "infra/app/main.tf")
        var evaluated = try estate.evaluate()
        #expect(evaluated.evaluation.summary.baseline == 0 && evaluated.evaluation.baseline?.lapsed.count == 1)
        try estate.repository.write(Collision.names.map(Self.queue).joined(), to: "infra/app/main.tf")
        let second = try BaselineRecorder(estate.evaluate()).record(resets: true)
        #expect(second.added == 1 && second.baseline.entries.map(\.id) == [Collision.id, Collision.id])
        try estate.repository.write(second.text, to: second.file)
        evaluated = try estate.evaluate()
        #expect(evaluated.evaluation.summary.baseline == 2 && evaluated.evaluation.baseline?.lapsed == [])
    }

    @Test("a baseline follows what the code says was moved")
    func movedBaseline() throws {
        let estate = try estate()
        let recording = try BaselineRecorder(estate.evaluate()).record()
        try estate.repository.write(recording.text, to: recording.file)
        try estate.repository.commit()
        try estate.repository.git(["branch", "--force", "base"])
        let moved = "moved {\n  from = aws_sqs_queue.\(Collision.names[0])\n  to = aws_sqs_queue.work\n}\n"
        try estate.repository.write(Self.queue("work") + moved, to: "infra/app/main.tf")
        try estate.repository.commit()
        #expect(try check(estate).deciding == [])
        // Without the word of the code it is another queue.
        try estate.repository.write(Self.queue("work"), to: "infra/app/main.tf")
        try estate.repository.commit()
        #expect(try check(estate).deciding.map(\.resource?.identity.address) == ["aws_sqs_queue.work"])
    }

    @Test("what is deployed is the same where the code and the state give it another address")
    func deployed() throws {
        let estate = try SmallEstate()
        try estate.repository.git(["branch", "base"])
        let name = "arn:aws:sqs:us-east-1:111122223333:jobs"
        #expect(try estate.evaluate().evaluation.findings.allSatisfy { $0.resource?.deployedName?.hasSuffix(name) ?? true })
        // A second resource claims the same: which of them it is nobody can tell.
        try estate.repository.write(SmallEstate.queue, to: "infra/app/main.tf")
        try estate.repository.write(SmallEstate.queue, to: "infra/other/main.tf")
        try estate.repository.write(SmallEstate.state(), to: "observed/state/infra/other/terraform.tfstate")
        #expect(try estate.evaluate().evaluation.findings.allSatisfy { $0.resource?.deployedName == nil })
    }
}
