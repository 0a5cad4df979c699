internal import CostModel
internal import JSON
internal import WebClient

/// PagerDuty's Events API v2: what began triggers, what is over resolves, and both have one `dedup_key`.
struct PagerDutyChannel: WebChannelSupport {
    private static let publicAddress = "https://events.pagerduty.com/v2/enqueue"

    func request(_ delivery: MessageDelivery, _ channel: MessageChannel, at now: Instant) throws(ChannelFault) -> HTTPRequest {
        guard let file = channel.secretFile else { throw ChannelFault(message: "the channel has no key") }
        let key = try channel.secret(file, "key file")
        return HTTPRequest(
            .post, try channel.target(orPublic: Self.publicAddress), headers: ["content-type": "application/json"],
            body: JSONWriter.bytes(of: Self.event(delivery, key: key), .compact, escaping: .standard))
    }

    static func event(_ delivery: MessageDelivery, key: String) -> JSONValue {
        let message = delivery.message
        let event: JSONValue = [
            "routing_key": .string(key), "event_action": message.isResolution ? "resolve" : "trigger",
            "dedup_key": .string(delivery.thread), "client": "bursar",
        ]
        guard !message.isResolution else { return event }
        let details = JSONValue.object(
            message.facts.map { .init($0.label, .string($0.value)) } + [
                .init("What", .array(message.lines.map { .string($0) })), .init("Next", JSONValue(message.next)),
            ])
        let links: [JSONValue] = message.url.map { [["href": .string($0), "text": "the request"]] } ?? []
        return event.appending([
            "payload": [
                "summary": .string(Message.cut(message.title, to: 1_000)), "source": .string("bursar/\(message.workspace)"),
                "severity": .string(severity(of: message)), "timestamp": .string((message.since ?? delivery.created).description),
                "component": JSONValue(message.team ?? message.workspace), "class": .string(message.event.rawValue),
                "custom_details": details,
            ], "links": .array(links),
        ])
    }

    private static func severity(of message: Message) -> String {
        switch message.severity {
        case .critical: "critical"
        case .high: "error"
        case .medium: "warning"
        case .low: "info"
        case nil: message.event == .runStalled ? "error" : "warning"
        }
    }
}
