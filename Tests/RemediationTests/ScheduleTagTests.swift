import CostModel
import Remediation
import Testing

@Suite("the tag of a scheduler")
struct ScheduleTagTests {
    private static let policy = PolicyHeader(
        reference: PolicyReference(.schedule, "office"), place: Place(file: "p.yaml", line: 1), level: 2, fix: .review)
    private static let text = """
        locals {
          common = { team = "x" }
        }
        resource "aws_instance" "dev" {
          tags = local.common
        }

        """

    /// Two machines whose tags may come from one place; the second one's are not known whole.
    private static func code() -> CodeFixture {
        var code = CodeFixture(text)
        let place = EditLocation.collection(code.span("{ team = \"x\" }"))
        for name in ["dev", "prod"] { code.add(name, tags: [:], insertions: [place]) }
        code.resources[1].tags.openReason = "known after apply"
        return code
    }

    /// What the edited file gives: the machines of these names have the tag.
    private static func proposals(_ names: Set<String>, policy: PolicyHeader = policy) -> [Proposal] {
        var code = code()
        let dev = code.resources[0]
        code.findings = [
            Finding(
                policy: policy, rule: "idle-out-of-hours", verdict: .fail, team: "payments", message: "it ran", subject: "Schedule",
                proposal: ["Schedule": "office-hours"],
                resource: .init(identity: dev.identity, id: nil, type: dev.type, provider: "aws"), location: dev.location,
                atStake: .zero(.usd))
        ]
        let after = code.resources.map { resource in
            var resource = resource
            if names.contains(String(resource.identity.address.dropFirst("aws_instance.".count))) {
                resource.tags.tags = Tags(["Schedule": Tag(value: "office-hours")])
            }
            return resource
        }
        return code.propose(judge: { _ in JudgedTree(resources: after, findings: []) })
    }

    @Test("is written for the machine that needs it, for a person to review")
    func written() {
        let proposals = Self.proposals(["dev"])
        #expect(proposals.map(\.applicability) == [.review])
        #expect(Self.code().edited(proposals).contains("common = { team = \"x\", Schedule = \"office-hours\" }"))
    }

    @Test("never reaches a machine that somebody needs at night, not even where nobody knows that one's tags")
    func alone() {
        let proposals = Self.proposals(["dev", "prod"])
        #expect(proposals.map(\.applicability) == [.advisory])
        #expect(proposals.first?.reason == "the place is shared: a change here would also change the tags of aws_instance.prod")
        // What names an owner harms nobody.
        #expect(Self.proposals(["dev", "prod"], policy: CodeFixture.tagging).map(\.applicability) == [.automatic])
    }
}
