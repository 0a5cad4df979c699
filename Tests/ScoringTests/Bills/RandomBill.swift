import CostModel
import TestSupport

/// A bill of several sources drawn by chance, with the files in which it is delivered.
struct RandomBill {
    struct Row: Hashable {
        var source: Int
        var account: String
        var resource: String
        var day: Day
        var category: ChargeCategory
        var cents: Int
    }

    /// How a source is delivered.
    enum Layout: CaseIterable {
        // Parts
        case whole, months, days, chunks
        // Snapshots
        case runs, monthToDate

        var delivery: CostSource.Delivery { self == .runs || self == .monthToDate ? .snapshot : .parts }
    }

    struct Source {
        var layout: Layout
        /// How many of the last closed days have not arrived.
        var lag: Int
        var maxAge: TimeSpan?
        var accounts: [String]
    }

    struct File {
        var name: String
        var source: Int
        var rows: [Row]
    }

    let now: Instant
    let start: Day
    /// Whether every resource costs the same on each day, and nothing else costs anything.
    let isSteady: Bool
    var sources: [Source] = []
    /// All charges that there will ever be.
    var rows: [Row] = []
    var files: [File] = []
    /// A resource of which a change halved the cost on a day.
    let saving: (resource: String, merged: Day)

    var today: Day { now.day }

    init(using random: inout SeededGenerator) {
        now = Day(year: 2026, month: 9, day: 20).advanced(by: Int.random(in: 0...80, using: &random)).start.adding(.hours(8))
        start = now.day.advanced(by: -random.element([45, 75, 130]))
        isSteady = random.chance(1, of: 2)
        saving = ("r-0-0-0", now.day.advanced(by: -40))
        for source in 0..<Int.random(in: 1...3, using: &random) { addSource(source, using: &random) }
        deliver(using: &random)
    }

    private mutating func addSource(_ number: Int, using random: inout SeededGenerator) {
        let accounts = (0..<Int.random(in: 1...2, using: &random)).map { "account-\(number)-\($0)" }
        sources.append(
            Source(
                layout: random.element(Layout.allCases), lag: random.element([0, 0, 1, 2]),
                maxAge: random.chance(1, of: 2) ? .hours(72) : nil,
                accounts: accounts))
        for (at, account) in accounts.enumerated() {
            for resource in 0..<Int.random(in: 1...3, using: &random) {
                addResource("r-\(number)-\(at)-\(resource)", account, number, using: &random)
            }
            if !isSteady, random.chance(1, of: 3) {
                addMonthly(random.element([.purchase, .tax, .credit]), account, number, using: &random)
            }
        }
    }

    private mutating func addResource(_ name: String, _ account: String, _ source: Int, using random: inout SeededGenerator) {
        let base = random.element([200, 1_000, 5_000])
        let weekend = isSteady || random.chance(1, of: 2) ? 100 : Int.random(in: 30...100, using: &random)
        for day in start..<today.advanced(by: 1) {
            var cents = base
            if !isSteady { cents = cents * (day.weekday > 4 ? weekend : 100) / 100 * Int.random(in: 90...110, using: &random) / 100 }
            if !isSteady, name == saving.resource, day >= saving.merged { cents /= 2 }
            rows.append(Row(source: source, account: account, resource: name, day: day, category: .usage, cents: cents))
        }
    }

    private mutating func addMonthly(
        _ category: ChargeCategory, _ account: String, _ source: Int, using random: inout SeededGenerator
    ) {
        let cents = Int.random(in: 100...20_000, using: &random) * (category == .credit ? -1 : 1)
        for day in start..<today where day.components.day == 1 {
            rows.append(Row(source: source, account: account, resource: "", day: day, category: category, cents: cents))
        }
    }

    // MARK: Files

    private mutating func deliver(using random: inout SeededGenerator) {
        for (number, source) in sources.enumerated() {
            let arrived = rows.filter { $0.source == number && $0.day < today.advanced(by: -source.lag) }.sorted { $0.day < $1.day }
            switch source.layout {
            case .whole: add("all.csv", number, arrived)
            case .months: for (month, rows) in Self.byMonth(arrived) { add("\(month).csv", number, rows) }
            case .days:
                for (day, rows) in Dictionary(grouping: arrived, by: \.day).sorted(by: { $0.key < $1.key }) {
                    add("\(day).csv", number, rows)
                }
            case .chunks: for (month, rows) in Self.byMonth(arrived) { addChunks("p=\(month)", number, rows, using: &random) }
            case .runs, .monthToDate: addRuns(number, arrived, source, using: &random)
            }
        }
    }

    /// Of each month some runs while it lasts, and one behind its end.
    private mutating func addRuns(_ number: Int, _ rows: [Row], _ source: Source, using random: inout SeededGenerator) {
        for (month, rows) in Self.byMonth(rows) {
            let runs = [10, 20, month.dayCount + 3].map { month.firstDay.advanced(by: $0) }.filter { $0 < today } + [today]
            for run in runs.prefix(while: { $0 <= month.firstDay.advanced(by: 40) || $0 == runs[0] }) {
                let known = rows.filter { $0.day < run.advanced(by: -source.lag) }
                guard !known.isEmpty else { continue }
                if source.layout == .monthToDate {
                    add("mtd-\(month)-until-\(run).csv", number, known)
                } else {
                    addChunks("\(month)/\(run)", number, known, using: &random)
                }
            }
        }
    }

    private mutating func addChunks(_ folder: String, _ source: Int, _ rows: [Row], using random: inout SeededGenerator) {
        let count = Int.random(in: 1...4, using: &random)
        let size = (rows.count + count - 1) / count
        for (at, from) in stride(from: 0, to: rows.count, by: size).enumerated() {
            add("\(folder)/bill-0000\(at + 1).csv", source, Array(rows[from..<min(from + size, rows.count)]))
        }
    }

    private mutating func add(_ name: String, _ source: Int, _ rows: [Row]) {
        files.append(File(name: "s\(source)/\(name)", source: source, rows: rows))
    }

    private static func byMonth(_ rows: [Row]) -> [(Month, [Row])] {
        Dictionary(grouping: rows, by: \.day.month).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    static let header =
        "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,"
        + "ChargeCategory,ProviderName,RegionId,ServiceName,SubAccountId,ResourceId,Tags\n"

    static func text(_ rows: [Row]) -> String {
        header
            + rows.map { row in
                let amount = "\(row.cents)e-2"
                return [
                    amount, amount, amount, amount, "USD", "\(row.day.month.firstDay)T00:00:00Z", "\(row.day)T00:00:00Z",
                    "\(row.day.advanced(by: 1))T00:00:00Z", row.category.name, "p", "r", "service", row.account, row.resource, "",
                ].joined(separator: ",") + "\n"
            }.joined()
    }
}
