package import CostModel

/// What the server knows: the loop where one runs in this process, what is remembered, and the time.
package struct ServerContext: Sendable {
    /// Nil: only what is remembered is served.
    package var source: (any ServerSource)?
    package var archive: any Archive
    /// Of all workspaces, those that have not been looked at yet too.
    package var workspaces: [ServedWorkspace]
    package var clock: @Sendable () -> Instant
    /// Of the program, for its pages.
    package var version = ""
    /// Milliseconds that never run backwards.
    package var uptime: @Sendable () -> Int64
    /// By `uptime`.
    let started: Int64

    package init(
        source: (any ServerSource)?, archive: any Archive, workspaces: [ServedWorkspace], clock: @escaping @Sendable () -> Instant,
        uptime: @escaping @Sendable () -> Int64 = HTTPListener.uptime
    ) {
        self.source = source
        self.archive = archive
        self.workspaces = workspaces.sorted { $0.name < $1.name }
        self.clock = clock
        self.uptime = uptime
        started = uptime()
    }

    var names: [String] { workspaces.map(\.name) }

    /// How each workspace stands, sorted by name.
    func statuses() throws(ServerError) -> [WorkspaceStatus] {
        if let source { return source.statuses() }
        var statuses: [WorkspaceStatus] = []
        for name in names { statuses.append(try archive.status(of: name) ?? WorkspaceStatus(name: name)) }
        return statuses
    }
}

/// What the server has to know of a workspace beforehand.
package struct ServedWorkspace: Hashable, Sendable {
    package var name: String
    /// Where it is fetched from: a delivery of a webhook about this repository asks for a pass.
    package var repository: String
    /// How its code host is asked; nil: as the repository's address says.
    package var host: CodeHost?
    /// Of the workspace in the repository; empty for its root.
    package var folder: String
    /// Longer than twice as long no stage may be at work.
    package var deadlines: StageDeadlines

    package init(name: String, repository: String, host: CodeHost? = nil, folder: String = "", deadlines: StageDeadlines = StageDeadlines())
    {
        self.name = name
        self.repository = repository
        self.host = host
        self.folder = folder
        self.deadlines = deadlines
    }
}
