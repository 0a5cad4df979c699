import CostModel
import Foundation
import JSON
import Reporting
import Secrets
import TestSupport
import Testing

@testable import Server

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

    @Test("and a trace show no token that was read from a file, in whatever form somebody repeats it")
    func repeated() throws {
        let folder = TemporaryDirectory()
        let token = "tkn-log/\(UUID().uuidString)"
        let file = try folder.secret(token + "\n", "token")
        #expect(try SecretFile(file, name: "token file").readToken() == token)
        let basic = Data("bursar:\(token)".utf8).base64EncodedString()
        for said in [token, basic, basic.replacing("=", with: "%3D"), token.replacing("/", with: "%2f"), "Basic \(basic)"] {
            let entry = LogEntry(.error, "the host says: \(said)!", time: Sample.now, workspace: "acme", run: "r-1", stage: .fetch)
            let line = String(decoding: JSONLog.line(entry), as: UTF8.self)
            #expect(line.contains("***") && !line.contains(said), "\(line)")
            var run = Run(id: "r-1", trigger: .interval, started: Sample.now)
            run.stages = [
                StageStatus(stage: .fetch, condition: .stalled, reason: .fetchFailed, message: "says: \(said)!", started: Sample.now)
            ]
            let trace = String(decoding: JSONWriter.write(TraceDocument.json(of: run, workspace: "acme", version: "1")), as: UTF8.self)
            #expect(trace.contains("***") && !trace.contains(said), "\(trace)")
        }
    }
}
