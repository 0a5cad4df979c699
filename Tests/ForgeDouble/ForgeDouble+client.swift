internal import CostModel
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
        return try kind.support.client(
            api: api, project: "\(owner)/\(name)", token: SecretFile(token, name: "token file"), sender: sender)
    }
}
