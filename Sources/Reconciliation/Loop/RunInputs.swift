import CostModel
import Git
import Glibc

/// A digest of all that a run goes by, without reading any of it: when it is that of the last whole run, there is nothing to do.
///
/// The day counts, because what is closed, expired or due depends on it; so do our own branches, which people may have edited.
struct RunInputs {
    var watched: WatchedWorkspace
    var heads: OriginHeads
    var environment: LoopEnvironment
    /// The fingerprint of the observed files, taken before any of them was read: what is replaced later is a change.
    var observed: String
    var folder: String
    /// The day on which the run began.
    var day: Day

    func digest() -> String {
        var hash = SHA256()
        let fields =
            [environment.toolVersion, environment.isDryRun ? "dry" : "apply", day.description, observed, folder]
            + [heads.branch, heads.tip.description] + settings + clients
        for field in fields { hash.update(field: field) }
        for (name, tip) in heads.branches.sorted(by: { $0.key < $1.key }) {
            hash.update(field: name)
            hash.update(field: tip.description)
        }
        return hash.hexDigest()
    }

    /// A digest of what an evaluation goes by: revision, observations, day.
    func evidence() -> String {
        var hash = SHA256()
        for field in [heads.tip.description, day.description, observed] { hash.update(field: field) }
        return hash.hexDigest()
    }

    /// What the operator says; of secrets only whether their files were replaced.
    /// Who asks for the bill, or for samples, in another way may have another answer.
    private var clients: [String] {
        var fields: [String] = []
        for client in environment.clients.clients {
            fields += [client.engine.rawValue, client.program]
            fields += client.arguments
            fields += client.sources.sorted()
            fields += client.tables.sorted()
            fields += client.environment
            fields += [client.output?.rawValue ?? "", client.partition?.column ?? ""]
        }
        for server in environment.clients.metricServers {
            fields += [server.address, server.resourceLabel, server.shape?.rawValue ?? "", server.selector, server.step.description]
            fields += server.sources.sorted()
            fields += server.metrics.map(\.rawValue)
            fields += server.queries.sorted { $0.key < $1.key }.flatMap { [$0.key.rawValue, $0.value] }
        }
        for command in environment.clients.commands {
            fields += [command.name, command.program, command.output.rawValue]
            fields += command.arguments
            fields += command.environment
        }
        return fields
    }

    private var settings: [String] {
        var fields = [watched.repository, watched.branch ?? "", watched.path, watched.forge.kind.rawValue, watched.forge.api ?? ""]
        fields += [watched.forge.project, watched.forge.folder ?? "", watched.signingKey ?? ""] + watched.verification
        for file in [watched.forge.tokenFile].compactMap({ $0 }) {
            var status = stat()
            fields += stat(file, &status) == 0 ? ["\(status.st_ino) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"] : ["none"]
        }
        return fields
    }
}
