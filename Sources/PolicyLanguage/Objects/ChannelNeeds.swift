import CostModel
import YAML

/// Which keys a channel of a kind must have, and which have no meaning there.
struct ChannelNeeds {
    private let record: Record
    private let kind: MessageChannel.Kind
    private var isRight = true

    init(_ record: Record, _ kind: MessageChannel.Kind) {
        self.record = record
        self.kind = kind
    }

    /// Reports what is missing or stands in vain.
    mutating func areMet() -> Bool {
        typealias Entry = ChannelObject
        switch kind {
        case .webhook:
            require(record.has(Entry.address) != record.has(Entry.addressFile), "either 'address' or 'addressFile'")
            require(record.has(Entry.secretFile), "'secretFile'")
            address(mail: false)
        case .slack:
            refuse(Entry.address.key, "whoever knows the address may send, so it stands in a file")
            let isBot = record.has(Entry.secretFile) || record.has(Entry.recipients)
            if isBot {
                require(record.has(Entry.secretFile), "'secretFile', a bot's token, beside 'to'")
                require(record.has(Entry.recipients), "'to', the conversation of a bot, beside 'secretFile'")
                refuse(Entry.addressFile.key, "with 'secretFile' a bot sends; leave one of them out")
            } else {
                require(record.has(Entry.addressFile), "either 'addressFile', or 'secretFile' and 'to'")
            }
            recipients("the id of one conversation, such as C0123ABCD", atMost: 1) { text in
                (2...64).contains(text.utf8.count) && text.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 }
            }
        case .teams:
            require(record.has(Entry.addressFile), "'addressFile'")
            refuse(Entry.address.key, "whoever knows the address may send, so it stands in a file")
            refuse(Entry.secretFile.key, "the address is the secret")
        case .pagerduty:
            require(record.has(Entry.secretFile), "'secretFile'")
            refuse(Entry.addressFile.key, "the address is no secret")
            address(mail: false)
        case .email:
            require(record.has(Entry.address), "'address'")
            require(record.has(Entry.sender), "'from'")
            require(record.has(Entry.recipients), "'to'")
            require(record.has(Entry.user) == record.has(Entry.secretFile), "'user' and 'secretFile': they stand together")
            refuse(Entry.addressFile.key, "the address is no secret")
            address(mail: true)
            recipients("addresses of mail, such as payments@example.com", atMost: 50, Self.isMailAddress)
        case .sns:
            require(record.has(Entry.program), "'program'")
            require(record.has(Entry.recipients), "'to'")
            for key in [Entry.address.key, Entry.addressFile.key, Entry.secretFile.key] {
                refuse(key, "the program knows its own addresses and secrets")
            }
            recipients("one topic's ARN or one telephone number, such as +4912345678", atMost: 1) {
                Self.isTopic($0) || Self.isTelephone($0)
            }
        }
        refuseOthers()
        return isRight
    }

    private mutating func refuseOthers() {
        typealias Entry = ChannelObject
        let owners: [(key: String, kinds: Set<MessageChannel.Kind>)] = [
            (Entry.recipients.key, [.slack, .email, .sns]), (Entry.sender.key, [.email]), (Entry.user.key, [.email]),
            (Entry.authorities.key, [.email]), (Entry.program.key, [.sns]), (Entry.environment.key, [.sns]),
        ]
        for (key, kinds) in owners where !kinds.contains(kind) {
            refuse(key, "it is of " + kinds.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", "))
        }
    }

    private mutating func require(_ isThere: Bool, _ what: String) {
        guard !isThere else { return }
        isRight = false
        record.report(
            "missing-key", "missing \(what) in \(record.context.subject); '\(kind.rawValue)' needs it", at: record.node.range)
    }

    private mutating func refuse(_ key: String, _ why: String) {
        guard let node = record.node[key] else { return }
        isRight = false
        record.report("wrong-value", "'\(key)' is not of '\(kind.rawValue)': \(why)", at: node.range)
    }

    private mutating func address(mail: Bool) {
        guard let text = record.value(of: ChannelObject.address) else { return }
        let isMail = text.hasPrefix("smtp")
        guard isMail == mail, !mail || Self.isMailServer(text) else {
            isRight = false
            record.report(
                "wrong-value",
                "'address' of '\(kind.rawValue)' must be "
                    + (mail ? "smtp://mail.example.com:587, or smtps:// where it encrypts from the first byte" : "a web address"),
                at: record.node[ChannelObject.address.key]?.range ?? record.node.range)
            return
        }
    }

    private mutating func recipients(_ what: String, atMost limit: Int, _ test: (String) -> Bool) {
        guard let values = record.value(of: ChannelObject.recipients) else { return }
        guard values.count > limit || !values.allSatisfy(test) else { return }
        isRight = false
        record.report(
            "wrong-value", "'to' of '\(kind.rawValue)' must be \(what)",
            at: record.node[ChannelObject.recipients.key]?.range ?? record.node.range)
    }

    // MARK: Forms

    private static func isMailServer(_ text: String) -> Bool {
        let parts = text.drop { $0 != ":" }.dropFirst(3).split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, !host.isEmpty, parts.count <= 2, !host.hasPrefix("-") else { return false }
        guard host.utf8.allSatisfy({ isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x2E }) else { return false }
        return parts.count == 1 || Int(parts[1]).map { (1...65_535).contains($0) } == true
    }

    /// Enough of RFC 5321's form that nothing in it begins another line, another address or an option.
    static func isMailAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, !parts[0].isEmpty, !parts[1].isEmpty else { return false }
        return parts[0].utf8.allSatisfy { isLetterOrDigit($0) || "!#$%&'*+-/=?^_`{|}~.".utf8.contains($0) }
            && parts[1].utf8.allSatisfy { isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x2E }
    }

    private static func isTopic(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 6 && parts[0] == "arn" && parts[2] == "sns" && text.utf8.count <= 500
            && text.utf8.allSatisfy { isLetterOrDigit($0) || ":-_.".utf8.contains($0) }
    }

    private static func isTelephone(_ text: String) -> Bool {
        text.hasPrefix("+") && (7...15).contains(text.utf8.count - 1) && text.utf8.dropFirst().allSatisfy { $0 &- 0x30 < 10 }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 }
}
