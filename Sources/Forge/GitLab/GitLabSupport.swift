internal import Secrets
internal import WebClient

struct GitLabSupport: CodeHostSupport {
    func client(api: String, project: String, token: SecretFile, sender: any HTTPSending) throws(ForgeError) -> any Forge {
        try GitLabForge(api: api, project: project, token: token, sender: sender)
    }

    let webhook = WebhookForm(proof: .secret(header: "x-gitlab-token"), eventHeader: "x-gitlab-event")

    /// `This reverts merge request group/name!5`. Where it knows of no request it writes what Git does.
    func undone(by words: [Substring], isTitle: Bool) -> String? {
        guard words.starts(with: ["This", "reverts", "merge", "request"]), words.count > 4, words[4].contains("!") else { return nil }
        return String(words[4].hasSuffix(".") ? words[4].dropLast() : words[4])
    }

    /// `See merge request group/name!6`
    func mergedRequest(in lines: [[Substring]]) -> MergedRequest? {
        guard let seen = lines.first(where: { $0.starts(with: ["See", "merge", "request"]) && $0.count == 4 }),
            let mark = seen[3].lastIndex(of: "!")
        else { return nil }
        return MergedRequest(name: String(seen[3][mark...]), plainness: .sentence)
    }

    func isName(_ name: String, ofRequest number: Int, at url: String) -> Bool {
        guard let mark = name.lastIndex(of: "!"), name[name.index(after: mark)...] == "\(number)" else { return false }
        return url.hasSuffix("\(name[..<mark])/-/merge_requests/\(number)")
    }

    let codeOwnersPlaces = ["CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"]

    let buildVariables = ["CI_PROJECT_URL"]

    func projectURL(inBuild environment: [String: String]) -> String? { environment["CI_PROJECT_URL"] }

    let tokenPrefixes = ["glpat-", "gldt-", "glrt-"]
}
