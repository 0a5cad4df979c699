import Charts
import CostModel
import Reporting

/// What is different between two days: findings that came and went, scores, and what whole weeks cost.
///
/// What was found on a day is known from a ledger: a finding was there from the day on which it was first seen to the one on which it was fixed.
struct ChangesPage {
    /// More than these of a kind are on the pages of findings.
    private static let most = 200
    /// Days of cost that are compared.
    private static let weekLength = 7

    let site: SiteContent
    let names: PageNames
    let from: Day
    let to: Day

    /// - Parameter days: the two days; nil: today and a week before.
    init(_ site: SiteContent, _ names: PageNames, days: ClosedRange<Day>? = nil) {
        self.site = site
        self.names = names
        from = days?.lowerBound ?? site.today.advanced(by: -7)
        to = min(days?.upperBound ?? site.today, site.today)
    }

    var body: HTML {
        guard site.hasHistory else {
            return "<h1>Changes</h1>\(Parts.empty("What changed is known where 'bursar reconcile' keeps a ledger."))"
        }
        return """
            <h1>Changes from \(from.description) to \(to.description)</h1><p class="lead">\(lead)</p>\(form)\(scores)\(spend)\
            \(section("New findings", id: "new", new))\(fixedSection)
            """
    }

    /// Where there is a server, it answers for other days.
    private var form: HTML {
        guard site.isServed else { return "" }
        return """
            <form method="get" action="\(PageNames.changes)" class="filter"><label>From <input type="date" name="from" value="\(from.description)" \
            required=""/></label><label>to <input type="date" name="to" value="\(to.description)" required=""/></label>\
            <button type="submit">Show</button></form>
            """
    }

    private var lead: String {
        let stake = site.sum(new.compactMap(\.atStake))
        let came = counted(new.count, "finding") + " new" + (stake.amount.isZero ? "" : " with \(stake.short)/month at stake")
        return "\(came), \(fixed.count) fixed."
    }

    /// After the first day, up to the second.
    private func isWithin(_ day: Day?) -> Bool { day.map { $0 > from && $0 <= to } ?? false }

    private var new: [FindingEntry] {
        // What came and was fixed again by then is no difference between the days.
        let gone = site.fixed.filter { isWithin($0.firstSeen) && ($0.fixed.map { $0 > to } ?? true) }
        return (site.findings.filter { $0.status == .open && isWithin($0.firstSeen) } + gone).sorted(by: FindingEntry.isShown)
    }

    private var fixed: [FindingEntry] { site.fixed.filter { isWithin($0.fixed) && ($0.firstSeen.map { $0 <= from } ?? true) } }

    private func section(_ title: String, id: String, _ findings: [FindingEntry]) -> HTML {
        guard !findings.isEmpty else { return Parts.section(title, id: id, Parts.empty("None.")) }
        let table = FindingsPage.table(Array(findings.prefix(Self.most)), title, site, names, showsTeam: true)
        return Parts.section(title, id: id, "\(table.html)\(more(findings.count, PageNames.findings(0)))")
    }

    private var fixedSection: HTML {
        let findings = fixed
        guard !findings.isEmpty else { return Parts.section("Fixed findings", id: "fixed", Parts.empty("None.")) }
        let table = FindingsPage.fixedTable(Array(findings.prefix(Self.most)), "Fixed findings", site, names)
        return Parts.section("Fixed findings", id: "fixed", "\(table.html)\(more(findings.count, PageNames.fixed(0)))")
    }

    private func more(_ count: Int, _ page: String) -> HTML {
        count > Self.most ? "<p class=\"lead\">\(count - Self.most) more are on the <a href=\"\(page)\">pages of findings</a>.</p>" : ""
    }

    // MARK: Scores

    private var scores: HTML {
        let teams = Dictionary(grouping: site.scores, by: \.team)
        let rows = teams.keys.sorted().compactMap { team -> [PageTable.Cell]? in
            // A run in which nothing had changed writes nothing: the score stands.
            let before = teams[team]?.last { $0.day <= from }
            guard let after = teams[team]?.last(where: { $0.day <= to }) else { return nil }
            let change = before.flatMap { before in before.score.flatMap { old in after.score.map { $0.hundredths - old.hundredths } } }
            return [
                FindingsPage.team(team, names), .init("\(before?.score?.description ?? "–")", key: before?.score?.description ?? ""),
                .init("\(after.score?.description ?? "–")", key: after.score?.description ?? ""),
                .init(
                    "\(change.map { ($0 > 0 ? "+" : "") + Points(hundredths: $0).description } ?? "–")", key: change.map(String.init) ?? ""),
                .init("\(before.map { Parts.level($0.level) } ?? "–")"), .init(Parts.level(after.level)),
            ]
        }
        guard !rows.isEmpty else { return "" }
        let table = PageTable(
            "Scores",
            [
                .init("team"), .init(from.description, .number), .init(to.description, .number), .init("change", .number),
                .init("level then"),
                .init("level now"),
            ], rows)
        return Parts.section("Scores", id: "scores", table.html)
    }

    // MARK: Spend

    /// The newest whole week up to each of the days, by service.
    private var spend: HTML {
        guard let (then, first) = week(to: from), let (now, last) = week(to: to), last > first else { return "" }
        let rows = Set(then.keys).union(now.keys).sorted().map { service -> (change: FixedDecimal, cells: [PageTable.Cell]) in
            let (old, new) = (then[service] ?? .zero(site.currency), now[service] ?? .zero(site.currency))
            let change = Money(new.amount - old.amount, site.currency)
            return (
                change.amount,
                [
                    .init(text: service, most: 120), .init(old), .init(new),
                    .init("\(change.signed)", key: change.amount.rounded(to: 2, grouped: false)),
                ]
            )
        }.sorted { $0.change.magnitude > $1.change.magnitude }
        let table = PageTable(
            "Cost of a week",
            [.init("service"), .init("week to \(first)", .number), .init("week to \(last)", .number), .init("change", .number)],
            rows.prefix(Self.most).map(\.cells))
        return Parts.section("Cost of a week", id: "spend", table.html)
    }

    /// What each service cost in the newest seven days that the bill has in a row up to a day, and the last of them; nil where there are none
    /// within a month.
    private func week(to day: Day) -> (costs: [String: Money], last: Day)? {
        // A day of which something is missing is no day of a whole week.
        let days = Set(site.costs.lazy.map(\.day)).subtracting(site.overview?.unknownDays ?? [])
        let last = (0..<31).lazy.map { day.advanced(by: -$0) }.first { last in
            (0..<Self.weekLength).allSatisfy { days.contains(last.advanced(by: -$0)) }
        }
        guard let last else { return nil }
        var costs: [String: Money] = [:]
        for cost in site.costs
        where cost.day <= last && cost.day > last.advanced(by: -Self.weekLength) && cost.amount.currency == site.currency {
            costs[cost.service] = (costs[cost.service] ?? .zero(site.currency)) + cost.amount
        }
        return (costs, last)
    }
}
