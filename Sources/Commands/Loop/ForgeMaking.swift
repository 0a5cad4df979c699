import CostModel
import Forge
import Glibc
import Reconciliation
import Secrets
import WebClient

/// Makes the client of the code host that an operator names.
enum ForgeMaking {
    /// Shared by all runs of a process: what a host answered once is asked for again only where it has changed.
    private static let sender = ConditionalSender(HTTPClient(version: Version.current))

    @Sendable static func make(_ watched: WatchedWorkspace, directory: String) throws(ForgeError) -> (any Forge)? {
        let settings = watched.forge
        let token = SecretFile(settings.tokenFile ?? "", name: "token file")
        switch settings.kind {
        case .branches: return nil
        case .host(let host):
            return try host.support.client(
                api: settings.api ?? host.publicAPI ?? "", project: settings.project, token: token, sender: sender)
        case .patches:
            return PatchForge(
                folder: settings.folder ?? "", patches: { draft in try CommitPatches.files(of: draft.commit, in: directory) },
                clock: { Int64(time(nil)) })
        }
    }
}
