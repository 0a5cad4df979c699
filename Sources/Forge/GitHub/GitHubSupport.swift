internal import Secrets
internal import WebClient

struct GitHubSupport: CodeHostSupport {
    func client(api: String, project: String, token: SecretFile, sender: any HTTPSending) throws(ForgeError) -> any Forge {
        try GitHubForge(api: api, repository: project, token: token, sender: sender)
    }

    let webhook = WebhookForm(proof: .signature(header: "x-hub-signature-256", prefix: "sha256="), eventHeader: "x-github-event")

    /// `Reverts owner/name#5`
    func undone(by words: [Substring], isTitle: Bool) -> String? {
        guard words.count == 2, words[0] == "Reverts", words[1].contains("#") else { return nil }
        return String(words[1])
    }

    /// `Merge pull request #6 from …`, and `… (#6)` for a squash.
    func mergedRequest(in lines: [[Substring]]) -> MergedRequest? {
        guard let title = lines.first else { return nil }
        if title.starts(with: ["Merge", "pull", "request"]), title.count > 3, title[3].hasPrefix("#") {
            return MergedRequest(name: String(title[3]), plainness: .title)
        }
        return CommitWords.bracketedRequest(in: title)
    }

    func isName(_ name: String, ofRequest number: Int, at url: String) -> Bool {
        guard let mark = name.lastIndex(of: "#"), name[name.index(after: mark)...] == "\(number)" else { return false }
        return url.contains("/\(name[..<mark])/")
    }

    let codeOwnersPlaces = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"]

    let buildVariables = ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY"]

    func projectURL(inBuild environment: [String: String]) -> String? {
        guard let server = environment["GITHUB_SERVER_URL"], let name = environment["GITHUB_REPOSITORY"] else { return nil }
        return "\(server)/\(name)"
    }

    let tokenPrefixes = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"]
}
