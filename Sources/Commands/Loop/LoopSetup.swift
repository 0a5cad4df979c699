import CostModel
import Diagnostics
import Forge
import Git
import Observation
import PolicyLanguage
import Reconciliation
import Store

/// What a loop is made of, from what was asked for on the command line.
struct LoopSetup {
    let settings: ReconcilerSettings
    let board: StatusBoard
    /// Where a workspace's ledger and mirror are; nil where the environment names no folder for them.
    let folder: @Sendable (WatchedWorkspace) -> StateFolder?
    let opener: WorkspaceOpener
    let events: LoopEvents

    /// - Parameter observers: more of them, that only this command has.
    init(_ session: Session, observers: [any LoopObserver] = []) throws(CommandFailure) {
        let invocation = session.invocation
        settings = if let path = invocation[LoopOptions.config] { try Self.read(path, session) } else { try Self.single(session) }
        board = StatusBoard(workspaces: settings.workspaces.map(\.name))
        let console = session.console
        let fixed = invocation[CommonOptions.now]
        let log = LoopLog(
            console: console, format: invocation[LoopOptions.log] ?? .text, isQuiet: invocation.has(CommonOptions.quiet))
        let local = settings.workspaces.filter(\.isLocal).map(\.repository)
        let clients = try session.clients(outside: local)
        let folder = Self.folders(session)
        let isDryRun = !invocation.has(LoopOptions.apply)
        let clock: @Sendable () -> Instant = { fixed ?? console.clock() }
        let told = isDryRun ? [] : [LoopObservers.messages(settings, clients, folder: folder, now: clock, log: log)]
        events = LoopEvents(try LoopObservers.all(session, log: log) + observers + told)
        let environment = LoopEnvironment(
            now: clock, isDryRun: isDryRun, toolVersion: Version.current, clients: clients, events: events)
        self.folder = folder
        var opener = WorkspaceOpener(state: folder, board: board, environment: environment, makeForge: ForgeMaking.make)
        opener.keepsBills = !session.invocation.has(CommonOptions.noCache)
        self.opener = opener
    }

    private static func folders(_ session: Session) -> @Sendable (WatchedWorkspace) -> StateFolder? {
        let state = session.invocation[CommonOptions.state].map(Files.absolute)
        let isSingle = session.invocation[LoopOptions.config] == nil
        let variables = session.console.environment
        return { workspace in
            if let state { return StateFolder(isSingle ? state : "\(state)/\(workspace.name)") }
            return StateFolder.standard(workspace: workspace.name, isOnly: isSingle, environment: variables).map {
                StateFolder(Files.absolute($0.path))
            }
        }
    }

    /// The loop over all workspaces, until the board says stop.
    ///
    /// - Parameter interval: nil: as the settings say.
    func runLoop(every interval: TimeSpan?, clock: @escaping @Sendable () -> Instant) {
        var settings = settings
        if let interval { settings.interval = interval }
        let reconciler = Reconciler(settings, board: board, now: clock) { [opener] in
            let result = opener.run($0, $1)
            return Reconciler.RunOutcome(run: result.run, retryAfter: result.retryAfter)
        }
        Blocking.run { await reconciler.loop() }
    }

    /// Lets observers send what still waits, at the end of the process.
    func finish() { events.finish(milliseconds: 5_000) }

    /// The workspace at `-C`: its own repository, of this machine.
    private static func single(_ session: Session) throws(CommandFailure) -> ReconcilerSettings {
        guard let glance = WorkspaceGlance(session.directory) else {
            // What is wrong with it is said there.
            _ = try session.open(.revision("HEAD"))
            throw CommandFailure("HEAD has no workspace whose name can be read", .invalid)
        }
        let watched = WatchedWorkspace(
            name: glance.name, repository: Files.absolute(glance.repository), path: glance.prefix,
            observedFolder: Files.absolute(glance.folder))
        return ReconcilerSettings(name: watched.name, workspaces: [watched])
    }

    private static func read(_ path: String, _ session: Session) throws(CommandFailure) -> ReconcilerSettings {
        let bytes: [UInt8]
        do throws(FileError) { bytes = try Files.read(path) } catch { throw CommandFailure("no configuration: \(error)", .invalid) }
        let (settings, diagnostics) = ConfigurationLoader.load(SourceFile(path: path, bytes: bytes), now: session.now)
        session.show(diagnostics)
        guard let settings else { throw CommandFailure("the configuration '\(path.printable)' is not valid", .invalid) }
        for workspace in settings.workspaces where workspace.isLocal { Repository.allow(named: workspace.repository) }
        return settings
    }
}
