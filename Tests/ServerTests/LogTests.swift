import CostModel
import Server
import Testing

@Suite("the log")
struct LogTests {
    @Test("is one JSON object a line, whatever the message holds")
    func line() {
        let entry = LogEntry(.warning, "two\nlines \"quoted\" \u{1B}[31m", time: Sample.now, workspace: "acme", run: "r-1", stage: .fetch)
        let expected =
            #"{"time": "2026-11-01T00:00:00Z", "level": "warning", "message": "two\nlines \"quoted\" \u001b[31m", "#
            + #""workspace": "acme", "run": "r-1", "stage": "fetch"}"# + "\n"
        #expect(String(decoding: JSONLog.line(entry), as: UTF8.self) == expected)
    }

    @Test(
        "shows no credentials",
        arguments: [
            ("cannot fetch 'https://bot:hunter2@forge.example/acme.git': 403", "cannot fetch 'https://***@forge.example/acme.git': 403"),
            ("https://a@b:pw@host/x and ssh://git@host/y", "https://***@host/x and ssh://***@host/y"),
            ("https://host/a@b", "https://host/a@b"), ("see https://host", "see https://host"),
            ("Authorization: Bearer abcdefgh12345", "Authorization: Bearer ***"),
            ("token (ghp_0123456789abcdef) is not valid", "token *** is not valid"), ("glpat-xxxxxxxx", "***"),
            ("basic rules hold", "basic rules hold"),
        ])
    func redacted(text: String, expected: String) {
        #expect(Redactor.redact(text) == expected)
    }
}
