import CostModel
import JSON
import Store
import TestSupport
import Testing

@testable import Commands

@Suite("seasons and campaigns on the command line")
struct SeasonCommandTests {
    private let estate: TemporaryRepository
    private let scratch = TemporaryDirectory()
    private static let first = Day(year: 2026, month: 8, day: 1)
    private static let now = "2026-11-10T08:00:00Z"

    init() throws {
        estate = try UntaggedQueue.repository()
        let teams = ["search", "ops", "web"].map { "kind: Team\nmetadata: {name: \($0)}\nspec: {}\n" }
        let shy = "kind: Team\nmetadata: {name: shy}\nspec: {game: false}\n"
        let campaign =
            "kind: Campaign\nmetadata: {name: sprint}\nspec: {policies: [cost-allocation], goal: {fixed: 80%}, from: 2026-10-01, to: 2026-11-30}\n"
        try estate.write((teams + [shy, campaign]).joined(separator: "---\n"), to: "policies/more.yaml")
        try estate.commit()
        let folder = StateFolder("\(scratch.path)/state")
        try folder.create()
        let ledger = try Ledger.open(at: folder.ledger, mode: .readWrite)
        try ledger.setStatus(WorkspaceStatus(name: "small", observedRevision: "9f2c"))
        let points = ["payments": 4_000, "search": 9_000, "ops": 8_000, "web": 7_000, "shy": 9_900]
        for (team, points) in points {
            try ledger.put(
                (0..<100).map { number in
                    var day = ScoreDay(
                        team: team, day: Self.first.advanced(by: number), score: Points(hundredths: points), reachedLevel: .none,
                        level: .none,
                        cost: Money(FixedDecimal(5_000), .usd), potentialSavings: .zero(.usd), waste: .zero(.usd), policyDigest: "")
                    day.leaderboard = day.score
                    return day
                })
        }
        try ledger.put([life("f-1", fixed: nil, dollars: 30), life("f-2", fixed: 80, dollars: 10)])
        try ledger.put([
            Badge(team: "search", name: "season-2026-Q3", awarded: Self.first, reason: "first in 2026-Q3 with 90.00 points", evidence: "ab")
        ])
    }

    private func life(_ id: String, fixed: Int?, dollars: Int) -> FindingLife {
        let (opened, gone) = (Self.first.start, fixed.map { Self.first.advanced(by: $0).start })
        return FindingLife(
            identity: "identity-of-\(id)", id: id, policy: PolicyReference(.tagging, "cost-allocation"), rule: "missing-tag",
            verdict: .fail,
            severity: .high, team: "payments", resource: "infra:\(id)", subject: "team", message: "required tag 'team' is missing on \(id)",
            state: gone == nil ? .open : .fixed, firstSeen: opened, lastSeen: opened, opened: opened, fixed: gone,
            fixedBy: gone.map { _ in "c0ffee" },
            atStake: Money(FixedDecimal(dollars), .usd))
    }

    private func run(_ words: String...) -> Said {
        Said(words + ["-C", estate.path, "--now", Self.now, "--state", "\(scratch.path)/state"])
    }

    @Test("a season shows the best three and you, who did not want to play nowhere, and the hall of fame")
    func season() {
        let said = run("season", "--team", "payments")
        #expect(said.output.contains("season 2026-Q4, 39 days judged to 2026-11-08"), "\(said)")
        for line in ["1  search", "2  ops", "3  web", "4  payments (you)", "search: first in 2026-Q3 with 90.00 points"] {
            #expect(said.output.contains(line), "\(line) is not in \(said)")
        }
        #expect(!said.output.contains("shy") && said.output.contains("Bingo: "))
        #expect(
            said.output.contains("✓ required tag 'team' is missing on f-2")
                && said.output.contains("○ required tag 'team' is missing on f-1"))
        #expect(!run("season").output.contains("payments"), "nobody's last place is shown")
        #expect(run("season", "--team", "shy").output.contains("'shy' takes no part in seasons"))
    }

    @Test("in every form it holds no script, and is a document")
    func forms() throws {
        let document = try JSONReader.read(Array(run("season", "--team", "payments", "--format", "json").output.utf8))
        #expect(document["teams"].items.map { $0["team"].text } == ["search", "ops", "web", "payments"])
        #expect(document["bingo"]["squares"].items.count == 16)
        #expect(!run("season", "--format", "html").output.contains("<script"))
        #expect(run("season", "--format", "markdown").output.contains("| 1 | search | 90.00 |"))
        let past = run("season", "--season", "2026-Q3").output
        #expect(past.contains("season 2026-Q3, over"))
    }

    @Test("says what it needs", arguments: [["--season", "2026-Q5"], ["--season", "2027-Q1"], ["--team", "serch"]])
    func usage(words: [String]) {
        let said = Said(["season", "-C", estate.path, "--now", Self.now, "--state", "\(scratch.path)/state"] + words)
        #expect(said.code == 2 && said.output.isEmpty, "\(said)")
        #expect(Said(["season", "-C", estate.path, "--state", "\(scratch.path)/none"]).code == 2)
    }

    @Test("history tells how campaigns go, week by week")
    func campaigns() throws {
        let said = run("history", "--campaigns")
        #expect(
            said.output.contains(
                "campaign 'sprint' (2026-10-01 to 2026-11-30, running): 25.0 % of what was at stake is fixed, 80 % are wanted; 1 finding is open"
            ),
            "\(said)")
        #expect(said.output.contains("prevented: not known: the ledger knows less than 84 days before"))
        let document = try JSONReader.read(Array(run("history", "--campaigns", "--format", "json").output.utf8))
        #expect(document["campaigns"].items.first?["burnDown"].items.last?["open"] == .number("1"))
        #expect(run("history", "--campaigns", "--scores").code == 2)
    }
}
