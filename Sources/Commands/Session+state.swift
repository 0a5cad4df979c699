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

    /// The ledger where there is one; nil where none was written yet and nobody named a folder, so that nobody expects one.
    func ledgerIfAny(of workspace: OpenedWorkspace) throws(CommandFailure) -> Ledger? {
        if invocation[CommonOptions.state] != nil || console.environment["BURSAR_STATE"]?.isEmpty == false {
            return try ledger(in: try stateFolder())
        }
        let name = workspace.policies.workspace.name
        guard let folder = StateFolder.standard(workspace: name, environment: console.environment) else { return nil }
        do throws(LedgerError) { return try Ledger.open(at: folder.ledger, mode: .readOnly) } catch {
            if error.code == .missing { return nil }
            throw failure(error)
        }
    }

    /// What a run of the loop would make of a workspace.
    struct Remembered {
        var evaluated: EvaluatedWorkspace
        var leaderboard: Leaderboard
        /// Those of the evaluation, and where older policies count for scores those by them.
        var findings: [Finding]
        var known: History
    }

    /// As a run of the loop would judge and score now, without writing anything.
    func evaluateAsTheLoop(_ workspace: OpenedWorkspace, _ ledger: Ledger) throws(CommandFailure) -> Remembered {
        let known = try asking { () throws(LedgerError) in try History(ledger, today: now.day) }
        var observations =
            try observations() ?? .read(for: [workspace.policies], directory: workspace.folder, now: now, clients: workspace.clients)
        if let problem = try asking({ () throws(LedgerError) in try observations.remember(ledger, known) }) {
            say("warning: \(problem)")
        }
        let evaluated = try evaluate(workspace, observations)
        let scored = try asking { () throws(LedgerError) in try evaluated.leaderboard(with: known, in: ledger, now: now) }
        return Remembered(
            evaluated: evaluated, leaderboard: scored.leaderboard, findings: evaluated.evaluation.findings + scored.judged, known: known)
    }

    /// A workspace judged and scored, with what is remembered where there is a ledger.
    struct Scored {
        var evaluated: EvaluatedWorkspace
        var leaderboard: Leaderboard
        var findings: [Finding]
        /// Nil, as the ledger: there is none.
        var history: History?
        var ledger: Ledger?
    }

    func scoreWithLedgerIfAny(_ workspace: OpenedWorkspace) throws(CommandFailure) -> Scored {
        guard let ledger = try ledgerIfAny(of: workspace) else {
            let evaluated = try evaluate(workspace)
            return Scored(evaluated: evaluated, leaderboard: evaluated.leaderboard(), findings: evaluated.evaluation.findings)
        }
        let remembered = try evaluateAsTheLoop(workspace, ledger)
        return Scored(
            evaluated: remembered.evaluated, leaderboard: remembered.leaderboard, findings: remembered.findings, history: remembered.known,
            ledger: ledger)
    }

    /// A team that somebody names must exist.
    func check(_ name: String, isOneOf teams: [Team]) throws(CommandFailure) {
        let names = teams.map(\.name)
        guard !names.contains(name) else { return }
        throw CommandFailure(
            "there is no team '\(name.printable)'" + DidYouMean.hint(for: name, in: names), .invalid,
            hint: names.isEmpty ? "the policies name no team" : "the teams are \(names.joined(separator: ", "))")
    }

    /// The ledger's own idea of the revision it tells of.
    func context(of ledger: Ledger) throws(CommandFailure) -> ReportContext {
        let status = try asking { () throws(LedgerError) in try ledger.status() }
        return ReportContext(revision: status?.observedRevision ?? "none", evaluatedAt: now)
    }
}
