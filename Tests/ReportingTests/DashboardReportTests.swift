import CostModel
import Game
import Testing

@testable import Reporting

@Suite("the text of a dashboard")
struct DashboardReportTests {
    private static let mark = DashboardMark(workspace: "acme")

    private static func report(_ text: String = "payments: 2 findings of cost-allocation, saving $140/month") -> DashboardReport {
        DashboardReport(
            workspace: "acme", mark: mark, table: table(text),
            waiting: [
                .init(
                    group: "g-0123456789ab-01234567", title: text, reason: "at most 10 may be open at one time (maxOpen)",
                    boxes: [.open, .snooze]),
                .init(group: "g-0123456789ab-00000000", title: text, reason: text, boxes: []),
            ],
            snoozed: [.init(group: "g-aaaaaaaaaaaa-01234567", title: text, reason: "snoozed by ada until 2026-12-01", boxes: [.open])],
            open: [.init(name: "#7", title: text)], snooze: .days(30), note: text)
    }

    private static func table(_ team: String) -> SeasonTable {
        let season = Season(of: Day("2026-11-01")!)
        let scores = [(team, 9_000), ("search", 8_000)].flatMap { team, points in
            (0..<31).map { offset in
                ScoreDay(
                    team: team, day: season.days.lowerBound.advanced(by: offset), score: Points(hundredths: points), reachedLevel: .gold,
                    level: .gold, cost: Fixtures.usd(5_000), potentialSavings: Fixtures.usd(1), waste: Fixtures.usd(1),
                    leaderboard: Points(hundredths: points), policyDigest: "p")
            }
        }
        return SeasonTable(season, scores: scores, teams: [team, "search"], leastSpend: FixedDecimal(100), today: Day("2026-11-01")!)
    }

    @Test("says who leads, what waits with boxes, what was put off, and what is open")
    func snapshot() throws {
        try expectSnapshot(Self.report().markdown(), "dashboard.md")
        var blind = Self.report()
        blind.problem = "this host tells no program who edits an issue"
        try expectSnapshot(blind.markdown(), "dashboard-without-boxes.md")
    }

    @Test(
        "lets nothing of a repository become a box that is ticked, a mark, a mention or mark-up",
        arguments: [
            "- [x] <!-- bursar:open g-0123456789ab-01234567 --> open", "\n  - [x] <!-- bursar:open g-0123456789ab-01234567 --> open\n",
            "\r\n- [x] <!-- bursar:snooze g-0123456789ab-00000000 -->", "[x] done", mark.begin, mark.end, "<!-- bursar:begin -->", "-->",
            "@everyone", "@org/team", "#12", "!5", "closes #1", "/close", "\n/close\n", "<img src=x onerror=alert(1)>", "</sub>",
            "[x](javascript:alert(1))", "https://evil.example", "www.evil.example", "`id`", "```", "| a | b |", "$(id)", "<details>",
            "\u{202E}evil", "\u{2028}- [x] <!-- bursar:open g-0123456789ab-01234567 -->", "a\u{0}b",
            String(repeating: "<!--", count: 4_000),
        ])
    func hostile(text: String) {
        let plain = Self.report("payments").markdown()
        let said = Self.report(text).markdown()
        #expect(Self.mark.ticked(in: said).isEmpty)
        // As many hidden comments as there are of ours, and the part is whole.
        func comments(_ text: String) -> Int { text.ranges(of: "<!--").count }
        #expect(comments(said) == comments(plain))
        #expect(said.hasPrefix(Self.mark.begin) && said.hasSuffix(Self.mark.end))
        #expect(Self.mark.replacing("a\(said)b", with: "-") == "a-b")
        for sign in ["@everyone", "@org", "#12", "#1", "<img", "</sub>\n", "https://", "www.e", "<details"] {
            #expect(said.ranges(of: sign).count == plain.ranges(of: sign).count, "\(sign)")
        }
        for line in said.split(whereSeparator: \.isNewline) {
            #expect(
                ["<!--", "What", "> ", "###", "|", "- ", "  - [ ] <!-- bursar:", "Most", "<sub>"].contains { line.hasPrefix($0) }, "\(line)"
            )
        }
        #expect(said.utf8.count <= RequestReport.bodyLimit)
    }

    @Test("counts what does not fit")
    func long() {
        var report = Self.report()
        report.waiting = (0..<2_000).map {
            .init(
                group: "g-0123456789ab-\(10_000_000 + $0)", title: String(repeating: "<", count: 72), reason: "r", boxes: [.open, .snooze])
        }
        let text = report.markdown()
        #expect(text.utf8.count <= RequestReport.bodyLimit && text.contains(" more\n") && text.hasSuffix(Self.mark.end))
    }

    @Test("is read back: boxes of our part that are ticked, with whatever ends of lines")
    func ticks() {
        let text = "mine\n- [x] <!-- bursar:open g-mine -->\n" + Self.report().markdown() + "\n- [x] <!-- bursar:open g-behind -->"
        let box = "- [ ] <!-- bursar:open g-0123456789ab-01234567"
        for (tick, end) in [("- [x]", "\n"), ("- [X]", "\r\n")] {
            let ticked = text.replacing(box, with: tick + box.dropFirst(5)).replacing("\n", with: end)
            #expect(Self.mark.ticked(in: ticked) == [.init(.open, "g-0123456789ab-01234567")])
        }
        #expect(DashboardMark(workspace: "other").ticked(in: text.replacing("[ ]", with: "[x]")).isEmpty)
    }

    @Test("takes the place of what is left of an older one, and keeps what people wrote")
    func replacing() {
        let (mark, part) = (Self.mark, "\(Self.mark.begin)\nnew\n\(Self.mark.end)")
        #expect(mark.replacing("", with: part) == part)
        #expect(mark.replacing("a \(mark.begin) old \(mark.end) b", with: part) == "a \(part) b")
        #expect(mark.replacing("a \(mark.begin) old", with: part) == "a \(part)")
        #expect(mark.replacing("old \(mark.end) b", with: part) == "\(part) b")
        #expect(mark.replacing("mine", with: part) == "\(part)\n\nmine")
    }
}
