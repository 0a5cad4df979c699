import CostModel
import Forge
import Foundation
import JSON
import Reconciliation
import Reporting
import TestSupport
import Testing

@testable import Commands
@testable import Server

/// Which findings fail, are open, block a merge and can be fixed is said once, in `FindingStatus`, and asked by everything that prints,
/// counts, scores, plans, remembers or signals. This spells it a second time, from what JSON says of each finding, and holds every
/// answer against it.
@Suite("one answer to what fails, what is open and what can be fixed")
struct SameAnswerTests {
    @Test("check, explain, plan, scorecard, baseline, reconcile, history, metrics, the API and the commit status agree", arguments: 1...12)
    func agree(seed: Int) throws {
        let estate = try MixedEstate(seed: UInt64(seed))
        let truth = try Truth(estate)
        try check(estate, truth)
        try explain(estate, truth)
        try planAndScore(estate, truth)
        try loop(estate, truth)
    }

    @Test("the estates hold every kind of finding")
    func mixed() throws {
        var seen: Set<FindingStatus> = []
        var (baseline, fixable, blocked) = (0, 0, 0)
        for seed in 1...12 {
            let truth = try Truth(MixedEstate(seed: UInt64(seed)))
            for (status, findings) in truth.byStatus where !findings.isEmpty { seen.insert(status) }
            baseline += truth.failing.subtracting(truth.open).count
            fixable += truth.fixable.count
            blocked += truth.code == 1 ? 1 : 0
        }
        #expect(seen == Set(FindingStatus.allCases))
        #expect(baseline > 0 && fixable > 0 && blocked > 0 && blocked < 12)
    }

    // MARK: Each who answers

    private func check(_ estate: MixedEstate, _ truth: Truth) throws {
        let document = try JSONReader.read(Array(estate.run("check", "--all", "--format", "json").output.utf8))
        let summary: JSONValue = document["summary"]
        let counts = ["pass", "fail", "unknown", "error", "exempt"].map { summary[$0].text ?? "" }
        let statuses: [FindingStatus] = [.pass, .failing, .unknown, .error, .exempt]
        #expect(counts == statuses.map { "\(truth.byStatus[$0]?.count ?? 0)" })
        #expect(summary["baseline"].text == "\(truth.failing.subtracting(truth.open).count)")

        // Without what to do next, which names findings again.
        let text = estate.run("check", "--quiet").output
        #expect(text.numbers(before: " failing (") == (truth.failing.isEmpty ? [] : [truth.failing.count]))
        #expect(text.numbers(before: " of policies that block") == (truth.blockingFailures == 0 ? [] : [truth.blockingFailures]))
        #expect(text.numbers(before: " in shadow") == (truth.count(.shadow) == 0 ? [] : [truth.count(.shadow)]))
        #expect(text.numbers(before: " can be fixed: ") == (truth.fixable.isEmpty ? [] : [truth.fixable.count]))
        #expect(Self.findings(in: text, marked: "[*]") == truth.fixable)
        let markdown = estate.run("check", "--format", "markdown").output
        #expect(markdown.numbers(before: " failing") == [truth.failing.count])
        let github = estate.run("check", "--format", "github").output
        for line in github.split(separator: "\n") {
            guard line.contains("bursar explain f-"), let id = Self.identifiers(in: line).first else { continue }
            #expect(line.contains("bursar plan fixes it") == truth.fixable.contains(id), "\(line)")
            #expect(line.contains(" · shadow") == truth.byStatus[.shadow]?.contains(id), "\(line)")
            if !truth.open.contains(id), !truth.errors.contains(id) { #expect(line.hasPrefix("::notice")) }
        }
        let gitlab = try JSONReader.read(Array(estate.run("check", "--format", "gitlab").output.utf8)).items
        #expect(
            gitlab.count { $0["severity"].text != "info" && $0["check_name"].text?.hasPrefix("problem/") == false }
                == truth.open.union(truth.errors).count)
        #expect(estate.run("check").code == (truth.blocking.isEmpty ? 0 : 1))
    }

    private func explain(_ estate: MixedEstate, _ truth: Truth) throws {
        for policy in MixedEstate.policies {
            let own = truth.findings.filter { $0.policy == policy }.map(\.id)
            let words: [(FindingStatus, String)] = [
                (.pass, "pass"), (.failing, "fail"), (.unknown, "unknown"), (.error, "error"), (.exempt, "exempt"), (.shadow, "in shadow"),
            ]
            let expected = words.compactMap { status, word in
                let count = truth.byStatus[status]?.intersection(own).count ?? 0
                return count > 0 ? "\(count) \(word)" : nil
            }
            let document = try estate.document("explain", policy)
            let lines = document["sections"].items.flatMap { $0["lines"].items }
            #expect(lines.first { $0["label"].text == "results" }?["text"].text ?? "" == expected.joined(separator: ", "))
            let failing = document["sections"].items.first { $0["title"].text == "Failing" }?["lines"].items ?? []
            #expect(Set(failing.compactMap { $0["label"].text }) == truth.failing.intersection(own))
        }
        for id in truth.byStatus[.shadow] ?? [] {
            #expect(estate.run("explain", id).output.contains("in shadow: it does not count"))
        }
    }

    private func planAndScore(_ estate: MixedEstate, _ truth: Truth) throws {
        let changes = try estate.document("plan")["changes"].items
        let planned = Set(changes.flatMap { $0["findings"].items.compactMap(\.text) })
        // What is not fixed is explained.
        #expect(planned == truth.failing.intersection(truth.findings.filter(\.hasResource).map(\.id)))

        let cards = try estate.document("scorecard", "--all")["teams"].items
        let penalised = Set(cards.flatMap { $0["penalties"].items.compactMap { $0["finding"].text } })
        let weighing = truth.findings.filter { $0.weighs && $0.isAtStake && MixedEstate.teams.contains($0.team ?? "") }
        #expect(penalised == Set(weighing.map(\.id)))

        let recorded = try estate.document("baseline", "--reset")
        try estate.repository.git(["checkout", "--quiet", "."])
        try estate.repository.git(["clean", "--quiet", "--force", "policies"])
        let findings = Set(recorded["findings"].items.compactMap(\.text))
        #expect(findings.isSubset(of: truth.failing))
        #expect(findings.count + (Int(recorded["refused"].text ?? "") ?? 0) == truth.failing.count)
    }

    /// What the loop says, and everything that reads its ledger.
    private func loop(_ estate: MixedEstate, _ truth: Truth) throws {
        let folder = TemporaryDirectory()
        let run = try estate.document("reconcile", "--state", folder.path)
        let summary: JSONValue = try #require(run["workspaces"].items.first)["summary"]
        for (key, status) in [("fail", FindingStatus.failing), ("unknown", .unknown), ("exempt", .exempt)] {
            #expect(summary[key].text == "\(truth.count(status))")
        }

        let failing = truth.failing
        let history = try JSONReader.read(
            Array(
                Said("history", "--findings", "--limit", "500", "-C", estate.repository.path, "--state", folder.path, "--format", "json")
                    .output.utf8))
        #expect(Self.failing(history["findings"].items) == failing)

        let ledger = try #require(Self.ledger(in: folder.path))
        let context = ServerContext(
            source: nil, archive: LedgerArchive { _ in ledger }, workspaces: [ServedWorkspace(name: "mixed", repository: "")],
            clock: { Instant(MixedEstate.now)! })
        var settings = Application.Settings()
        settings.allowsAnonymous = true
        let application = Application(context, settings, runs: RunMeter(), log: NoLog(), version: "0")
        func get(_ path: String...) -> String {
            let request = Request(path: path, query: path.last == "findings" ? [.init("limit", "100")] : [])
            let response = application.answer(request)
            return String(decoding: response.body, as: UTF8.self)
        }
        let listed = try JSONReader.read(Array(get("api", "v1", "workspaces", "mixed", "findings").utf8))
        #expect(Self.failing(listed["items"].items) == failing)
        let lines = get("metrics").split(separator: "\n").filter { $0.hasPrefix("bursar_findings{") }
        for (result, status) in [("fail", FindingStatus.failing), ("unknown", .unknown)] {
            let counts = lines.filter { $0.contains("result=\"\(result)\"") }.compactMap { line in
                Int(line.split(separator: " ").last ?? "")
            }
            #expect(counts.reduce(0, +) == truth.count(status))
        }

        let workspace = try OpenedWorkspace(estate.repository.path, .workTree, now: Instant(MixedEstate.now)!)
        let status = CommitStatus(try EvaluatedWorkspace(workspace, now: Instant(MixedEstate.now)!), workspace: "mixed")
        #expect((status.state == .failure) == !truth.blocking.isEmpty)
        #expect(status.description.numbers(before: " failing") == [truth.failing.count])
    }

    private static func failing(_ lives: [JSONValue]) -> Set<String> {
        Set(lives.filter { $0["result"].text == "fail" && !$0.isTrue("exempt") }.compactMap { $0["id"].text })
    }

    private static func ledger(in folder: String) -> String? {
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return files.first { $0.hasSuffix("ledger.sqlite") }.map { "\(folder)/\($0)" }
    }

    // MARK: Reading text

    private static func identifiers(in text: some StringProtocol) -> [String] {
        String(text).split { !($0.isLetter || $0.isNumber || $0 == "-") }.filter { $0.hasPrefix("f-") && $0.count == 14 }.map(String.init)
    }

    /// The findings whose lines carry a mark, which ends their messages.
    private static func findings(in text: String, marked mark: String) -> Set<String> {
        var result: Set<String> = []
        var last: String?
        for line in text.split(separator: "\n") {
            last = identifiers(in: line).first ?? last
            if line.hasSuffix(mark), let last { result.insert(last) }
        }
        return result
    }
}

/// What the documents of `check` and `plan` say of each finding, and what follows from that.
private struct Truth {
    struct Item {
        var id: String
        var policy: String
        var team: String?
        var status: FindingStatus
        var isBlocking: Bool
        var isInBaseline: Bool
        var hasResource: Bool
        var weighs: Bool
        var isAtStake: Bool
    }

    let findings: [Item]
    /// Of the changes that a plan makes.
    let fixable: Set<String>
    let code: Int32

    init(_ estate: MixedEstate) throws {
        let said = estate.run("check", "--all", "--format", "json")
        code = said.code
        try #require(code <= 1, "\(said.error)")
        findings = try JSONReader.read(Array(said.output.utf8))["findings"].items.map { finding in
            let (result, enforcement) = (finding["result"].text, finding["enforcement"].text)
            var status = FindingStatus.error
            if result == "pass" {
                status = .pass
            } else if enforcement == "shadow" {
                status = .shadow
            } else if finding["exemption"].text != nil {
                status = .exempt
            } else if result == "fail" {
                status = .failing
            } else if result == "unknown" {
                status = .unknown
            }
            return Item(
                id: finding["id"].text ?? "", policy: finding["policy"]["name"].text ?? "", team: finding["team"].text, status: status,
                isBlocking: enforcement == "block", isInBaseline: finding.isTrue("baseline"),
                hasResource: finding["resource"]["address"].text != nil,
                weighs: result == "fail" && enforcement != "shadow",
                isAtStake: finding["atStake"]["amount"].text.map { $0 != "0" && !$0.hasPrefix("0.00") } ?? false)
        }
        let changes = try estate.document("plan")["changes"].items.filter { $0["applicability"].text != "advisory" }
        fixable = Set(changes.flatMap { $0["findings"].items.compactMap(\.text) })
    }

    var byStatus: [FindingStatus: Set<String>] { Dictionary(grouping: findings, by: \.status).mapValues { Set($0.map(\.id)) } }
    func count(_ status: FindingStatus) -> Int { byStatus[status]?.count ?? 0 }
    var failing: Set<String> { byStatus[.failing] ?? [] }
    var open: Set<String> { Set(findings.filter { $0.status == .failing && !$0.isInBaseline }.map(\.id)) }
    var errors: Set<String> { Set(findings.filter { $0.status == .error && !$0.isInBaseline }.map(\.id)) }
    var blocking: Set<String> { Set(findings.filter(\.isBlocking).map(\.id)).intersection(open.union(errors)) }
    var blockingFailures: Int { blocking.intersection(open).count }
}

private struct NoLog: LogSink {
    func write(_ entry: LogEntry) {}
}

extension MixedEstate {
    fileprivate func run(_ words: String...) -> Said { Said(words + ["-C", repository.path, "--now", Self.now]) }

    fileprivate func document(_ words: String...) throws -> JSONValue {
        try JSONReader.read(Array(Said(words + ["-C", repository.path, "--now", Self.now, "--format", "json"]).output.utf8))
    }
}

extension JSONValue {
    fileprivate func isTrue(_ key: String) -> Bool {
        let value: JSONValue = self[key]
        return value == .bool(true)
    }
}

extension String {
    /// The whole numbers that stand right before a phrase.
    fileprivate func numbers(before phrase: String) -> [Int] {
        var result: [Int] = []
        var rest = self[...]
        while let found = rest.range(of: phrase) {
            let digits = String(rest[..<found.lowerBound].reversed().prefix { $0.isNumber }.reversed())
            if let number = Int(digits) { result.append(number) }
            rest = rest[found.upperBound...]
        }
        return result
    }
}
