/// A way to people or to another program, from the operator's document. A repository only names it.
package struct MessageChannel: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// CloudEvents, signed by Standard Webhooks.
        case webhook
        /// Slack's incoming webhook, or a bot of Slack's.
        case slack
        /// Microsoft Teams, by an address of Workflows.
        case teams
        case pagerduty
        case email
        /// Amazon SNS: a topic, or a telephone by SMS; through AWS's own client.
        case sns
    }

    package var name: String
    package var kind: Kind
    /// Nil: the file says it, or it is the service's public one.
    package var address: String?
    /// A file with the address, where the address is the secret.
    package var addressFile: String?
    /// A file with the secrets that sign, or the key that the service knows us by.
    package var secretFile: String?
    /// The workspaces that may use it; empty: all.
    package var workspaces: Set<String>
    /// The contacts of teams that it is for.
    package var contacts: [String]
    /// How long one message may take.
    package var deadline: TimeSpan
    /// Whom it is for at the service: addresses of mail, a conversation's id in Slack, a topic or a telephone number of SNS.
    package var recipients: [String]
    /// The address that mail comes from.
    package var sender: String?
    /// Whom the mail server knows us by.
    package var user: String?
    /// A file with the certificates that the mail server's is held against; nil: the system's.
    package var authorities: String?
    /// The program that sends: an absolute path.
    package var program: String?
    /// The names of variables that the program is given; nothing else is.
    package var environment: [String]

    package static let standardDeadline = TimeSpan(seconds: 60)

    package init(
        name: String, kind: Kind, address: String? = nil, addressFile: String? = nil, secretFile: String? = nil,
        workspaces: Set<String> = [], contacts: [String] = [], deadline: TimeSpan = Self.standardDeadline,
        recipients: [String] = [], sender: String? = nil, user: String? = nil, authorities: String? = nil, program: String? = nil,
        environment: [String] = []
    ) {
        self.name = name
        self.kind = kind
        self.address = address
        self.addressFile = addressFile
        self.secretFile = secretFile
        self.workspaces = workspaces
        self.contacts = contacts
        self.deadline = deadline
        self.recipients = recipients
        self.sender = sender
        self.user = user
        self.authorities = authorities
        self.program = program
        self.environment = environment
    }

    package func isFor(workspace: String) -> Bool { workspaces.isEmpty || workspaces.contains(workspace) }
    package func isFor(contact: String) -> Bool { contacts.contains { $0.lowercased() == contact.lowercased() } }

    /// Whether it is a bot, which answers below its own messages, and not a webhook.
    package var isSlackBot: Bool { kind == .slack && !recipients.isEmpty }

    /// Whether it can be told that something is over: where that does not read as one more thing that has happened.
    package var resolves: Bool { kind == .webhook || kind == .pagerduty || kind == .email || isSlackBot }

    /// By this a channel that was refused is told from the one that an operator has changed since; of files only which one it is.
    package var digest: String {
        var hash = SHA256()
        for field in [name, kind.rawValue, address ?? "", addressFile ?? "", secretFile ?? ""] + recipients { hash.update(field: field) }
        return String(hash.hexDigest().prefix(16))
    }
}
