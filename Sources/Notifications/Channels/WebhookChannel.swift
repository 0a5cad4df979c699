internal import CostModel
internal import JSON
internal import Secrets
internal import WebClient

/// CloudEvents 1.0 as structured JSON (cloudevents.io), signed as Standard Webhooks ask for it (standardwebhooks.com): by each secret of the
/// file, so that a secret can be exchanged for another while both sides know both.
struct WebhookChannel: WebChannelSupport {
    func request(_ delivery: MessageDelivery, _ channel: MessageChannel, at now: Instant) throws(ChannelFault) -> HTTPRequest {
        let body = JSONWriter.bytes(of: Self.event(delivery), .compact, escaping: .standard)
        guard let file = channel.secretFile else { throw ChannelFault(message: "the channel has no secret to sign by") }
        let signatures = try Self.secrets(file).map { secret in
            let signed = Array("\(delivery.id).\(now.seconds).".utf8) + body
            return "v1," + Base64.text(of: Authentication.code(of: signed, key: secret))
        }
        return HTTPRequest(
            .post, try channel.target(),
            headers: [
                "content-type": "application/cloudevents+json; charset=utf-8", "webhook-id": delivery.id,
                "webhook-timestamp": "\(now.seconds)", "webhook-signature": signatures.joined(separator: " "),
            ], body: body)
    }

    /// Whoever listens may be mended: every answer but 410 is tried again.
    func isRefusal(_ response: HTTPResponse) -> Bool { false }

    static func event(_ delivery: MessageDelivery) -> JSONValue {
        let message = delivery.message
        let type = "bursar.\(message.event.rawValue)" + (message.isResolution ? ".resolved" : "")
        var event: JSONValue = [
            "specversion": "1.0", "id": .string(delivery.id), "source": .string("/bursar/\(WebAddress.encoded(message.workspace))"),
            "type": .string(type), "time": .string(delivery.created.description), "datacontenttype": "application/json",
        ]
        if let team = message.team { event = event.appending(["subject": .string(team)]) }
        // An extension attribute: the event that this one goes on with.
        return event.appending(["thread": .string(delivery.thread), "data": message.json()])
    }

    /// One a line, `whsec_` and base64, as the standard writes them; the first lines are the newest.
    private static func secrets(_ path: String) throws(ChannelFault) -> [[UInt8]] {
        let text: String
        do throws(SecretFileError) { text = try SecretFile(path, name: "secret file").readText().text } catch {
            throw ChannelFault(message: error.message)
        }
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
        let secrets = lines.compactMap { line in Base64.bytes(of: line.hasPrefix("whsec_") ? line.dropFirst(6) : line, padding: .ignored) }
        guard !lines.isEmpty, secrets.count == lines.count, lines.count <= 8, secrets.allSatisfy({ (24...64).contains($0.count) }) else {
            throw ChannelFault(
                message: "the secret file '\(path)' must hold one to eight lines of 'whsec_' and the base64 of 24 to 64 bytes")
        }
        return secrets
    }
}
