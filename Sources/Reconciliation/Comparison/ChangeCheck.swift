package import CostModel
package import Diagnostics
import Evaluation
import Git

/// Holds a change against what it is based on: both sides judged by the same evaluator on the same observations.
///
/// What decides *how* a change is judged comes from its base: where the bill is, which exemptions count, and how strictly a policy is
/// enforced. A change cannot exempt itself.
package struct ChangeCheck {
    package struct Outcome {
        package var head: EvaluatedWorkspace
        package var comparison: Comparison
        /// The findings by which the check ends, as strict as the base is.
        package var deciding: [Finding]
        /// What is worth knowing about the base, such as that it has no workspace.
        package var diagnostics: [Diagnostic]
        /// What is missing that was not missing in the base: the change itself makes data partial.
        package var newGaps: [ObservationProblem]
    }

    private let directory: String
    private let now: Instant
    private let observations: Observations?
    private let trustsHead: Bool

    /// - Parameters:
    ///   - observations: what lies outside Git where it was read already, such as from a snapshot.
    ///   - trustsHead: whether exemptions, a longer baseline and weaker enforcements of the head count at once.
    package init(_ directory: String, now: Instant, observations: Observations? = nil, trustsHead: Bool = false) {
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
        let commit = isExact ? try finder.tip(named: base) : try finder.base(named: base, of: head.commit)
        let head = try underTheBasesWorkspace(head, commit)
        let (opened, diagnostics) = try openBase(commit, head)
        guard let opened else { return try outcomeWithoutBase(head, commit, base, diagnostics) }
        let (old, new) = (opened.policies.workspace.currency, head.policies.workspace.currency)
        guard old == new else {
            // Amounts in two currencies have no difference.
            let message = "the workspace's currency changes from \(old) to \(new): every finding counts as new"
            return try outcomeWithoutBase(head, commit, base, [Diagnostic(.warning, id: "other-currency", message)])
        }
        return try outcome(head, opened, commit, base)
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
        if let opened, opened.prefix == folder { return opened }
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

    private func outcomeWithoutBase(
        _ head: OpenedWorkspace, _ commit: ObjectID, _ name: String, _ diagnostics: [Diagnostic]
    ) throws(WorkspaceError) -> Outcome {
        let trust = trustsHead ? .everything(head.policies) : Trust(head.policies, base: nil)
        let evaluated = try EvaluatedWorkspace(head, policies: trust.policies, now: now, observations: observations) {
            trust.marked($0, base: [])
        }
        let difference = Difference(before: nil, after: evaluated, crossed: nil, strictness: .asTheHead)
        var comparison = difference.comparison(base: commit.description, named: name)
        comparison.pending = PendingExemptions(trust.exemptions, of: evaluated, all: head.policies).entries + trust.pending
        let deciding = Deciding(comparison.findings, .asTheHead, before: nil, crossed: nil)
        return Outcome(
            head: evaluated, comparison: comparison, deciding: deciding.findings, diagnostics: diagnostics,
            newGaps: evaluated.gaps(notIn: nil))
    }

    // MARK: Both sides

    private func outcome(
        _ head: OpenedWorkspace, _ base: OpenedWorkspace, _ commit: ObjectID, _ name: String
    ) throws(WorkspaceError) -> Outcome {
        let observations = observations ?? .read(for: [base.policies, head.policies], directory: head.folder, now: now)
        let readsAttributes = base.policies.readsAttributes || head.policies.readsAttributes
        let before = try EvaluatedWorkspace(base, now: now, observations: observations, readsAttributes: readsAttributes)
        let trust = trustsHead ? .everything(head.policies) : Trust(head.policies, base: before, hasCode: head.hasCode)
        let after = try EvaluatedWorkspace(
            head, policies: trust.policies, now: now, observations: observations, like: before,
            marking: { trust.marked($0, base: before.observed.resources) }, readsAttributes: readsAttributes)
        let strictness = trustsHead ? .asTheHead : Strictness(head.policies, base: base.policies)
        let crossed = crossed(before, after)
        let difference = Difference(before: before, after: after, crossed: crossed, strictness: strictness)
        var comparison = difference.comparison(base: commit.description, named: name)
        let deciding = Deciding(
            comparison.findings, strictness, before: before.evaluation, crossed: trustsHead ? nil : crossed, trustsHead: trustsHead)
        comparison.pending =
            PendingExemptions(trust.exemptions, of: after, all: head.policies).entries + trust.pending + strictness.pending
            + deciding.pending
        return Outcome(
            head: after, comparison: comparison, deciding: deciding.findings, diagnostics: [], newGaps: after.gaps(notIn: before))
    }

    /// The head's code judged by the base's policies, which tells what the policies do from what the code does; nil where one of both is the
    /// same anyway.
    private func crossed(_ before: EvaluatedWorkspace, _ after: EvaluatedWorkspace) -> EvaluationResult? {
        guard before.policies.digest != after.policies.digest, before.observed.resources != after.observed.resources else { return nil }
        return PolicyEvaluator.evaluate(policies: before.policies, state: after.observed, now: now)
    }
}
