import CostModel
import JSON
import Reporting
import TestSupport
import Testing

@testable import Commands

@Suite("exemptions through every command")
struct AgreementTests {
    /// How each command sees the finding of the instance 'old': by exemption, in check and in check --base; whether a plan leaves it
    /// alone; what the team's score is.
    private func views(of estate: AgreedEstate) throws -> [String] {
        let check = try estate.document("check")
        let based = try estate.document("check", "--base", "HEAD")
        let explained = try estate.document("explain", Self.finding)
        let plan = try estate.document("plan")
        let card = try estate.document("scorecard")
        func exemption(_ document: JSONValue) -> String {
            let finding = document["findings"].items.first { $0["id"].text == Self.finding }
            return finding.map { $0["exemption"].text ?? "none" } ?? "no finding"
        }
        let fixed = plan["changes"].items.contains { $0["findings"].items.contains { $0.text == Self.finding } }
        let score = card["teams"].items.first?["score"].text ?? "none"
        return [
            exemption(check), exemption(based), exemption(["findings": .array([explained["finding"]])]), fixed ? "none" : "left", score,
        ]
    }

    private static let finding = Finding.identifier(
        policy: PolicyReference(.tagging, "tags"), resource: ResourceIdentity(root: "infra/app", address: "aws_instance.old"),
        subject: "cost-center")

    @Test("check, check --base, explain, plan and scorecard honour one in the very same way")
    func sameWay() throws {
        let estate = try AgreedEstate()
        let without = try views(of: estate)
        #expect(without.dropLast() == ["none", "none", "none", "none"])
        try estate.repository.write(AgreedEstate.exemption("2027-01-31"), to: "policies/old.yaml")
        try estate.repository.commit()
        let active = try views(of: estate)
        #expect(active.dropLast() == ["old", "old", "old", "left"])
        #expect(active.last != without.last)
        // On the last day it counts, on the day after nowhere.
        try estate.repository.write(AgreedEstate.exemption("2026-11-01"), to: "policies/old.yaml")
        try estate.repository.commit()
        #expect(try views(of: estate) == active)
        try estate.repository.write(AgreedEstate.exemption("2026-10-31"), to: "policies/old.yaml")
        try estate.repository.commit()
        #expect(try views(of: estate) == without)
    }

    @Test("a comment is honoured as an exemption is, by all of them")
    func sameForComments() throws {
        let estate = try AgreedEstate(code: AgreedEstate.code(above: AgreedEstate.comment()))
        let name = "inline:infra/app/main.tf:1"
        let active = try views(of: estate)
        #expect(active.dropLast() == [name, name, name, "left"])
        let document = try AgreedEstate()
        try document.repository.write(AgreedEstate.exemption("2027-01-31"), to: "policies/old.yaml")
        try document.repository.commit()
        #expect(try views(of: document).last == active.last)
        let expired = try AgreedEstate(code: AgreedEstate.code(above: AgreedEstate.comment(until: "2026-10-31")))
        #expect(try views(of: expired) == views(of: try AgreedEstate()))
        #expect(expired.run("check").output.contains("exemption 'inline:infra/app/main.tf:1' expired on 2026-10-31: 1 finding fails again"))
    }

    @Test("a policy that allows none is exempted by no path")
    func notExemptible() throws {
        let estate = try AgreedEstate(policy: "exemptible: false", code: AgreedEstate.code(above: AgreedEstate.comment()))
        #expect(try views(of: estate) == views(of: try AgreedEstate()))
        #expect(estate.run("check").output.contains("infra/app/main.tf:1:1"))
        #expect(estate.run("check").output.contains("this comment has no effect: policy 'tags' allows no exemption"))
        try estate.repository.write(AgreedEstate.exemption("2027-01-31"), to: "policies/old.yaml")
        let named = estate.run("check")
        #expect(named.code == 2 && named.error.contains("policies/old.yaml:4:14: error: policy 'tags' allows no exemption"))
        try estate.repository.write(
            AgreedEstate.exemption("2027-01-31").replacing("  policies: [tags]\n", with: ""), to: "policies/old.yaml")
        try estate.repository.commit()
        #expect(try views(of: estate) == views(of: try AgreedEstate()))
        #expect(estate.run("check").code == 1)
    }

    @Test("what expired and what expires is a warning in text, JSON and Markdown, with what comes back")
    func announced() throws {
        let estate = try AgreedEstate(code: AgreedEstate.code())
        try estate.repository.write(
            AgreedEstate.exemption("2026-10-31") + "---\n" + AgreedEstate.exemption("2026-11-05", resource: "*.web", name: "web") + "---\n"
                + AgreedEstate.exemption("2026-11-05", resource: "*.no", name: "unused") + "---\n"
                + AgreedEstate.exemption("2026-11-05", resource: "aws*", name: "all"),
            to: "policies/old.yaml")
        let expected = [
            (
                "warning", "expiring-exemption", "",
                "2 exemptions end on 2026-11-05: together 2 findings will fail again, $1,825/month at stake"
            ),
            (
                "warning", "expired-exemption", "policies/old.yaml:1",
                "exemption 'old' expired on 2026-10-31 and nothing needs it any more: it can go"
            ),
            (
                "warning", "expiring-exemption", "policies/old.yaml:10",
                "exemption 'web' ends in 4 days, on 2026-11-05: 1 finding will fail again, $912/month at stake"
            ),
            ("note", "unused-exemption", "policies/old.yaml:19", "exemption 'unused' covers no finding: it can go"),
            (
                "warning", "expiring-exemption", "policies/old.yaml:28",
                "exemption 'all' ends in 4 days, on 2026-11-05: 2 findings will fail again, $1,825/month at stake"
            ),
        ]
        for command in ["check", "scorecard"] {
            let problems = try estate.document(command)["diagnostics"].items.filter { $0["id"].text?.hasSuffix("exemption") == true }
            #expect(problems.compactMap { $0["message"].text } == expected.map(\.3))
            #expect(problems.compactMap { $0["severity"].text } == expected.map(\.0))
            #expect(problems.compactMap { $0["id"].text } == expected.map(\.1))
            #expect(
                problems.map { $0["file"].text.map { file in "\(file):" } ?? "" }
                    == expected.map { $0.2.isEmpty ? "" : "policies/old.yaml:" })
            #expect(
                problems.compactMap { $0["line"].text }
                    == expected.map(\.2).filter { !$0.isEmpty }.map { String($0.split(separator: ":")[1]) })
        }
        let markdown = estate.run("check", "--format", "markdown").output
        for (severity, _, _, message) in expected {
            #expect(markdown.contains("- \(severity): ") && markdown.contains(message.replacing("_", with: "\\_")))
        }
        let text = Said(["check", "-C", estate.repository.path, "--now", AgreedEstate.now], width: 200).output
        for (_, _, place, message) in expected { #expect(text.contains(place) && text.contains(message)) }
        // Later all of them have ended: the findings fail again, and that is said.
        let later = estate.run("check", "--now", "2026-11-06T00:00:00Z")
        #expect(later.output.contains("exemption 'all' expired on 2026-11-05: 2 findings fail again"))
        #expect(later.output.contains(Self.finding))
    }

    @Test("a change cannot exempt itself: comments wait until they are merged, unless it is trusted")
    func pending() throws {
        let estate = try AgreedEstate()
        try estate.repository.git(["checkout", "--quiet", "-b", "change"])
        let extra = "\n\(AgreedEstate.comment())\nresource \"aws_instance\" \"new\" {\n  instance_type = \"m5.large\"\n}\n"
        try estate.repository.write(AgreedEstate.code(above: AgreedEstate.comment()) + extra, to: "infra/app/main.tf")
        try estate.repository.commit()
        let checked = try estate.document("check", "--base", "main")
        #expect(checked["findings"].items.allSatisfy { $0["exemption"].text == nil })
        #expect(
            checked["exemptions"].items.map { "\($0["name"].text ?? "") \($0["standing"].text ?? "")" } == [
                "inline:infra/app/main.tf:1 pending", "inline:infra/app/main.tf:10 pending",
            ])
        #expect(estate.run("check", "--base", "main").code == 1)
        #expect(estate.run("check", "--base", "main", "--trust-head").code == 0)
        #expect(estate.run("check").code == 1)
        // Merged, it counts, also where lines above it moved.
        try estate.repository.git(["checkout", "--quiet", "main"])
        try estate.repository.git(["merge", "--quiet", "change"])
        try estate.repository.git(["checkout", "--quiet", "-b", "later"])
        try estate.repository.write("\n\n" + AgreedEstate.code(above: AgreedEstate.comment()) + extra, to: "infra/app/main.tf")
        try estate.repository.commit()
        let moved = try estate.document("check", "--base", "main")
        #expect(
            moved["findings"].items.compactMap { $0["exemption"].text }.sorted() == [
                "inline:infra/app/main.tf:12", "inline:infra/app/main.tf:3",
            ])
        #expect(moved["exemptions"].items.compactMap { $0["standing"].text } == ["active", "active"])
    }

    @Test("an agreement that a change prolongs counts until its old day")
    func prolonged() throws {
        let estate = try AgreedEstate(code: AgreedEstate.code(above: AgreedEstate.comment(until: "2026-12-01"), fixed: true))
        try estate.repository.git(["checkout", "--quiet", "-b", "change"])
        try estate.repository.write(
            AgreedEstate.code(above: AgreedEstate.comment(until: "2027-03-01"), fixed: true), to: "infra/app/main.tf")
        try estate.repository.commit()
        #expect(estate.run("check", "--base", "main").code == 0)
        let standings = try estate.document("check", "--base", "main")["exemptions"].items
        #expect(
            standings.map { "\($0["standing"].text ?? "") \($0["expires"].text ?? "")" } == ["active 2026-12-01", "pending 2027-03-01"])
        #expect(
            try estate.document("check", "--base", "main", "--now", "2026-12-02T00:00:00Z")["findings"].items.contains {
                $0["exemption"].text != nil
            } == false)
    }

    @Test("a policy that begins to allow comments in a change does not allow them yet")
    func permission() throws {
        let estate = try AgreedEstate(policy: "level: 1", code: AgreedEstate.code(above: AgreedEstate.comment()))
        try estate.repository.git(["checkout", "--quiet", "-b", "change"])
        try estate.repository.write(AgreedEstate.policies("inlineExemptions: true"), to: "policies/tags.yaml")
        try estate.repository.commit()
        #expect(try estate.document("check", "--base", "main")["findings"].items.allSatisfy { $0["exemption"].text == nil })
        #expect(try estate.document("check")["summary"]["exempt"].text == "1")
    }
}
