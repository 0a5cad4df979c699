import CostModel
import Diagnostics
import Remediation

/// A few resources in one Terraform file, with spans found by the text they were written in.
struct CodeFixture {
    let source: SourceFile
    var resources: [Resource] = []
    var findings: [Finding] = []
    /// Beside the one on tags.
    var policies: [any PolicyBody] = []

    init(_ text: String) {
        source = SourceFile(path: "infra/main.tf", text: text)
    }

    /// The bytes of the first occurrence of a text, from another text on.
    func span(_ text: String, after anchor: String = "") -> FileSpan {
        let start = find(Array(anchor.utf8), from: 0) ?? 0
        guard let at = find(Array(text.utf8), from: start) else { preconditionFailure("the code has no '\(text)'") }
        return FileSpan(file: source.path, bytes: at..<at + text.utf8.count)
    }

    private func find(_ wanted: [UInt8], from start: Int) -> Int? {
        guard !wanted.isEmpty, source.bytes.count >= wanted.count else { return start }
        return (start...source.bytes.count - wanted.count).first { source.bytes[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }

    mutating func add(_ name: String, tags: Tags, insertions: [EditLocation] = [], size: SizeArgument? = nil) {
        resources.append(
            Resource(
                identity: ResourceIdentity(root: "infra", address: "aws_instance.\(name)"), type: "aws_instance", provider: "aws",
                location: Place(file: source.path, line: 1), block: FileSpan(file: source.path, bytes: 0..<1),
                tags: TagSet(
                    supported: true, tags: tags, insertions: insertions, insertionObstacle: insertions.isEmpty ? "no literal" : nil),
                size: size))
    }

    static let tagging = PolicyHeader(
        reference: PolicyReference(.tagging, "tags"), place: Place(file: "p.yaml", line: 1), level: 1, fix: .automatic)
    static let rightsizing = PolicyHeader(
        reference: PolicyReference(.rightsizing, "sizes"), place: Place(file: "p.yaml", line: 1), level: 2)

    mutating func find(
        _ key: String, on name: String, proposing value: String?, policy: PolicyHeader = CodeFixture.tagging, exemption: String? = nil
    ) {
        let resource = resources.first { $0.identity.address == "aws_instance.\(name)" }
        guard let resource else { preconditionFailure("no resource \(name)") }
        findings.append(
            Finding(
                policy: policy, rule: "missing-tag", verdict: .fail, team: "payments", message: "required tag '\(key)' is missing",
                subject: policy.reference.kind == .tagging ? key : nil, proposal: value.map { [key: $0] } ?? [:],
                reason: value == nil ? "no default" : nil,
                resource: .init(identity: resource.identity, id: nil, type: resource.type, provider: "aws"), location: resource.location,
                atStake: .zero(.usd), exemption: exemption))
    }

    /// Proposals where the edited tree is judged as a test says; by default every request is fulfilled and nothing else changes.
    func propose(judge: (([UInt8]) -> JudgedTree?)? = nil) -> [Proposal] {
        let policies = PolicySet(
            workspace: Workspace(
                name: "w", place: Place(file: "bursar.yaml", line: 1), currency: .usd, policyPaths: [],
                scoring: ScoringSettings(materiality: .zero(.usd))),
            policies: [
                TaggingPolicy(
                    header: CodeFixture.tagging, match: ResourceMatch(),
                    requires: [RequiredTag(key: "environment", place: Place(file: "p.yaml", line: 1), aliases: ["env"])])
            ] + self.policies)
        let before = JudgedTree(resources: resources, findings: findings)
        let remediator = Remediator(
            before: before, policies: policies, sources: sources,
            judge: { files in
                guard let bytes = files[source.path] else { return before }
                return judge.map { $0(bytes) } ?? JudgedTree(resources: resources, findings: [])
            })
        return remediator.propose()
    }

    var sources: SourceLibrary { SourceLibrary { $0 == source.path ? Editors.open(source, of: .terraform) : nil } }

    /// The file with all proposals made.
    func edited(_ proposals: [Proposal]) -> String {
        proposals.flatMap(\.edits).applied(to: source.bytes).map { String(decoding: $0, as: UTF8.self) } ?? "overlapping edits"
    }
}

extension JudgedTree {
    /// A tree of which a test says which arguments there are.
    init(resources: [Resource], findings: [Finding], arguments: [ResourceIdentity: [String: String]]) {
        let readers = arguments.mapValues {
            CodeReader(place: Place(file: "main.tf", line: 1), digests: $0.mapValues { SHA256.Digest(of: $0) })
        }
        self.init(resources: resources, findings: findings, readers: { _ in readers })
    }
}
