import CostModel
import Diagnostics

/// Tells the requests and commits of one workspace from those of others that push to the same repository: `acme`, and where the operator's
/// document says them the folder and the branch, `acme in infra/prod on release`.
///
/// It stands in the hidden comment of requests and in the trailer `Bursar-Workspace` of commits, for when only they remember.
struct WorkspaceMark {
    static let trailer = "Bursar-Workspace"
    /// Whose findings a commit fixes: for what it saves.
    static let teamTrailer = "Bursar-Team"

    let text: String
    /// Every finding that the workspace judged, passes too.
    let judged: Set<String>

    init(_ watched: WatchedWorkspace, name: String, judged: Set<String> = []) {
        let folder = watched.path.isEmpty ? "" : " in \(watched.path.printable)"
        text = name + folder + (watched.branch.map { " on \($0.printable)" } ?? "")
        self.judged = judged
    }

    /// Whether something is this workspace's.
    ///
    /// - Parameter said: which workspace it names; nil: none, and it is this one's where it is about any of its findings.
    func owns(_ said: String?, about findings: [String]) -> Bool {
        said.map { $0 == text } ?? !judged.isDisjoint(with: findings)
    }
}
