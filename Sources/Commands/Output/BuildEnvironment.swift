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
    static func repositoryURL(_ environment: [String: String]) -> String? {
        let urls = CodeHost.supports.lazy.compactMap { $0.projectURL(inBuild: environment) }
        guard let url = urls.first, url.hasPrefix("https://") || url.hasPrefix("http://") else { return nil }
        // A name before an @ may come with a password; everything else must be an address as it stands.
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/%".utf8)
        return url.utf8.allSatisfy(allowed.contains) ? url : nil
    }
}
