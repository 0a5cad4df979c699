import Git
import TestSupport

/// Bare repositories that servers offer, with one commit on `main` each.
struct ServedRepositories {
    let folder = TemporaryDirectory()
    let tip: ObjectID

    init(_ names: [String] = ["estate.git"]) throws {
        let source = try TemporaryRepository()
        try source.write("x = 1\n", to: "main.tf")
        try source.commit("base")
        tip = try source.head()
        for name in names {
            try source.git(["clone", "--quiet", "--bare", source.path, "\(folder.path)/\(name)"])
            try source.git(["-C", "\(folder.path)/\(name)", "config", "http.receivepack", "true"])
        }
    }

    func branch(_ name: String, of repository: String = "estate.git") throws -> String {
        try TemporaryRepository().git(["-C", "\(folder.path)/\(repository)", "rev-parse", name])
    }
}

extension GitHTTPServer {
    convenience init(_ repositories: ServedRepositories, redirectingTo redirect: String = "http://127.0.0.1:1") throws {
        try self.init(of: repositories.folder.path, redirectingTo: redirect)
    }

    func remote(_ path: String = "estate.git") throws -> RemoteURL { try RemoteURL(url(path)) }
}

extension GitDaemonServer {
    convenience init(_ repositories: ServedRepositories) throws { try self.init(of: repositories.folder.path) }

    func remote(_ path: String = "estate.git") throws -> RemoteURL { try RemoteURL(url(path), allowing: [.git]) }
}

extension GitSSHServer {
    convenience init(_ repositories: ServedRepositories) throws { try self.init(of: repositories.folder.path) }

    func remote(_ path: String = "estate.git") throws -> RemoteURL { try RemoteURL(url(path)) }

    func credentials(key: String = "user", known: String = "known") -> TransportSettings.Credentials {
        .sshKey("\(folder.path)/\(key)", knownHosts: "\(folder.path)/\(known)")
    }
}
