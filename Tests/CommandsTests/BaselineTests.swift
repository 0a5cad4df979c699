import CostModel
import JSON
import Reporting
import TestSupport
import Testing

@testable import Commands

@Suite("bursar baseline")
struct BaselineTests {
    private func baseline(of estate: AgreedEstate) throws -> String {
        String(decoding: try estate.repository.directory.read("policies/baseline.yaml"), as: UTF8.self)
    }

    @Test("records what fails; a check then ends with 0, and still lists, scores and counts it")
    func records() throws {
        let estate = try AgreedEstate()
        let score = try estate.document("scorecard")["teams"].items.first?["score"].text
        #expect(estate.run("check").code == 1)
        let said = estate.run("baseline", "--reason", "before the drive")
        #expect(said.code == 0)
        #expect(
            said.output
                == "wrote policies/baseline.yaml: 2 findings, 2 added\n1 failing finding of policies that allow no exemption are left out\n"
                || said.output == "wrote policies/baseline.yaml: 2 findings, 2 added\n")
        let text = try baseline(of: estate)
        #expect(text.contains("\n  recorded: 2026-11-01\n  reason: \"before the drive\"\n  findings:\n    - {id: f-"))
        #expect(text.contains("policy: TaggingPolicy/tags, resource: \"infra/app:aws_instance.old\", subject: cost-center}\n"))
        let check = estate.run("check")
        #expect(check.code == 0)
        #expect(check.output.contains("2 failing (2 high), 2 in the baseline"))
        #expect(check.output.contains(" · baseline"))
        let document = try estate.document("check")
        #expect(document["findings"].items.count { $0["baseline"] == true } == 2)
        #expect(document["summary"]["baseline"].text == "2")
        #expect(estate.run("check", "--fail-on", "low").code == 0)
        #expect(try estate.document("scorecard")["teams"].items.first?["score"].text == score)
        // A plan fixes it all the same.
        try estate.repository.commit()
        #expect(try estate.document("plan")["changes"].items.count == 2)
    }

    @Test("only shrinks: what is fixed goes, what is new stays out, unless it is reset")
    func shrinks() throws {
        let estate = try AgreedEstate()
        estate.run("baseline")
        let whole = try baseline(of: estate)
        #expect(estate.run("baseline").output == "nothing to take out: policies/baseline.yaml holds 2 findings\n")
        #expect(try baseline(of: estate) == whole)
        try estate.repository.write(
            AgreedEstate.code(fixed: true) + "resource \"aws_instance\" \"new\" {\n  instance_type = \"m5.large\"\n}\n",
            to: "infra/app/main.tf")
        let check = estate.run("check")
        #expect(check.code == 1)
        #expect(check.output.contains("1 entry of the baseline can go, its finding is fixed: bursar baseline"))
        #expect(
            try estate.document("check")["diagnostics"].items.contains {
                $0["id"].text == "lapsed-baseline" && $0["severity"].text == "note"
            })
        let later = estate.run("baseline", "--now", "2026-11-02T00:00:00Z")
        #expect(later.output == "wrote policies/baseline.yaml: 1 finding, 1 taken out\n")
        let less = try baseline(of: estate)
        #expect(less.contains("aws_instance.old") && !less.contains("aws_instance.web") && !less.contains("aws_instance.new"))
        #expect(less.contains("recorded: 2026-11-01"))
        #expect(estate.run("check").code == 1)
        #expect(estate.run("baseline", "--reset", "--now", "2026-11-02T00:00:00Z").output.contains("2 findings, 1 added"))
        #expect(try baseline(of: estate).contains("recorded: 2026-11-02"))
        #expect(estate.run("check").code == 0)
    }

    @Test("is not touched while not everything can be observed")
    func partial() throws {
        let estate = try AgreedEstate()
        estate.run("baseline")
        let whole = try baseline(of: estate)
        try estate.repository.write("resource {", to: "infra/app/main.tf")
        for words in [[], ["--reset"]] {
            let said = Said(["baseline", "-C", estate.repository.path, "--now", AgreedEstate.now] + words)
            #expect(said.code == 3 && said.output.isEmpty)
            #expect(said.error.contains("the baseline is not written") && said.error.contains("infra/app/main.tf:1"))
            #expect(try baseline(of: estate) == whole)
        }
        #expect(!estate.run("check").output.contains("of the baseline can go"))
    }

    @Test("holds nothing of a policy that allows no exemption")
    func refused() throws {
        let estate = try AgreedEstate(policy: "exemptible: false")
        let said = estate.run("baseline")
        #expect(said.code == 0)
        #expect(said.output.contains("wrote policies/baseline.yaml: 0 findings\n2 failing findings of policies that allow no exemption"))
        #expect(estate.run("check").code == 1)
        let other = try AgreedEstate()
        other.run("baseline")
        try other.repository.write(AgreedEstate.policies("exemptible: false"), to: "policies/tags.yaml")
        let invalid = other.run("check")
        #expect(invalid.code == 2 && invalid.error.contains("policies/baseline.yaml:9:36: error: policy 'tags' allows no exemption"))
    }

    @Test("goes where it is asked for, if somebody reads it there, and never over something else")
    func places() throws {
        let estate = try AgreedEstate()
        #expect(
            estate.run("baseline", "--out", "elsewhere/b.yaml").error.contains("'elsewhere/b.yaml' is no policy file of this workspace"))
        #expect(estate.run("baseline", "--out", "policies/../b.yaml").code == 2)
        #expect(estate.run("baseline", "--out", "policies/b_test.yaml").code == 2)
        #expect(estate.run("baseline", "--out", "policies/tags.yaml").error.contains("'policies/tags.yaml' exists and is no baseline"))
        #expect(estate.run("baseline", "--reason", " ").code == 2)
        #expect(estate.run("baseline", "--out", "policies/more/b.yaml").output.hasPrefix("wrote policies/more/b.yaml: 2 findings"))
        #expect(estate.run("baseline", "--out", "policies/c.yaml").error.contains("the baseline is 'policies/more/b.yaml' already"))
        #expect(estate.run("baseline").output == "nothing to take out: policies/more/b.yaml holds 2 findings\n")
        let both = String(decoding: try estate.repository.directory.read("policies/more/b.yaml"), as: UTF8.self)
        try estate.repository.write(both + "---\n" + AgreedEstate.exemption("2027-01-31"), to: "policies/more/b.yaml")
        #expect(estate.run("baseline").error.contains("'policies/more/b.yaml' holds other objects too"))
        let bare = try TemporaryRepository(bare: true)
        try estate.repository.git(["push", "--quiet", bare.path, "HEAD:refs/heads/main"])
        #expect(Said("baseline", "-C", bare.path).code == 2 || Said("baseline", "-C", bare.path).code == 3)
    }

    @Test("of a change counts when it is merged; the base's counts now, but for what is fixed there")
    func change() throws {
        let estate = try AgreedEstate(code: AgreedEstate.code(fixed: true))
        try estate.repository.git(["checkout", "--quiet", "-b", "change"])
        try estate.repository.write(AgreedEstate.code(), to: "infra/app/main.tf")
        estate.run("baseline")
        try estate.repository.commit()
        #expect(estate.run("check").code == 0)
        #expect(estate.run("check", "--base", "main").code == 1)
        #expect(estate.run("check", "--base", "main", "--trust-head").code == 0)
        #expect(try estate.document("check", "--base", "main")["findings"].items.allSatisfy { $0["baseline"] == false })
        // The base's baseline still names what was fixed there: that must not come back under it.
        try estate.repository.git(["checkout", "--quiet", "main"])
        try estate.repository.git(["checkout", "--quiet", "change", "--", "policies/baseline.yaml"])
        try estate.repository.commit()
        try estate.repository.git(["checkout", "--quiet", "-b", "again"])
        try estate.repository.write(AgreedEstate.code(), to: "infra/app/main.tf")
        try estate.repository.commit()
        let again = try estate.document("check", "--base", "main")
        #expect(again["findings"].items.count { $0["baseline"] == true } == 1)
        #expect(estate.run("check", "--base", "main").code == 1)
    }

    @Test("an entry that a change takes out without fixing its finding makes the finding new")
    func taken() throws {
        let estate = try AgreedEstate()
        estate.run("baseline")
        try estate.repository.commit()
        try estate.repository.git(["checkout", "--quiet", "-b", "change"])
        let lines = try baseline(of: estate).split(separator: "\n", omittingEmptySubsequences: false)
        try estate.repository.write(lines.filter { !$0.contains("aws_instance.old") }.joined(separator: "\n"), to: "policies/baseline.yaml")
        try estate.repository.commit()
        #expect(estate.run("check", "--base", "main").code == 1)
    }
}
