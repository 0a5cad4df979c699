import CostModel
import Diagnostics
import Glibc
import Reconciliation
import Server
import Store

extension Command {
    static let serve = Command(
        "serve", "the loop of 'reconcile', with health, metrics, an API and webhooks over HTTP",
        discussion: """
            Reconciles as 'reconcile --every' does, by default every 10 minutes, and answers over HTTP: pages for people at /ui, \
            /healthz, /readyz, /metrics for \
            Prometheus, /api/v1 (described at /api/v1/openapi.json) and webhooks, which ask for a run \
            (\(CodeHost.allCases.map { "/hooks/\($0.rawValue)" }.joined(separator: ", "))).

            It listens on this machine only, unless --listen says otherwise; then --tokens is needed. Without tokens nothing can be changed. \
            Files of tokens, secrets and keys must be readable by their owner alone.

            With --read-only no loop runs, and what another process remembers is served.
            """,
        options: ServerOptions.all + [
            LoopOptions.every.description, LoopOptions.apply.description, LoopOptions.dryRun.description, LoopOptions.config.description,
            CommonOptions.clients.description, CommonOptions.state.description, LoopOptions.log.description,
            CommonOptions.noCache.description,
        ],
        common: [CommonOptions.directory.description, CommonOptions.quiet.description, CommonOptions.color.description],
        conflicts: [
            ("--apply", "--dry-run"), ("--config", "-C"), ("--read-only", "--apply"), ("--read-only", "--every"),
            ("--tokens", "--allow-anonymous"), ("--proxy-header", "--allow-anonymous"),
        ],
        examples: [
            .init("bursar serve --read-only", "look at what 'bursar reconcile' remembered here"),
            .init("bursar serve --config reconciler.yaml --apply --tokens tokens", "watch workspaces, and answer who has a token"),
        ]
    ) { invocation, console throws(CommandFailure) in
        guard (invocation[ServerOptions.certificate] == nil) == (invocation[ServerOptions.key] == nil) else {
            throw .usage("'--tls-cert' and '--tls-key' go together", of: "serve")
        }
        guard (invocation[ServerOptions.proxyHeader] == nil) == (invocation[ServerOptions.trustedProxies] == nil) else {
            throw .usage("'--proxy-header' and '--trusted-proxies' go together", of: "serve")
        }
        let session = Session(invocation, console)
        let meter = RunMeter()
        let setup = try LoopSetup(session, observers: [meter])
        // A client that goes away ends its connection, not the process.
        signal(SIGPIPE, SIG_IGN)
        do throws(ServerError) {
            try ServeSession(session, setup, meter).run()
        } catch {
            throw CommandFailure(error.message.printable, .invalid)
        }
        return .clean
    }
}

/// One run of the server: what it is made of, in the order in which it begins and ends.
struct ServeSession {
    private let session: Session
    private let setup: LoopSetup
    private let log: LoopLog
    private let meter: RunMeter

    init(_ session: Session, _ setup: LoopSetup, _ meter: RunMeter) {
        self.session = session
        self.setup = setup
        self.meter = meter
        let invocation = session.invocation
        log = LoopLog(
            console: session.console, format: invocation[LoopOptions.log] ?? .text, isQuiet: invocation.has(CommonOptions.quiet))
    }

    func run() throws(ServerError) {
        let invocation = session.invocation
        let settings = try ServerOptions.settings(invocation)
        let application = Application(context, settings, runs: meter, log: log, version: Version.current)
        let stopper = Stopper(setup.board, breaksOff: .clean)
        defer { stopper.end() }
        guard let address = invocation[ServerOptions.listen] ?? ListenAddress("127.0.0.1:8080") else { return }
        let certificate = try ServerOptions.certificate(invocation)
        let listener = try application.listen(on: address, certificate: certificate)
        if !address.isLoopback, certificate == nil {
            say(.warning, "tokens cross the network as they are: let a proxy speak TLS, or give --tls-cert and --tls-key")
        }
        say(.info, "listening on \(certificate == nil ? "http" : "https")://\(listener.address)")
        if invocation.has(ServerOptions.readOnly) { waitForTheEnd() } else { loop() }
        say(.info, "stopping")
        // What is not over soon is broken off by the stopper.
        listener.stop(grace: 1_000)
        setup.finish()
    }

    private var context: ServerContext {
        let (setup, console) = (setup, session.console)
        let folders = Dictionary(
            setup.settings.workspaces.compactMap { watched in setup.folder(watched).map { (watched.name, $0) } },
            uniquingKeysWith: { first, _ in first })
        return ServerContext(
            source: session.invocation.has(ServerOptions.readOnly) ? nil : LoopSource(board: setup.board, folders: folders),
            archive: LedgerArchive { folders[$0]?.ledger ?? "" },
            workspaces: setup.settings.workspaces.map {
                ServedWorkspace(
                    name: $0.name, repository: $0.repository, host: $0.forge.kind.codeHost, folder: $0.path, deadlines: $0.deadlines)
            },
            clock: console.clock)
    }

    private func loop() { setup.runLoop(every: session.invocation[LoopOptions.every], clock: session.console.clock) }

    private func waitForTheEnd() {
        while !setup.board.isStopping { usleep(200_000) }
    }

    private func say(_ level: LogEntry.Level, _ message: String) {
        log.write(LogEntry(level, message, time: session.console.clock()))
    }
}
