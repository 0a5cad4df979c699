internal import CostModel
internal import Secrets
internal import WebClient

/// A kind of channel whose messages are a request by HTTP each.
protocol WebChannelSupport: ChannelSupport {
    /// - Throws: where what the operator's document names cannot be read: it may be mended.
    func request(_ delivery: MessageDelivery, _ channel: MessageChannel, at now: Instant) throws(ChannelFault) -> HTTPRequest
    /// Whether an answer without success says that this message is wrong, not the moment.
    func isRefusal(_ response: HTTPResponse) -> Bool
    /// What an answer with success says, for services that say their mistakes there too.
    func result(ofSuccess response: HTTPResponse, _ channel: MessageChannel) -> DeliveryResult
}

extension WebChannelSupport {
    /// As invalid (400), or as too large (413): the same message would be refused again.
    func isRefusal(_ response: HTTPResponse) -> Bool { response.status == 400 || response.status == 413 }

    func result(ofSuccess response: HTTPResponse, _ channel: MessageChannel) -> DeliveryResult { .sent }

    func send(_ delivery: MessageDelivery, _ channel: MessageChannel, by ways: ChannelWays) throws(ChannelFault) -> DeliveryResult {
        let request = try request(delivery, channel, at: ways.now)
        do throws(HTTPError) {
            return result(of: try ways.web.send(request), channel)
        } catch {
            return .failed(reason(error), after: nil, isOfChannel: true)
        }
    }

    private func result(of response: HTTPResponse, _ channel: MessageChannel) -> DeliveryResult {
        if response.isSuccess { return result(ofSuccess: response, channel) }
        let said = saying(response.body)
        if response.status == 410 { return .gone("the other side answered 410: it wants no more messages\(said)") }
        let reason = "the other side answered \(response.status)\(said)"
        if isRefusal(response) { return .refused(reason) }
        // Who is overloaded or knows us no more treats the next message alike.
        let isOfChannel = response.status == 429 || response.status >= 500 || [401, 403, 404].contains(response.status)
        return .failed(reason, after: response.retryAfter, isOfChannel: isOfChannel)
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

/// The beginning of what another side says of its refusal, behind a colon, without what it may repeat of us: hidden before anything is cut.
func saying(_ words: some Collection<UInt8>) -> String {
    let text = Message.cut(HiddenText.ofThisProcess.hide(beginningOf: words, length: 400), to: 120)
    return text.isEmpty ? "" : ": \(text)"
}
