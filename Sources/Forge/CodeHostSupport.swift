package import CostModel
package import Secrets
package import WebClient

/// What Bursar must know of one code host: how to call it, how its webhooks are signed, and what its merges look like in Git.
///
/// A host is one folder beside this file and one line of `CodeHost.support`.
package protocol CodeHostSupport: Sendable {
    /// A client of its API.
    ///
    /// - Parameter api: the API's address.
    /// - Parameter project: `owner/name`, or as the host writes a project.
    func client(api: String, project: String, token: SecretFile, sender: any HTTPSending) throws(ForgeError) -> any Forge

    var webhook: WebhookForm { get }

    // MARK: What people and the host write into commits

    /// What a line of a commit's message says that the commit undoes, in the words of this host: a commit by its 40 digits, or a request by a
    /// name such as `owner/name#5`; nil: nothing. What Git itself writes is known without a host.
    func undone(by words: [Substring], isTitle: Bool) -> String?

    /// The request whose merge a commit says it is; nil where this host did not write the message.
    ///
    /// - Parameter lines: the message's lines that are not empty, in words.
    func mergedRequest(in lines: [[Substring]]) -> MergedRequest?

    /// Whether a name, as `undone` gives it, is that of a request of this number at this address.
    func isName(_ name: String, ofRequest number: Int, at url: String) -> Bool

    // MARK: Files and build servers

    /// Where it looks for `CODEOWNERS`, in this order.
    var codeOwnersPlaces: [String] { get }

    /// The variables of its build server's environment that `projectURL` reads.
    var buildVariables: [String] { get }

    /// Where the repository that is being built is at home; nil where the environment is not that of its build server.
    func projectURL(inBuild environment: [String: String]) -> String?

    /// What its tokens begin with, so that logs can leave them out.
    var tokenPrefixes: [String] { get }
}

extension CodeHost {
    package var support: any CodeHostSupport {
        switch self {
        case .github: GitHubSupport()
        case .gitlab: GitLabSupport()
        case .gitea: GiteaSupport()
        }
    }

    /// Of every host, in their order.
    package static let supports: [any CodeHostSupport] = allCases.map(\.support)
}

/// How a host's deliveries prove that they are its own, and where they say what has happened.
package struct WebhookForm: Hashable, Sendable {
    package enum Proof: Hashable, Sendable {
        /// HMAC-SHA256 of the body by the secret, in hexadecimal digits behind a prefix.
        case signature(header: String, prefix: String)
        /// The secret itself.
        case secret(header: String)
    }

    /// Names of headers are in lower case.
    package var proof: Proof
    package var eventHeader: String
}

/// The request whose merge a commit is, and how plainly its message says so: of several hosts' readings the plainest counts.
package struct MergedRequest: Hashable, Sendable {
    package enum Plainness: Int, Comparable, Sendable {
        /// A number in brackets at the end of a title: `(#6)`.
        case bracket
        /// The title: `Merge pull request #6 from …`.
        case title
        /// A sentence of its own: `See merge request group/name!6`.
        case sentence

        package static func < (a: Plainness, b: Plainness) -> Bool { a.rawValue < b.rawValue }
    }

    /// `#6` or `!6`.
    package var name: String
    package var plainness: Plainness
}

/// Words of commits that several hosts share.
package enum CommitWords {
    /// The commit that a word begins with, where it is named in full.
    package static func commit(_ word: Substring) -> String? {
        let digits = word.prefix { $0.isHexDigit }
        return digits.count == 40 ? String(digits) : nil
    }

    /// `(#6)`, the last in a title: so squashes are called, and merges on Gitea.
    static func bracketedRequest(in title: [Substring]) -> MergedRequest? {
        let number = title.last { $0.hasPrefix("(#") && $0.hasSuffix(")") }
        return number.map { MergedRequest(name: String($0.dropFirst().dropLast()), plainness: .bracket) }
    }
}
