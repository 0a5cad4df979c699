import CostModel
import Diagnostics
import Git
import Remediation

/// Makes a plan of a pass: proposals, proved by judging the edited tree with the same evaluator, as patches against the base commit.
struct Planner {
    let pass: Pass
    var order: PlanOrder?
    /// How long a plan is worth applying.
    static let lifetime = TimeSpan.days(14)

    func plan() throws(PassError) -> Plan {
        guard let base = pass.workspace.commit else { throw .noCommit(pass.workspace.revision) }
        // A patch is text: what is not UTF-8 could not be shown in one unharmed, and is not edited.
        let sources = SourceLibrary { path in
            pass.terraform.files[path].flatMap { String(validating: $0.bytes, as: UTF8.self) == nil ? nil : $0 }
        }
        let remediator = Remediator(
            before: Judgement(resources: pass.observed.resources, findings: pass.evaluation.findings), policies: pass.policies,
            sources: sources, judge: judge)
        var changes: [Plan.Change] = []
        var edits: [String: [TextEdit]] = [:]
        for proposal in limited(remediator.propose()) {
            changes.append(try change(proposal))
            if let file = proposal.file, proposal.applicability != .advisory { edits[file, default: []] += proposal.edits }
        }
        var files: [Plan.FileResult] = []
        var patch = ""
        for (path, edits) in edits.sorted(by: { $0.key < $1.key }) {
            let (old, new) = try bytes(path, edits)
            files.append(
                Plan.FileResult(
                    path: pass.workspace.repositoryPath(path), baseBlob: try pass.workspace.blob(of: old),
                    newBlob: try pass.workspace.blob(of: new)))
            patch += try pass.workspace.diff(path, from: old, to: new)
        }
        return Plan(
            baseCommit: base, workspace: pass.workspace.prefix, policyDigest: pass.policies.digest,
            observedDigest: ObservedDigest.digest(of: pass.observed),
            evaluatedAt: pass.now, expires: pass.now.adding(Self.lifetime), changes: changes, files: files, patch: patch)
    }

    /// The edited tree, judged like the tree itself; nil when an edited file or its root can no longer be read.
    private func judge(_ files: [String: [UInt8]]) -> Judgement? {
        let edited = pass.terraform.replacing(files)
        let problems = Set(pass.terraform.problems.filter { $0.severity == .partial })
        guard edited.problems.allSatisfy({ $0.severity != .partial || problems.contains($0) }) else { return nil }
        let before = Dictionary(pass.observed.resources.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        let changed = edited.resources.filter { before[$0.identity] != $0 }
        let identities = Set(changed.map(\.identity))
        let unchanged = pass.evaluation.findings.filter { finding in finding.resource.map { !identities.contains($0.identity) } ?? true }
        return Judgement(resources: edited.resources, findings: unchanged + pass.judge(changed))
    }

    /// The most valuable changes, as many as the workspace allows in one plan; the others are listed and wait.
    private func limited(_ proposals: [Proposal]) -> [Proposal] {
        let limit = pass.policies.workspace.remediation.maxChangesPerPlan
        let stakes = Dictionary(
            pass.evaluation.findings.map { ($0.id, $0.atStake?.amount ?? .zero) }, uniquingKeysWith: { first, _ in first })
        func rank(_ proposal: Proposal) -> Int { order?.rank(of: proposal.findings) ?? 0 }
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

    private func change(_ proposal: Proposal) throws(PassError) -> Plan.Change {
        var change = Plan.Change(
            id: identifier(of: proposal), title: proposal.title, findings: proposal.findings, team: proposal.team,
            file: (proposal.file ?? proposal.location?.file).map(pass.workspace.repositoryPath), line: proposal.location?.line,
            applicability: proposal.applicability, reason: proposal.reason, monthlySavings: proposal.monthlySavings)
        guard proposal.applicability != .advisory, let file = proposal.file else { return change }
        let (old, new) = try bytes(file, proposal.edits)
        change.baseBlob = try pass.workspace.blob(of: old)
        change.newBlob = try pass.workspace.blob(of: new)
        change.patch = try pass.workspace.diff(file, from: old, to: new)
        change.edits = proposal.edits.map { edit in
            Plan.Edit(offset: edit.range.lowerBound, length: edit.range.count, text: String(decoding: edit.replacement, as: UTF8.self))
        }
        return change
    }

    private func bytes(_ path: String, _ edits: [TextEdit]) throws(PassError) -> (old: [UInt8], new: [UInt8]) {
        guard let old = pass.terraform.files[path]?.bytes, let new = edits.applied(to: old) else {
            throw .failed("a proved edit of '\(path)' cannot be made")
        }
        return (old, new)
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
