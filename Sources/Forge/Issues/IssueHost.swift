/// Issues of a code host, as far as one of ours is kept there. Calls block, as those of `Forge` do.
package protocol IssueHost: Sendable {
    /// Why nobody can know who ticked a box of an issue; nil: the host says who edits.
    var unknownEditors: String? { get }

    /// How a text names a request: `#5`, `!5`.
    func name(ofRequest number: Int) -> String

    /// Nil: it is gone, or is no issue.
    func issue(_ number: Int) throws(ForgeError) -> ForgeIssue?

    /// Those that our account opened and whose text holds a line, open or not, the oldest first.
    func issues(holding line: String) throws(ForgeError) -> [ForgeIssue]

    /// Opens one, whatever is there.
    func open(title: String, body: String) throws(ForgeError) -> ForgeIssue

    func update(_ number: Int, body: String) throws(ForgeError) -> ForgeIssue

    func close(_ number: Int) throws(ForgeError)

    /// What an issue says, and who changed that since a time of the host's clock; nil: the host does not say.
    func edits(of number: Int, since: Int64) throws(ForgeError) -> IssueEdits?
}

/// An issue as the code host has it.
package struct ForgeIssue: Hashable, Sendable {
    package var number: Int
    package var url: String
    package var isOpen: Bool
    package var body: String
    /// By the host's clock, in seconds since 1970.
    package var updated: Int64
}

/// An issue's text, and everybody who had a hand in it since we last wrote it.
package struct IssueEdits: Hashable, Sendable {
    package var body: String
    /// Those who may write to the project.
    package var writers: [String] = []
    /// Those who may not, or of whom it is not known.
    package var others: [String] = []

    /// Who edited, and when.
    struct Hand {
        var login: String
        var time: Int64
    }

    /// Our account's own writing, which hosts note a moment after they answer.
    private static let moment: Int64 = 5

    /// Our own account counts only where nobody else edited, and long enough after we last wrote: then a person uses it.
    ///
    /// - Parameters:
    ///   - hands: of all edits that the host tells of since then.
    ///   - mayWrite: whether somebody may write to the project; asked once of each.
    init(
        body: String, hands: [Hand], us: String, since: Int64, mayWrite: (String) throws(ForgeError) -> Bool
    ) throws(ForgeError) {
        self.body = body
        let strangers = Set(hands.lazy.filter { $0.login != us && $0.time >= since }.map(\.login))
        guard strangers.isEmpty else {
            for login in strangers.sorted() {
                if try mayWrite(login) { writers.append(login) } else { others.append(login) }
            }
            return
        }
        if hands.contains(where: { $0.login == us && $0.time > since + Self.moment }) { writers = [us] }
    }
}

extension IssueHost {
    /// The one issue that holds a line: the oldest of our account, else a new one. Of two that are opened at once the later is closed.
    package func keep(title: String, body: String, line: String) throws(ForgeError) -> ForgeIssue {
        try RequestText.refuseSecrets(title, body)
        if let there = try issues(holding: line).first { return there }
        let written: ForgeIssue
        do throws(ForgeError) { written = try open(title: title, body: body) } catch {
            // The answer was lost, not necessarily what was asked.
            guard error.mayHaveHappened, let there = try? issues(holding: line).first else { throw error }
            return there
        }
        guard let first = try issues(holding: line).first, first.number < written.number else { return written }
        try close(written.number)
        return first
    }
}
