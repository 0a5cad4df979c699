package import CostModel
internal import Secrets
package import WebClient

/// Sends messages to one channel. Blocks, for at most the channel's deadline.
package struct MessageSender: Sendable {
    private let channel: MessageChannel
    private let client: any HTTPSending

    /// - Parameter client: nil: over the network.
    package init(_ channel: MessageChannel, version: String, client: (any HTTPSending)? = nil) {
        self.channel = channel
        // One that sends elsewhere is not followed, and its answer is of no use beyond its beginning.
        let rules = HTTPClient.Rules(deadline: Double(channel.deadline.seconds), responseSize: 64 << 10, redirects: 0)
        self.client = client ?? HTTPClient(version: version, rules: rules)
    }

    package func send(_ delivery: MessageDelivery, at now: Instant) -> DeliveryResult {
        let support = channel.kind.support
        let request: HTTPRequest
        do throws(ChannelFault) { request = try support.request(delivery, channel, at: now) } catch {
            return .failed(error.message, after: nil, isOfChannel: true)
        }
        do throws(HTTPError) {
            return result(of: try client.send(request), support)
        } catch {
            return .failed(reason(error), after: nil, isOfChannel: true)
        }
    }

    /// The request that would be sent, for whoever looks at its form.
    package func body(_ delivery: MessageDelivery, at now: Instant) -> [UInt8]? {
        let support = channel.kind.support
        // What is missing is said when it is sent.
        do throws(ChannelFault) { return try support.request(delivery, channel, at: now).body } catch { return nil }
    }

    private func result(of response: HTTPResponse, _ support: any ChannelSupport) -> DeliveryResult {
        if response.isSuccess { return .sent }
        let said = Self.words(of: response)
        if response.status == 410 { return .gone("the other side answered 410: it wants no more messages\(said)") }
        let reason = "the other side answered \(response.status)\(said)"
        if support.isRefusal(response) { return .refused(reason) }
        // Who is overloaded or knows us no more treats the next message alike.
        let isOfChannel = response.status == 429 || response.status >= 500 || [401, 403, 404].contains(response.status)
        return .failed(reason, after: response.retryAfter, isOfChannel: isOfChannel)
    }

    /// The beginning of what a server says of its refusal, without what it may repeat of us.
    private static func words(of response: HTTPResponse) -> String {
        let text = Message.cut(String(decoding: response.body.prefix(200), as: UTF8.self), to: 120)
        return text.isEmpty ? "" : ": \(HiddenText.ofThisProcess.hide(text))"
    }

    /// Without the address, which may be the secret.
    private func reason(_ error: HTTPError) -> String {
        switch error.code {
        case .timedOut: "no answer in time"
        case .connection: "the connection failed"
        case .tooLarge: "the answer is too large"
        case .moved: "the address redirects elsewhere, which is not followed"
        case .refused: "the address is none that is sent to: it must begin with https:// and hold no user name"
        }
    }
}
