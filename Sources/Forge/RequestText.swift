internal import Diagnostics

/// The rules for what we write on a code host that all of them share.
package enum RequestText {
    /// The hidden line with which our part of a body begins; its end is the comment that says what the request is.
    package static let begin = "<!-- bursar:begin -->"
    private static let last = "<!-- bursar: {"

    /// A body with our part replaced; the whole one where no part is marked in it.
    static func replacing(_ old: String, with new: String) -> String {
        guard let theirs = ownPart(of: old), let ours = ownPart(of: new) else { return new }
        return String(old[..<theirs.lowerBound]) + String(new[ours]) + String(old[theirs.upperBound...])
    }

    private static func ownPart(of body: String) -> Range<String.Index>? {
        guard let start = body.firstRange(of: begin), let comment = body[start.upperBound...].firstRange(of: last),
            let end = body[comment.upperBound...].firstRange(of: " -->")
        else { return nil }
        return start.lowerBound..<end.upperBound
    }

    /// The title that a request gets: a person's stays.
    static func title(_ present: String, _ draft: RequestDraft) -> String {
        if let previous = draft.previousTitle, !isSame(present, previous) { return present }
        return draft.title
    }

    /// The hidden line by which a comment is found again. A comment of ours begins with it.
    static func marker(_ name: String) -> String { "<!-- bursar:\(name) -->" }

    static func comment(marker name: String, body: String) -> String { "\(marker(name))\n\(body)" }

    /// Code hosts store texts with other line ends or without the last one; that is no difference.
    package static func isSame(_ a: String, _ b: String) -> Bool { normal(a) == normal(b) }

    /// Whether two of us say the same of two commits.
    static func saysTheSame(_ a: String, _ b: String) -> Bool { withoutCommits(a) == withoutCommits(b) }

    private static func withoutCommits(_ text: String) -> String {
        normal(text).split(omittingEmptySubsequences: false) { !$0.isLetter && !$0.isNumber }
            .map { $0.utf8.count >= 7 && $0.allSatisfy(\.isHexDigit) ? "…" : $0 }.joined(separator: " ")
    }

    private static func normal(_ text: String) -> String {
        var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map { $0.trimmingTail }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    /// What is published cannot be taken back.
    static func refuseSecrets(_ texts: String...) throws(ForgeError) {
        for text in texts {
            if let kind = SecretScan.kind(in: text) { throw .secret(kind) }
        }
    }

    static func check(_ draft: RequestDraft) throws(ForgeError) {
        try refuseSecrets(draft.branch, draft.base, draft.title, draft.body)
        for label in draft.labels { try refuseSecrets(label) }
    }
}

extension Substring {
    fileprivate var trimmingTail: Substring {
        var text = self
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}

extension ForgeError {
    /// Whether the request may have had its effect all the same: the answer was lost, not necessarily what was asked.
    var mayHaveHappened: Bool { code == .unavailable }

    fileprivate static func secret(_ kind: String) -> ForgeError {
        ForgeError(.invalid, "what would be published holds \(kind), so nothing was sent")
    }
}
