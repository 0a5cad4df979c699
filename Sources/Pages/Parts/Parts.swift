import Charts
import CostModel
import Reporting

/// The small pieces that pages are made of.
enum Parts {
    /// A number that is to be seen first.
    static func tile(_ name: String, _ value: String, _ note: HTML = "") -> HTML {
        "<div class=\"tile\"><dt>\(name)</dt><dd><span class=\"big\">\(value)</span>\(note == .empty ? "" : "<p class=\"note\">\(note)</p>" as HTML)</dd></div>"
    }

    static func tiles(_ tiles: [HTML]) -> HTML { tiles.isEmpty ? "" : "<dl class=\"tiles\">\(tiles)</dl>" }
    static func cards(_ cards: [HTML]) -> HTML { cards.isEmpty ? "" : "<div class=\"cards\">\(cards)</div>" }

    static func section(_ title: String, id: String, _ body: HTML) -> HTML {
        "<section aria-labelledby=\"\(id)\"><h2 id=\"\(id)\">\(title)</h2>\(body)</section>\n"
    }

    /// A word in a frame; the word says it, the colour helps.
    static func chip(_ word: String, _ look: Look = .plain) -> HTML { "<span class=\"chip \(look.rawValue)\">\(word)</span>" }

    enum Look: String { case plain = "", good, bad, mute }

    /// A link where the address is one, else the text alone.
    static func link(_ text: String, to address: String?) -> HTML {
        guard let address else { return "<bdi>\(text.clipped(to: 300))</bdi>" }
        return "<a href=\"\(address)\" rel=\"noreferrer\"><bdi>\(text.clipped(to: 300))</bdi></a>"
    }

    /// A patch of a change, closed until somebody opens it.
    static func patch(_ change: Plan.Change) -> HTML? {
        guard let patch = change.patch else { return nil }
        let lines = patch.split(separator: "\n", omittingEmptySubsequences: false)
        let shown = lines.prefix(120).map { line -> HTML in "\(String(line).clipped(to: 400))\n" }
        let more: HTML = lines.count > 120 ? "… \(lines.count - 120) more lines\n" : ""
        return """
            <details><summary>Patch<span class="away"> of \(change.title.clipped(to: 200))</span></summary><pre tabindex="0" role="region" \
            aria-label="Patch of \(change.title.clipped(to: 200))">\(shown)\(more)</pre></details>
            """
    }

    static func severity(_ severity: Severity) -> HTML {
        switch severity {
        case .critical: chip("▲▲ critical", .bad)
        case .high: chip("▲ high", .bad)
        case .medium: chip("◆ medium")
        case .low: chip("▽ low", .mute)
        }
    }

    static func level(_ level: Level) -> HTML {
        switch level {
        case .none: "<span class=\"mute\">–</span>"
        case .bronze: chip("★ bronze")
        case .silver: chip("★★ silver")
        case .gold: chip("★★★ gold", .good)
        }
    }

    static func empty(_ sentence: String) -> HTML { "<p class=\"lead\">\(sentence)</p>" }
}

extension ChartValue {
    init(_ money: Money) { self.init(money.amount.approximation, money.short) }
}

extension AxisUnit {
    init(_ currency: Currency) {
        self = currency == .usd ? AxisUnit(prefix: "$") : AxisUnit(suffix: " \(currency)")
    }
}

extension SiteContent {
    /// What of some amounts is in the workspace's currency: others are never added to it.
    func sum(_ amounts: some Sequence<Money>) -> Money {
        amounts.reduce(Money.zero(currency)) { $1.currency == currency ? $0 + $1 : $0 }
    }
}
