import CostModel
import Diagnostics
import Observation
import Reconciliation
import Reporting
import Store

/// What the operator's program thinks of a finding, asked once and kept.
extension Session {
    /// Nil: nobody is asked.
    func opinion(of evidence: Evidence, in workspace: OpenedWorkspace) -> ExplainReport.Opinion? {
        guard let advisor = SecondOpinion(workspace.clients) else { return nil }
        let question = OpinionQuestion(evidence).bytes
        let kept = opinionFile(advisor.key(of: question), workspace)
        if let kept, let bytes = Self.contents(of: kept), case .text(let text) = advisor.shown(bytes) {
            return ExplainReport.Opinion(program: advisor.name, text: text)
        }
        showProgress("asking \(advisor.name)…")
        defer { showProgress(nil) }
        switch advisor.ask(question) {
        case .none(let reason): return ExplainReport.Opinion(program: advisor.name, text: nil, reason: reason)
        case .text(let text):
            if let kept { keep(text, in: kept) }
            return ExplainReport.Opinion(program: advisor.name, text: text)
        }
    }

    /// In the workspace's state folder; nil where there can be none.
    private func opinionFile(_ key: String, _ workspace: OpenedWorkspace) -> (folder: StateFolder, path: String)? {
        let name = workspace.policies.workspace.name
        return StateFolder.standard(workspace: name, environment: console.environment).map { ($0, "\($0.opinions)/\(key)") }
    }

    private static func contents(of kept: (folder: StateFolder, path: String)) -> [UInt8]? {
        // One that is not there, or is too large, was not kept.
        do throws(FileError) { return try Files.read(kept.path, limit: 1 << 17) } catch { return nil }
    }

    /// What cannot be kept is asked for again.
    private func keep(_ text: String, in kept: (folder: StateFolder, path: String)) {
        do throws(LedgerError) { try StateFolder(kept.folder.opinions).create() } catch { return }
        do throws(FileError) { try Files.replace(kept.path, with: Array(text.utf8)) } catch { return }
    }
}
