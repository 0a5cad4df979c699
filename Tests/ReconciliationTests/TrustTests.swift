import CostModel
import Reconciliation
import TestSupport
import Testing

@Suite("what of a change counts before it is merged")
struct TrustTests {
    private static let comment = "# bursar:ignore cost-allocation until=2027-01-31 reason=\"r\"\n"

    private func pending(_ estate: SmallEstate, trustsHead: Bool = false) throws -> [String] {
        let outcome = try ChangeCheck(estate.path, now: SmallEstate.now, trustsHead: trustsHead).compare(estate.open(), with: "main")
        return outcome.comparison.pending.map { "\($0.what) at \($0.place): \($0.effect)" }
    }

    private func estate(_ policy: String) throws -> SmallEstate {
        let estate = try SmallEstate()
        try estate.repository.write(SmallEstate.tagging.replacing("spec:\n", with: "spec:\n  \(policy)\n"), to: "policies/tags.yaml")
        try estate.repository.commit()
        try estate.repository.git(["checkout", "--quiet", "-b", "change"])
        return estate
    }

    @Test("a comment waits, says what it would do, and is trusted where the change is")
    func comment() throws {
        let estate = try estate("inlineExemptions: true")
        try estate.repository.write(Self.comment + SmallEstate.queue, to: "infra/app/main.tf")
        try estate.repository.commit()
        #expect(
            try pending(estate) == [
                "Exemption inline:infra/app/main.tf:1 at infra/app/main.tf:1: would cover 1 finding until 2027-01-31; it counts once it is merged"
            ])
        #expect(try pending(estate, trustsHead: true) == [])
    }

    @Test("a comment that stood there counts; above a budget too")
    func known() throws {
        let estate = try estate("inlineExemptions: true")
        let budget = "kind: Budget\nmetadata: {name: small}\nspec:\n  inlineExemptions: true\n  scope: {}\n  # NOTE\n  amount: 1 USD\n"
        let note = "# bursar:ignore small until=2027-01-31 reason=\"r\""
        try estate.repository.git(["checkout", "--quiet", "main"])
        try estate.repository.write(budget, to: "policies/budget.yaml")
        try estate.repository.commit()
        try estate.repository.git(["checkout", "--quiet", "-B", "change"])
        try estate.repository.write(budget.replacing("# NOTE", with: note), to: "policies/budget.yaml")
        try estate.repository.commit()
        #expect(
            try pending(estate) == [
                "Exemption inline:policies/budget.yaml:6 at policies/budget.yaml:6: would cover 1 finding until 2027-01-31; it counts once it is merged"
            ])
        try estate.repository.git(["checkout", "--quiet", "main"])
        try estate.repository.git(["merge", "--quiet", "change"])
        try estate.repository.git(["checkout", "--quiet", "-B", "change"])
        try estate.repository.write("\n" + budget.replacing("# NOTE", with: note), to: "policies/budget.yaml")
        try estate.repository.commit()
        let outcome = try ChangeCheck(estate.path, now: SmallEstate.now).compare(estate.open(), with: "main")
        #expect(outcome.comparison.pending == [])
        let change = try #require(outcome.comparison.findings.first { $0.finding.policy.kind == .budget })
        #expect(change.change == .unchanged)
        #expect(change.after?.exemption == "inline:policies/budget.yaml:7")
    }

    @Test("the permission for exemptions waits too")
    func permissions() throws {
        let inline = try estate("level: 1")
        try inline.repository.write(
            SmallEstate.tagging.replacing("spec:\n", with: "spec:\n  inlineExemptions: true\n"), to: "policies/tags.yaml")
        try inline.repository.commit()
        #expect(
            try pending(inline) == [
                "TaggingPolicy/cost-allocation inlineExemptions false → true at policies/tags.yaml:1: comments do not count for it until this is merged"
            ])
        let exemptible = try estate("exemptible: false")
        try exemptible.repository.write(SmallEstate.tagging, to: "policies/tags.yaml")
        try exemptible.repository.commit()
        #expect(
            try pending(exemptible) == [
                "TaggingPolicy/cost-allocation exemptible false → true at policies/tags.yaml:1: exemptions do not count for it until this is merged"
            ])
    }

    @Test("entries of the baseline wait")
    func baseline() throws {
        let estate = try estate("level: 1")
        let recording = try BaselineRecorder(estate.evaluate()).record()
        #expect(recording.file == "policies/baseline.yaml" && recording.added == 1 && recording.isChanged)
        try estate.repository.write(recording.text, to: recording.file)
        try estate.repository.commit()
        #expect(
            try pending(estate) == [
                "Baseline/baseline: 1 new entry at policies/baseline.yaml:3: what they hold fails until this is merged"
            ])
        #expect(try estate.evaluate().evaluation.summary.baseline == 1)
    }
}

@Suite("advisory days of campaigns")
struct AdvisoryDayTests {
    private static let campaign =
        "kind: Campaign\nmetadata: {name: sprint}\nspec: {policies: [cost-allocation], goal: {fixed: 80%}, from: 2026-10-30, to: 2026-11-30, "
        + "advisoryDays: 7}\n"
    private static let second = "resource \"aws_sqs_queue\" \"more\" {\n  name = \"more\"\n}\n"

    private func decides(_ estate: SmallEstate) throws -> (blocks: Bool, pending: [String]) {
        try estate.repository.write(Self.second, to: "infra/app/more.tf")
        try estate.repository.commit()
        let outcome = try ChangeCheck(estate.path, now: SmallEstate.now).compare(estate.open(), with: "main")
        return (outcome.deciding.contains(where: \.blocks), outcome.comparison.pending.map(\.what))
    }

    @Test("hold back what would block, once they are merged")
    func merged() throws {
        let estate = try SmallEstate(committing: false)
        try estate.repository.write(Self.campaign, to: "policies/campaign.yaml")
        try estate.repository.commit("the estate")
        try estate.repository.git(["checkout", "--quiet", "-b", "change"])
        let found = try decides(estate)
        #expect(!found.blocks && found.pending.isEmpty, "\(found)")
    }

    @Test("of a change hold back nothing of it: they wait")
    func waiting() throws {
        let estate = try SmallEstate()
        try estate.repository.git(["checkout", "--quiet", "-b", "change"])
        try estate.repository.write(Self.campaign, to: "policies/campaign.yaml")
        let found = try decides(estate)
        #expect(found.blocks && found.pending == ["Campaign sprint"], "\(found)")
    }
}
