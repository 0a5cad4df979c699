import CostModel
import Forge
import Glibc
import Reconciliation
import Secrets
import WebClient

/// Makes the client of the code host that an operator names.
enum ForgeMaking {
    @Sendable static func make(_ watched: WatchedWorkspace, directory: String) throws(ForgeError) -> (any Forge)? {
        let settings = watched.forge
        let token = SecretFile(settings.tokenFile ?? "", name: "token file")
        let sender = HTTPClient(version: Version.current)
        switch settings.kind {
        case .none: return nil
        case .github:
            return try GitHubForge(
                api: settings.api ?? "https://api.github.com", repository: settings.project, token: token, sender: sender)
        case .gitlab:
            return try GitLabForge(
                api: settings.api ?? "https://gitlab.com/api/v4", project: settings.project, token: token, sender: sender)
        case .gitea: return try GiteaForge(api: settings.api ?? "", repository: settings.project, token: token, sender: sender)
        case .patches:
            return PatchForge(
                folder: settings.folder ?? "", patches: { draft in try CommitPatches.files(of: draft.commit, in: directory) },
                clock: { Int64(time(nil)) })
        }
    }
}
