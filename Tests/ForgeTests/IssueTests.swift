import CostModel
import Forge
import ForgeDouble
import Testing
import WebClient

/// What every code host has to do alike about the one issue that is kept there.
@Suite("an issue on a code host")
struct IssueTests {
    private static let line = "<!-- bursar:dashboard 0123456789abcdef -->"

    private static func issues(_ host: Host) throws -> any IssueHost { try #require(host.forge.issues) }

    @Test("is opened once, whoever asks and whatever answer is lost", arguments: ForgeContractTests.kinds)
    func once(kind: CodeHost) throws {
        let host = try Host(kind)
        let issues = try Self.issues(host)
        let first = try issues.keep(title: "Costs", body: "\(Self.line)\none", line: Self.line)
        #expect(try issues.keep(title: "Costs", body: "\(Self.line)\ntwo", line: Self.line) == first)
        #expect(first.isOpen && first.updated == host.clock.now && first.body == "\(Self.line)\none" && first.url.hasPrefix("https://"))
        for fault in [Fault.timeOutAfter, .timeOutBefore] {
            let host = try Host(kind)
            let issues = try Self.issues(host)
            host.double.fail(fault, whenPathEndsIn: kind == .gitea ? "/acme/infra/issues" : "/issues")
            for _ in 1...3 { _ = try? issues.keep(title: "Costs", body: "\(Self.line)\none", line: Self.line) }
            #expect(host.double.issues.count == 1)
        }
    }

    @Test("of another account is not taken for ours, nor a request", arguments: ForgeContractTests.kinds)
    func others(kind: CodeHost) throws {
        let host = try Host(kind)
        let issues = try Self.issues(host)
        host.double.openIssue(title: "Costs", body: Self.line, by: "ada")
        var draft = try host.draft()
        draft.body = Self.line
        let request = try host.forge.open(draft)
        #expect(try issues.issues(holding: Self.line).isEmpty)
        if kind != .gitlab { #expect(try issues.issue(request.number) == nil) }
        #expect(try issues.keep(title: "Costs", body: Self.line, line: Self.line).number != 1)
    }

    @Test("is written and closed, and one that is gone is told apart from a failure", arguments: ForgeContractTests.kinds)
    func written(kind: CodeHost) throws {
        let host = try Host(kind)
        let issues = try Self.issues(host)
        let number = try issues.open(title: "Costs", body: "one").number
        host.clock.advance(60)
        #expect(try issues.update(number, body: "two").updated == host.clock.now)
        #expect(try issues.issue(number)?.body == "two")
        try issues.close(number)
        #expect(try issues.issue(number)?.isOpen == false)
        #expect(throws: ForgeError.self) { try issues.update(number, body: "AKIA" + "IOSFODNN7EXAMPLQ") }
        host.double.deleteIssue(number)
        #expect(try issues.issue(number) == nil)
        host.double.fail(.status(500))
        #expect(throws: ForgeError.self) { try issues.issue(number) }
    }

    @Test("says who edited since, and whether they may write", arguments: [CodeHost.github, .gitlab])
    func edits(kind: CodeHost) throws {
        let host = try Host(kind)
        let issues = try Self.issues(host)
        host.double.restrict(["grace"])
        let number = try issues.open(title: "Costs", body: "- [ ] a\n- [ ] b").number
        try host.double.editIssue(number, by: "grace") { $0 + "\nearly" }
        host.clock.advance(60)
        let since = try issues.update(number, body: "- [ ] a\n- [ ] b").updated
        #expect(try issues.edits(of: number, since: since)?.writers == [])
        host.clock.advance(60)
        try host.double.tick(number, "b", by: "ada")
        let edits = try #require(try issues.edits(of: number, since: since))
        #expect(edits.writers == ["ada"] && edits.others.isEmpty && edits.body.contains("- [x] b"))
        try host.double.tick(number, "a", by: "grace")
        #expect(try issues.edits(of: number, since: since)?.others == ["grace"])
        // In the second in which we wrote: not ours, so somebody's.
        let again = try issues.update(number, body: "- [ ] a").updated
        try host.double.tick(number, "a", by: "grace")
        #expect(try issues.edits(of: number, since: again)?.others == ["grace"])
        // A person who uses our account.
        let last = try issues.update(number, body: "- [ ] a").updated
        host.clock.advance(60)
        try host.double.tick(number, "a", by: host.double.account)
        #expect(try issues.edits(of: number, since: last + 1)?.writers == [host.double.account])
    }

    @Test("says of nobody who edited where the host tells no program")
    func blind() throws {
        let host = try Host(.gitea)
        let issues = try Self.issues(host)
        let number = try issues.open(title: "Costs", body: "- [ ] a").number
        #expect(issues.unknownEditors != nil)
        #expect(try issues.edits(of: number, since: 0) == nil)
    }
}
