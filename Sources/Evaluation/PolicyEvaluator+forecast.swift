package import CostModel
import TimeSeries

extension PolicyEvaluator {
    /// How many days ahead a forecast may go.
    package static let longestForecast = 400
    /// How many parts may be told apart.
    package static let mostForecasts = 5_000

    /// What the bill will cost: taxes out, credits in; or what a budget counts.
    ///
    /// - Parameters:
    ///   - dimensions: by which it is told apart, see `SpendForecast.dimensions`; none: all of it together.
    ///   - until: the last day; within `longestForecast` days.
    ///   - settle: how many days at the bill's end are incomplete.
    /// - Returns: nil where the bill has no day of usage.
    package static func forecast(
        policies: PolicySet, state: ObservedState, now: Instant, by dimensions: [CostBreakdown.Dimension], until: Day,
        budget: Budget? = nil, settle: Int = 2
    ) -> SpendForecast? {
        let context = BillContext(policies, state, now)
        var question = ForecastQuestion(context, dimensions, budget, settle: settle)
        for line in state.cost.lines { question.add(line) }
        return question.answer(until: until)
    }
}

/// One forecast under way: the leaves of what is asked for, summed by its keys.
private struct ForecastQuestion {
    /// Whose a leaf is, and which key it counts in.
    private struct Group: Hashable {
        var team: Int32
        var key: [Int32]
    }

    private let context: BillContext
    private let table: CostTable
    private let dimensions: [CostBreakdown.Dimension]
    private let budget: Budget?
    private let basis: CostBasis
    private var scope: BudgetScope
    private var leaves: LeafTable
    private var groups: [Group: Int32] = [:]
    private var list: [Group] = []
    private let settle: Int

    init(_ context: BillContext, _ dimensions: [CostBreakdown.Dimension], _ budget: Budget?, settle: Int) {
        self.context = context
        self.dimensions = dimensions
        self.budget = budget
        self.settle = settle
        table = context.judging.state.cost
        basis = budget?.cost ?? .effective
        scope =
            budget.map { BudgetScope($0, context) }
            ?? BudgetScope(Budget.Scope(), context, includeTax: false, includeCredits: true)
        leaves = LeafTable(table, basis: basis, today: context.windows.today)
    }

    mutating func add(_ line: CostTable.Line) {
        let team = context.attribution.team(of: line.key)
        guard scope.holds(line.key, team: team) else { return leaves.add(line, group: nil) }
        let owner = team.map(Int32.init) ?? -1
        let key = dimensions.map { dimension in
            switch dimension {
            case .team: owner
            case .service: line.key.service
            case .region: line.key.region
            case .account: line.key.account
            default: line.key.sku
            }
        }
        let group = Group(team: owner, key: key)
        let number = groups[group] ?? Int32(list.count)
        if number == list.count {
            groups[group] = number
            list.append(group)
        }
        leaves.add(line, group: number)
    }

    /// The sums of one key.
    private struct Sums {
        var totals: [Double]
        var expected: [Double]
        /// By name.
        var parts: [String: [Double]] = [:]
        /// By origin.
        var past: [Int: [Double]] = [:]
        var methods: [LeafForecast.Method: Int] = [:]
    }

    func answer(until: Day) -> SpendForecast? {
        guard leaves.count > 0 else { return nil }
        let days = leaves.days { list[Int($0)].team < 0 ? nil : context.attribution.teams[Int(list[Int($0)].team)] }
        let unsettled = min(settle, leaves.count)
        let origin = leaves.count - unsettled
        let horizon = max(0, leaves.first.distance(to: until) + 1 - origin)
        var forecast = SpendForecast(
            dimensions: dimensions, cost: basis, currency: table.currency, from: leaves.first.advanced(by: origin), until: until,
            budget: budget?.header.reference.name)
        guard horizon > 0 else { return forecast }
        let sums = sums(days, origin: origin, horizon: horizon, unsettled: unsettled)
        let ends = periods(until: until)
        let changes = (budget?.plan ?? []).filter { $0.from >= forecast.from }
        for (key, sums) in sums.map({ (texts(of: $0.key), $0.value) }).sorted(by: { Self.precedes($0.0, $1.0) }) {
            let total = TotalForecast(totals: sums.totals, unsettled: unsettled, expected: sums.expected)
            for ahead in 0..<horizon {
                let day = forecast.from.advanced(by: ahead)
                let range = moved(total.range(of: origin + ahead..<origin + ahead + 1), by: Self.announced(changes, on: day))
                forecast.rows.append(.init(day: day, key: key, range: range))
            }
            for (name, span) in ends {
                var period = period(name, span, key, sums, total, changes, unsettled: unsettled)
                let behind = span.clamped(to: span.lowerBound..<max(span.lowerBound, forecast.from))
                period.coverage = table.coverage?.span(of: behind)
                forecast.periods.append(period)
            }
            forecast.methods.append(method(key, sums, origin: origin))
        }
        forecast.rows.sort { $0.day == $1.day ? Self.precedes($0.key, $1.key) : $0.day < $1.day }
        forecast.periods.sort {
            $0.days.lowerBound == $1.days.lowerBound ? Self.precedes($0.key, $1.key) : $0.days.lowerBound < $1.days.lowerBound
        }
        return forecast
    }

    private static func precedes(_ a: [String?], _ b: [String?]) -> Bool {
        a.map { $0 ?? "" }.lexicographicallyPrecedes(b.map { $0 ?? "" })
    }

    // MARK: Sums

    private func sums(_ days: LeafTable.Days, origin: Int, horizon: Int, unsettled: Int) -> [[Int32]: Sums] {
        let origins = Set(ForecastTrial.origins(settled: origin))
        let empty = Sums(
            totals: days.missing.map { $0 ? .nan : 0 }, expected: [Double](repeating: 0, count: horizon),
            past: Dictionary(uniqueKeysWithValues: origins.map { ($0, [Double](repeating: 0, count: ForecastTrial.horizon)) }))
        var result: [[Int32]: Sums] = [:]
        func add(_ forecast: LeafForecast, _ cost: [Double], to key: [Int32], as part: String) {
            var sums = result.removeValue(forKey: key) ?? empty
            for day in cost.indices where !cost[day].isNaN { sums.totals[day] += cost[day] }
            var amounts = sums.parts[part] ?? [Double](repeating: 0, count: horizon)
            for ahead in 0..<horizon {
                sums.expected[ahead] += forecast.days[ahead]
                amounts[ahead] += forecast.days[ahead]
            }
            sums.parts[part] = amounts
            if forecast.method != .none { sums.methods[forecast.method, default: 0] += 1 }
            result[key] = sums
        }
        func addPast(_ forecast: LeafForecast, from origin: Int, to key: [Int32]) {
            for ahead in 0..<ForecastTrial.horizon { result[key, default: empty].past[origin]?[ahead] += forecast.days[ahead] }
        }
        let first = Int(leaves.first.number)
        // What an anomaly must be worth decides nothing here: unusual days are taken out whatever they cost.
        let settings = WatchSettings(minimumImpact: 0, unsettled: unsettled)
        let watch = CostWatch(days.leaves, missing: days.missing, firstEpochDay: first, settings: settings, origins: origins) {
            day, watch in
            for (index, forecast) in watch.forecasts(from: day, horizon: ForecastTrial.horizon).enumerated() {
                addPast(forecast, from: day, to: list[Int(days.groups[index])].key)
            }
        }
        for (index, forecast) in watch.forecasts(from: origin, horizon: horizon).enumerated() {
            let part = forecast.method == .calendar ? "recurring" : "usage"
            add(forecast, days.leaves[index].cost, to: list[Int(days.groups[index])].key, as: part)
        }
        for other in days.others {
            let key = list[Int(other.group)].key
            let known = Array(other.cost[..<origin])
            add(LeafForecast(known, firstEpochDay: first, horizon: horizon), other.cost, to: key, as: Self.name(of: other.category))
            for day in origins {
                addPast(LeafForecast(Array(known[..<day]), firstEpochDay: first, horizon: ForecastTrial.horizon), from: day, to: key)
            }
        }
        return result
    }

    private static func name(of category: ChargeCategory) -> String {
        switch category {
        case .usage: "usage"
        case .purchase: "purchases"
        case .tax: "tax"
        case .credit: "credits"
        case .adjustment: "adjustments"
        }
    }

    private func texts(of key: [Int32]) -> [String?] {
        zip(dimensions, key).map { dimension, number in
            if dimension == .team { return number < 0 ? nil : context.attribution.teams[Int(number)] }
            return number == 0 ? nil : table.name(number)
        }
    }

    // MARK: Periods

    /// The budget's period, or the calendar months, from today's on.
    private func periods(until: Day) -> [(name: String, days: Range<Day>)] {
        let today = context.windows.today
        if let budget {
            var period = BudgetPeriod(budget.period, holding: today, in: budget.calendar)
            var result: [(String, Range<Day>)] = []
            while period.days.lowerBound <= until, result.count < 400 {
                result.append((period.description, period.days))
                period = BudgetPeriod(budget.period, holding: period.days.upperBound, in: budget.calendar)
            }
            return result
        }
        var month = today.month
        var result: [(String, Range<Day>)] = []
        while month.firstDay <= until {
            result.append((month.description, month.days))
            month = month.advanced(by: 1)
        }
        return result
    }

    private func period(
        _ name: String, _ days: Range<Day>, _ key: [String?], _ sums: Sums, _ total: TotalForecast, _ changes: [Budget.Change],
        unsettled: Int
    ) -> SpendForecast.Period {
        let from = leaves.first.distance(to: days.lowerBound)
        let horizon = total.origin + sums.expected.count
        let end = min(leaves.first.distance(to: days.upperBound), horizon)
        let span = min(from, end)..<end
        var range = total.range(of: span)
        let known = max(span.lowerBound, 0)..<max(max(span.lowerBound, 0), min(end, sums.totals.count))
        let actual = known.reduce(0) { $0 + (sums.totals[$1].isNaN ? 0 : sums.totals[$1]) }
        let ahead = max(0, span.lowerBound - total.origin)..<max(max(0, span.lowerBound - total.origin), end - total.origin)
        var parts = sums.parts.map { name, amounts in
            SpendForecast.Part(name: name, amount: FixedDecimal(computed: ahead.reduce(0) { $0 + amounts[$1] }))
        }
        let announced = ahead.reduce(0) { $0 + Self.announced(changes, on: leaves.first.advanced(by: total.origin + $1)) }
        if !changes.isEmpty { parts.append(.init(name: "announced", amount: FixedDecimal(computed: announced))) }
        // What has arrived is no less than what is sure.
        range.low = max(range.low, min(range.expected, actual))
        return SpendForecast.Period(
            name: name, days: days, key: key, actual: FixedDecimal(computed: actual), range: moved(range, by: announced),
            parts: parts.filter { !$0.amount.isZero }.sorted { $0.name < $1.name })
    }

    private static func announced(_ changes: [Budget.Change], on day: Day) -> Double {
        changes.reduce(0) { $1.from <= day ? $0 + $1.perDay.amount.approximation : $0 }
    }

    private func moved(_ range: TotalForecast.Range, by amount: Double) -> SpendForecast.Range {
        let (low, expected, high) = (range.low + amount, range.expected + amount, range.high + amount)
        return SpendForecast.Range(
            expected: FixedDecimal(computed: expected), low: FixedDecimal(computed: min(low, expected)),
            high: FixedDecimal(computed: max(high, expected)))
    }

    // MARK: Method

    private func method(_ key: [String?], _ sums: Sums, origin: Int) -> SpendForecast.Method {
        let words: [(LeafForecast.Method, String)] = [
            (.mix, "a mix of three methods"), (.calendar, "the calendar"), (.mean, "their mean"), (.new, "what they cost since they began"),
            (.stopped, "nothing, because they stopped"),
        ]
        let named = words.compactMap { method, text in sums.methods[method].map { "\($0) by \(text)" } }
        let count = sums.methods.values.reduce(0, +)
        let young = origin < 14 ? "; the bill has \(origin) whole days, which is little to go by" : ""
        let text = named.isEmpty ? "nothing has been billed" : "the sum of \(count) series: \(named.joined(separator: ", "))\(young)"
        let trial = ForecastTrial(totals: Array(sums.totals[..<origin]), forecasts: sums.past)
        return .init(key: key, text: text, error: trial?.error, naive: trial?.naive, origins: trial?.origins ?? 0)
    }
}
