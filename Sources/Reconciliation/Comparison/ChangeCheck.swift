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
        let head = try underTheBasesWorkspace(head, commit, target)
        let touched = trustsHead ? nil : try TouchedData(head, since: commit, to: target)
        if let file = observations?.snapshotFile { try touched?.refuse(snapshot: file) }
        var sides = Sides(head: head, commit: commit, name: base, proposed: head.policies, touched: touched)
        try open(&sides, target)
        guard let judging = sides.judging else { return try outcomeWithoutPolicies(sides) }
        // Code can be judged by policies that came after it.
        let fork = if let fork = sides.fork { fork } else { try OpenedWorkspace(head, at: commit, policies: judging) }
        sides.stated = judging.workspace.inventory
        if !trustsHead { sides.pending = Self.workspaces(of: head, notIn: [fork, sides.target].compactMap(\.self)) }
        keepCurrency(&sides, judging, fork)
        sides.judging?.workspace.inventory = KeptInventories.joined(
            judging.workspace.inventory, fork.policies.workspace.inventory
        ) { fork.hasCode(of: $0) || head.hasCode(of: $0) }
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
        var diagnostics: [Diagnostic] = []
        /// What of the change waits because it is in another currency.
        var pending: [Comparison.Pending] = []
        /// The inventories that the target states.
        var stated: [InventorySource] = []
    }

    // MARK: Who judges

    /// Takes the policies that the target has by now; where it has none that hold, those where the change began.
    private func open(_ sides: inout Sides, _ target: ObjectID) throws(WorkspaceError) {
        let (fork, why) = try openBase(sides.commit, sides.head)
        (sides.fork, sides.judging) = (fork, fork?.policies)
        guard target != sides.commit, !trustsHead else {
            if let why { sides.diagnostics.append(why.with("every finding counts as new")) }
            return
        }
        let (opened, whyNot) = try openBase(target, sides.head)
        if let policies = opened?.policies {
            (sides.target, sides.judging) = (opened, policies)
            if let fork { sides.proposed = MergedPolicies.of(sides.head.policies, since: fork.policies, into: policies) }
            if let why { sides.diagnostics.append(why.with("those of \(target.short) judge both sides")) }
        } else if let fork {
            sides.target = try OpenedWorkspace(fork, at: target, policies: fork.policies)
            guard whyNot?.id == "invalid-base" else { return }
            let message = "the policies of \(target.short) are not valid: those of \(sides.commit.short) judge"
            sides.diagnostics.append(Diagnostic(.warning, id: "invalid-target", message))
        } else if let why {
            sides.diagnostics.append(why.with("every finding counts as new"))
        }
    }

    /// Amounts in two currencies have no difference, and what policies say in one means nothing in the other: both sides are judged in the
    /// base's, by the base's policies, until the change is merged.
    private func keepCurrency(_ sides: inout Sides, _ judging: PolicySet, _ fork: OpenedWorkspace) {
        let head = sides.head.policies
        let (old, new) = (judging.workspace.currency, head.workspace.currency)
        guard old != new, sides.proposed.digest != judging.digest else { return }
        guard !trustsHead else {
            sides.judging = head
            let message = "the workspace's currency changes from \(old) to \(new): the change's policies judge both sides"
            sides.diagnostics.append(Diagnostic(.warning, id: "other-currency", message))
            return
        }
        var kept = judging
        // Where it looks for code is the change's to add, and what it takes away excuses nothing.
        kept.workspace.inventory = sides.proposed.workspace.inventory
        let exemptions = Set(sides.proposed.exemptions.map(\.name))
        kept.exemptions.removeAll { !exemptions.contains($0.name) }
        let entries = Set(sides.proposed.baseline?.entries ?? [])
        kept.baseline?.entries.removeAll { !entries.contains($0) }
        sides.proposed = kept
        let message =
            fork.policies.workspace.currency == new
            ? "the currency of '\(sides.name)' is \(old) by now, and this change is written for \(new): its edits of policies count once it is merged"
            : "the workspace's currency changes from \(old) to \(new): until that is merged, the base's policies judge both sides in \(old)"
        sides.diagnostics.append(Diagnostic(.warning, id: "other-currency", message))
        sides.pending += PolicyDifference.changes(from: fork.policies.objects, to: head.objects).map { change in
            let effect =
                change.policy.kind == .workspace
                ? "amounts are in \(old) until this is merged" : "it is not tried in another currency, and counts once it is merged"
            return Comparison.Pending(what: "\(change.policy)", place: change.place, effect: effect)
        }
    }

    // MARK: The base

    /// The head under the workspace that the base has for these files: neither a `bursar.yaml` nearer to them nor a link in the way decides
    /// which one that is.
    private func underTheBasesWorkspace(
        _ head: OpenedWorkspace, _ commit: ObjectID, _ target: ObjectID
    ) throws(WorkspaceError) -> OpenedWorkspace {
        guard !trustsHead else { return head }
        let written = head.repository.writtenPrefix(of: directory) ?? head.prefix
        func folder(_ commit: ObjectID) throws(WorkspaceError) -> String? {
            try OpenedWorkspace.folder(in: head.repository, at: commit, above: written)
        }
        var found = try folder(commit)
        if found == nil { found = try folder(target) }
        guard let folder = found, folder != head.prefix else { return head }
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

    /// Workspaces that the change adds below the base's: what they ask for, and where they look, is nobody's word yet.
    private static func workspaces(of head: OpenedWorkspace, notIn base: [OpenedWorkspace]) -> [Comparison.Pending] {
        head.tree.entries.filter { entry in
            entry.path.utf8.reversed().starts(with: ("/" + OpenedWorkspace.fileName).utf8.reversed())
                && !base.contains { $0.tree.entry(at: entry.path) != nil }
        }.map { entry in
            Comparison.Pending(
                what: "workspace '\(entry.path)'", place: Place(file: entry.path, line: 1),
                effect: "nothing is judged by it, or observed because of it, until this is merged")
        }
    }

    /// Why there is no base that can judge.
    private struct Obstacle {
        var id: String
        var reason: String

        func with(_ consequence: String) -> Diagnostic { Diagnostic(.warning, id: id, "\(reason): \(consequence)") }
    }

    /// The workspace as it was; nil where there was none, or none that can judge.
    private func openBase(_ commit: ObjectID, _ head: OpenedWorkspace) throws(WorkspaceError) -> (OpenedWorkspace?, Obstacle?) {
        do throws(WorkspaceError) {
            guard try OpenedWorkspace.folder(in: head.repository, at: commit, above: head.prefix) == head.prefix else {
                return (nil, Obstacle(id: "no-base-workspace", reason: "\(commit.short) has no workspace here"))
            }
            return (try OpenedWorkspace(directory, .revision(commit.description), under: head.prefix, now: now), nil)
        } catch {
            guard case .invalidPolicies(let found) = error else { throw error }
            let errors = found.count { $0.severity == .error }
            return (nil, Obstacle(id: "invalid-base", reason: "the policies of the base \(commit.short) are not valid (\(errors) errors)"))
        }
    }

    /// Nobody has agreed to any policies yet: the change's own judge it, and exempt nothing of it.
    private func outcomeWithoutPolicies(_ sides: Sides) throws(WorkspaceError) -> Outcome {
        let head = sides.head
        let trust = trustsHead ? .everything(head.policies) : Trust(head.policies, base: nil)
        let after = try EvaluatedWorkspace(
            head, policies: trust.policies, now: now, observations: try observe([head.policies], of: sides),
            marking: { trust.marked($0, base: []) }, isCompared: true)
        let difference = Difference(before: nil, after: after, crossed: nil, strictness: .asTheHead)
        var comparison = difference.comparison(base: sides.commit.description, named: sides.name)
        comparison.pending = PendingExemptions(trust.exemptions, of: after, all: head.policies).entries + trust.pending
        let deciding = Deciding(comparison.findings, .asTheHead, before: nil, crossed: nil)
        return Outcome(
            head: after, comparison: comparison, deciding: deciding.findings, diagnostics: sides.diagnostics,
            newGaps: after.gaps(notIn: nil))
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
        let difference = Difference(before: before, after: after, crossed: crossed, strictness: strictness)
        var comparison = difference.comparison(base: sides.commit.description, named: sides.name)
        let deciding = Deciding(
            comparison.findings, strictness, before: before.evaluation, crossed: trustsHead ? nil : crossed, trustsHead: trustsHead)
        comparison.pending =
            PendingExemptions(trust.exemptions, of: after, all: proposed).entries + trust.pending + sides.pending + strictness.pending
            + deciding.pending
        var decisive = deciding.findings
        var diagnostics = sides.diagnostics
        var newGaps = after.gaps(notIn: before)
        var unseen = UnseenModules.findings(before: before, after: after, by: trustsHead ? trust.policies : judging)
        let merged = try sides.target.flatMap { (target) throws(WorkspaceError) in
            try MergedTarget(into: target, before: before, after: after, marking: trust.marked, estimates: readsMore)
        }
        if let merged {
            merged.add(to: &after, &comparison, &decisive, strictness, judging: before.policies)
            let known = Set(unseen.map(\.key.atAddress))
            unseen += merged.unseenModules(by: judging).filter { !known.contains($0.key.atAddress) }
            let gaps = merged.gaps(notIn: after)
            after.observed.problems = (after.observed.problems + gaps).sorted()
            newGaps += gaps
            if !merged.conflicts.isEmpty { diagnostics.append(Self.conflict(merged.conflicts, sides.name)) }
        }
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
            estimateProblems: problems, diagnostics: diagnostics, newGaps: newGaps)
    }

    /// The head's code judged by the base's policies, which tells what the policies do from what the code does; nil where one of both is the
    /// same anyway.
    private func crossed(_ before: EvaluatedWorkspace, _ after: EvaluatedWorkspace) -> EvaluationResult? {
        guard before.policies.digest != after.policies.digest, before.observed.resources != after.observed.resources else { return nil }
        return PolicyEvaluator.evaluate(policies: before.policies, state: after.observed, now: now)
    }

    private static func conflict(_ files: [String], _ name: String) -> Diagnostic {
        let others = files.count > 1 ? " and \(files.count - 1) more" : ""
        let message =
            "the change does not merge into '\(name)' by itself: both edit '\(files[0])'\(others); until somebody settles that, the change's text counts there"
        return Diagnostic(.warning, id: "merge-conflict", message)
    }
}
