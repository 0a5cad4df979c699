import CostModel
import Foundation
import MailClient
import Synchronization
import TestSupport
import Testing

@testable import Notifications

/// What a mail server takes of us is held against Python's own reader of mails by Tests/Acceptance/mail.py.
@Suite("a mail")
struct EmailTests {
    private static let channel = MessageChannel(
        name: "mail", kind: .email, address: "smtp://mail.example.com", recipients: ["a@example.com", "b@example.com"],
        sender: "bursar@example.com")

    private func text(_ message: Message, id: String = "m-0123", thread: String = "m-0123", parent: MessageDelivery.Parent? = nil) -> String
    {
        var delivery = ChannelFormTests.delivery(message, id: id, thread: thread)
        delivery.parent = parent
        return String(
            decoding: MailText(delivery, from: "bursar@example.com", to: ["a@example.com", "b@example.com"], at: ChannelFormTests.now)
                .bytes,
            as: UTF8.self)
    }

    /// Header fields, unfolded.
    private func fields(_ text: String) -> [String: String] {
        let header = text.components(separatedBy: "\r\n\r\n")[0].replacing("\r\n ", with: " ")
        let pairs = header.components(separatedBy: "\r\n").map { line in
            let colon = line.firstIndex(of: ":")!
            return (String(line[..<colon]), line[line.index(colon, offsetBy: 2)...].description)
        }
        return Dictionary(pairs, uniquingKeysWith: { "\($0) TWICE \($1)" })
    }

    @Test("has what a mail must have, and begins a conversation")
    func header() {
        let fields = fields(text(ChannelFormTests.message()))
        #expect(
            fields == [
                "From": "Bursar <bursar@example.com>", "To": "a@example.com, b@example.com",
                "Subject": "acme: [high] 2 new findings of 'payments'", "Date": "Sun, 01 Nov 2026 12:00:00 +0000",
                "Message-ID": "<m-0123@example.com>", "Auto-Submitted": "auto-generated", "MIME-Version": "1.0",
                "Content-Type": "multipart/alternative; boundary=\"=_m-0123\"",
            ])
    }

    @Test("goes on with the one that told of the same")
    func conversation() {
        let over = fields(text(ChannelFormTests.message(isResolution: true), id: "m-9", thread: "m-1"))
        #expect(over["In-Reply-To"] == "<m-1@example.com>" && over["References"] == "<m-1@example.com>")
        let overdue = fields(text(ChannelFormTests.message(), id: "m-9", thread: "m-9", parent: .init(id: "m-4", reference: nil)))
        #expect(overdue["In-Reply-To"] == "<m-4@example.com>")
    }

    @Test("holds no line that a name has begun, and nothing that is not ASCII", arguments: HostileNames.all)
    func hostile(name: String) {
        let text = text(ChannelFormTests.message(name))
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 998 && $0.utf8.allSatisfy { (0x20...0x7E).contains($0) } })
        #expect(
            Set(fields(text).keys) == [
                "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
            ])
        // Two parts, each begun once, and one end.
        #expect(lines.filter { $0 == "--=_m-0123" }.count == 2 && lines.filter { $0 == "--=_m-0123--" }.count == 1)
        let page = text.components(separatedBy: "text/html")[1]
        #expect(!page.contains("<script") && !page.contains("<img"))
    }

    @Test(
        "writes text so that every line is short and blanks at ends are kept",
        arguments: [
            ("plain", "plain"), ("a=b", "a=3Db"), ("é", "=C3=A9"), ("end ", "end=20"), ("tab\t", "tab=09"), ("a\nb", "a\r\nb"),
            (String(repeating: "x", count: 80), String(repeating: "x", count: 75) + "=\r\nxxxxx"),
        ])
    func quotedPrintable(text: String, written: String) { #expect(MailText.quotedPrintable(text) == written) }

    @Test("encodes a subject that is long or more than ASCII, by whole characters")
    func subjects() {
        #expect(MailText.header("plain words") == "plain words")
        #expect(MailText.header("é") == "=?utf-8?B?w6k=?=")
        #expect(MailText.header("=?utf-8?q?x?=") == "=?utf-8?B?PT91dGYtOD9xP3g/PQ==?=")
        let words = MailText.header(String(repeating: "😀", count: 40)).components(separatedBy: "\r\n ")
        #expect(words.count == 4 && words.allSatisfy { $0.utf8.count <= 75 })
    }

    // MARK: What the server says

    private struct Server: MailSending {
        var error: MailError?
        let seen = Box()
        final class Box: Sendable { let mails = Mutex<[(OutgoingMail, MailServer, String?)]>([]) }

        func send(_ mail: OutgoingMail, by server: MailServer, password: String?, deadline: Int) throws(MailError) {
            seen.mails.withLock { $0.append((mail, server, password)) }
            if let error { throw error }
        }
    }

    private func send(_ server: Server, _ channel: MessageChannel = channel) -> DeliveryResult {
        MessageSender(channel, version: "1", mail: server).send(
            ChannelFormTests.delivery(ChannelFormTests.message()), at: ChannelFormTests.now)
    }

    @Test("is handed over with the user's password, read at each use")
    func password() throws {
        let folder = TemporaryDirectory()
        try folder.write("s3cret-word\n", to: "password")
        try folder.setMode(0o600, of: "password")
        var channel = Self.channel
        (channel.user, channel.secretFile) = ("bursar", folder.path + "/password")
        let server = Server()
        #expect(send(server, channel) == .sent)
        let seen = server.seen.mails.withLock { $0 }
        #expect(seen.count == 1 && seen[0].2 == "s3cret-word" && seen[0].1.user == "bursar")
        #expect(seen[0].0.recipients == ["a@example.com", "b@example.com"] && seen[0].0.sender == "bursar@example.com")
        try folder.setMode(0o644, of: "password")
        guard case .failed(let reason, _, true) = send(server, channel) else { return #expect(Bool(false), "a file that others may read") }
        #expect(reason.contains("password file"))
    }

    @Test("that the server has read and does not take is given up; all else is sent again")
    func answers() {
        #expect(
            send(Server(error: MailError(.rejected, "the server does not take the message", words: "552 too large")))
                == .refused("the server does not take the message: 552 too large"))
        for code in [MailError.Code.connection, .insecure, .login, .refused] {
            #expect(send(Server(error: MailError(code, "why"))) == .failed("why", after: nil, isOfChannel: true))
        }
    }
}
