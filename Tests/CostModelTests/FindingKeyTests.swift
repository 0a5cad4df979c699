import CostModel
import TestSupport
import Testing

@Suite("what a finding is about")
struct FindingKeyTests {
    private static let header = PolicyHeader(
        reference: PolicyReference(.tagging, Collision.policy), place: Place(file: "policies/tags.yaml", line: 1), severity: .high,
        enforcement: .block, level: 1)

    private func finding(_ name: String, deployed: String? = nil, period: String? = nil) -> Finding {
        let identity = ResourceIdentity(root: Collision.root, address: "aws_sqs_queue.\(name)")
        var finding = Finding(
            policy: Self.header, rule: "missing-tag", verdict: .fail, team: nil, message: "", subject: Collision.subject,
            resource: .init(identity: identity, id: nil, type: "aws_sqs_queue", provider: "aws", deployedName: deployed), location: nil,
            atStake: nil)
        finding.period = period
        return finding
    }

    @Test("short ids of two questions may agree; their keys and identities do not, and within an evaluation neither do their ids")
    func collision() {
        var findings = Collision.names.map { finding($0) } + [finding("other")]
        #expect(findings[0].id == Collision.id && findings[1].id == Collision.id)
        #expect(Set(findings.map(\.key)).count == 3 && Set(findings.map(\.key.identity)).count == 3)
        let other = findings[2].id
        findings.tellApart()
        #expect(Set(findings.map(\.id)).count == 3)
        #expect(findings[0].id.hasPrefix(Collision.id) && findings[0].id.utf8.count == 34)
        #expect(findings[2].id == other)
        let once = findings
        findings.tellApart()
        #expect(findings == once)
    }

    @Test("a finding has one id, however often it is there")
    func same() {
        var findings = [finding("jobs"), finding("jobs")]
        findings.tellApart()
        #expect(findings[0].id == findings[1].id && findings[0].id.utf8.count == 14)
    }

    @Test("an identity is that of what is deployed, wherever it is declared; before that, of the place; a budget's that of its period")
    func identities() {
        let (here, there) = (finding("a", deployed: "aws_sqs_queue:arn:1"), finding("b", deployed: "aws_sqs_queue:arn:1"))
        #expect(here.key.identity == there.key.identity && here.id != there.id)
        #expect(here.key.identity != finding("a").key.identity)
        #expect(here.names == [here.id, here.key.identity, finding("a").key.identity])
        #expect(finding("a", period: "2026-10").key.identity != finding("a", period: "2026-11").key.identity)
        #expect(here.key.identity.utf8.count == 32)
    }

    @Test(
        "what is deployed has the name of its ARN; else of its id, which counts in one account and region only",
        arguments: [
            (Resource.Deployed(id: "jobs", arn: "arn:aws:sqs:us-east-1:1:jobs"), "aws_sqs_queue:arn:aws:sqs:us-east-1:1:jobs"),
            (Resource.Deployed(id: "jobs", arn: "", account: "1", region: "us-east-1"), "aws_sqs_queue:1:us-east-1:jobs"),
            (Resource.Deployed(id: "jobs"), "aws_sqs_queue:::jobs"), (Resource.Deployed(id: ""), nil), (Resource.Deployed(), nil),
        ] as [(Resource.Deployed, String?)])
    func deployedName(deployed: Resource.Deployed, name: String?) {
        let place = Place(file: "main.tf", line: 1)
        let resource = Resource(
            identity: ResourceIdentity(root: "", address: "aws_sqs_queue.jobs"), type: "aws_sqs_queue", provider: "aws", location: place,
            block: FileSpan(file: "main.tf", bytes: 0..<1), tags: TagSet(supported: true), deployed: deployed)
        #expect(resource.deployedName == name)
    }
}
