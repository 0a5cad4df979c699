import CostModel
import Reporting
import Terminal
import TestSupport
import Testing

@testable import Pages
@testable import Screens

@Suite("the whole screen")
struct TopScreenTests {
    private static func lines(_ screen: TopScreen, _ columns: Int = 100, _ rows: Int = 24) -> [String] {
        TopFrame(screen, columns: columns, rows: rows).lines.map { $0.rendered(columns: columns, color: false) }
    }

    private static func text(_ screen: TopScreen, _ columns: Int = 100, _ rows: Int = 24) -> String {
        lines(screen, columns, rows).joined(separator: "\n")
    }

    private static func pressing(_ keys: [TerminalKey], _ site: SiteContent) -> TopScreen {
        var screen = TopScreen(site)
        for key in keys { _ = screen.press(key, columns: 100, rows: 24) }
        return screen
    }

    private static let sizes = [(80, 24), (200, 60), (40, 8), (39, 24), (120, 7), (10, 3), (1, 1), (61, 40)]

    @Test("is filled exactly, at every size, whatever is pressed")
    func fits() {
        var random = SeededGenerator(seed: 4)
        let keys: [TerminalKey] =
            [.up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .enter, .escape, .tab, .backTab, .backspace, .redraw, .clearLine]
            + "123jkghGdpw?/rsearch".map { .character($0) }
        for site in [Sites.empty(), Sites.full("search", teams: 12, findings: 300), Sites.full("東京 search", teams: 3, findings: 3)] {
            var screen = TopScreen(site)
            for round in 0..<400 {
                let (columns, rows) = Self.sizes[round % Self.sizes.count]
                _ = screen.press(keys[Int.random(in: keys.indices, using: &random)], columns: columns, rows: rows)
                let lines = TopFrame(screen, columns: columns, rows: rows).lines
                #expect(lines.count == rows)
                #expect(lines.allSatisfy { $0.text.keepingStart(columns).width <= columns })
                if !screen.list.rows.isEmpty { #expect(screen.list.rows.indices.contains(screen.row)) }
                if round % 50 == 49 { screen.show(Sites.full("search", teams: 1 + round % 3, findings: round % 7)) }
            }
        }
    }

    @Test("always shows the row that is selected")
    func selection() {
        var screen = TopScreen(Sites.full("payments", teams: 2, findings: 90))
        _ = screen.press(.character("2"), columns: 80, rows: 24)
        for key in [TerminalKey.down, .down, .pageDown, .end, .up, .pageUp, .home, .pageDown, .pageDown] {
            _ = screen.press(key, columns: 80, rows: 24)
            let selected = TopFrame(screen, columns: 80, rows: 24).lines.filter(\.isSelected)
            #expect(selected.count == 1)
        }
        #expect(screen.row == 40)
        // A smaller window still shows it.
        #expect(TopFrame(screen, columns: 80, rows: 9).lines.count { $0.isSelected } == 1)
    }

    @Test("goes from a team to its findings, and back to all teams")
    func team() {
        let site = Sites.full("payments", teams: 3, findings: 30)
        var screen = Self.pressing([.down, .enter], site)
        #expect(screen.tab == .findings && screen.team == "payments1")
        #expect(screen.list.rows.count == 10)
        #expect(Self.text(screen).contains("team payments1"))
        _ = screen.press(.escape, columns: 100, rows: 24)
        #expect(screen.tab == .teams && screen.team == nil && screen.row == 1)
    }

    @Test("finds what is typed, whatever its case, and takes it back")
    func search() {
        let site = Sites.full("payments", teams: 3, findings: 30)
        var screen = Self.pressing([.character("2"), .character("/")] + "F-17".map { .character($0) }, site)
        #expect(screen.list.rows.count == 1)
        #expect(Self.text(screen).contains("/F-17"))
        _ = screen.press(.enter, columns: 100, rows: 24)
        // Letters are keys again.
        _ = screen.press(.character("d"), columns: 100, rows: 24)
        #expect(screen.panel == .details && Self.text(screen).contains("bursar explain f-17"))
        for key in [TerminalKey.escape, .escape] { _ = screen.press(key, columns: 100, rows: 24) }
        #expect(screen.query.isEmpty && screen.list.rows.count == 30)
        let none = Self.pressing([.character("2"), .character("/")] + "nowhere".map { .character($0) }, site)
        #expect(Self.text(none).contains("Nothing has 'nowhere'"))
    }

    @Test("shows the patch of a finding, and says where there is none")
    func patch() {
        let site = Sites.full("payments", teams: 2, findings: 4)
        let lines = Self.lines(Self.pressing([.character("2"), .character("p")], site))
        #expect(lines.contains("+x") && lines.contains("bursar plan --out plan && git apply plan/c-1.patch"))
        let none = Self.text(Self.pressing([.character("2"), .down, .character("p")], site))
        #expect(none.contains("No patch fixes this"))
    }

    @Test("keeps its place where the workspace is judged again, and closes what was about something that is gone")
    func refresh() {
        var screen = Self.pressing([.character("2"), .down, .down, .enter], Sites.full("payments", teams: 2, findings: 9))
        let id = screen.selected?.identity
        var site = Sites.full("payments", teams: 2, findings: 9)
        site.findings.removeFirst()
        screen.notice = "judging again…"
        screen.show(site)
        #expect(screen.selected?.identity == id && screen.row == 1 && screen.panel == .details && screen.notice == nil)
        site.findings.removeAll { "finding " + $0.id == id }
        screen.show(site)
        #expect(screen.panel == nil)
    }

    @Test("says what could not be observed, and asks whoever owns the terminal to judge again or to end")
    func requests() {
        let site = Sites.full("payments")
        var screen = TopScreen(site)
        #expect(Self.text(screen).contains("partial: w says why"))
        #expect(Self.text(Self.pressing([.character("w")], site)).contains("partial: payments"))
        #expect(screen.press(.character("r"), columns: 80, rows: 24) == .refresh)
        #expect(screen.press(.character("q"), columns: 80, rows: 24) == .quit)
        _ = screen.press(.character("/"), columns: 80, rows: 24)
        #expect(screen.press(.character("q"), columns: 80, rows: 24) == nil)
        #expect(screen.press(.interrupt, columns: 80, rows: 24) == .quit)
    }

    @Test("lets nothing through that a terminal would act on", arguments: HostileText.all)
    func hostile(text: String) {
        let site = Sites.full(text, teams: 2, findings: 4)
        for keys in [
            [], [.character("2")], [.character("3")], [.character("2"), .enter], [.character("2"), .character("p")], [.character("d")],
            [.character("w")],
        ] as [[TerminalKey]] {
            let screen = Self.pressing(keys, site)
            for line in TopFrame(screen, columns: 120, rows: 45).lines {
                let shown = line.text.rendered(.plain)
                #expect(
                    !shown.unicodeScalars.contains {
                        $0.properties.generalCategory == .control
                            || $0.properties.generalCategory == .format && !$0.properties.isJoinControl
                    })
            }
        }
    }
}
