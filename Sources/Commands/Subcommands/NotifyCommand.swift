import CostModel
import Diagnostics
import Foundation
import JSON
import Notifications
import Reconciliation
import Reporting
import Store

extension Command {
    private static let dryRun = Option<Bool>.flag(
        "--dry-run", help: "print what the next run would tell whom, and send and keep nothing")
    private static let trial = Option<String>("--test", value: "CHANNEL", "send one message that says that it is a test")
    private static let deliver = Option<Bool>.flag("--deliver", help: "send now what waits and is due")
    private static let retry = Option<Bool>.flag("--retry", help: "let what was given up wait again, to be sent once more")
    private static let enable = Option<String>(
        "--enable", value: "CHANNEL", "send again to a channel that answered that it wants no more messages")

    static let notify = Command(
        "notify", "shows messages on their way, tries channels, says what would be told",
        discussion: """
            Policies of kind Notification say who is told of what; the operator's document (--clients) has the channels. 'bursar reconcile \
            --apply' and 'bursar serve --apply' write messages into the ledger's outbox with what they tell of, and send them after each run. \
            Without an option the outbox is listed: what waits, what was sent, what was given up and why.
            """,
        options: [
            dryRun.description, trial.description, deliver.description, retry.description, enable.description,
            CommonOptions.clients.description, CommonOptions.state.description,
        ],
        common: [CommonOptions.directory.description, CommonOptions.now.description] + CommonOptions.writing(),
        conflicts: [
            ("--dry-run", "--test"), ("--dry-run", "--deliver"), ("--dry-run", "--retry"), ("--dry-run", "--enable"),
            ("--test", "--deliver"), ("--test", "--retry"), ("--test", "--enable"),
        ],
        examples: [
            .init("bursar notify", "what waits, what was sent, what was given up"),
            .init("bursar notify --dry-run --clients clients.yaml", "what the next run would tell whom"),
            .init("bursar notify --test payments-chat --clients clients.yaml", "whether a channel works"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        if let name = invocation[trial] { return try session.tryChannel(name) }
        if invocation.has(dryRun) { return try session.foretellMessages() }
        let folder = try session.stateFolder()
        let writes = [deliver, retry].contains(where: invocation.has) || invocation[enable] != nil
        let ledger = try session.ledger(in: folder, writes ? .readWrite : .readOnly)
        if let name = invocation[enable] { try session.asking { () throws(LedgerError) in try ChannelSwitch(ledger).enable(name) } }
        if invocation.has(retry) { try session.retryMessages(ledger) }
        if invocation.has(deliver) { try session.deliverMessages(ledger) }
        let messages = try session.asking { () throws(LedgerError) in try ledger.messages() }
        try session.write(OutboxReport(evaluatedAt: session.now, entries: messages.map { .init($0) }, isWhole: false))
        return .clean
    }
}

extension Session {
    /// The operator's channels, and what their programs are given of the environment.
    private func clients() throws(CommandFailure) -> EngineClients {
        let workspace = WorkspaceGlance(directory)
        return try clients(outside: [workspace?.repository].compactMap { $0 })
    }

    fileprivate func tryChannel(_ name: String) throws(CommandFailure) -> ExitCode {
        let clients = try clients()
        let channels = clients.channels
        guard let channel = channels.first(where: { $0.name == name }) else {
            let known = channels.map(\.name).sorted()
            throw CommandFailure(
                "no channel '\(name.printable)' in the operator's document" + DidYouMean.hint(for: name, in: known), .invalid,
                hint: known.isEmpty ? "'--clients FILE' names the document that has 'channels'" : "it has \(known.joined(separator: ", "))")
        }
        let workspace = WorkspaceGlance(directory)?.name ?? "test"
        let message = Message(
            event: .runStalled, workspace: workspace, title: "This is a test of the channel '\(name)': nothing has happened.",
            next: ["bursar notify"])
        let id = OutboxMessage.identifier(["test", name, now.description])
        // The other side's clock is compared with ours: it is the real one.
        let time = console.clock()
        let result = MessageSender(channel, version: Version.current, environment: clients.environment).send(
            MessageDelivery(id: id, thread: id, created: time, message: message), at: time)
        switch result {
        case .sent, .sentAs:
            say("the channel '\(name)' took the message \(id)")
            return .clean
        case .failed(let reason, _, _), .refused(let reason), .gone(let reason):
            throw CommandFailure("the channel '\(name)' did not take the message: \(reason.printable)", .partial)
        }
    }

    fileprivate func retryMessages(_ ledger: Ledger) throws(CommandFailure) {
        let now = now
        try asking { () throws(LedgerError) in
            try ledger.transaction { () throws(LedgerError) in
                for var message in try ledger.messages(states: [.dead]) {
                    message.state = .waiting
                    message.attempts = 0
                    message.due = now
                    message.finished = nil
                    try ledger.put(message)
                }
            }
        }
    }

    fileprivate func deliverMessages(_ ledger: Ledger) throws(CommandFailure) {
        let clients = try clients()
        let workspace = try asking { () throws(LedgerError) in try ledger.status()?.name } ?? ""
        let (now, console) = (now, console)
        try asking { () throws(LedgerError) in
            for name in Set(try ledger.dueMessages(at: now).map(\.channel)).sorted() {
                let channel = clients.channels.first { $0.name == name }
                let sender = channel.map { MessageSender($0, version: Version.current, environment: clients.environment) }
                let outcome = try OutboxSender(ledger, workspace: workspace, now: { now }).deliver(to: name, channel) { delivery in
                    sender?.send(delivery, at: console.clock()) ?? .refused("there is no such channel")
                }
                if let problem = outcome.problem { say("warning: '\(name)': \(problem.printable)") }
            }
        }
    }

    /// Goes through the next run on a copy of what is remembered, and shows the messages that it writes.
    fileprivate func foretellMessages() throws(CommandFailure) -> ExitCode {
        guard let glance = WorkspaceGlance(directory) else {
            _ = try open(.revision("HEAD"))
            throw CommandFailure("HEAD has no workspace whose name can be read", .invalid)
        }
        let scratch = try ScratchFolder()
        defer { scratch.remove() }
        let copy = StateFolder(scratch.path)
        try copyLedger(to: copy)
        let watched = WatchedWorkspace(
            name: glance.name, repository: Files.absolute(glance.repository), path: glance.prefix,
            observedFolder: Files.absolute(glance.folder))
        let (time, console) = (now, console)
        let environment = LoopEnvironment(
            now: { time }, isDryRun: true, toolVersion: Version.current, clients: try clients(outside: [watched.repository]),
            events: LoopEvents([LoopLog(console: console, format: .text, isQuiet: invocation.has(CommonOptions.quiet))]))
        var opener = WorkspaceOpener(
            state: { _ in copy }, board: StatusBoard(workspaces: [watched.name]), environment: environment, makeForge: { _, _ in nil })
        opener.keepsBills = false
        let before = Set(try known(in: copy).map(\.id))
        showProgress("looking at what has happened…")
        let result = opener.run(watched, .commandLine(user: user))
        showProgress(nil)
        let messages = try known(in: copy).filter { !before.contains($0.id) || $0.state == .waiting }
        try write(OutboxReport(evaluatedAt: now, entries: messages.map { .init($0) }, isWhole: true))
        return result.run.outcome == .failed || result.run.outcome == .stalled ? .partial : .clean
    }

    private func known(in folder: StateFolder) throws(CommandFailure) -> [OutboxMessage] {
        guard FileManager.default.fileExists(atPath: folder.ledger) else { return [] }
        let ledger = try ledger(in: folder, .readWrite)
        return try asking { () throws(LedgerError) in try ledger.messages() }
    }

    /// Without a ledger yet, the next run is the first.
    private func copyLedger(to copy: StateFolder) throws(CommandFailure) {
        let folder = try stateFolder()
        guard FileManager.default.fileExists(atPath: folder.ledger) else { return }
        let ledger: Ledger
        do throws(LedgerError) { ledger = try Ledger.open(at: folder.ledger, mode: .readOnly) } catch {
            throw failure(error)
        }
        try asking { () throws(LedgerError) in try ledger.backup(to: copy.ledger) }
    }
}

extension OutboxReport.Entry {
    init(_ record: OutboxMessage) {
        let message = Message(document: record.body)
        self.init(
            record: record, text: message?.text ?? "this message cannot be read\n", document: message.map { $0.json() } ?? .null)
    }
}
