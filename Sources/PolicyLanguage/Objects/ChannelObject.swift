import CostModel
import Diagnostics
import YAML

/// One entry of `channels` in the operator's document.
enum ChannelObject: NestedObject {
    static let doc = "A way to people or programs, for messages."
    static let name = Field("name", .name, .required, "By which policies of kind Notification name it.")
    static let kind = Field("kind", .choice(MessageChannel.Kind.self), .required, "What it is.")
    static let address = Field("address", .channelAddress, "Where messages are sent.")
    static let addressFile = Field(
        "addressFile", .text, "A file with the address, which nobody else may read: of services whose address is the secret.")
    static let secretFile = Field(
        "secretFile", .text,
        "A file that nobody else may read: of 'webhook' the secrets that sign, one a line; of 'pagerduty' the integration's key.")
    static let workspaces = Field("workspaces", .list(of: .name), "The workspaces that may use it; without it all.")
    static let contacts = Field("contacts", .list(of: .text), "The contacts of teams that it is for, where a policy says 'contact'.")
    static let deadline = Field("deadline", .timeSpan, default: "1m", "How long one message may take, at most 5m.")
    static let fields = [
        name.description, kind.description, address.description, addressFile.description, secretFile.description, workspaces.description,
        contacts.description, deadline.description,
    ]

    private static let longestDeadline = TimeSpan(seconds: 300)

    static func build(_ record: Record) -> MessageChannel? {
        let name = record.value(of: name)
        let kind = record.value(of: kind)
        let address = record.value(of: address)
        let addressFile = record.value(of: addressFile)
        let secretFile = record.value(of: secretFile)
        guard let deadline = record.value(of: deadline), let name, let kind else { return nil }
        guard name != NotificationObject.contact else {
            record.report(
                "wrong-value", "no channel can be called 'contact': in policies that is the team's contact",
                at: record.range(of: Self.name) ?? record.node.range)
            return nil
        }
        guard deadline <= longestDeadline else {
            record.report(
                "wrong-value", "'deadline' must be at most 5m", at: record.range(of: Self.deadline) ?? record.node.range)
            return nil
        }
        var isRight = true
        func require(_ isThere: Bool, _ what: String) {
            guard !isThere else { return }
            isRight = false
            record.report(
                "missing-key", "missing \(what) in \(record.context.subject); '\(kind.rawValue)' needs it", at: record.node.range)
        }
        func refuse(_ key: String, _ why: String) {
            guard let node = record.node[key] else { return }
            isRight = false
            record.report("wrong-value", "'\(key)' is not of '\(kind.rawValue)': \(why)", at: node.range)
        }
        switch kind {
        case .webhook:
            require(record.has(Self.address) != record.has(Self.addressFile), "either 'address' or 'addressFile'")
            require(record.has(Self.secretFile), "'secretFile'")
        case .slack, .teams:
            require(record.has(Self.addressFile), "'addressFile'")
            refuse(Self.address.key, "whoever knows the address may send, so it stands in a file")
            refuse(Self.secretFile.key, "the address is the secret")
        case .pagerduty:
            require(record.has(Self.secretFile), "'secretFile'")
            refuse(Self.addressFile.key, "the address is no secret")
        }
        guard isRight, !record.has(Self.address) || address != nil else { return nil }
        return MessageChannel(
            name: name, kind: kind, address: address, addressFile: addressFile, secretFile: secretFile,
            workspaces: Set(record.value(of: workspaces) ?? []), contacts: record.value(of: contacts) ?? [], deadline: deadline)
    }
}

extension Shape where Value == String {
    /// Where messages are sent. A name or a password in it would be shown wherever the address is.
    fileprivate static var channelAddress: Shape {
        form("an address without a name or a password", "https://hooks.example.com/bursar", pattern: "^https?://[^@#]+$") { text in
            let rest = text.hasPrefix("https://") ? text.dropFirst(8) : text.hasPrefix("http://") ? text.dropFirst(7) : ""
            return !rest.isEmpty && text.utf8.count <= 2_000 && rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"@#".utf8.contains($0) }
        }
    }
}
