import CostModel
import Diagnostics
import Glibc
import PolicyLanguage

/// The programs by which whoever runs this reaches query engines, the servers that have its samples, and the commands that sources name.
extension Session {
    /// - Parameter repositories: folders that must not hold the document: who may change them would say what runs here.
    func clients(outside repositories: [String]) throws(CommandFailure) -> EngineClients {
        guard let path = invocation[CommonOptions.clients] else { return .none }
        var status = stat()
        guard stat(path, &status) == 0 else { throw CommandFailure("no clients: \(FileError(path: path, code: errno))", .invalid) }
        guard status.st_mode & 0o022 == 0, status.st_uid == geteuid() || status.st_uid == 0 else {
            throw CommandFailure(
                "the clients '\(path.printable)' could be changed by others: they say what runs here", .invalid,
                hint: "it must be yours or root's, and writable by its owner alone: 'chmod go-w'")
        }
        let file = Self.resolved(path) ?? path
        if repositories.compactMap(Self.resolved).contains(where: { file.hasPrefix($0 + "/") }) {
            throw CommandFailure(
                "the clients '\(path.printable)' lie in the repository: whoever changes it would say what runs here", .invalid,
                hint: "keep the document outside")
        }
        let bytes: [UInt8]
        do throws(FileError) { bytes = try Files.read(path, limit: 1 << 20) } catch {
            throw CommandFailure("no clients: \(error)", .invalid)
        }
        let (clients, diagnostics) = ConfigurationLoader.loadClients(SourceFile(path: path, bytes: bytes), now: now)
        show(diagnostics)
        guard let clients else { throw CommandFailure("the clients '\(path.printable)' are not valid", .invalid) }
        let names = Set(
            clients.engines.flatMap(\.environment) + clients.commands.flatMap(\.environment) + (clients.opinion?.environment ?? [])
                + clients.channels.flatMap(\.environment))
        let variables = names.reduce(into: [String: String]()) { $0[$1] = console.variable($1) }
        return EngineClients(
            clients.engines, metricServers: clients.metrics, commands: clients.commands, opinion: clients.opinion,
            channels: clients.channels, environment: variables, toolVersion: Version.current)
    }

    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
