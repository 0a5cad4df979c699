import CostModel
import Diagnostics
import Testing

@testable import Remediation

@Suite("the proof")
struct ProofTests {
    private func fixture() -> CodeFixture {
        var code = CodeFixture("locals {\n  a = { x = \"1\" }\n  b = { x = \"1\" }\n}\n")
        for name in ["a", "b"] {
            code.add(name, tags: [:], insertions: [.collection(code.span("{ x = \"1\" }", after: "\(name) ="))])
            code.find("team", on: name, proposing: "payments")
        }
        return code
    }

    @Test("takes back the change whose finding stays, and keeps the others")
    func findingStays() {
        let code = fixture()
        let stubborn = code.findings[0]
        let proposals = code.propose { _ in JudgedTree(resources: code.resources, findings: [stubborn]) }
        #expect(proposals.allSatisfy { $0.applicability == .advisory || !$0.findings.contains(stubborn.id) })
        #expect(proposals.contains { $0.reason == "the finding would not disappear" })
    }

    @Test("takes back a change that causes another finding")
    func causesAnother() {
        var code = fixture()
        code.add("c", tags: [:])
        let resources = code.resources
        var other = code
        other.find("team", on: "c", proposing: nil)
        let caused = other.findings.suffix(1)
        let proposals = code.propose { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            return JudgedTree(resources: resources, findings: text.contains("b = { x = \"1\", team") ? Array(caused) : [])
        }
        #expect(proposals.map(\.applicability) == [.automatic, .advisory])
        #expect(proposals.last?.reason == "the change would cause another finding")
    }

    @Test("takes back a change that changes the tags of a resource nobody spoke of")
    func disturbs() {
        var code = fixture()
        code.add("innocent", tags: [:])
        var disturbed = code.resources
        disturbed[2].tags.tags["team"] = Tag(value: "payments")
        let proposals = code.propose { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            return JudgedTree(resources: text.contains("a = { x = \"1\", team") ? disturbed : code.resources, findings: [])
        }
        #expect(proposals.map(\.applicability) == [.automatic, .advisory])
        #expect(proposals.last?.reason == "the place is shared: a change here would also change the tags of aws_instance.innocent")
    }

    @Test("an edited file that cannot be read any more is never offered")
    func unreadable() {
        #expect(fixture().propose { _ in nil }.allSatisfy { $0.applicability == .advisory })
    }

    @Test("takes back a change that changes anything else nobody asked for", arguments: Disturbance.allCases)
    func disturbsMore(disturbance: Disturbance) {
        var code = fixture()
        code.add("innocent", tags: [:], size: SizeArgument(name: "instance_type", value: "m5.large"))
        let before = code.resources
        let proposals = code.propose { bytes in
            let isFirst = String(decoding: bytes, as: UTF8.self).contains("a = { x = \"1\", team")
            guard isFirst else { return JudgedTree(resources: before, findings: []) }
            return JudgedTree(resources: disturbance.disturb(before), findings: [], arguments: disturbance.arguments(of: before))
        }
        #expect(proposals.map(\.applicability) == [.automatic, .advisory])
        #expect(proposals.last?.reason == disturbance.reason)
    }

    enum Disturbance: CaseIterable {
        case size, argument, removal, addition, other

        func disturb(_ resources: [Resource]) -> [Resource] {
            var resources = resources
            switch self {
            case .size: resources[2].size?.value = "m5.xlarge"
            case .argument: break
            case .removal: resources.removeLast()
            case .addition:
                var more = resources[2]
                more.identity.address += "[1]"
                resources.append(more)
            case .other: resources[2].identity.address = "aws_instance.renamed"
            }
            return resources
        }

        /// What the code says besides tags and sizes, once it is disturbed.
        func arguments(of resources: [Resource]) -> [ResourceIdentity: [String: String]] {
            self == .argument ? [resources[0].identity: ["user_data": "of another text"]] : [:]
        }

        var reason: String {
            switch self {
            case .size: "the place is shared: a change here would also change the size of aws_instance.innocent"
            case .argument: "the place is shared: a change here would also change other arguments of aws_instance.a"
            case .removal, .addition, .other: "the change would add or remove resources"
            }
        }
    }

    @Test("lets a tag that is derived from the fixed one follow it on the same resource")
    func derivedTag() {
        let code = fixture()
        var after = code.resources
        after[0].tags.tags["Name"] = Tag(value: "payments-web")
        #expect(code.propose { _ in JudgedTree(resources: after, findings: []) }.map(\.applicability) == [.automatic, .automatic])
    }

    @Test("of changes that are right alone and wrong together keeps the first and lets the other wait")
    func onlyTogether() {
        let code = fixture()
        let stubborn = code.findings
        let proposals = code.propose { bytes in
            let both = String(decoding: bytes, as: UTF8.self).split(separator: "team").count == 3
            return JudgedTree(resources: code.resources, findings: both ? stubborn : [])
        }
        #expect(proposals.map(\.applicability) == [.automatic, .advisory])
        #expect(proposals.last?.reason == "the change conflicts with another one; plan again after that one")
        #expect(code.edited(proposals).contains("a = { x = \"1\", team = \"payments\" }\n  b = { x = \"1\" }"))
    }

    @Test("refuses a finding whose edits lie in several files: each patch is of one, and half of a fix is none")
    func severalFiles() {
        let files = ["a.tf", "b.tf"].map { SourceFile(path: $0, text: "locals {\n  x = \"1\"\n}\n") }
        let sources = SourceLibrary { path in files.first { $0.path == path }.flatMap { Editors.open($0, of: .terraform) } }
        let requests = files.map { file in
            let literal = FileSpan(file: file.path, bytes: 15..<18)
            return FixRequest(
                finding: "f", resource: ResourceIdentity(root: "", address: "aws_db_instance.a"), subject: .argument(file.path), value: "2",
                applicability: .review,
                candidates: [.init(location: sources.location(of: literal), operation: .replace(literal: literal, value: .string("2")))])
        }
        var resolver = EditResolver(requests: requests, users: LiteralUsers([], of: []), sources: sources)
        resolver.resolve()
        #expect(resolver.changes.count == 2)
        let proof = Proof(before: JudgedTree(resources: [], findings: []), judge: { _ in nil }, sources: sources)
        #expect(
            proof.objections(to: resolver) == [
                .init(finding: "f", reason: "its edits are in several files, but a patch is of one file and must fix the finding alone")
            ])
    }
}
