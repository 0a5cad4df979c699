package import CostModel
internal import Reporting

/// What is remembered about workspaces, as the server reads it. Several threads read at a time.
package protocol Archive: Sendable {
    /// Nil before a workspace's first pass.
    func status(of workspace: String) throws(ServerError) -> WorkspaceStatus?

    /// The newest first.
    ///
    /// - Parameter before: only runs that began before this one.
    func runs(of workspace: String, limit: Int, before: String?) throws(ServerError) -> [Run]
    func run(_ id: String, of workspace: String) throws(ServerError) -> Run?

    /// Sorted by id.
    func findings(of workspace: String) throws(ServerError) -> [FindingLife]
    func finding(_ id: String, of workspace: String) throws(ServerError) -> (life: FindingLife, events: [LifeEvent])?

    /// Sorted by team and day.
    func scores(of workspace: String, team: String?, since: Day?) throws(ServerError) -> [ScoreDay]
    /// Sorted by team and day.
    func badges(of workspace: String) throws(ServerError) -> [Badge]

    /// Sorted by day, team and service.
    func costs(of workspace: String, days: ClosedRange<Day>) throws(ServerError) -> [DailyCost]

    /// With the earlier ones of each group, the newest first.
    func requests(of workspace: String) throws(ServerError) -> [RequestRecord]
    /// Sorted by the time of the merge.
    func savings(of workspace: String) throws(ServerError) -> [SavingsRecord]
    /// What exemptions covered.
    func exemptionUses(of workspace: String) throws(ServerError) -> [ExemptionUse]
    /// The newest first.
    func audit(of workspace: String, limit: Int) throws(ServerError) -> [AuditEntry]

    /// What one process keeps in the ledger for others, by its name; nil: nothing yet.
    func text(_ key: String, of workspace: String) throws(ServerError) -> String?

    /// What clients asked for, the newest first.
    func orders(of workspace: String) throws(ServerError) -> [RequestOrder]
    func order(_ id: String, of workspace: String) throws(ServerError) -> RequestOrder?

    /// How the sources fare that are asked, by kind and name.
    func sources(of workspace: String) -> [SourceStatus]
}

extension Archive {
    /// An archive without a state folder remembers none.
    package func sources(of workspace: String) -> [SourceStatus] { [] }

    /// Nil: nothing yet, or what another version wrote.
    func document<Document: KeptDocument>(_ type: Document.Type, of workspace: String) throws(ServerError) -> Document? {
        try text(type.key, of: workspace).flatMap { Document(text: $0) }
    }

    /// - Parameter since: of scores.
    func history(of workspace: String, since: Day) throws(ServerError) -> History {
        History(
            lives: try findings(of: workspace), scores: try scores(of: workspace, team: nil, since: since),
            savings: try savings(of: workspace), badges: try badges(of: workspace),
            caught: try document(CaughtFindings.self, of: workspace))
    }
}
