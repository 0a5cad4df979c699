import CostModel
import Foundation
import JSON
import Reporting
import Store
import TestSupport
import Testing

@testable import Commands

@Suite("history")
struct HistoryCommandTests {
    private let estate = RememberedEstate()

    private func history(_ words: String...) -> Said { estate.run(["history"] + words) }

    private func list(_ key: String, _ words: String...) throws -> [JSONValue] {
        let document = try JSONReader.read(Array(estate.run(["history", "--format", "json"] + words).output.utf8))
        guard case .array(let items) = document[key] else { return [] }
        return items
    }

    @Test("shows the newest runs, as many as are asked for, back to a time")
    func runs() throws {
        try estate.fill()
        #expect(try list("runs").map { $0["id"] } == ["r-2", "r-1"])
        #expect(try list("runs", "--limit", "1").map { $0["id"] } == ["r-2"])
        #expect(try list("runs", "--since", "2026-11-01T00:30:00Z").map { $0["id"] } == ["r-2"])
        let said = history()
        #expect(said.code == 0 && said.error.isEmpty)
        #expect(said.output.contains("succeeded") && said.output.contains("interrupted"))
    }

    @Test("shows each part on its own, of one team where asked")
    func parts() throws {
        try estate.fill()
        #expect(try list("findings", "--findings").map { $0["id"] } == ["f-1", "f-2"])
        #expect(try list("findings", "--findings", "--team", "search").map { $0["id"] } == ["f-2"])
        #expect(try list("events", "--finding", "f-2").map { $0["kind"] } == ["opened", "fixed"])
        #expect(
            try list("scores", "--scores", "--team", "payments").map { $0["day"] } == ["2026-11-01", "2026-11-02"],
            "the second has not come yet")
        #expect(try list("scores", "--scores", "--limit", "3").map { $0["team"] } == ["payments", "search", "payments"])
        #expect(try list("badges", "--scores", "--team", "search").isEmpty)
        #expect(try list("requests", "--requests").map { $0["state"] } == ["open", "dismissed"])
        #expect(try list("requests", "--requests", "--team", "search").isEmpty)
        #expect(try list("audit", "--audit").map { $0["cause"] } == ["webhook github push"])
    }

    @Test("a day that has not come yet is never the newest")
    func future() throws {
        let today = RememberedEstate.start.day
        let days = try estate.fill().scores()
        #expect(
            days.newestFirst(until: today).map { "\($0.team) \($0.day)" } == [
                "payments 2026-11-01", "search 2026-11-01", "payments 2026-11-02",
            ])
        #expect(days.newestFirst(until: today.advanced(by: 1)).first?.day == today.advanced(by: 1))
    }

    @Test("every key of its documents stands on the page of the command line")
    func keys() throws {
        try estate.fill()
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appending(path: "Sources/Commands/Commands.docc/CommandLine.md"), encoding: .utf8)
        let section = try #require(page.components(separatedBy: "\n### ").first { $0.hasPrefix("history, state\n") })
        let words = Set(section.split { !$0.isLetter && !$0.isNumber }.map(String.init))
        func keys(_ value: JSONValue) -> Set<String> {
            switch value {
            case .object(let members): members.reduce(into: []) { $0.formUnion(keys($1.value).union([$1.key])) }
            case .array(let items): items.reduce(into: []) { $0.formUnion(keys($1)) }
            default: []
            }
        }
        // What every document carries, and how money and severities are written, is described once, above all of them.
        let everywhere: Set = [
            "schemaVersion", "tool", "revision", "evaluatedAt", "amount", "currency", "kind", "name", "low", "medium", "high", "critical",
        ]
        let commands = [
            ["history"], ["history", "--findings"], ["history", "--finding", "f-2"], ["history", "--scores"], ["history", "--requests"],
            ["history", "--audit"], ["state", "verify"], ["state", "prune", "--keep", "90"],
        ]
        for command in commands {
            let document = try JSONReader.read(Array(estate.run(command + ["--format", "json"]).output.utf8))
            #expect(keys(document).subtracting(words).subtracting(everywhere).isEmpty, "\(command)")
        }
    }

    @Test("what is not there is said, with what to do")
    func missing() throws {
        let none = history()
        #expect(none.code == 2 && none.error.contains("there is no ledger at") && none.error.contains("bursar reconcile"))
        #expect(!FileManager.default.fileExists(atPath: estate.folder.path))
        try estate.fill()
        #expect(history("--finding", "f-9").error.contains("no finding 'f-9' is remembered"))
        #expect(history("--findings", "--audit").code == 2 && history("--limit", "0").code == 2)
        #expect(history("--team", "payments").error.contains("'--team' is for"))
        let typo = history("--findings", "--team", "paymens")
        #expect(typo.code == 2 && typo.error.contains("nothing is remembered of a team 'paymens'; did you mean 'payments'?"))
    }

    @Test("the state folder is the workspace's by its name, unless the environment or the command line says so")
    func folder() throws {
        let repository = try AgreedEstate()
        let home = TemporaryDirectory()
        let folder = StateFolder("\(home.path)/.local/state/bursar/small")
        try folder.create()
        try Ledger.open(at: folder.ledger, mode: .readWrite).finish(Run(id: "r-home", trigger: .once, started: Instant(seconds: 0)))
        let words = ["history", "-C", repository.repository.path, "--format", "json"]
        #expect(Said(words, environment: ["HOME": home.path]).output.contains("\"r-home\""))
        #expect(Said(words).code == 2)
        try estate.fill()
        #expect(Said(words, environment: ["HOME": home.path, "BURSAR_STATE": estate.folder.path]).output.contains("\"r-2\""))
        #expect(Said(["history", "--state", folder.path], environment: ["BURSAR_STATE": estate.folder.path]).output.contains("1970"))
    }
}

/// A state folder with a little history in it.
struct RememberedEstate {
    let directory = TemporaryDirectory()
    var folder: StateFolder { StateFolder("\(directory.path)/state") }
    static let start = Instant(seconds: 1_793_491_200)

    func run(_ words: [String]) -> Said { Said(words + ["--state", folder.path], environment: ["USER": "alice"]) }

    @discardableResult
    func fill() throws -> Ledger {
        try folder.create()
        let ledger = try Ledger.open(at: folder.ledger, mode: .readWrite)
        let (start, day) = (Self.start, Self.start.day)
        try ledger.setStatus(WorkspaceStatus(name: "acme", observedRevision: "9f2c"))
        try ledger.finish(Run(id: "r-1", trigger: .once, started: start, finished: start, outcome: .interrupted))
        try ledger.finish(
            Run(
                id: "r-2", trigger: .webhook, started: start.adding(.hours(1)), finished: start.adding(.hours(1)), outcome: .succeeded,
                stages: [StageStatus(stage: .fetch, condition: .ready, reason: .succeeded, started: start)],
                summary: RunSummary(
                    resources: 1, failing: [:], unknown: 0, exempt: 0, atStake: .zero(.usd), potentialSavings: .zero(.usd))))
        try ledger.put([life("f-1", team: "payments"), life("f-2", team: "search", fixed: start.adding(.hours(1)))])
        try ledger.put([score("payments", day), score("search", day), score("payments", day.advanced(by: 1))])
        try ledger.put([Badge(team: "payments", name: "gold", awarded: day, reason: "gold", evidence: "ab")])
        try ledger.put(request(.dismissed, opened: start))
        try ledger.put(request(.open, opened: start.adding(.hours(1))))
        try ledger.append(
            AuditEntry(time: start, run: "r-2", cause: "webhook github push", action: .branchWritten, object: "bursar/payments"))
        return ledger
    }

    private func life(_ id: String, team: String, fixed: Instant? = nil) -> FindingLife {
        FindingLife(
            identity: "identity-of-\(id)", id: id, policy: PolicyReference(.tagging, "tags"), rule: "missing-tag", verdict: .fail,
            severity: .high, team: team,
            resource: "infra:aws_instance.a", subject: "team", message: "required tag 'team' is missing",
            state: fixed == nil ? .open : .fixed, firstSeen: Self.start, lastSeen: Self.start, opened: Self.start, fixed: fixed,
            atStake: .zero(.usd))
    }

    private func score(_ team: String, _ day: Day) -> ScoreDay {
        ScoreDay(
            team: team, day: day, score: nil, reachedLevel: .none, level: .none, cost: .zero(.usd), potentialSavings: .zero(.usd),
            waste: .zero(.usd), policyDigest: "p")
    }

    private func request(_ state: RequestRecord.State, opened: Instant) -> RequestRecord {
        let change = PlanRecord.Change(
            id: "c", title: "t", file: "main.tf", team: nil, findings: ["f-1"],
            resources: [ChangedResource(root: "infra", address: "a", type: "t", billedAs: [])], monthlySavings: nil)
        return RequestRecord(
            group: "g-1", team: "payments", state: state, branch: "bursar/payments", title: "tags",
            plan: PlanRecord(
                digest: "d", baseCommit: "b", policyDigest: "p", observedDigest: "o", made: Self.start, changes: [change]),
            commit: "c", opened: opened, updated: opened)
    }
}
