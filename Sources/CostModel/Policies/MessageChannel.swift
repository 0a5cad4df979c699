/// A way to people or to another program, from the operator's document. A repository only names it.
package struct MessageChannel: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// CloudEvents, signed by Standard Webhooks.
        case webhook
        /// Slack's incoming webhook.
        case slack
        /// Microsoft Teams, by an address of Workflows.
        case teams
        case pagerduty
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

    package static let standardDeadline = TimeSpan(seconds: 60)

    package init(
        name: String, kind: Kind, address: String? = nil, addressFile: String? = nil, secretFile: String? = nil,
        workspaces: Set<String> = [], contacts: [String] = [], deadline: TimeSpan = Self.standardDeadline
    ) {
        self.name = name
        self.kind = kind
        self.address = address
        self.addressFile = addressFile
        self.secretFile = secretFile
        self.workspaces = workspaces
        self.contacts = contacts
        self.deadline = deadline
    }

    package func isFor(workspace: String) -> Bool { workspaces.isEmpty || workspaces.contains(workspace) }
    package func isFor(contact: String) -> Bool { contacts.contains { $0.lowercased() == contact.lowercased() } }

    /// Whether it can be told that something is over.
    package var resolves: Bool { kind == .webhook || kind == .pagerduty }

    /// By this a channel that was refused is told from the one that an operator has changed since; of files only which one it is.
    package var digest: String {
        var hash = SHA256()
        for field in [name, kind.rawValue, address ?? "", addressFile ?? "", secretFile ?? ""] { hash.update(field: field) }
        return String(hash.hexDigest().prefix(16))
    }
}
