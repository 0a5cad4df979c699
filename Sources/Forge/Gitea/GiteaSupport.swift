internal import Secrets
internal import WebClient

/// Gitea, and Forgejo.
struct GiteaSupport: CodeHostSupport {
    func client(api: String, project: String, token: SecretFile, sender: any HTTPSending) throws(ForgeError) -> any Forge {
        try GiteaForge(api: api, repository: project, token: token, sender: sender)
    }

    /// Forgejo sends headers of its own, and these.
    let webhook = WebhookForm(proof: .signature(header: "x-gitea-signature", prefix: ""), eventHeader: "x-gitea-event")

    /// `revert <commit>` as the title.
    func undone(by words: [Substring], isTitle: Bool) -> String? {
        guard isTitle, words.count == 2, words[0] == "revert" else { return nil }
        return CommitWords.commit(words[1])
    }

    /// `Merge pull request '…' (#6) from …`, and `… (#6)` for a squash.
    func mergedRequest(in lines: [[Substring]]) -> MergedRequest? { lines.first.flatMap(CommitWords.bracketedRequest) }

    /// It names commits only.
    func isName(_ name: String, ofRequest number: Int, at url: String) -> Bool { false }

    let codeOwnersPlaces = ["CODEOWNERS", "docs/CODEOWNERS"]

    /// Its build server sets GitHub's.
    let buildVariables: [String] = []

    func projectURL(inBuild environment: [String: String]) -> String? { nil }

    /// Forty digits that begin with nothing of their own.
    let tokenPrefixes: [String] = []
}
