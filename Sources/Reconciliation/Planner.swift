import CostModel
import Diagnostics
import Git
import Observation
import Remediation

/// Makes a plan of an evaluation: proposals, proved by judging the edited tree with the same evaluator, as patches against the base commit.
struct Planner {
    typealias OpenFile = (SourceFile, InventoryFormat) -> (any CodeEditor)?

    let evaluated: EvaluatedWorkspace
    var order: PlanOrder?
    /// Opens a file with the editor of its format.
    var open: OpenFile = Editors.open
    /// How long a plan is worth applying.
    static let lifetime = TimeSpan.days(14)

    func plan() throws(WorkspaceError) -> Plan {
        guard let base = evaluated.workspace.commit else { throw .noCommit(evaluated.workspace.revision) }
        let changes = try proposals().map { proposal throws(WorkspaceError) in try change(proposal) }
        let files = try PlanFiles(of: changes.filter { $0.applicability != .advisory }, in: evaluated)
        return Plan(
            baseCommit: base, workspace: evaluated.workspace.prefix, policyDigest: evaluated.policies.digest,
            observedDigest: ObservedDigest.digest(of: evaluated.observed),
            evaluatedAt: evaluated.now, expires: evaluated.now.adding(Self.lifetime), changes: changes, files: files.results,
            patch: files.patch)
    }

    /// A patch is text: what is not UTF-8 could not be shown in one unharmed, and is not edited.
    private func editor(of path: String) -> (any CodeEditor)? {
        guard let (source, format) = evaluated.estate.file(path), String(validating: source.bytes, as: UTF8.self) != nil else { return nil }
        return open(source, format)
    }

    /// What the plan offers, and advice for the rest.
    private func proposals() -> [Proposal] {
        let trial = EditTrial(evaluated)
        let linked = LinkedCode(evaluated.workspace, evaluated.estate)
        let remediator = Remediator(
            before: trial.tree, policies: evaluated.policies,
            sources: SourceLibrary(secretLines: evaluated.estate.secretLines, linkTo: linked.link, open: editor),
            judge: { trial.judge($0) })
        return limited(remediator.propose())
    }

    /// Ids of the findings that the plan fixes.
    func fixable() -> Set<String> {
        // Most trees have nothing to fix; then nothing needs proving.
        guard evaluated.evaluation.findings.contains(where: { $0.isFailing && !$0.proposal.isEmpty && $0.fix != .advisory }) else {
            return []
        }
        return Set(proposals().lazy.filter { $0.applicability != .advisory }.flatMap(\.findings))
    }

    /// The most valuable changes, as many as the workspace allows in one plan; the others are listed and wait.
    private func limited(_ proposals: [Proposal]) -> [Proposal] {
        let limit = evaluated.policies.workspace.remediation.maxChangesPerPlan
        let failing = evaluated.evaluation.findings.lazy.filter(\.isFailing)
        let stakes = Dictionary(failing.map { ($0.id, $0.atStake?.amount ?? .zero) }, uniquingKeysWith: { first, _ in first })
        let names = order == nil ? [:] : evaluated.evaluation.findings.namesByID
        func rank(_ proposal: Proposal) -> Int { order?.rank(of: proposal.findings.map { names[$0] ?? [$0] }) ?? 0 }
        func worth(_ proposal: Proposal) -> FixedDecimal { proposal.findings.reduce(.zero) { $0 + (stakes[$1] ?? .zero) } }
        let offered = proposals.indices.filter { proposals[$0].applicability != .advisory }
        guard offered.count > limit else { return proposals }
        let chosen = offered.sorted { a, b in
            let (left, right) = (proposals[a], proposals[b])
            if rank(left) != rank(right) { return rank(left) < rank(right) }
            return worth(left) == worth(right) ? a < b : worth(left) > worth(right)
        }
        var result = proposals
        for index in chosen.dropFirst(limit) {
            result[index].applicability = .advisory
            result[index].reason = Self.beyond(limit)
        }
        return result
    }

    private func change(_ proposal: Proposal) throws(WorkspaceError) -> Plan.Change {
        var change = Plan.Change(
            id: identifier(of: proposal), title: proposal.title, findings: proposal.findings, team: proposal.team,
            file: (proposal.file ?? proposal.location?.file).map(evaluated.workspace.repositoryPath), line: proposal.location?.line,
            applicability: proposal.applicability, reason: proposal.reason, monthlySavings: proposal.monthlySavings)
        guard proposal.applicability != .advisory, proposal.file != nil else { return change }
        change.edits = proposal.edits
        let files = try PlanFiles(of: [change], in: evaluated)
        change.baseBlob = files.results.first?.baseBlob
        change.newBlob = files.results.first?.newBlob
        change.patch = files.patch
        return change
    }

    /// What it is about, not what it writes: the same findings in the same file have the same id.
    private func identifier(of proposal: Proposal) -> String {
        var hash = SHA256()
        hash.update(field: proposal.file ?? "")
        for finding in proposal.findings { hash.update(field: finding) }
        return "c-" + hash.hexDigest().prefix(12)
    }
}

// MARK: Messages

extension Planner {
    private static func beyond(_ limit: Int) -> String { "left for a later plan: maxChangesPerPlan is \(limit)" }
}
