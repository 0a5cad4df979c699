import CostModel
import Diagnostics
import Foundation
import Git
import Reconciliation
import Reporting
import Store

extension Command {
    private enum StateAction: String, CaseIterable {
        case backup, restore, prune, export, verify, rebind
    }

    private static let keep = Option<Int>(
        "--keep", value: "DAYS", "prune: forget what is older than so many days, at least 90", expected: "a number of days from 90",
        parse: { Int($0).flatMap { (90...36_500).contains($0) ? $0 : nil } })
    private static let overwrite = Option<Bool>.flag("--overwrite", help: "backup: replace the file if it exists")

    static let state = Command(
        "state", "backs up, restores, prunes, exports, verifies or rebinds what is remembered",
        discussion: """
            The ledger is one file, ledger.sqlite, in the workspace's state folder. backup FILE copies it while others may write. restore \
            FILE puts a backup in its place, at once or not at all, after it was found sound. prune --keep DAYS forgets what is older, but \
            never findings that are open, requests that are open or were turned down, savings, and badges. export writes each row as a line \
            of JSON. verify looks at every page and row, and ends with 3 where something is wrong. rebind forgets which repository, folder \
            and branch it is about, so that the next run may be of another, after a move; a mirror is fetched anew.
            """,
        arguments: [
            .init("ACTION", "what to do", choices: StateAction.allCases.map(\.rawValue)),
            .init("FILE", "the backup: of backup and restore", isRequired: false),
        ],
        options: [keep.description, overwrite.description, CommonOptions.state.description],
        common: [CommonOptions.directory.description, CommonOptions.now.description] + CommonOptions.writing(),
        examples: [
            .init("bursar state backup /var/backups/acme.sqlite --overwrite", "each night"),
            .init("bursar state restore /var/backups/acme.sqlite", "after the disk was lost"),
            .init("bursar state prune --keep 400", "forget what is older than 400 days"),
            .init("bursar state export | gzip > acme.jsonl.gz", "all rows, for other tools"),
        ]
    ) { invocation, console throws(CommandFailure) in
        guard let action = StateAction(rawValue: invocation.arguments[0]) else { preconditionFailure("the parser takes the choices only") }
        let session = Session(invocation, console)
        let file = invocation.arguments.dropFirst().first
        try check(action, file: file, invocation)
        let folder = try session.stateFolder()
        switch action {
        case .backup: return try session.backup(folder, to: file ?? "", overwriting: invocation.has(overwrite))
        case .restore: return try session.restore(folder, from: file ?? "")
        case .prune: return try session.prune(folder, keeping: invocation[keep] ?? 0)
        case .export: return try session.export(folder)
        case .verify: return try session.verify(folder)
        case .rebind: return try session.rebind(folder)
        }
    }

    /// Each action's own words, and no other's.
    private static func check(_ action: StateAction, file: String?, _ invocation: Invocation) throws(CommandFailure) {
        let takesFile = action == .backup || action == .restore
        if takesFile, file == nil { throw .usage("FILE is missing", of: "state") }
        if !takesFile, let file { throw .usage("unexpected argument '\(file.printable)'", of: "state") }
        if action == .prune, invocation[keep] == nil { throw .usage("'--keep' is missing", of: "state") }
        if action != .prune, invocation[keep] != nil { throw .usage("'--keep' is for 'prune'", of: "state") }
        if action != .backup, invocation.has(overwrite) { throw .usage("'--overwrite' is for 'backup'", of: "state") }
        if action == .export, let format = invocation[CommonOptions.format], format.name != ReportFormat.json.name {
            throw .usage("'export' is written as lines of JSON", of: "state")
        }
    }
}

extension Session {
    fileprivate func backup(_ folder: StateFolder, to file: String, overwriting: Bool) throws(CommandFailure) -> ExitCode {
        let ledger = try ledger(in: folder)
        try asking { () throws(LedgerError) in try ledger.backup(to: file, overwriting: overwriting) }
        return try report(.backedUp(file: file), folder, ledger)
    }

    fileprivate func restore(_ folder: StateFolder, from file: String) throws(CommandFailure) -> ExitCode {
        try asking { () throws(LedgerError) in try folder.create() }
        let lock = try lock(folder)
        defer { lock.release() }
        let damaged = try asking { () throws(LedgerError) in
            try Ledger.restore(from: file, to: folder.ledger, now: now, cause: cause)
        }
        return try report(.restored(from: file, damaged: damaged), folder, try ledger(in: folder))
    }

    fileprivate func prune(_ folder: StateFolder, keeping days: Int) throws(CommandFailure) -> ExitCode {
        // Where there is none, none is made.
        try asking { () throws(LedgerError) in _ = try Ledger.open(at: folder.ledger, mode: .readOnly) }
        let ledger = try ledger(in: folder, .readWrite)
        let pruned = try asking { () throws(LedgerError) in
            try ledger.prune(before: now.subtracting(.days(days)), now: now, cause: cause)
        }
        return try report(.pruned(pruned.map { StateReport.Count(table: $0.table, rows: $0.rows) }), folder, ledger)
    }

    fileprivate func rebind(_ folder: StateFolder) throws(CommandFailure) -> ExitCode {
        try asking { () throws(LedgerError) in _ = try Ledger.open(at: folder.ledger, mode: .readOnly) }
        let lock = try lock(folder)
        defer { lock.release() }
        let ledger = try ledger(in: folder, .readWrite)
        // It follows the old address and no other; what it holds is fetched again.
        if FileManager.default.fileExists(atPath: folder.mirror) {
            do { try FileManager.default.removeItem(atPath: folder.mirror) } catch {
                throw CommandFailure("cannot remove '\(folder.mirror.printable)': \(error.localizedDescription)", .partial)
            }
        }
        try asking { () throws(LedgerError) in try LedgerOwner.forget(in: ledger, now: now, cause: cause) }
        return try report(.rebound, folder, ledger)
    }

    fileprivate func export(_ folder: StateFolder) throws(CommandFailure) -> ExitCode {
        let ledger = try ledger(in: folder)
        var bytes: [UInt8] = []
        try asking { () throws(LedgerError) in
            try ledger.export { line in
                bytes += line.utf8
                bytes.append(UInt8(ascii: "\n"))
            }
        }
        try write(bytes)
        return .clean
    }

    fileprivate func verify(_ folder: StateFolder) throws(CommandFailure) -> ExitCode {
        let ledger = try ledger(in: folder)
        let problems = try asking { () throws(LedgerError) in try ledger.verify() }
        // What is damaged is not asked for more.
        let context = problems.isEmpty ? try context(of: ledger) : ReportContext(revision: "none", evaluatedAt: now)
        let found = problems.map { StateReport.Problem(check: $0.check.rawValue, message: $0.message) }
        try write(StateReport(context: context, ledger: folder.ledger, outcome: .verified(found)))
        return problems.isEmpty ? .clean : .partial
    }

    private func report(_ outcome: StateReport.Outcome, _ folder: StateFolder, _ ledger: Ledger) throws(CommandFailure) -> ExitCode {
        try write(StateReport(context: try context(of: ledger), ledger: folder.ledger, outcome: outcome))
        return .clean
    }

    /// A run that is at work would go on as if the past had been another one.
    private func lock(_ folder: StateFolder) throws(CommandFailure) -> ProcessLock {
        do throws(ProcessLock.Failure) { return try ProcessLock(at: folder.lock, now: console.clock().seconds) } catch {
            throw CommandFailure("\(error)".printable, .conflict)
        }
    }

    private var cause: String { "user \(user.printable)" }
}
