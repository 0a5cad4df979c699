/// What an operator tells the loop: which workspaces to watch, how to reach them, and what may be written. It stands outside of the
/// repositories it is about, because it says whom to trust.
package struct ReconcilerSettings: Hashable, Sendable {
    package var name: String
    /// How often each workspace is looked at, where it does not say itself.
    package var interval: TimeSpan
    package var workspaces: [WatchedWorkspace]

    package init(name: String, interval: TimeSpan = TimeSpan(seconds: 600), workspaces: [WatchedWorkspace]) {
        self.name = name
        self.interval = interval
        self.workspaces = workspaces
    }
}

/// One workspace of the loop.
package struct WatchedWorkspace: Hashable, Sendable {
    /// A DNS label, unique in the process: its state folder is called so.
    package var name: String
    /// A URL, or a path of this machine.
    package var repository: String
    /// Nil: the repository's default branch.
    package var branch: String?
    /// The folder of `bursar.yaml` in the repository; empty: its root.
    package var path: String
    /// The folder at which relative paths of observed data begin; nil: for a local repository its work tree.
    package var observedFolder: String?
    package var interval: TimeSpan?
    package var credentials: Credentials
    package var protocols: Set<TransportProtocol>
    package var forge: ForgeSettings
    package var verification: [String]
    /// The private key that signs commits, by SSH; nil: unsigned.
    package var signingKey: String?
    package var deadlines: StageDeadlines

    package init(
        name: String, repository: String, branch: String? = nil, path: String = "", observedFolder: String? = nil,
        interval: TimeSpan? = nil, credentials: Credentials = .user, protocols: Set<TransportProtocol> = [.https, .ssh],
        forge: ForgeSettings = ForgeSettings(), verification: [String] = [], signingKey: String? = nil,
        deadlines: StageDeadlines = StageDeadlines()
    ) {
        self.name = name
        self.repository = repository
        self.branch = branch
        self.path = path
        self.observedFolder = observedFolder
        self.interval = interval
        self.credentials = credentials
        self.protocols = protocols
        self.forge = forge
        self.verification = verification
        self.signingKey = signingKey
        self.deadlines = deadlines
    }

    /// A repository of this machine that is worked in, rather than fetched from.
    package var isLocal: Bool { repository.hasPrefix("/") || repository.hasPrefix(".") }

    /// How Git proves who we are. Secrets stay in files.
    package enum Credentials: Hashable, Sendable {
        /// The user's own helpers and agent.
        case user
        case token(file: String, username: String)
        case ssh(key: String, knownHosts: String)
    }

    package enum TransportProtocol: String, Hashable, Sendable, CaseIterable {
        case https, ssh
        // Not protected; for closed networks.
        case http, git
        case file
    }
}

/// Where requests are opened.
package struct ForgeSettings: Hashable, Sendable {
    package var kind: RequestTarget
    /// The API's address; nil: the public service's.
    package var api: String?
    /// `owner/name`, or a GitLab project's path.
    package var project: String
    package var tokenFile: String?
    /// For `patches`.
    package var folder: String?

    package init(
        kind: RequestTarget = .branches, api: String? = nil, project: String = "", tokenFile: String? = nil, folder: String? = nil
    ) {
        self.kind = kind
        self.api = api
        self.project = project
        self.tokenFile = tokenFile
        self.folder = folder
    }
}

/// How long each stage may take.
package struct StageDeadlines: Hashable, Sendable {
    package var limits: [Stage: TimeSpan]

    package static let standard: [Stage: TimeSpan] = [
        .fetch: TimeSpan(seconds: 120), .observe: TimeSpan(seconds: 600), .evaluate: TimeSpan(seconds: 600),
        .score: TimeSpan(seconds: 60), .plan: TimeSpan(seconds: 600), .write: TimeSpan(seconds: 300),
    ]

    package init(limits: [Stage: TimeSpan] = [:]) { self.limits = limits }

    package subscript(stage: Stage) -> TimeSpan { limits[stage] ?? Self.standard[stage] ?? TimeSpan(seconds: 600) }
}
