package import Forge
internal import Secrets
package import WebClient

extension ForgeDouble {
    /// The product's own client of this host.
    ///
    /// - Parameters:
    ///   - token: the file that holds it.
    ///   - sender: how its exchanges get here; nil: straight.
    package func client(token: String, api: String? = nil, sender: (any HTTPSending)? = nil) throws -> any Forge {
        let (api, sender) = (api ?? self.api, sender ?? self)
        let (repository, token) = ("\(owner)/\(name)", SecretFile(token, name: "token file"))
        switch kind {
        case .gitlab: return try GitLabForge(api: api, project: repository, token: token, sender: sender)
        case .gitea: return try GiteaForge(api: api, repository: repository, token: token, sender: sender)
        default: return try GitHubForge(api: api, repository: repository, token: token, sender: sender)
        }
    }
}
