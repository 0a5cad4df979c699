import CostModel
import Forge

/// What build servers tell in the environment, and what they take.
enum BuildEnvironment {
    /// Bytes of one step's summary: more of it, and GitHub shows none.
    static let summaryLimit = 1 << 20
    /// Below so many bytes a report cannot say what it has to.
    static let leastSummary = 70_000

    /// All names that are looked for.
    static let variables = CodeHost.supports.flatMap(\.buildVariables)

    /// Where the repository is at home; nil where no build server says so, or says something that had better not be shown.
    static func repositoryURL(_ environment: [String: String]) -> String? { repository(environment)?.address }

    /// The same with the host whose build server says so.
    static func repository(_ environment: [String: String]) -> (host: CodeHost, address: String)? {
        let found = CodeHost.allCases.lazy.compactMap { host in
            host.support.projectURL(inBuild: environment).map { (host: host, address: $0) }
        }
        guard let first = found.first, first.address.hasPrefix("https://") || first.address.hasPrefix("http://") else { return nil }
        // A name before an @ may come with a password; everything else must be an address as it stands.
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/%".utf8)
        return first.address.utf8.allSatisfy(allowed.contains) ? first : nil
    }
}
