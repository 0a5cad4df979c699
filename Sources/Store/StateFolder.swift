internal import Glibc

/// Where Bursar keeps what it remembers about one workspace: a folder outside of every repository, for its owner alone.
package struct StateFolder: Hashable, Sendable {
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    /// The folder of a workspace: `$BURSAR_STATE`, else `bursar/NAME` below `$XDG_STATE_HOME`, else below `~/.local/state`.
    ///
    /// - Parameter isOnly: whether the process has one workspace; of several each has its own folder below `$BURSAR_STATE` too.
    /// - Returns: nil where the environment names none of them, or the name cannot be a folder's.
    package static func standard(workspace name: String, isOnly: Bool = true, environment: [String: String]) -> StateFolder? {
        let given = environment["BURSAR_STATE"] ?? ""
        if isOnly, !given.isEmpty { return StateFolder(given) }
        guard !name.isEmpty, !name.hasPrefix("."), !name.utf8.contains(UInt8(ascii: "/")), !name.utf8.contains(0) else { return nil }
        if !given.isEmpty { return StateFolder("\(given)/\(name)") }
        // A relative path is no base folder and is passed over, as the XDG specification wants it.
        if let base = environment["XDG_STATE_HOME"], base.hasPrefix("/") { return StateFolder("\(base)/bursar/\(name)") }
        if let home = environment["HOME"], home.hasPrefix("/") { return StateFolder("\(home)/.local/state/bursar/\(name)") }
        return nil
    }

    /// What bills add up to, for whoever reads them without the name of a workspace; no workspace's folder begins with a dot.
    package static func bills(environment: [String: String]) -> String? {
        if let given = environment["BURSAR_STATE"], !given.isEmpty { return StateFolder(given).bills }
        return standard(workspace: "NAME", environment: environment).map { $0.path.dropLast("NAME".count) + ".bills" }
    }

    package var ledger: String { "\(path)/ledger.sqlite" }
    /// The bare repository into which revisions are fetched.
    package var mirror: String { "\(path)/mirror.git" }
    /// What bills add up to; it may be deleted at any time.
    package var bills: String { "\(path)/bills" }
    /// How the workspace's sources fare.
    package var sources: String { "\(path)/sources.json" }
    /// What the operator's program said of findings; it may be deleted at any time.
    package var opinions: String { "\(path)/opinions" }
    /// What clients of the API asked for.
    package var orders: OrderFolder { OrderFolder("\(path)/orders") }
    package var lock: String { "\(path)/lock" }

    /// Makes the folder and those above it, as far as they are missing, for their owner alone; takes it away from others where it exists.
    package func create() throws(LedgerError) {
        var made = path.hasPrefix("/") ? "" : "."
        for name in path.split(separator: "/") {
            made += "/\(name)"
            if mkdir(made, 0o700) != 0, errno != EEXIST { throw .system(errno, "make the folder '\(made)'") }
        }
        var status = stat()
        guard stat(path, &status) == 0 else { throw .system(errno, "open the folder '\(path)'") }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw LedgerError(.invalid, "'\(path)' is not a folder") }
        if status.st_mode & 0o077 != 0, chmod(path, status.st_mode & 0o700) != 0 { throw .system(errno, "protect the folder '\(path)'") }
    }
}
