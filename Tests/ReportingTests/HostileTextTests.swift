import CostModel
import Diagnostics
import Reporting
import Testing

@Suite("names from repositories")
struct HostileTextTests {
    private var report: CheckReport {
        var report = Fixtures.check
        let evil = "\u{1B}]0;owned\u{7}\u{9B}31m @torvalds #1 <img src=x> a|b `c` **d** \u{202E}\nhttps://example.com"
        report.result.findings = [
            Finding(
                policy: Fixtures.tagging, rule: "missing-tag", verdict: .fail, team: evil, message: evil, subject: evil,
                resource: .init(identity: .init(root: evil, address: evil), id: evil, type: evil, provider: evil),
                location: Place(file: evil, line: 1), atStake: Fixtures.usd(10))
        ]
        report.problems = [Problem(.error, id: "x", file: evil, evil)]
        return report
    }

    @Test("never reach a terminal raw", arguments: [TextStyle.plain, TextStyle(width: 60), TextStyle(color: true)])
    func terminal(style: TextStyle) {
        let text = report.text(style)
        // Our own colours are the only escapes.
        let ours = try? Regex("\u{1B}\\[[0-9;]+m")
        let rest = ours.map { text.replacing($0, with: "") } ?? text
        #expect(rest.unicodeScalars.allSatisfy { $0.isPrintable || $0 == "\n" })
        #expect(rest.contains(#"\u{1B}]0;owned\u{7}\u{9B}31m"#) || style.width != nil)
    }

    @Test("stay text in Markdown: no mention, no HTML, no cell, no link")
    func markdown() {
        let text = report.markdown()
        let outsideCode = text.split(separator: "``").enumerated().filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }
            .joined()
        #expect(!outsideCode.contains("@torvalds") && !outsideCode.contains(" #1"))
        #expect(!outsideCode.contains("<img") && !outsideCode.contains("https://"))
        #expect(!outsideCode.contains("a|b"))
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
    }

    @Test(
        "are written out where they are not printable",
        arguments: [
            ("plain ünïcode 💰", "plain ünïcode 💰"), ("a\u{1B}[0m", #"a\u{1B}[0m"#), ("a\nb\tc\rd", #"a\nb\tc\rd"#),
            ("\u{200B}", #"\u{200B}"#),
        ])
    func printable(text: String, expected: String) {
        #expect(text.printable == expected)
    }
}

@Suite("money for people")
struct MoneyTextTests {
    @Test("dollars get their sign, other currencies their code, and small amounts cents")
    func short() {
        var report = Fixtures.check
        report.result.budgets = []
        report.result.findings = [("1234567.5", "USD"), ("9.999", "USD"), ("0.004", "EUR"), ("-1234", "EUR")].compactMap { amount, code in
            guard let value = try? FixedDecimal(amount), let currency = Currency(code) else { return nil }
            return Finding(
                policy: Fixtures.budget, rule: "over-budget", verdict: .fail, team: "t\(amount)", message: "", location: nil,
                atStake: Money(value.scaled(by: 336, over: 365), currency), exemption: "e")
        }
        let text = report.text(.plain)
        for expected in ["$1,234,568", "$10.00", "0 EUR", "-1,234 EUR"] { #expect(text.contains(expected)) }
    }
}
