package import CostModel
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

    package init(id: String, thread: String, created: Instant, message: Message) {
        self.id = id
        self.thread = thread
        self.created = created
        self.message = message
    }
}

/// What came of an attempt to send. Reasons hold no secret.
package enum DeliveryResult: Hashable, Sendable {
    case sent
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

/// How messages of one kind of channel are written, and what its answers mean.
protocol ChannelSupport {
    /// - Throws: where what the operator's document names cannot be read: it may be mended.
    func request(_ delivery: MessageDelivery, _ channel: MessageChannel, at now: Instant) throws(ChannelFault) -> HTTPRequest
    /// Whether an answer without success says that this message is wrong, not the moment.
    func isRefusal(_ response: HTTPResponse) -> Bool
}

extension ChannelSupport {
    /// As invalid (400), or as too large (413): the same message would be refused again.
    func isRefusal(_ response: HTTPResponse) -> Bool { response.status == 400 || response.status == 413 }
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
