internal import CostModel
internal import JSON
internal import WebClient

/// Slack's incoming webhooks, with Block Kit.
///
/// Whatever may hold a name is `plain_text`, in which Slack reads no markup and mentions nobody; and it is escaped nevertheless, because
/// `text`, which notifications show, is read as markup.
struct SlackChannel: ChannelSupport {
    func request(_ delivery: MessageDelivery, _ channel: MessageChannel, at now: Instant) throws(ChannelFault) -> HTTPRequest {
        HTTPRequest(
            .post, try channel.target(), headers: ["content-type": "application/json; charset=utf-8"],
            body: JSONWriter.bytes(of: Self.payload(delivery.message), .compact, escaping: .standard))
    }

    static func payload(_ message: Message) -> JSONValue {
        var blocks: [JSONValue] = [
            ["type": "header", "text": plain(mark(message) + message.title, atMost: 150)],
            ["type": "section", "fields": .array(message.facts.prefix(10).map { plain("\($0.label): \($0.value)", atMost: 2_000) })],
        ]
        if !message.items.isEmpty {
            blocks.append(["type": "section", "text": plain(message.lines.map { "• \($0)" }.joined(separator: "\n"), atMost: 3_000)])
        }
        if !message.next.isEmpty {
            blocks.append(["type": "context", "elements": .array(message.next.prefix(10).map { plain($0, atMost: 2_000) })])
        }
        if let url = message.url {
            blocks.append([
                "type": "actions",
                "elements": [["type": "button", "text": plain("Open the request", atMost: 75), "url": .string(url)]],
            ])
        }
        return [
            "text": .string(escaped(mark(message) + message.title, atMost: 3_000)), "blocks": .array(blocks), "parse": "none",
            "link_names": false, "unfurl_links": false, "unfurl_media": false,
        ]
    }

    private static func mark(_ message: Message) -> String {
        if message.isResolution { return "✔ " }
        return message.severity == .critical || message.severity == .high ? "▲ " : ""
    }

    private static func plain(_ text: String, atMost length: Int) -> JSONValue {
        ["type": "plain_text", "text": .string(escaped(text, atMost: length)), "emoji": false]
    }

    /// `&`, `<` and `>` are all that Slack's markup is made of where it matters: `<!channel>`, `<@U012>`, `<https://…|words>`. What is cut
    /// is cut before it is escaped, so that no escape is cut in two.
    static func escaped(_ text: String, atMost length: Int) -> String {
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            let written: String =
                switch scalar {
                case "&": "&amp;"
                case "<": "&lt;"
                case ">": "&gt;"
                default: String(scalar)
                }
            // Slack counts as JavaScript does.
            guard count + written.utf16.count < length else { return result + "…" }
            count += written.utf16.count
            result += written
        }
        return result
    }
}
