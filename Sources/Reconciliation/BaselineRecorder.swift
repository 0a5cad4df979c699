package import CostModel
import Git
import PolicyLanguage

/// Makes the baseline of an evaluation: what fails today, or what is left of an earlier one. It writes nothing.
package struct BaselineRecorder {
    package struct Recording: Sendable {
        package var baseline: Baseline
        /// Relative to the workspace.
        package var file: String
        /// Where that is on the disk.
        package var path: String
        package var text: String
        /// Entries that are new, or gone.
        package var added: Int
        package var removed: Int
        /// Failing findings of policies that allow no exemption; a baseline may not hold them.
        package var refused: Int
        /// Whether the file says something else now.
        package var isChanged: Bool
    }

    private let evaluated: EvaluatedWorkspace
    private let workspace: OpenedWorkspace

    package init(_ evaluated: EvaluatedWorkspace) {
        self.evaluated = evaluated
        workspace = evaluated.workspace
    }

    /// - Parameters:
    ///   - file: relative to the workspace; nil: where the baseline is, or `baseline.yaml` in the first folder of policies.
    ///   - reason: why the findings stay; nil: as it was.
    ///   - resets: records what fails today, whatever was recorded before; else nothing is ever added to a baseline that exists.
    package func record(to file: String? = nil, reason: String? = nil, resets: Bool = false) throws(WorkspaceError) -> Recording {
        let old = workspace.policies.baseline
        let file = try place(for: file, old)
        let known = Set(old?.entries ?? [])
        let entries: [Baseline.Entry]
        if let old, !resets {
            let lapsed = Set(evaluated.evaluation.baseline?.lapsed ?? [])
            entries = old.entries.filter { !lapsed.contains($0) }
        } else {
            entries = failing.filter(isExemptible).map { Baseline.Entry($0) }
        }
        let kept = Set(entries)
        var baseline = Baseline(
            place: Place(file: file, line: 1), recorded: evaluated.now.day, reason: reason ?? old?.reason ?? Self.usualReason,
            entries: entries)
        if let old, !resets { baseline.recorded = old.recorded }
        let text = BaselineText.text(of: baseline)
        guard entries.count <= BaselineText.mostFindings, text.utf8.count <= BaselineText.mostBytes else {
            throw .usage(
                "\(entries.count) findings are more than a baseline holds (\(BaselineText.mostFindings)): let the policies warn first")
        }
        let says = old.map { $0.entries == baseline.entries && $0.reason == baseline.reason && $0.recorded == baseline.recorded } ?? false
        return Recording(
            baseline: baseline, file: file, path: "\(workspace.folder)/\(file)", text: text,
            added: kept.subtracting(known).count, removed: known.subtracting(kept).count,
            refused: failing.count { !isExemptible($0) }, isChanged: !says)
    }

    private var failing: [Finding] { evaluated.evaluation.findings.filter(\.isFailing) }

    /// Spend that belongs to nobody is the workspace's own finding, which no policy describes.
    private func isExemptible(_ finding: Finding) -> Bool {
        evaluated.policies.header(of: finding.policy)?.exemptible ?? false
    }

    // MARK: The file

    private func place(for wanted: String?, _ old: Baseline?) throws(WorkspaceError) -> String {
        guard workspace.repository.workDirectory != nil else { throw .usage(Self.bare) }
        if let old {
            let file = old.place.file
            if let wanted, wanted != file { throw .usage("the baseline is '\(file)' already; move that file first") }
            let others = workspace.policies.objects.contains { $0.place.file == file && $0.reference.kind != .baseline }
            if others { throw .usage("'\(file)' holds other objects too: give the baseline a file of its own") }
            return file
        }
        let paths = workspace.policies.workspace.policyPaths
        let folder = paths.first { path in !path.hasSuffix(".yaml") && !path.hasSuffix(".yml") }
        guard let file = wanted ?? folder.map({ $0.isEmpty ? Self.fileName : "\($0)/\(Self.fileName)" }) else {
            throw .usage(Self.noFolder)
        }
        guard paths.contains(where: { $0.isEmpty || file == $0 || file.hasPrefix($0 + "/") }), Self.isPolicyFile(file) else {
            throw .usage("'\(file)' is no policy file of this workspace: nobody would read it")
        }
        guard workspace.tree.entry(at: file) == nil else { throw .usage("'\(file)' exists and is no baseline") }
        return file
    }

    private static func isPolicyFile(_ file: String) -> Bool {
        let parts = file.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") }
        let isTest = file.hasSuffix("_test.yaml") || file.hasSuffix("_test.yml")
        return isPlain && !isTest && (file.hasSuffix(".yaml") || file.hasSuffix(".yml"))
    }
}

// MARK: Messages

extension BaselineRecorder {
    private static let fileName = "baseline.yaml"
    private static let usualReason = "was there when the policy came"
    private static let bare = "a baseline is written into the working tree, and this repository has none"
    private static let noFolder = "the workspace names no folder of policies: say which file the baseline is"
}
