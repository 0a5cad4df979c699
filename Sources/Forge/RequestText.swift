internal import Diagnostics

/// The rules for what we write on a code host that all of them share.
enum RequestText {
    /// The hidden line by which a comment is found again. A comment of ours begins with it.
    static func marker(_ name: String) -> String { "<!-- bursar:\(name) -->" }

    static func comment(marker name: String, body: String) -> String { "\(marker(name))\n\(body)" }

    /// Code hosts store texts with other line ends or without the last one; that is no difference.
    static func isSame(_ a: String, _ b: String) -> Bool { normal(a) == normal(b) }

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
