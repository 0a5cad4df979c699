import CostModel
import Forge
import ForgeDouble
import Foundation
import JSON
import Testing
import WebClient

@Suite("every call of the GitHub client")
struct ShapeTests {
    private static let file = ProcessInfo.processInfo.environment["BURSAR_RECORD_GITHUB"]

    @Test("is recorded for github_shapes.py", .enabled(if: file != nil, "BURSAR_RECORD_GITHUB names no file"))
    func record() throws {
        let host = try Host(.github)
        let forge = host.forge
        var draft = try host.draft(reviewers: ["ada", "@acme/finops", "nobody"], isDraft: true)
        _ = try forge.open(draft)
        draft.title = "payments: 3 findings"
        draft.labels.append("cost")
        try forge.update(1, to: draft)
        for text in ["first", "second"] { try forge.comment(1, marker: "note", body: text) }
        let status = CommitStatus(state: .success, context: "bursar/payments", description: "fine", url: "https://bursar.example")
        for _ in 0..<2 { try forge.setStatus(status, of: draft.commit) }
        try forge.close(1)
        _ = try forge.request(1)
        _ = try forge.open(host.draft("bursar/g-2"))
        try host.double.merge(2, method: .squash)
        _ = try forge.request(2)
        _ = try forge.requests(branchPrefix: "bursar/", since: nil)
        let issues = try #require(forge.issues)
        let issue = try issues.keep(title: "Costs", body: "<!-- mark -->\n- [ ] a", line: "<!-- mark -->")
        _ = try issues.issue(issue.number)
        let written = try issues.update(issue.number, body: "<!-- mark -->\n- [ ] b").updated
        host.clock.advance(60)
        try host.double.tick(issue.number, "b", by: "ada")
        #expect(try issues.edits(of: issue.number, since: written)?.writers == ["ada"])
        try issues.close(issue.number)
        let lines = try host.double.exchanges.map { exchange in
            let document: JSONValue = [
                "method": .string(exchange.request.method.rawValue), "url": .string(exchange.request.url),
                "request": exchange.request.body.isEmpty ? .null : try JSONValue(parsing: exchange.request.body),
                "status": JSONValue(exchange.response?.status ?? 0), "response": try JSONValue(parsing: exchange.response?.body ?? []),
            ]
            return String(decoding: document.bytes, as: UTF8.self) + "\n"
        }
        try Data(lines.joined().utf8).write(to: URL(fileURLWithPath: try #require(Self.file)))
    }
}
