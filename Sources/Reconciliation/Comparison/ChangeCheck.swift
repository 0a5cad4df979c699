package import CostModel
package import Diagnostics
import Evaluation
import Git

/// Holds a change against what it is based on: both sides judged by the same evaluator on the same observations.
///
/// Code is compared with the commit where the change began. What decides *how* it is judged is the target's, as its newest commit has it: what
/// is observed, which policies and exemptions count, and how strictly they are enforced. A change cannot exempt itself.
package struct ChangeCheck {
    package struct Outcome {
        package var head: EvaluatedWorkspace
        /// The code where the change began, judged by the same policies; nil: there is none that can be judged.
        package var before: EvaluatedWorkspace?
        package var comparison: Comparison
        /// What the change costs, and what policies about changes say of that; nil where nobody asked, or there is nothing to compare with.
        package var estimate: EstimateChange?
        /// The findings by which the check ends, as strict as the base is.
        package var deciding: [Finding]
        /// What stood in the way of estimates.
        package var estimateProblems: [ObservationProblem] = []
        /// What is worth knowing about the base, such as that it has no workspace.
        package var diagnostics: [Diagnostic]
        /// What is missing that was not missing in the base: the change itself makes data partial.
        package var newGaps: [ObservationProblem]
    }

    private let directory: String
    private let now: Instant
    private let observations: Observations?
    private let trustsHead: Bool
    private let estimates: Bool

    /// - Parameters:
    ///   - observations: what lies outside Git where it was read already, such as from a snapshot.
    ///   - trustsHead: whether exemptions, a longer baseline and weaker enforcements of the head count at once.
    ///   - estimates: whether the change is estimated though no policy asks for that.
    package init(
        _ directory: String, now: Instant, observations: Observations? = nil, trustsHead: Bool = false, estimates: Bool = false
    ) {
        self.estimates = estimates
        self.directory = directory
        self.now = now
        self.observations = observations
        self.trustsHead = trustsHead
    }

    /// - Parameters:
    ///   - base: a revision; the change is compared with the newest commit that it and the head have in common.
    ///   - isExact: it is compared with the revision itself.
    package func compare(_ head: OpenedWorkspace, with base: String, isExact: Bool = false) throws(WorkspaceError) -> Outcome {
        let finder = BaseFinder(head.repository)
        let target = try finder.tip(named: base)
        let commit = isExact ? target : try finder.base(named: base, of: head.commit)
        let head = try underTheBasesWorkspace(head, commit)
        let (fork, diagnostics) = try openBase(commit, head)
        let touched = trustsHead ? nil : try TouchedData(head, since: commit, to: target)
        if let file = observations?.snapshotFile { try touched?.refuse(snapshot: file) }
        var sides = Sides(
            head: head, fork: fork, commit: commit, name: base, judging: fork?.policies, proposed: head.policies, touched: touched,
            diagnostics: diagnostics)
        if target != commit, !trustsHead { try judge(&sides, by: target) }
        guard let judging = sides.judging, let fork else { return try outcomeWithoutBase(sides) }
        sides.stated = judging.workspace.inventory
        sides.judging?.workspace.inventory = KeptInventories.joined(
            judging.workspace.inventory, fork.policies.workspace.inventory
        ) { fork.hasCode(of: $0) || head.hasCode(of: $0) }
        let (old, new) = (judging.workspace.currency, head.policies.workspace.currency)
        guard old == new else {
            // Amounts in two currencies have no difference.
            let message = "the workspace's currency changes from \(old) to \(new): every finding counts as new"
            sides.diagnostics.append(Diagnostic(.warning, id: "other-currency", message))
            return try outcomeWithoutBase(sides)
        }
        return try outcome(sides, fork)
    }

    /// What is compared, and what judges it.
    private struct Sides {
        var head: OpenedWorkspace
        /// The workspace where the change began; nil: there is none that can be judged.
        var fork: OpenedWorkspace?
        var commit: ObjectID
        var name: String
        /// The target by now, where that is not where the change began, and its policies hold.
        var target: OpenedWorkspace?
        /// The policies of the target; nil: it has none that hold.
        var judging: PolicySet?
        /// The policies that the target would have with the change.
        var proposed: PolicySet
        var touched: TouchedData?
        var diagnostics: [Diagnostic]
        /// The inventories that the target states.
        var stated: [InventorySource] = []
    }

    // MARK: The target

    /// Takes the policies that the target has by now.
    private func judge(_ sides: inout Sides, by target: ObjectID) throws(WorkspaceError) {
        let (opened, said) = try openBase(target, sides.head)
        guard let policies = opened?.policies else {
            // What it had where the change began judges in their place.
            if sides.fork != nil, said.contains(where: { $0.id == "invalid-base" }) {
                let message = "the policies of \(target.short) are not valid: those of \(sides.commit.short) judge"
                sides.diagnostics.append(Diagnostic(.warning, id: "invalid-target", message))
            }
            return
        }
        sides.target = opened
        sides.judging = policies
        if let fork = sides.fork?.policies {
            sides.proposed = MergedPolicies.of(sides.head.policies, since: fork, into: policies)
        }
    }

    // MARK: The base

    /// The head under the workspace that the base has for these files: neither a `bursar.yaml` nearer to them nor a link in the way decides
    /// which one that is.
    private func underTheBasesWorkspace(_ head: OpenedWorkspace, _ commit: ObjectID) throws(WorkspaceError) -> OpenedWorkspace {
        guard !trustsHead else { return head }
        let written = head.repository.writtenPrefix(of: directory) ?? head.prefix
        guard let folder = try OpenedWorkspace.folder(in: head.repository, at: commit, above: written), folder != head.prefix else {
            return head
        }
        let opened: OpenedWorkspace?
        do throws(WorkspaceError) {
            opened = try OpenedWorkspace(directory, head.source, under: folder, now: now)
        } catch {
            guard case .usage = error else { throw error }
            // The head has none there.
            opened = nil
        }
        if var opened, opened.prefix == folder {
            opened.clients = head.clients
            return opened
        }
        let files = [folder, head.prefix].map { OpenedWorkspace.path($0, OpenedWorkspace.fileName) }
        throw .usage(
            "the change takes away '\(files[0])', by which \(commit.short) judges these files, and brings '\(files[1])'; "
                + "'--trust-head' judges by that")
    }

    /// The workspace as it was; nil where there was none, or none that can be judged: then everything counts as new.
    private func openBase(_ commit: ObjectID, _ head: OpenedWorkspace) throws(WorkspaceError) -> (OpenedWorkspace?, [Diagnostic]) {
        do throws(WorkspaceError) {
            guard try OpenedWorkspace.folder(in: head.repository, at: commit, above: head.prefix) == head.prefix else {
                return (
                    nil,
                    [Diagnostic(.warning, id: "no-base-workspace", "\(commit.short) has no workspace here: every finding counts as new")]
                )
            }
            return (try OpenedWorkspace(directory, .revision(commit.description), under: head.prefix, now: now), [])
        } catch {
            guard case .invalidPolicies(let found) = error else { throw error }
            let errors = found.count { $0.severity == .error }
            let message = "the policies of the base \(commit.short) are not valid (\(errors) errors): every finding counts as new"
            return (nil, [Diagnostic(.warning, id: "invalid-base", message)])
        }
    }

    private func outcomeWithoutBase(_ sides: Sides) throws(WorkspaceError) -> Outcome {
        let head = sides.head
        let trust = trustsHead ? .everything(head.policies) : Trust(head.policies, base: nil)
        let observations = try observe([head.policies], of: sides)
        let judging = trustsHead ? nil : sides.judging
        let (before, crossed) = try judging.map { judging throws(WorkspaceError) in try bothSides(sides, by: judging) } ?? (nil, nil)
        var input = ObservedInput(
            head, policies: trust.policies, now: now, observations: observations, like: nil, isCompared: true)
        input.observed.resources = trust.marked(input.observed.resources, base: [])
        // Where the target looks and the change does not look any more, what cannot be read is missing all the same.
        let unseen = Set(crossed?.gaps(notIn: before) ?? []).subtracting(input.observed.problems)
        input.observed.problems = (input.observed.problems + unseen).sorted()
        var evaluated = EvaluatedWorkspace(judging: input)
        let strictness = judging.map { Strictness(head.policies, base: $0) } ?? .asTheHead
        let difference = Difference(before: nil, after: evaluated, crossed: nil, strictness: strictness)
        var comparison = difference.comparison(base: sides.commit.description, named: sides.name)
        if let before, let crossed {
            comparison.findings += GoneRoots(before: before, after: crossed).changes(of: before.evaluation.findings)
        }
        let deciding = Deciding(comparison.findings, strictness, before: before?.evaluation, crossed: crossed?.evaluation)
        comparison.pending =
            PendingExemptions(trust.exemptions, of: evaluated, all: head.policies).entries + trust.pending + strictness.pending
            + deciding.pending
        var decisive = deciding.findings
        if let judging {
            let reason = sides.diagnostics.last?.message ?? "there is nothing to compare with"
            let unseen = UnseenModules.findings(before: before, after: evaluated, crossed: crossed, by: judging)
            ChangeJudgement.add(PolicyEvaluator.unjudged(judging, reason) + unseen, to: &evaluated, &comparison, &decisive)
        }
        return Outcome(
            head: evaluated, comparison: comparison, deciding: decisive, diagnostics: sides.diagnostics,
            newGaps: evaluated.gaps(notIn: nil))
    }

    /// What the target's policies alone say of the code before the change and after it.
    private func bothSides(
        _ sides: Sides, by judging: PolicySet
    ) throws(WorkspaceError) -> (before: EvaluatedWorkspace?, after: EvaluatedWorkspace?) {
        let observations = try observe([judging], of: sides)
        let before = try sides.fork.map { fork throws(WorkspaceError) in
            try EvaluatedWorkspace(fork, policies: judging, now: now, observations: observations, isCompared: true)
        }
        // No comment of the change counts.
        let known = before?.observed.resources ?? []
        let trust = Trust(judging, base: before, hasCode: sides.head.hasCode)
        let after = try EvaluatedWorkspace(
            sides.head, policies: trust.policies, now: now, observations: observations, like: before,
            marking: { trust.marked($0, base: known) }, isCompared: true)
        return (before, after)
    }

    private func observe(_ policies: [PolicySet], of sides: Sides, units: Bool = false) throws(WorkspaceError) -> Observations {
        if let observations { return observations }
        let replaced = try sides.touched?.replaced(observing: policies)
        return .read(for: policies, directory: sides.head.folder, now: now, clients: sides.head.clients, replaced: replaced, units: units)
    }

    // MARK: Both sides

    private func outcome(_ sides: Sides, _ fork: OpenedWorkspace) throws(WorkspaceError) -> Outcome {
        let (head, proposed) = (sides.head, sides.proposed)
        let judging = sides.judging ?? fork.policies
        let estimates = self.estimates || judging.judgesChanges || proposed.judgesChanges
        let observations = try observe([judging, proposed], of: sides, units: estimates)
        let readsMore = estimates || judging.readsAttributes || proposed.readsAttributes
        let before = try EvaluatedWorkspace(
            fork, policies: judging, now: now, observations: observations, estimates: readsMore, isCompared: true)
        let trust =
            trustsHead ? .everything(proposed) : Trust(proposed, base: before, stated: sides.stated, hasCode: head.hasCode)
        var after = try EvaluatedWorkspace(
            head, policies: trust.policies, now: now, observations: observations, like: before,
            marking: { trust.marked($0, base: before.observed.resources) }, estimates: readsMore, isCompared: true)
        let strictness = trustsHead ? .asTheHead : Strictness(proposed, base: judging)
        let crossed = crossed(before, after)
        let failing = (after.evaluation.findings + (crossed?.findings ?? [])).filter { strictness.strict($0).mayFailCheck() }
        let fixed = try sides.target.flatMap { (target) throws(WorkspaceError) -> FixedSince? in
            try FixedSince(target, before: before, after: after, findings: failing)
        }
        let difference = Difference(before: before, after: after, crossed: crossed, strictness: strictness, fixed: fixed)
        var comparison = difference.comparison(base: sides.commit.description, named: sides.name)
        let deciding = Deciding(
            comparison.findings, strictness, before: before.evaluation, crossed: trustsHead ? nil : crossed, fixed: fixed,
            trustsHead: trustsHead)
        comparison.pending =
            PendingExemptions(trust.exemptions, of: after, all: proposed).entries + trust.pending + strictness.pending
            + deciding.pending
        var decisive = deciding.findings
        var unseen = UnseenModules.findings(before: before, after: after, by: trustsHead ? trust.policies : judging)
        (trustsHead ? trust.policies : judging).campaigns.soften(&unseen, on: now.day)
        ChangeJudgement.add(unseen, to: &after, &comparison, &decisive)
        var (estimate, problems): (EstimateChange?, [ObservationProblem]) = (nil, [])
        if estimates {
            let judgement = ChangeJudgement(
                before: before, after: after, judging: trustsHead ? trust.policies : judging, proposed: proposed,
                base: sides.commit.description)
            judgement.add(to: &after, &comparison, &decisive)
            estimate = judgement.change
            problems = judgement.problems
        }
        return Outcome(
            head: after, before: before, comparison: comparison, estimate: estimate, deciding: decisive,
            estimateProblems: problems, diagnostics: sides.diagnostics, newGaps: after.gaps(notIn: before))
    }

    /// The head's code judged by the base's policies, which tells what the policies do from what the code does; nil where one of both is the
    /// same anyway.
    private func crossed(_ before: EvaluatedWorkspace, _ after: EvaluatedWorkspace) -> EvaluationResult? {
        guard before.policies.digest != after.policies.digest, before.observed.resources != after.observed.resources else { return nil }
        return PolicyEvaluator.evaluate(policies: before.policies, state: after.observed, now: now)
    }
}
