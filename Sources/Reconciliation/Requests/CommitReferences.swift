import CostModel
import Forge
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
    let team: String?
    /// Plans, commits (40 digits) and requests (`owner/name#5`, `group/name!5`, `!5`).
    let undoes: [String]
    private let names: Set<String>
    /// Of the request whose merge it is, where the message says so: `#5` or `!5`.
    let request: String?

    init(_ commit: Commit) {
        title = String(commit.message.prefix { !$0.isNewline })
        time = Instant(seconds: commit.committer.seconds)
        findings = Set(commit.trailers("Bursar-Finding")).sorted()
        workspace = commit.trailers(WorkspaceMark.trailer).last
        team = commit.trailers(WorkspaceMark.teamTrailer).last
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

    /// What a message says that it undoes, each sentence at the beginning of a line: `This reverts commit <id>.` is Git's; the others are code
    /// hosts'. Commits reach a repository from anywhere, so that every host's words count, whatever the workspace's own host is.
    static func undone(by message: String) -> [String] {
        words(of: message).enumerated().compactMap { place, words in
            if words.starts(with: ["This", "reverts", "commit"]), words.count > 3 { return CommitWords.commit(words[3]) }
            return CodeHost.supports.lazy.compactMap { $0.undone(by: words, isTitle: place == 0) }.first
        }
    }

    private static func request(in message: String) -> String? {
        let lines = words(of: message)
        let readings = CodeHost.supports.compactMap { $0.mergedRequest(in: lines) }
        // The first of the plainest.
        return readings.reduce(nil) { best, next in best.map { $0.plainness >= next.plainness ? $0 : next } ?? next }?.name
    }

    private static func words(of message: String) -> [[Substring]] {
        message.split(whereSeparator: \.isNewline).map { $0.split(separator: " ") }
    }
}
