/// The server that takes mail from us, and how we come to it.
package struct MailServer: Hashable, Sendable {
    package let host: String
    package let port: Int
    /// Encrypted from the first byte (`smtps`, by itself at port 465), not from a STARTTLS on (`smtp`, by itself at port 587).
    package let isEncryptedFirst: Bool
    /// Nil: it asks nobody who they are.
    package var user: String?
    /// A file with certificates (PEM) of the authorities that are trusted; nil: the system's.
    package var authorities: String?

    /// - Parameter address: `smtp://mail.example.com:587` or `smtps://mail.example.com`.
    /// - Returns: nil for anything else, also with a path, a name or a password.
    package init?(_ address: String, user: String? = nil, authorities: String? = nil) {
        let isEncryptedFirst = address.hasPrefix("smtps://")
        guard isEncryptedFirst || address.hasPrefix("smtp://") else { return nil }
        let rest = address.dropFirst(isEncryptedFirst ? 8 : 7)
        let colon = rest.hasSuffix("]") ? nil : rest.lastIndex(of: ":")
        let host = rest[..<(colon ?? rest.endIndex)]
        let port = colon.map { Int(rest[rest.index(after: $0)...]) } ?? (isEncryptedFirst ? 465 : 587)
        guard let port, (1...65_535).contains(port), Self.isHost(host) else { return nil }
        self.host = String(host)
        self.port = port
        self.isEncryptedFirst = isEncryptedFirst
        self.user = user
        self.authorities = authorities
    }

    private static func isHost(_ text: Substring) -> Bool {
        if text.hasPrefix("["), text.hasSuffix("]") {
            return text.utf8.count > 3 && text.dropFirst().dropLast().utf8.allSatisfy { isDigit($0) || $0 == 0x3A || isLetter($0) }
        }
        return (1...253).contains(text.utf8.count) && !text.hasPrefix("-")
            && text.utf8.allSatisfy { isDigit($0) || isLetter($0) || $0 == 0x2D || $0 == 0x2E }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    /// Whether it never leaves this machine.
    private var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }

    /// Whether nothing is sent before the connection is encrypted: always, but for a server of this machine without authorities that vouch
    /// for it, which mostly has a certificate of its own making.
    var mustEncrypt: Bool { isEncryptedFirst || !isLoopback || authorities != nil }

    var address: String { "\(isEncryptedFirst ? "smtps" : "smtp")://\(host):\(port)" }
}

/// One mail, as it is handed over.
package struct OutgoingMail: Hashable, Sendable {
    /// The bare addresses of the envelope.
    package var sender: String
    package var recipients: [String]
    /// Header and body, with CRLF at the ends of lines.
    package var bytes: [UInt8]

    package init(sender: String, recipients: [String], bytes: [UInt8]) {
        self.sender = sender
        self.recipients = recipients
        self.bytes = bytes
    }
}

/// Why a server has not taken a mail. What it said is its own text: hide what it may repeat of us before it is shown.
package struct MailError: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// No connection, no answer in time, or one that cannot be understood.
        case connection
        /// The server does not encrypt, or its certificate is not trusted: nothing was sent.
        case insecure
        /// The server does not accept who we say we are.
        case login
        /// It refused with a code below 500, or refused an address: it may come off once somebody has mended it.
        case refused
        /// It has read this message and does not take it.
        case rejected
    }

    package var code: Code
    package var message: String
    /// The server's last line; empty: it said nothing.
    package var words: String

    package init(_ code: Code, _ message: String, words: String = "") {
        self.code = code
        self.message = message
        self.words = words
    }
}

/// The way to a mail server: `MailClient`, or what stands in for it in tests.
package protocol MailSending: Sendable {
    /// Blocks, for at most the deadline.
    ///
    /// - Parameters:
    ///   - password: of the server's user; nil: there is none.
    ///   - deadline: in milliseconds.
    func send(_ mail: OutgoingMail, by server: MailServer, password: String?, deadline: Int) throws(MailError)
}
