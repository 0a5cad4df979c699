import Charts
import CostModel
import Reporting

/// The best next actions: proved patches first, the one that is worth most leading; then the most costly finding that no patch fixes.
struct Actions {
    let site: SiteContent
    private let byID: [String: FindingEntry]

    init(_ site: SiteContent) {
        self.site = site
        byID = Dictionary(site.findings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// - Parameter team: nil: of the workspace.
    func best(_ count: Int, of team: String?) -> [HTML] {
        let changes = site.changes.filter { team == nil || $0.team == team }
        var cards = changes.prefix(count).map(card)
        let manual = site.findings.filter { $0.status == .open && !$0.isFixable && (team == nil || $0.team == team) }
            .sorted { a, b in
                let (left, right) = (a.atStake?.amount ?? .zero, b.atStake?.amount ?? .zero)
                return left == right ? FindingEntry.isShown(a, before: b) : left > right
            }
        // One place is kept for what needs a person, where there is such a thing.
        if cards.count == count, count > 1, let first = manual.first, let stake = first.atStake, !stake.amount.isZero { cards.removeLast() }
        cards += manual.prefix(count - cards.count).map(card)
        return cards
    }

    private func card(_ change: Plan.Change) -> HTML {
        let findings = change.findings.compactMap { byID[$0] }
        let stake = site.sum(findings.compactMap(\.atStake))
        let worth: String =
            if let savings = change.monthlySavings, !savings.amount.isZero { "saves \(savings.short)/month" } else if !stake.amount.isZero {
                "\(stake.short)/month at stake"
            } else { counted(change.findings.count, "finding") }
        return """
            <article class="card"><h3>\(change.title.clipped(to: 200))</h3><p class="note"><strong>\(worth)</strong> · \
            fixes \(counted(change.findings.count, "finding"))\(owner(change.team)) · proved\(place(change))</p><p><code>bursar plan --out plan \
            &amp;&amp; git apply plan/\(change.id).patch</code></p>\(Parts.patch(change))</article>
            """
    }

    private func card(_ finding: FindingEntry) -> HTML {
        let worth =
            finding.atStake.map { $0.amount.isZero ? "no dollars at stake" : "\($0.short)/month at stake" } ?? "not known what is at stake"
        return """
            <article class="card"><h3>\(finding.message.clipped(to: 240))</h3><p class="note"><strong>\(worth)</strong>\(owner(finding.team)) · \
            no patch fixes it\(resource(finding))</p><p><code>bursar explain \(finding.id)</code></p></article>
            """
    }

    private func owner(_ team: String?) -> HTML { team.map { " · <bdi>\($0.clipped(to: 80))</bdi>" } ?? "" }

    private func resource(_ finding: FindingEntry) -> HTML? {
        finding.resource.map { resource in
            " · \(Parts.link(resource, to: finding.place.flatMap { site.code?.file($0) }))"
        }
    }

    private func place(_ change: Plan.Change) -> HTML? {
        guard let file = change.file else { return nil }
        return " · <bdi>\((file + (change.line.map { ":\($0)" } ?? "")).clipped(to: 200))</bdi>"
    }
}
