internal import CostModel
internal import JSON
internal import WebClient

/// Slack's incoming webhooks, or a bot by `chat.postMessage`; with Block Kit.
///
/// Whatever may hold a name is `plain_text`, in which Slack reads no markup and mentions nobody; and it is escaped nevertheless, because
/// `text`, which notifications show, is read as markup. A bot's messages about the same are a thread; a webhook cannot answer below its own.
struct SlackChannel: WebChannelSupport {
    private static let publicAddress = "https://slack.com/api/chat.postMessage"

    func request(_ delivery: MessageDelivery, _ channel: MessageChannel, at now: Instant) throws(ChannelFault) -> HTTPRequest {
        var headers: HTTPHeaders = ["content-type": "application/json; charset=utf-8"]
        guard channel.isSlackBot else {
            return HTTPRequest(.post, try channel.target(), headers: headers, body: Self.bytes(Self.payload(delivery.message)))
        }
        guard let file = channel.secretFile else { throw ChannelFault(message: "the channel has no token") }
        headers["authorization"] = "Bearer \(try channel.secret(file, "token file"))"
        return HTTPRequest(
            .post, try channel.target(orPublic: Self.publicAddress), headers: headers,
            body: Self.bytes(Self.post(delivery, to: channel.recipients[0])))
    }

    private static func bytes(_ value: JSONValue) -> [UInt8] { JSONWriter.bytes(of: value, .compact, escaping: .standard) }

    /// What a bot is told to say. Whoever sees one twice knows it by the event that its metadata holds.
    static func post(_ delivery: MessageDelivery, to conversation: String) -> JSONValue {
        var post = payload(delivery.message).appending([
            "channel": .string(conversation),
            "metadata": [
                "event_type": "message_of_bursar", "event_payload": ["id": .string(delivery.id), "thread": .string(delivery.thread)],
            ],
        ])
        if let parent = delivery.parent?.reference { post = post.appending(["thread_ts": .string(parent)]) }
        return post
    }

    // MARK: What Slack answers

    /// Slack answers a bot with 200 and says in the body whether it did as told.
    func result(ofSuccess response: HTTPResponse, _ channel: MessageChannel) -> DeliveryResult {
        guard channel.isSlackBot else { return .sent }
        let answer: JSONValue
        do throws(JSONError) { answer = try JSONReader.read(response.body) } catch {
            return .failed("Slack's answer cannot be read", after: nil, isOfChannel: true)
        }
        if answer["ok"] == .bool(true) {
            return answer["ts"]?.text.map { .sentAs($0) } ?? .sent
        }
        let word = answer["error"]?.text ?? "no reason"
        let reason = "Slack answered\(saying(word.utf8))"
        if Self.ended.contains(word) { return .gone(reason) }
        if Self.wrong.contains(word) { return .refused(reason) }
        return .failed(reason, after: response.retryAfter, isOfChannel: true)
    }

    /// Nobody reads there any more.
    private static let ended: Set = ["is_archived"]
    /// The message itself, which would be refused again. All else is the bot's or the moment's.
    private static let wrong: Set = [
        "invalid_blocks", "invalid_blocks_format", "invalid_metadata_format", "invalid_metadata_schema", "metadata_too_large",
        "msg_blocks_too_long", "msg_too_long", "no_text",
    ]

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
