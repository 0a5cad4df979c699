internal import CostModel
internal import MailClient
internal import Secrets

/// Mail by SMTP, as plain text and as HTML. Messages about the same are a conversation, by the ids that their headers name.
struct EmailChannel: ChannelSupport {
    func send(_ delivery: MessageDelivery, _ channel: MessageChannel, by ways: ChannelWays) throws(ChannelFault) -> DeliveryResult {
        let target = try channel.target()
        guard let sender = channel.sender, !channel.recipients.isEmpty else {
            throw ChannelFault(message: "the channel has no sender or nobody to send to")
        }
        guard let server = MailServer(target, user: channel.user, authorities: channel.authorities) else {
            throw ChannelFault(message: "the channel's address is none of a mail server: smtp://mail.example.com:587")
        }
        var password: String?
        if channel.user != nil {
            guard let file = channel.secretFile else { throw ChannelFault(message: "the channel has a user and no password") }
            password = try Self.password(file)
        }
        let text = MailText(delivery, from: sender, to: channel.recipients, at: ways.now)
        do throws(MailError) {
            try ways.mail.send(
                OutgoingMail(sender: sender, recipients: channel.recipients, bytes: text.bytes), by: server, password: password,
                deadline: Int(channel.deadline.seconds) * 1_000)
            return .sent
        } catch {
            // A server may repeat what it was told, as it is or in base64.
            let reason = error.message + saying(HiddenText([password].compactMap { $0 }).hide(error.words).utf8)
            return error.code == .rejected ? .refused(reason) : .failed(reason, after: nil, isOfChannel: true)
        }
    }

    /// The only line of a file; unlike a token it may hold blanks and any letters.
    private static func password(_ path: String) throws(ChannelFault) -> String {
        let lines: [Substring]
        do throws(SecretFileError) {
            lines = try SecretFile(path, name: "password file").readText().text.split(whereSeparator: \.isNewline)
        } catch { throw ChannelFault(message: error.message) }
        guard lines.count == 1, !lines[0].utf8.contains(0) else {
            throw ChannelFault(message: "the password file '\(path)' does not hold one line")
        }
        return String(lines[0])
    }
}
