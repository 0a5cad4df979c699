import CostModel
import Diagnostics
import Evaluation
import Observation
import Patterns
import Remediation
import Testing

/// Whole plans of random code, observed and judged as in earnest.
@Suite("edits of random Terraform")
struct RandomCodeTests {
    private static let now = Instant(seconds: 1_793_491_200)
    private static let place = Place(file: "p.yaml", line: 1)

    private static var policies: PolicySet {
        get throws {
            let tagging = TaggingPolicy(
                header: PolicyHeader(reference: PolicyReference(.tagging, "tags"), place: place, level: 1, fix: .automatic),
                match: ResourceMatch(types: [Glob("aws_*")]),
                requires: [
                    RequiredTag(key: "team", place: place, allowed: .list(["payments"]), defaultValue: .literal("payments")),
                    RequiredTag(key: "cost-center", place: place, pattern: try LinearPattern("CC-[0-9]+"), defaultValue: .literal("CC-1")),
                    RequiredTag(key: "environment", place: place, aliases: ["env"], defaultValue: .literal("prod")),
                ])
            let rule = Rule(
                header: PolicyHeader(reference: PolicyReference(.rule, "gp3"), place: place, level: 1, fix: .automatic),
                match: ResourceMatch(types: [Glob("aws_ebs_volume")]),
                assertion: Condition("has(resource.attributes.type) && resource.attributes.type == \"gp3\"", at: place),
                message: [.text("is not gp3")], changes: [.init(path: ["type"], value: .string("gp3"))])
            return PolicySet(
                workspace: Workspace(
                    name: "w", place: place, currency: .usd, policyPaths: [],
                    inventory: [InventorySource(name: "infra", place: place, format: .terraform, path: "infra")],
                    scoring: ScoringSettings(materiality: .zero(.usd))),
                policies: [tagging, rule])
        }
    }

    /// A tree of one file, observed and judged.
    private struct Tree {
        let file: SourceFile
        let policies: PolicySet
        let estate: WorkspaceEstate
        let findings: [Finding]

        init(_ file: SourceFile, _ policies: PolicySet) {
            let estate = Inventories(policies.workspace.inventory).estate(of: [file], readsAttributes: true) { sources, roots in
                StateFiles(sources: sources, directory: "", roots: roots)
            }
            self.init(file, policies, estate)
        }

        private init(_ file: SourceFile, _ policies: PolicySet, _ estate: WorkspaceEstate) {
            self.file = file
            self.policies = policies
            self.estate = estate
            let state = ObservedState(
                resources: estate.resources, cost: CostTable(currency: .usd), utilization: UtilizationTable(), catalog: .builtIn)
            findings = PolicyEvaluator.evaluate(policies: policies, state: state, now: RandomCodeTests.now).findings
        }

        func replacing(_ bytes: [UInt8]) -> Tree {
            Tree(SourceFile(path: file.path, bytes: bytes), policies, estate.replacing([file.path: bytes]))
        }

        var isWhole: Bool { estate.problems.allSatisfy { $0.severity != .partial } }
        var failing: Set<String> { Set(findings.filter { $0.verdict == .fail }.map(\.id)) }

        private var judged: JudgedTree {
            JudgedTree(resources: estate.resources, findings: findings, readers: estate.readers)
        }

        func propose() -> [Proposal] {
            let remediator = Remediator(
                before: judged, policies: policies,
                sources: SourceLibrary { estate.file($0).flatMap(Editors.open) },
                judge: { files in
                    guard let bytes = files[file.path] else { return nil }
                    let edited = replacing(bytes)
                    return edited.isWhole ? edited.judged : nil
                })
            return remediator.propose()
        }
    }

    /// The bytes that edits leave, found without making them.
    private func outside(_ edits: [TextEdit], of bytes: [UInt8]) -> [UInt8] {
        bytes.indices.filter { index in !edits.contains { $0.range.contains(index) } }.map { bytes[$0] }
    }

    /// The same bytes, found in the result: each edit has moved what stands behind it.
    private func outside(_ edits: [TextEdit], ofEdited bytes: [UInt8]) -> [UInt8] {
        var rest = bytes
        for edit in edits.sorted().reversed() {
            let shift = edits.filter { $0 < edit }.reduce(0) { $0 + $1.replacement.count - $1.range.count }
            let start = edit.range.lowerBound + shift
            guard rest[start...].starts(with: edit.replacement) else { return [] }
            rest.removeSubrange(start..<start + edit.replacement.count)
        }
        return rest
    }

    @Test("leave every other byte alone, fix what they promise, and leave a second plan only what was said to wait")
    func offered() throws {
        let policies = try Self.policies
        var fixed = 0
        for seed in 0..<150 {
            var random = RandomCode(seed: UInt64(seed))
            let tree = Tree(SourceFile(path: "infra/main.tf", text: random.file()), policies)
            let text = tree.file.text(0..<tree.file.bytes.count)
            try #require(tree.isWhole, "seed \(seed) made code that cannot be read: \(tree.estate.problems)\n\(text)")
            let offered = tree.propose().filter { $0.applicability != .advisory }
            #expect(offered == tree.propose().filter { $0.applicability != .advisory }, "seed \(seed): another answer the second time")

            for proposal in offered {
                let alone = try #require(proposal.edits.applied(to: tree.file.bytes), "seed \(seed)")
                #expect(
                    outside(proposal.edits, of: tree.file.bytes) == outside(proposal.edits, ofEdited: alone), "seed \(seed)\n\(text)")
                let after = tree.replacing(alone)
                #expect(after.failing.isDisjoint(with: proposal.findings), "seed \(seed): \(proposal.title) alone\n\(text)")
                #expect(after.failing.isSubset(of: tree.failing), "seed \(seed): \(proposal.title) alone\n\(text)")
            }
            let all = try #require(offered.flatMap(\.edits).applied(to: tree.file.bytes), "seed \(seed)")
            let promised = Set(offered.flatMap(\.findings))
            fixed += promised.count

            // Read anew, without anything that is known of the tree before.
            let after = Tree(SourceFile(path: tree.file.path, bytes: all), policies)
            let result = after.file.text(0..<all.count)
            #expect(after.isWhole, "seed \(seed)\n\(text)\n\(result)")
            #expect(tree.replacing(all).estate.resources == after.estate.resources, "seed \(seed)")
            // A literal behind a condition is nobody's to edit, but may be fixed along with another's.
            #expect(after.failing.isSubset(of: tree.failing.subtracting(promised)), "seed \(seed)\n\(text)\n\(result)")
            // Two edits of the same bytes are made one after the other; besides those a second plan has nothing to do.
            let waiting = Set(tree.propose().filter { $0.reason?.hasSuffix("plan again after that one") == true }.flatMap(\.findings))
            let second = after.propose().filter { $0.applicability != .advisory }
            #expect(waiting.isSuperset(of: second.flatMap(\.findings)), "seed \(seed): a second plan\n\(text)\n\(result)")
        }
        #expect(fixed > 200, "too little was fixed to say anything: \(fixed)")
    }
}
