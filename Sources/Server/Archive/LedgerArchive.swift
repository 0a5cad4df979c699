package import CostModel
internal import Store

/// The ledgers of a state folder, one in each workspace's folder.
///
/// A ledger belongs to one thread at a time, so each question opens one of its own for reading: that takes less than a millisecond, waits for
/// no writer, and a file that was moved aside and made anew is seen at once.
package struct LedgerArchive: Archive {
    private let path: @Sendable (String) -> String

    /// - Parameter path: where a workspace's ledger lies.
    package init(path: @escaping @Sendable (_ workspace: String) -> String) {
        self.path = path
    }

    package func status(of workspace: String) throws(ServerError) -> WorkspaceStatus? {
        guard var status = try read(workspace, nil, { ledger throws(LedgerError) in try ledger.status() }) else { return nil }
        status.name = workspace
        return status
    }

    package func runs(of workspace: String, limit: Int, before: String?) throws(ServerError) -> [Run] {
        try read(workspace, []) { ledger throws(LedgerError) in try ledger.runs(limit: limit, before: before) }
    }

    package func run(_ id: String, of workspace: String) throws(ServerError) -> Run? {
        try read(workspace, nil) { ledger throws(LedgerError) in try ledger.run(id) }
    }

    package func findings(of workspace: String) throws(ServerError) -> [FindingLife] {
        try read(workspace, []) { ledger throws(LedgerError) in try ledger.lives() }
    }

    package func finding(_ id: String, of workspace: String) throws(ServerError) -> (life: FindingLife, events: [LifeEvent])? {
        try read(workspace, nil) { ledger throws(LedgerError) in
            guard let life = try ledger.life(id) else { return nil }
            return (life, try ledger.events(of: life.identity))
        }
    }

    package func scores(of workspace: String, team: String?, since: Day?) throws(ServerError) -> [ScoreDay] {
        try read(workspace, []) { ledger throws(LedgerError) in try ledger.scores(team: team, since: since) }
    }

    package func badges(of workspace: String) throws(ServerError) -> [Badge] {
        try read(workspace, []) { ledger throws(LedgerError) in try ledger.badges() }
    }

    package func costs(of workspace: String, days: ClosedRange<Day>) throws(ServerError) -> [DailyCost] {
        try read(workspace, []) { ledger throws(LedgerError) in try ledger.costs(days: days) }
    }

    package func requests(of workspace: String) throws(ServerError) -> [RequestRecord] {
        try read(workspace, []) { ledger throws(LedgerError) in try ledger.requestHistory() }
    }

    package func savings(of workspace: String) throws(ServerError) -> [SavingsRecord] {
        try read(workspace, []) { ledger throws(LedgerError) in try ledger.savings() }
    }

    package func exemptionUses(of workspace: String) throws(ServerError) -> [ExemptionUse] {
        try read(workspace, []) { ledger throws(LedgerError) in try ledger.exemptionUses() }
    }

    package func audit(of workspace: String, limit: Int) throws(ServerError) -> [AuditEntry] {
        try read(workspace, []) { ledger throws(LedgerError) in try ledger.audits(limit: limit) }
    }

    package func text(_ key: String, of workspace: String) throws(ServerError) -> String? {
        try read(workspace, nil) { ledger throws(LedgerError) in try ledger.value(key) }
    }

    package func orders(of workspace: String) -> [RequestOrder] { folder(of: workspace)?.orders.all() ?? [] }

    package func order(_ id: String, of workspace: String) throws(ServerError) -> RequestOrder? {
        do throws(LedgerError) { return try folder(of: workspace)?.orders.order(id) } catch {
            throw ServerError(code: .archive, message: "\(error)")
        }
    }

    package func sources(of workspace: String) -> [SourceStatus] {
        folder(of: workspace).map { SourceMemoryFile.read($0.sources) } ?? []
    }

    private func folder(of workspace: String) -> StateFolder? {
        let ledger = path(workspace)
        return ledger.lastIndex(of: "/").map { StateFolder(String(ledger[..<$0])) }
    }

    /// - Parameter none: the answer where no ledger was written yet.
    private func read<Value>(
        _ workspace: String, _ none: Value, _ body: (Ledger) throws(LedgerError) -> Value
    ) throws(ServerError) -> Value {
        do throws(LedgerError) {
            return try body(Ledger.open(at: path(workspace), mode: .readOnly))
        } catch {
            if error.code == .missing { return none }
            // Where the file lies, and what SQLite says about it, is for the operator's log and not for clients.
            throw ServerError(code: .archive, message: "the ledger of workspace '\(workspace)' cannot be read (\(error.code.rawValue))")
        }
    }
}
