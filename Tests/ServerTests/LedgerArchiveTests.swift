import CostModel
import Reporting
import Server
import Store
import TestSupport
import Testing

@Suite("the archive of ledgers")
struct LedgerArchiveTests {
    private let directory = TemporaryDirectory()

    private var archive: LedgerArchive {
        let path = directory.path
        return LedgerArchive { "\(path)/\($0).sqlite" }
    }

    @Test("says what a ledger remembers")
    func reads() throws {
        let ledger = try Ledger.open(at: "\(directory.path)/acme.sqlite", mode: .readWrite)
        for run in Sample.runs.reversed() { try ledger.finish(run) }
        try ledger.put(Sample.lives)
        try ledger.put(Sample.scores)
        try ledger.put(Sample.badges)
        for request in Sample.requests { try ledger.put(request) }
        try ledger.put(Sample.savings)
        for entry in Sample.audit { try ledger.append(entry) }
        try ledger.setStatus(Sample.status)

        let use = ExemptionUse(
            exemption: "legacy", identity: "i", finding: "f-0a", firstUsed: Sample.now, lastUsed: Sample.now, expires: Sample.day)
        try ledger.put([use])

        try ledger.setValue(CaughtFindings.key, Sample.caught.text)

        let archive = archive
        #expect(try archive.text(CaughtFindings.key, of: "acme").flatMap { CaughtFindings(text: $0) } == Sample.caught)
        #expect(try archive.exemptionUses(of: "acme") == [use])
        #expect(try archive.runs(of: "acme", limit: 2, before: nil) == Array(Sample.runs.prefix(2)))
        #expect(try archive.runs(of: "acme", limit: 2, before: Sample.runs[1].id) == Array(Sample.runs[2...3]))
        #expect(try archive.run(Sample.runs[3].id, of: "acme") == Sample.runs[3])
        #expect(try archive.findings(of: "acme") == Sample.lives)
        #expect(try archive.finding("f-0a", of: "acme")?.life == Sample.lives[0])
        #expect(try archive.scores(of: "acme", team: "search", since: nil).count == 3)
        #expect(try archive.badges(of: "acme") == Sample.badges)
        #expect(try Set(archive.requests(of: "acme").map(\.group)) == ["g-1", "g-2"])
        #expect(try archive.savings(of: "acme").count == 2)
        #expect(try archive.audit(of: "acme", limit: 2).map(\.object) == ["bursar/g-2", "bursar/g-1"])
        #expect(try archive.status(of: "acme") == Sample.status)
    }

    @Test("has nothing of a workspace without a ledger")
    func missing() throws {
        #expect(try archive.runs(of: "acme", limit: 2, before: nil) == [])
        #expect(try archive.status(of: "acme") == nil)
        #expect(try archive.finding("f-0a", of: "acme") == nil)
        #expect(try archive.text(CaughtFindings.key, of: "acme") == nil)
    }

    @Test("says that a damaged ledger cannot be read")
    func damaged() throws {
        try directory.write(String(repeating: "no database ", count: 400), to: "acme.sqlite")
        let error = #expect(throws: ServerError.self) { try archive.findings(of: "acme") }
        #expect(error?.code == .archive)
        #expect(error?.message.contains(directory.path) == false)
    }
}
