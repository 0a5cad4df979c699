import CostModel
import Pages
import Reconciliation
import Screens
import Terminal

extension Command {
    static let top = Command(
        "top", "shows teams, findings and savings on the whole screen, to go through by keys",
        discussion: """
            Arrow keys move, Enter opens, '/' searches, 'p' shows the patch, '?' all keys. The workspace is judged once, and again when you \
            press 'r'. Nothing is changed.

            Where 'bursar reconcile' keeps a ledger of the workspace, streaks, due days and merged changes come from there. It is only read.
            """,
        options: [CommonOptions.state.description],
        common: [
            CommonOptions.observations.description, CommonOptions.noCache.description, CommonOptions.clients.description,
            CommonOptions.directory.description, CommonOptions.revision.description, CommonOptions.now.description,
            CommonOptions.color.description,
        ],
        examples: [
            .init("bursar top", "the working tree"), .init("bursar top --rev HEAD", "the commit, for which there are patches"),
        ]
    ) { invocation, console throws(CommandFailure) in
        guard console.outputIsTerminal, console.environment["TERM"] != "dumb" else { throw Session.needsTerminal }
        let session = Session(invocation, console)
        let (evaluated, site) = try session.site(of: session.open(), nil)
        var screen = TopScreen(site)
        let usesColor = console.usesColor(invocation[CommonOptions.color], isTerminal: true)
        try session.run(&screen, color: usesColor)
        return session.exitCode(of: evaluated)
    }
}

extension Session {
    fileprivate static let needsTerminal = CommandFailure(
        "'bursar top' needs a terminal to draw on", .invalid,
        hint: "'bursar scorecard', 'bursar check' and 'bursar report' show the same in files and pipes")

    /// Shows the screen until somebody ends it.
    fileprivate func run(_ screen: inout TopScreen, color: Bool) throws(CommandFailure) {
        let terminal: TerminalSession
        do throws(TerminalError) { terminal = try TerminalSession() } catch {
            guard case .failed(let reason) = error else { throw Self.needsTerminal }
            throw CommandFailure("the terminal cannot be set up: \(reason)", .invalid)
        }
        defer { terminal.close() }
        while true {
            draw(screen, on: terminal, color: color)
            switch terminal.next() {
            case .changed: break
            case .ended(let signal): terminal.end(by: signal)
            case .key(let key):
                let size = terminal.size
                switch screen.press(key, columns: size.columns, rows: size.rows) {
                case nil: break
                case .quit: return
                case .refresh:
                    screen.notice = "judging again…"
                    draw(screen, on: terminal, color: color)
                    refresh(&screen)
                }
            }
        }
    }

    private func draw(_ screen: TopScreen, on terminal: TerminalSession, color: Bool) {
        let (columns, rows) = terminal.size
        let lines = TopFrame(screen, columns: columns, rows: rows).lines.map { $0.rendered(columns: columns, color: color) }
        // A terminal that is gone is noticed where keys are read.
        try? console.print(TerminalSession.drawing(lines))
    }

    /// Judges again; where that fails, what was there stays, and the screen says so.
    private func refresh(_ screen: inout TopScreen) {
        var silent = console
        // What is said would stand across the screen; the problems are on it.
        silent.writeError = { _ in }
        silent.errorIsTerminal = false
        let session = Session(invocation, silent)
        do throws(CommandFailure) { screen.show(try session.site(of: session.open(), nil).1) } catch {
            screen.notice = "not judged again: \(error.message)"
        }
    }
}
