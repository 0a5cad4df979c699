import CostModel
import Git

/// What a commit's message says of plans.
struct CommitReferences {
    let title: String
    /// When it was committed.
    let time: Instant
    /// The plans that it is of.
    let merges: [String]
    let findings: [String]
    /// Which workspace the plans are of, where it says so.
    let workspace: String?
    /// Plans, commits (40 digits) and requests (`owner/name#5`, `group/name!5`, `!5`).
    let undoes: [String]
    private let names: Set<String>
    /// Of the request whose merge it is, where the message says so: `#5` or `!5`.
    private let request: String?

    init(_ commit: Commit) {
        title = String(commit.message.prefix { !$0.isNewline })
        time = Instant(seconds: commit.committer.seconds)
        findings = Set(commit.trailers("Bursar-Finding")).sorted()
        workspace = commit.trailers(WorkspaceMark.trailer).last
        let ours = commit.trailers("Bursar-Reverts")
        undoes = ours + Self.undone(by: commit.message)
        let plans = commit.trailers("Bursar-Plan")
        // What undoes a plan by our hand has a plan of its own; Gitea repeats the message of what it undoes, trailers too.
        merges = undoes.isEmpty ? plans : []
        names = Set((ours.isEmpty ? merges : plans) + [commit.id.description])
        request = Self.request(in: commit.message)
    }

    /// Whether a name is the commit's: its own, its plan's, or its request's.
    func isCalled(_ name: String) -> Bool {
        if names.contains(name) { return true }
        guard let request else { return false }
        return name.hasSuffix(request)
    }

    /// What a message says that it undoes, each sentence at the beginning of a line: `This reverts commit <id>.` is Git's, and that of GitLab
    /// where it knows of no request; `This reverts merge request !5` is GitLab's, `Reverts owner/name#5` GitHub's, and `revert <id>` as the
    /// title Gitea's.
    static func undone(by message: String) -> [String] {
        let lines = message.split(whereSeparator: \.isNewline).map { $0.split(separator: " ") }
        func id(_ word: Substring) -> String? {
            let digits = word.prefix { $0.isHexDigit }
            return digits.count == 40 ? String(digits) : nil
        }
        return lines.enumerated().compactMap { place, words in
            if words.starts(with: ["This", "reverts", "commit"]), words.count > 3 { return id(words[3]) }
            if words.starts(with: ["This", "reverts", "merge", "request"]), words.count > 4, words[4].contains("!") {
                return String(words[4].hasSuffix(".") ? words[4].dropLast() : words[4])
            }
            guard words.count == 2 else { return nil }
            if place == 0, words[0] == "revert" { return id(words[1]) }
            return words[0] == "Reverts" && words[1].contains("#") ? String(words[1]) : nil
        }
    }

    /// GitHub writes `… (#6)` and `Merge pull request #6 from …`, GitLab `See merge request group/name!6`, Gitea `Merge pull request '…' (#6) from …`.
    private static func request(in message: String) -> String? {
        let lines = message.split(whereSeparator: \.isNewline).map { $0.split(separator: " ") }
        if let seen = lines.first(where: { $0.starts(with: ["See", "merge", "request"]) && $0.count == 4 }),
            let at = seen[3].lastIndex(of: "!")
        {
            return String(seen[3][at...])
        }
        guard let title = lines.first else { return nil }
        if title.starts(with: ["Merge", "pull", "request"]), title.count > 3, title[3].hasPrefix("#") { return String(title[3]) }
        let number = title.last { $0.hasPrefix("(#") && $0.hasSuffix(")") }
        return number.map { String($0.dropFirst().dropLast()) }
    }
}
