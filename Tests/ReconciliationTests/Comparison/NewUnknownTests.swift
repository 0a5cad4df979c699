import CostModel
import Reconciliation
import TestSupport
import Testing

@Suite("results that are newly unknown")
struct NewUnknownTests {
    private static let unknown =
        "variable \"center\" {\n  type = string\n}\n"
        + SmallEstate.queue.replacing("team = \"payments\"", with: "team = \"payments\"\n    cost-center = var.center")
    private static let fine = SmallEstate.queue.replacing("team = \"payments\"", with: "team = \"payments\"\n    cost-center = \"CC-1010\"")

    private func policy(_ more: String) -> String { SmallEstate.tagging.replacing("spec:\n", with: "spec:\n  \(more)\n") }

    private func estate(_ code: String, _ tagging: String) throws -> SmallEstate {
        let estate = try SmallEstate()
        try estate.repository.write(tagging, to: "policies/tags.yaml")
        try estate.repository.write(code, to: "infra/app/main.tf")
        try estate.repository.commit()
        try estate.repository.git(["branch", "base"])
        return estate
    }

    private func check(_ estate: SmallEstate) throws -> ChangeCheck.Outcome {
        try estate.repository.commit()
        return try ChangeCheck(estate.path, now: SmallEstate.now).compare(try estate.open(), with: "base")
    }

    @Test("fail a change where the policy says so, and it is said what would settle them", arguments: ["true", "false"])
    func new(value: String) throws {
        let estate = try estate(Self.fine, policy("blockUnknown: \(value)"))
        try estate.repository.write(Self.unknown, to: "infra/app/main.tf")
        let outcome = try check(estate)
        let change = try #require(outcome.comparison.findings.first)
        #expect(change.change == .new && change.finding.verdict == .unknown)
        #expect(outcome.deciding.contains { $0.blocks } == (value == "true"))
        #expect(change.details.contains { $0.contains("write the value out") } == (value == "true"))
        // Nothing is compared: nothing is new.
        #expect(try !estate.evaluate().evaluation.findings.contains { $0.blocks })
    }

    @Test("are those that the base has not: neither as unknown nor as failing", arguments: [unknown, SmallEstate.queue])
    func known(code: String) throws {
        let estate = try estate(code, policy("blockUnknown: true"))
        try estate.repository.write("# x\n" + Self.unknown, to: "infra/app/main.tf")
        #expect(try !check(estate).deciding.contains { $0.blocks })
    }

    @Test("fail as the base says, though the change says otherwise", arguments: ["blockUnknown: false", "level: 1", nil])
    func weakened(more: String?) throws {
        let estate = try estate(Self.fine, policy("blockUnknown: true"))
        try estate.repository.write(Self.unknown, to: "infra/app/main.tf")
        if let more {
            try estate.repository.write(policy(more), to: "policies/tags.yaml")
        } else {
            try estate.repository.git(["rm", "--quiet", "policies/tags.yaml"])
        }
        let outcome = try check(estate)
        #expect(outcome.deciding.contains { $0.blocks })
        #expect(more == nil || outcome.comparison.pending.contains { $0.what.hasSuffix("blockUnknown true → false") })
    }

    @Test("of a baseline, of an exemption and of a policy that only warns fail nothing")
    func agreed() throws {
        let estate = try estate(Self.fine, policy("blockUnknown: true").replacing("enforcement: block", with: "enforcement: warn"))
        try estate.repository.write(Self.unknown, to: "infra/app/main.tf")
        #expect(try !check(estate).deciding.contains { $0.blocks })
    }
}
