package import CostModel
package import MailClient
package import WebClient

/// Sends messages to one channel. Blocks, for at most the channel's deadline.
package struct MessageSender: Sendable {
    private let channel: MessageChannel
    private let web: any HTTPSending
    private let mail: any MailSending
    private let environment: [String: String]

    /// - Parameters:
    ///   - environment: from which a channel's program is given what the channel names.
    ///   - web: nil: over the network.
    package init(
        _ channel: MessageChannel, version: String, environment: [String: String] = [:], web: (any HTTPSending)? = nil,
        mail: any MailSending = MailClient()
    ) {
        self.channel = channel
        // One that sends elsewhere is not followed, and its answer is of no use beyond its beginning.
        let rules = HTTPClient.Rules(deadline: Double(channel.deadline.seconds), responseSize: 64 << 10, redirects: 0)
        self.web = web ?? HTTPClient(version: version, rules: rules)
        self.mail = mail
        self.environment = environment
    }

    package func send(_ delivery: MessageDelivery, at now: Instant) -> DeliveryResult {
        let ways = ChannelWays(web: web, mail: mail, environment: environment, now: now)
        do throws(ChannelFault) { return try channel.kind.support.send(delivery, channel, by: ways) } catch {
            return .failed(error.message, after: nil, isOfChannel: true)
        }
    }
}
