internal import CostModel
internal import JSON
internal import WebClient

/// Microsoft Teams, by an address of Workflows ("when a webhook request is received"): an Adaptive Card of at most 28 KB.
///
/// Whatever may hold a name stands in a `TextRun`, which reads no Markdown; a mention would need an entity, and there is none.
struct TeamsChannel: WebChannelSupport {
    /// Bytes of a whole message, below what Teams takes.
    static let limit = 27_000

    func request(_ delivery: MessageDelivery, _ channel: MessageChannel, at now: Instant) throws(ChannelFault) -> HTTPRequest {
        HTTPRequest(
            .post, try channel.target(), headers: ["content-type": "application/json; charset=utf-8"], body: Self.body(delivery.message))
    }

    /// With as many items as there is room for.
    static func body(_ message: Message) -> [UInt8] {
        var message = message
        while true {
            let bytes = JSONWriter.bytes(of: payload(message), .compact, escaping: .standard)
            guard bytes.count > limit, !message.items.isEmpty else { return bytes }
            message.items.removeLast()
            message.more += 1
        }
    }

    static func payload(_ message: Message) -> JSONValue {
        var body: [JSONValue] = [text(message.title, isTitle: true, isDone: message.isResolution)]
        body += message.facts.map { text("\($0.label): \($0.value)") }
        body += message.lines.map { text("• \($0)") }
        body += message.next.map { text($0, isCommand: true) }
        var card: JSONValue = [
            "type": "AdaptiveCard", "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "version": "1.4",
            "fallbackText": .string(message.title), "body": .array(body),
        ]
        if let url = message.url {
            card = card.appending(["actions": [["type": "Action.OpenUrl", "title": "Open the request", "url": .string(url)]]])
        }
        return [
            "type": "message",
            "attachments": [["contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": nil, "content": card]],
        ]
    }

    private static func text(_ text: String, isTitle: Bool = false, isDone: Bool = false, isCommand: Bool = false) -> JSONValue {
        var run: JSONValue = ["type": "TextRun", "text": .string(text)]
        if isTitle { run = run.appending(["size": "large", "weight": "bolder", "color": isDone ? "good" : "default"]) }
        if isCommand { run = run.appending(["fontType": "monospace"]) }
        return ["type": "RichTextBlock", "inlines": [run]]
    }
}
