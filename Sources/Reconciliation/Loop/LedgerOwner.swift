package import CostModel
import Foundation
package import Store

/// Which repository, folder and branch a ledger remembers.
///
/// A state folder that is given to another workspace, or a working copy that stands at another branch, would read every request as closed and
/// every finding as fixed.
package struct LedgerOwner: Hashable {
    let text: String

    /// What the ledger says.
    init(_ text: String) { self.text = text }

    /// - Parameter branch: the watched one, of a repository of this machine. Of a remote it counts only where the settings name it: the
    ///   default branch may get another name.
    init(_ watched: WatchedWorkspace, branch: String) {
        let repository = watched.isLocal ? URL(filePath: watched.repository).standardizedFileURL.path : watched.repository
        let branch = watched.isLocal ? branch : watched.branch ?? ""
        text = [repository, watched.path, branch].joined(separator: "\n")
    }

    /// For messages.
    var description: String {
        let parts = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0.map { $0.isNewline ? " " : $0 }) }
        let path = parts.count > 1 && !parts[1].isEmpty ? ", folder '\(parts[1])'" : ""
        let branch = parts.count > 2 && !parts[2].isEmpty ? ", branch '\(parts[2])'" : ""
        return "'\(parts[0])'\(path)\(branch)"
    }

    /// Lets the next run say anew whose ledger it is: after a move.
    package static func forget(in ledger: Ledger, now: Instant, cause: String) throws(LedgerError) {
        let owner = try ledger.value(RunCheckpoint.Key.owner).map(LedgerOwner.init)?.description ?? "nobody"
        try ledger.transaction { () throws(LedgerError) in
            try ledger.setValue(RunCheckpoint.Key.owner, nil)
            try ledger.append(
                AuditEntry(time: now, run: nil, cause: cause, action: .ledgerRebound, object: ledger.path, detail: "was \(owner)"))
        }
    }

    /// Nil when the ledger is this workspace's, or nobody's yet.
    func problem(with remembered: LedgerOwner?) -> String? {
        guard let remembered, remembered != self else { return nil }
        return "the state folder remembers \(remembered.description), not \(description): give another --state, or 'bursar state rebind'"
    }
}
