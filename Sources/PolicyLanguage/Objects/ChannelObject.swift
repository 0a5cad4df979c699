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
        """
        A file that nobody else may read: of 'webhook' the secrets that sign, one a line; of 'pagerduty' the integration's key; of 'slack' a \
        bot's token; of 'email' the user's password.
        """)
    static let recipients = Field(
        "to", .list(of: .text, maximum: 50),
        "Whom it is for: addresses of mail; the id of one conversation of a bot in Slack; one topic's ARN or one telephone number of SNS.")
    static let sender = Field("from", .mailAddress, "The address that mail comes from.")
    static let user = Field("user", .text, "Whom the mail server knows us by.")
    static let authorities = Field(
        "authorities", .text, "A file of certificates that the mail server's is held against; without it the system's.")
    static let program = Field("program", .programPath, "AWS's own client, by an absolute path: of 'sns'.")
    static let environment = Field("environment", .list(of: .variableName), "The variables of the environment that the program is given.")
    static let workspaces = Field("workspaces", .list(of: .name), "The workspaces that may use it; without it all.")
    static let contacts = Field("contacts", .list(of: .text), "The contacts of teams that it is for, where a policy says 'contact'.")
    static let deadline = Field("deadline", .timeSpan, default: "1m", "How long one message may take, at most 5m.")
    static let fields = [
        name.description, kind.description, address.description, addressFile.description, secretFile.description, workspaces.description,
        contacts.description, deadline.description, recipients.description, sender.description, user.description, authorities.description,
        program.description, environment.description,
    ]

    private static let longestDeadline = TimeSpan(seconds: 300)

    static func build(_ record: Record) -> MessageChannel? {
        let name = record.value(of: name)
        let kind = record.value(of: kind)
        let texts = [address, addressFile, secretFile, sender, user, authorities, program].map {
            record.has($0) == (record.value(of: $0) != nil)
        }
        let lists = [recipients, environment].map { record.has($0) == (record.value(of: $0) != nil) }
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
        var needs = ChannelNeeds(record, kind)
        guard needs.areMet(), (texts + lists).allSatisfy({ $0 }) else { return nil }
        return MessageChannel(
            name: name, kind: kind, address: record.value(of: address), addressFile: record.value(of: addressFile),
            secretFile: record.value(of: secretFile), workspaces: Set(record.value(of: workspaces) ?? []),
            contacts: record.value(of: contacts) ?? [], deadline: deadline, recipients: record.value(of: recipients) ?? [],
            sender: record.value(of: sender), user: record.value(of: user), authorities: record.value(of: authorities),
            program: record.value(of: program), environment: record.value(of: environment) ?? [])
    }
}

extension Shape where Value == String {
    /// Where messages are sent. A name or a password in it would be shown wherever the address is.
    fileprivate static var channelAddress: Shape {
        form(
            "an address without a name or a password", "https://hooks.example.com/bursar", pattern: "^(https?|smtps?)://[^@#]+$"
        ) { text in
            guard let scheme = ["https://", "http://", "smtps://", "smtp://"].first(where: text.hasPrefix) else { return false }
            let rest = text.dropFirst(scheme.count)
            return !rest.isEmpty && text.utf8.count <= 2_000 && rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"@#".utf8.contains($0) }
        }
    }

    fileprivate static var mailAddress: Shape {
        form("an address of mail", "bursar@example.com", pattern: "^[^@<>,;\\s]+@[A-Za-z0-9.-]+$", test: ChannelNeeds.isMailAddress)
    }
}
