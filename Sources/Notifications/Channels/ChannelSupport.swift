package import CostModel
internal import MailClient
internal import Secrets
internal import WebClient

/// A message on its way.
package struct MessageDelivery: Sendable {
    /// By which whoever receives it twice knows it.
    package var id: String
    /// Of the message that it goes on with.
    package var thread: String
    package var created: Instant
    package var message: Message
    /// What it stands below, where the channel has conversations; nil: it begins one.
    package var parent: Parent?

    /// An earlier message about the same.
    package struct Parent: Hashable, Sendable {
        package var id: String
        /// What the service calls it; nil: it did not say.
        package var reference: String?

        package init(id: String, reference: String?) {
            self.id = id
            self.reference = reference
        }
    }

    package init(id: String, thread: String, created: Instant, message: Message, parent: Parent? = nil) {
        self.id = id
        self.thread = thread
        self.created = created
        self.message = message
        self.parent = parent
    }
}

/// What came of an attempt to send. Reasons hold no secret.
package enum DeliveryResult: Hashable, Sendable {
    case sent
    /// It was sent, and is called so by the service: what goes on with it is sent below it.
    case sentAs(String)
    /// It may come off later.
    ///
    /// - `after`: seconds that the other side asked us to wait; nil: it did not say.
    /// - `isOfChannel`: no other message would have come through either.
    case failed(String, after: Int?, isOfChannel: Bool)
    /// This message never comes through.
    case refused(String)
    /// The channel is no more: nothing is sent there until an operator says so.
    case gone(String)
}

/// How messages of one kind of channel are sent.
protocol ChannelSupport {
    /// Blocks, for at most the channel's deadline.
    ///
    /// - Throws: where what the operator's document names cannot be read: it may be mended.
    func send(_ delivery: MessageDelivery, _ channel: MessageChannel, by ways: ChannelWays) throws(ChannelFault) -> DeliveryResult
}

/// By what messages leave, and when.
struct ChannelWays {
    var web: any HTTPSending
    var mail: any MailSending
    /// The environment of this process, of which a program is given what its channel names.
    var environment: [String: String]
    var now: Instant
}

/// What the operator has to mend; holds no secret.
struct ChannelFault: Error {
    var message: String
}

extension MessageChannel.Kind {
    var support: any ChannelSupport {
        switch self {
        case .webhook: WebhookChannel()
        case .slack: SlackChannel()
        case .teams: TeamsChannel()
        case .pagerduty: PagerDutyChannel()
        case .email: EmailChannel()
        case .sns: SNSChannel()
        }
    }
}

extension MessageChannel {
    /// Where messages go.
    func target(orPublic standard: String? = nil) throws(ChannelFault) -> String {
        if let address { return address }
        guard let addressFile else {
            guard let standard else { throw ChannelFault(message: "the channel has no address") }
            return standard
        }
        return try secret(addressFile, "address file")
    }

    /// The only line of a file.
    func secret(_ path: String, _ name: String) throws(ChannelFault) -> String {
        do throws(SecretFileError) { return try SecretFile(path, name: name).readToken() } catch {
            throw ChannelFault(message: error.message)
        }
    }
}
