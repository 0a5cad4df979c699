/// An exemption written as a comment where its finding stands: `# bursar:ignore POLICY until=2027-01-31 reason="…"`.
///
/// It counts only for policies that say `inlineExemptions: true`. One that cannot count is a value too, so that it is told of and never
/// passed over.
package struct InlineExemption: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        /// - until: the last day on which it counts.
        case agreed(policies: [String], until: Day, reason: String)
        /// What is wrong with how it is written: `it states no reason`.
        case malformed(String)
    }

    package var content: Content
    /// The comment.
    package var place: Place
    /// Set where the change that is checked brings it along: it counts once that is merged.
    package var isPending: Bool

    package init(_ content: Content, place: Place, isPending: Bool = false) {
        self.content = content
        self.place = place
        self.isPending = isPending
    }

    /// What findings name it by: `inline:infra/pay/main.tf:12`. No object of the policies can have a name with a colon.
    package var name: String { Self.prefix + place.description }

    /// Whether an exemption's name is a comment's.
    package static func isInline(_ name: String) -> Bool { name.hasPrefix(prefix) }
    private static let prefix = "inline:"
}

extension InlineExemption {
    /// What makes a comment one of ours.
    package static let directive = "bursar:ignore"
    private static let tool = "bursar:"

    /// Whether bytes may hold a comment of ours at all: most files do not, and are not scanned.
    package static func mayStand(in bytes: [UInt8]) -> Bool {
        let wanted = Array(tool.utf8)
        guard bytes.count >= wanted.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            var at = 0
            let last = bytes.count - wanted.count
            while at <= last {
                if bytes[at] | 0x20 == wanted[0], wanted.indices.allSatisfy({ bytes[at + $0] | 0x20 == wanted[$0] }) { return true }
                at += 1
            }
            return false
        }
    }

    /// Reads a comment's text, without the sign that begins it.
    ///
    /// - Returns: nil for a comment that is none of ours. Words such as `bursar:ignroe` are ours, and malformed.
    package static func content(of comment: String) -> Content? {
        var reader = DirectiveReader(comment)
        guard var word = reader.word(), word.lowercased().hasPrefix(tool) else { return nil }
        // With a blank behind the colon it may be a sentence; only one that ignores was meant for us.
        if word.count == tool.count {
            guard let next = reader.word(), next.lowercased().hasPrefix("ignore") else { return nil }
            word += " " + next
        }
        guard word == directive else { return .malformed("'\(word.prefix(60))' is no instruction; known is '\(directive)'") }
        do throws(DirectiveReader.Mistake) {
            return try reader.agreement()
        } catch { return .malformed(error.message) }
    }
}

/// Reads `POLICY[,POLICY] until=DAY reason="TEXT"`.
private struct DirectiveReader {
    struct Mistake: Error {
        var message: String
    }

    private var rest: Substring

    init(_ text: String) {
        rest = text[...]
        skipBlanks()
    }

    /// The next run of characters that are no blanks.
    mutating func word() -> String? {
        let word = rest.prefix { !Self.isBlank($0) }
        rest = rest[word.endIndex...]
        skipBlanks()
        return word.isEmpty ? nil : String(word)
    }

    mutating func agreement() throws(Mistake) -> InlineExemption.Content {
        guard let list = word(), !list.contains("=") else { throw Mistake(message: "it names no policy") }
        let policies = list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard policies.allSatisfy({ !$0.isEmpty }) else { throw Mistake(message: "'\(list)' is no list of policies such as a,b") }
        guard Set(policies).count == policies.count else { throw Mistake(message: "it names a policy twice") }
        var until: Day?
        var reason: String?
        while !rest.isEmpty {
            let key = String(rest.prefix { $0 != "=" && !Self.isBlank($0) })
            rest = rest.dropFirst(key.count)
            guard rest.first == "=" else { throw Mistake(message: "'\(key.prefix(60))' is neither until=… nor reason=\"…\"") }
            rest = rest.dropFirst()
            switch key {
            case "until" where until == nil: until = try day()
            case "reason" where reason == nil: reason = try quoted()
            case "until", "reason": throw Mistake(message: "it states '\(key)' twice")
            default: throw Mistake(message: "'\(key.prefix(60))' is neither 'until' nor 'reason'")
            }
            skipBlanks()
        }
        guard let until else { throw Mistake(message: "it does not say until when, such as until=2027-01-31") }
        guard let reason else { throw Mistake(message: "it states no reason, such as reason=\"leaves in spring\"") }
        return .agreed(policies: policies, until: until, reason: reason)
    }

    private mutating func day() throws(Mistake) -> Day {
        let text = word() ?? ""
        guard let day = Day(text) else { throw Mistake(message: "'until' must be a date such as 2027-01-31, found '\(text.prefix(60))'") }
        return day
    }

    /// Text in double quotes; `\"` and `\\` stand for themselves.
    private mutating func quoted() throws(Mistake) -> String {
        guard rest.first == "\"" else { throw Mistake(message: "'reason' must be text in double quotes") }
        rest = rest.dropFirst()
        var text = ""
        while let next = rest.first {
            rest = rest.dropFirst()
            if next == "\"" {
                guard rest.first.map(Self.isBlank) ?? true else { throw Mistake(message: "a blank is missing behind 'reason'") }
                guard !text.allSatisfy(Self.isBlank) else { throw Mistake(message: "'reason' must not be empty") }
                return text
            }
            guard next == "\\", let escaped = rest.first, escaped == "\"" || escaped == "\\" else {
                text.append(next)
                continue
            }
            rest = rest.dropFirst()
            text.append(escaped)
        }
        throw Mistake(message: "the quote of 'reason' is not closed")
    }

    private mutating func skipBlanks() { rest = rest.drop(while: Self.isBlank) }
    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" || character == "\r" }
}

extension InlineExemption {
    /// How a comment that does not count is told of, whoever finds out why.
    package static let problemID = "inline-exemption"
    package static func message(_ reason: String) -> String { "this comment has no effect: \(reason)" }
}
