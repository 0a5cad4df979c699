import Testing

@testable import MailClient

@Suite("the address of a mail server")
struct MailServerTests {
    @Test(
        "says where it is and when it encrypts",
        arguments: [
            ("smtp://mail.example.com", "smtp://mail.example.com:587", true),
            ("smtp://mail.example.com:25", "smtp://mail.example.com:25", true),
            ("smtps://mail.example.com", "smtps://mail.example.com:465", true), ("smtp://127.0.0.1:2525", "smtp://127.0.0.1:2525", false),
            ("smtps://localhost", "smtps://localhost:465", true), ("smtp://localhost", "smtp://localhost:587", false),
            ("smtp://[::1]:25", "smtp://[::1]:25", false), ("smtp://127.0.0.1.example.com", "smtp://127.0.0.1.example.com:587", true),
            ("smtp://128.0.0.1", "smtp://128.0.0.1:587", true),
        ])
    func right(text: String, address: String, mustEncrypt: Bool) throws {
        let server = try #require(MailServer(text))
        #expect(server.address == address && server.mustEncrypt == mustEncrypt)
        #expect(MailServer(text, authorities: "/ca")?.mustEncrypt == true)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "mail.example.com", "https://mail.example.com", "smtp://", "smtp://u:p@mail.example.com", "smtp://mail.example.com/helo",
            "smtp://mail.example.com:0", "smtp://mail.example.com:70000", "smtp://mail.example.com:x", "smtp://-o", "smtp://a b",
            "smtp://a\r\nb",
            "smtp://[]", "smtp://::1",
        ])
    func wrong(text: String) { #expect(MailServer(text) == nil) }

    @Test("nobody answers at is an error that says so, within the deadline")
    func nobody() throws {
        let server = try #require(MailServer("smtp://127.0.0.1:1"))
        let mail = OutgoingMail(sender: "a@example.com", recipients: ["b@example.com"], bytes: Array("Subject: x\r\n\r\n".utf8))
        #expect(throws: MailError(.connection, "the connection failed")) {
            try MailClient().send(mail, by: server, password: nil, deadline: 5_000)
        }
    }
}
