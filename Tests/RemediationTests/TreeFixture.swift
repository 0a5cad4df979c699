import CostModel
import Diagnostics
import Evaluation
import Observation
import Patterns
import Remediation

/// A tree of Terraform files, observed and judged as in earnest by a policy that asks for three tags.
struct TreeFixture {
    private static let place = Place(file: "p.yaml", line: 1)

    let files: [String: SourceFile]
    let policies: PolicySet
    let estate: WorkspaceEstate
    let findings: [Finding]

    init(_ texts: [String: String], policies more: [any PolicyBody] = []) throws {
        let tagging = TaggingPolicy(
            header: PolicyHeader(reference: PolicyReference(.tagging, "tags"), place: Self.place, level: 1, fix: .automatic),
            match: ResourceMatch(types: [Glob("aws_*")]),
            requires: [
                RequiredTag(key: "team", place: Self.place, allowed: .list(["payments"]), defaultValue: .literal("payments")),
                RequiredTag(
                    key: "cost-center", place: Self.place, pattern: try LinearPattern("CC-[0-9]+"), defaultValue: .literal("CC-1")),
                RequiredTag(key: "environment", place: Self.place, aliases: ["env"], defaultValue: .literal("prod")),
            ])
        let policies = PolicySet(
            workspace: Workspace(
                name: "w", place: Self.place, currency: .usd, policyPaths: [],
                inventory: [InventorySource(name: "infra", place: Self.place, format: .terraform, path: ".")],
                scoring: ScoringSettings(materiality: .zero(.usd))),
            policies: [tagging] + more)
        let files = texts.map { SourceFile(path: $0.key, text: $0.value) }
        let estate = Inventories(policies.workspace.inventory).estate(of: files, readsAttributes: true) { sources, roots in
            StateFiles(sources: sources, directory: "", roots: roots)
        }
        self.init(Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0) }), policies, estate)
    }

    /// One root in one file.
    init(_ text: String) throws { try self.init(["app/main.tf": text]) }

    private init(_ files: [String: SourceFile], _ policies: PolicySet, _ estate: WorkspaceEstate) {
        self.files = files
        self.policies = policies
        self.estate = estate
        let state = ObservedState(
            resources: estate.resources, cost: CostTable(currency: .usd), utilization: UtilizationTable(), catalog: .builtIn)
        findings = PolicyEvaluator.evaluate(policies: policies, state: state, now: Instant(seconds: 1_793_491_200)).findings
    }

    private func replacing(_ edited: [String: [UInt8]]) -> TreeFixture {
        let new = edited.map { ($0.key, SourceFile(path: $0.key, bytes: $0.value)) }
        return TreeFixture(files.merging(new, uniquingKeysWith: { $1 }), policies, estate.replacing(edited))
    }

    private var judged: JudgedTree { JudgedTree(resources: estate.resources, findings: findings, readers: estate.readers) }

    func propose() -> [Proposal] {
        let remediator = Remediator(
            before: judged, policies: policies, sources: SourceLibrary { estate.file($0).flatMap(Editors.open) },
            judge: { edited in
                let after = replacing(edited)
                return after.estate.problems.contains { $0.severity == .partial } ? nil : after.judged
            })
        return remediator.propose()
    }

    /// The files with all proposals made that are offered.
    func fixed() -> [String: String] {
        var edits = TreeEdits()
        for proposal in propose() where proposal.applicability != .advisory {
            if let file = proposal.file { edits.add(proposal.edits, to: file) }
        }
        let made = (try? edits.made { files[$0]?.bytes }) ?? []
        return Dictionary(uniqueKeysWithValues: made.map { ($0.path, String(decoding: $0.new, as: UTF8.self)) })
    }

    /// Why nothing is offered, each reason once.
    var reasons: Set<String> { Set(propose().compactMap(\.reason)) }
    var offered: [Proposal] { propose().filter { $0.applicability != .advisory } }
}
