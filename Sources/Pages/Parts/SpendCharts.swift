import Charts
import CostModel
import Reporting

/// What a site's daily costs look like. A day of which nothing is known, or not all, is left blank and never drawn as nothing.
struct SpendCharts {
    let site: SiteContent
    private let costs: [DailyCost]
    private let unknown: Set<Day>
    /// The first and the last day that has costs.
    private let days: ClosedRange<Day>?

    init(_ site: SiteContent) {
        self.site = site
        costs = site.costs.filter { $0.amount.currency == site.currency }
        unknown = site.overview?.unknownDays ?? []
        days = site.costDays
    }

    private func quantity(_ amount: FixedDecimal) -> ChartValue { ChartValue(Money(amount, site.currency)) }

    /// The days of a range that are over, each with whether all of it is known.
    private func isKnown(_ day: Day) -> Bool { days?.contains(day) == true && !unknown.contains(day) }

    // MARK: This month

    /// Day by day what the month has cost so far, the month before it, and where it is expected to end.
    func month() -> Picture? {
        guard let days, costs.count > 1 else { return nil }
        let month = site.overview.map(\.month.period.days.lowerBound.month) ?? days.upperBound.month
        var sums: [Day: FixedDecimal] = [:]
        for cost in costs where cost.day >= month.advanced(by: -1).firstDay { sums[cost.day, default: .zero] += cost.amount.amount }
        let length = max(month.dayCount, month.advanced(by: -1).dayCount)
        func course(_ month: Month) -> [ChartValue?] {
            var sum = FixedDecimal.zero
            return (0..<length).map { index in
                guard index < month.dayCount else { return nil }
                let day = month.firstDay.advanced(by: index)
                guard day < site.today, isKnown(day) else { return nil }
                sum += sums[day] ?? .zero
                return quantity(sum)
            }
        }
        let now = course(month)
        var chart = LineChart(
            title: "\(month), day by day", summary: "What the month has cost up to each day, and the month before it.",
            axis: "day of month",
            words: (1...length).map(String.init),
            series: [.init("\(month)", now), .init("\(month.advanced(by: -1))", course(month.advanced(by: -1)), isDashed: true)],
            unit: AxisUnit(site.currency))
        if let status = site.overview?.month, let end = status.forecast, let last = now.lastIndex(where: { $0 != nil }),
            let known = status.known, last < month.dayCount - 1
        {
            /// Straight on to the end: on which day what comes nobody says.
            func path(to end: Money) -> [ChartValue?] {
                (0..<length).map { index in
                    guard index >= last, index < month.dayCount else { return nil }
                    let share = (end.amount - known.amount).scaled(by: Int128(index - last), over: Int128(month.dayCount - 1 - last))
                    return quantity(known.amount + share)
                }
            }
            chart.series.append(.init("forecast", path(to: end), isDashed: true))
            if let low = status.forecastLow, let high = status.forecastHigh {
                chart.band = .init("forecast", low: path(to: low), high: path(to: high))
            }
            chart.summary += " The forecast is \(end.short)."
        }
        if let budget = site.budgets.first(where: { $0.isWhole && $0.status.period == site.overview?.month.period })?.status.amount {
            chart.limit = ("budget", ChartValue(budget))
        }
        return chart.picture
    }

    // MARK: What changed

    /// From the 28 days before to the newest 28, by the services that changed most.
    func change(of dimension: CostBreakdown.Dimension) -> Picture? {
        guard let overview = site.overview, let before = overview.total.previous,
            let part = overview.parts.first(where: { $0.dimension == dimension })
        else { return nil }
        struct Change {
            var name: String
            var amount: Money
        }
        let all: [Change] = part.rows.compactMap { row in row.change.map { Change(name: row.name ?? "not named", amount: $0) } }
        let changed = all.sorted { a, b in
            let (left, right) = (a.amount.amount.magnitude, b.amount.amount.magnitude)
            return left == right ? a.name < b.name : left > right
        }
        func step(_ name: String, _ amount: Money) -> WaterfallChart.Step {
            WaterfallChart.Step(name, ChartValue(amount.amount.approximation, amount.signed))
        }
        var steps = changed.prefix(6).filter { !$0.amount.amount.isZero }.map { step($0.name, $0.amount) }
        let rest = site.sum(changed.dropFirst(6).map(\.amount))
        if !rest.amount.isZero { steps.append(step("\(changed.count - 6) others", rest)) }
        return WaterfallChart(
            title: "28 days by \(dimension)",
            summary:
                "\(before.short) in the 28 days before, \(overview.total.current.short) in the 28 days to \(overview.days.upperBound.advanced(by: -1)).",
            start: ("28 days before", ChartValue(before)), steps: steps, end: ("28 days now", ChartValue(overview.total.current)),
            moreIsWorse: true, unit: AxisUnit(site.currency)
        ).picture
    }

    // MARK: Breakdowns

    /// Week by week what services cost: the six dearest, and the others.
    ///
    /// - Parameter team: nil: all of them.
    func weeks(team: String? = nil, count: Int = 26) -> Picture? {
        guard let days else { return nil }
        // Whole weeks only: a week that has just begun would look like a saving.
        let sunday = days.upperBound.advanced(by: -((days.upperBound.weekday + 1) % 7))
        let first = max(days.lowerBound, sunday.advanced(by: 1 - 7 * count))
        let monday = first.advanced(by: (7 - first.weekday) % 7)
        let weeks = monday.distance(to: sunday.advanced(by: 1)) / 7
        guard weeks >= 2 else { return nil }
        var sums: [String: [FixedDecimal]] = [:]
        for cost in costs where cost.day >= monday && cost.day <= sunday && (team == nil || cost.team == team) {
            sums[cost.service, default: Array(repeating: .zero, count: weeks)][monday.distance(to: cost.day) / 7] += cost.amount.amount
        }
        guard !sums.isEmpty else { return nil }
        struct Service {
            var name: String
            var values: [FixedDecimal]
            var sum: FixedDecimal
        }
        let services = sums.map { Service(name: $0.key, values: $0.value, sum: $0.value.reduce(FixedDecimal.zero, +)) }
        let ordered = services.sorted { a, b in a.sum == b.sum ? a.name < b.name : a.sum > b.sum }
        let gaps = Set((0..<weeks).filter { week in (0..<7).contains { unknown.contains(monday.advanced(by: week * 7 + $0)) } })
        func values(_ amounts: [FixedDecimal]) -> [ChartValue?] { amounts.enumerated().map { gaps.contains($0) ? nil : quantity($1) } }
        var series = ordered.prefix(StackedAreaChart.most).map { service in
            LineChart.Series(service.name.isEmpty ? "not named" : service.name, values(service.values))
        }
        let rest = ordered.dropFirst(StackedAreaChart.most)
        if !rest.isEmpty {
            let amounts = (0..<weeks).map { week in rest.reduce(FixedDecimal.zero) { $0 + $1.values[week] } }
            series.append(LineChart.Series("\(rest.count) others", values(amounts)))
        }
        let note = gaps.isEmpty ? "" : " \(counted(gaps.count, "week")) not whole on the bill \(gaps.count == 1 ? "is" : "are") left blank."
        return StackedAreaChart(
            title: "Cost by service, week by week", summary: "\(counted(weeks, "week")) to \(sunday), the dearest services by name.\(note)",
            axis: "week from", words: (0..<weeks).map { monday.advanced(by: $0 * 7).description.suffix(5).description }, series: series,
            unit: AxisUnit(site.currency)
        ).picture
    }

    /// The dearest of a dimension, the others together.
    func bars(_ part: SpendOverview.Part) -> Picture? {
        let rows = part.rows.filter { !$0.current.amount.isZero || $0.previous.map { !$0.amount.isZero } == true }
        guard !rows.isEmpty else { return nil }
        let name = Self.name(part.dimension)
        func bar(_ name: String, _ current: Money, _ change: Money?) -> BarChart.Bar {
            .init(name, ChartValue(current), remark: change?.signed ?? "–")
        }
        var bars = rows.prefix(8).map { bar($0.name ?? Self.nameless(part.dimension), $0.current, $0.change) }
        let rest = rows.dropFirst(8)
        if !rest.isEmpty {
            let changes = rest.map(\.change)
            bars.append(
                bar(
                    "\(rest.count) others", site.sum(rest.map(\.current)),
                    changes.contains(nil) ? nil : site.sum(changes.compactMap(\.self))))
        }
        return BarChart(
            title: "By \(name)",
            summary: "Cost of the 28 days to \(site.overview.map { "\($0.days.upperBound.advanced(by: -1))" } ?? "now").",
            axis: name, bars: bars, remarks: "change"
        ).picture
    }

    private static func name(_ dimension: CostBreakdown.Dimension) -> String {
        if case .tag(let key) = dimension { "tag \(key.clipped(to: 40))" } else { dimension.description }
    }

    private static func nameless(_ dimension: CostBreakdown.Dimension) -> String {
        switch dimension {
        case .team: "nobody's"
        case .tag: "not tagged"
        default: "not named"
        }
    }

    // MARK: Days

    /// Half a year of days: what is unusual stands out.
    func calendar() -> Picture? {
        guard let days else { return nil }
        let first = max(days.lowerBound, days.upperBound.advanced(by: -181))
        var sums: [Day: FixedDecimal] = [:]
        for cost in costs where cost.day >= first { sums[cost.day, default: .zero] += cost.amount.amount }
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let cells = (first...days.upperBound).map { day in
            let (_, month, number) = day.components
            return CalendarChart.Cell(
                day: "\(day)", weekday: day.weekday, month: number == 1 ? names[month - 1] : nil,
                value: isKnown(day) ? quantity(sums[day] ?? .zero) : nil)
        }
        let dearest = sums.max { ($0.value, $1.key) < ($1.value, $0.key) }
        let note = dearest.map { " The dearest was \($0.key) with \(Money($0.value, site.currency).short)." } ?? ""
        return CalendarChart(
            title: "Cost day by day", summary: "Each square is a day; the darker, the dearer, in four steps.\(note)", cells: cells
        ).picture
    }
}
