import CostModel
import Diagnostics
import Reconciliation
import Reporting
import Store

/// What is remembered about a workspace: how commands find and open it.
extension Session {
    /// The state folder that was asked for, or that is the workspace's by its name.
    func stateFolder() throws(CommandFailure) -> StateFolder {
        if let path = invocation[CommonOptions.state] { return StateFolder(path) }
        // The environment may name the folder itself; only else the workspace is looked for.
        if let given = console.environment["BURSAR_STATE"], !given.isEmpty { return StateFolder(given) }
        let name = try open().policies.workspace.name
        guard let folder = StateFolder.standard(workspace: name, environment: console.environment) else {
            throw CommandFailure(
                "there is no folder for state: neither $XDG_STATE_HOME nor $HOME is set", .invalid, hint: "use --state DIR")
        }
        return folder
    }

    func ledger(in folder: StateFolder, _ mode: Ledger.Mode = .readOnly) throws(CommandFailure) -> Ledger {
        do throws(LedgerError) { return try Ledger.open(at: folder.ledger, mode: mode) } catch { throw failure(error) }
    }

    /// Asks a ledger, with what it says when it fails.
    func asking<Answer>(_ question: () throws(LedgerError) -> Answer) throws(CommandFailure) -> Answer {
        do throws(LedgerError) { return try question() } catch { throw failure(error) }
    }

    func failure(_ error: LedgerError) -> CommandFailure {
        let message = "\(error)".printable
        return switch error.code {
        case .missing: CommandFailure(message, .invalid, hint: "'bursar reconcile' makes one; '--state DIR' names another folder")
        case .invalid, .newer: CommandFailure(message, .invalid)
        case .busy: CommandFailure(message, .conflict)
        case .corrupt:
            CommandFailure(
                message, .partial, hint: "'bursar state verify' says more; 'bursar state restore FILE' puts a backup in its place")
        case .full, .readOnly, .other: CommandFailure(message, .partial)
        }
    }

    /// The ledger's own idea of the revision it tells of.
    func context(of ledger: Ledger) throws(CommandFailure) -> ReportContext {
        let status = try asking { () throws(LedgerError) in try ledger.status() }
        return ReportContext(revision: status?.observedRevision ?? "none", evaluatedAt: now)
    }
}
