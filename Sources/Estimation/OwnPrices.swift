import CostModel

/// What the workspace itself pays for a unit of something: contracted cost divided by what was used, of the last 28 days.
///
/// Which row of a bill is for which part of a resource is learnt from the resources that the state joins to the bill: a part and the rows of its
/// resource belong together where there is one of each in a unit.
struct OwnPrices: Sendable {
    struct Sum: Hashable, Sendable {
        var cost = FixedDecimal.zero
        var quantity = FixedDecimal.zero
    }

    private(set) var sums: [PriceQuery: Sum] = [:]
    /// The last day of the bill that counts.
    let lastDay: Day?

    static let none = OwnPrices(lastDay: nil)

    /// No list has a dearer unit.
    private static let mostForOne = 1e9

    init(lastDay: Day?) {
        self.lastDay = lastDay
    }

    /// Nil: the bill shows none.
    func price(of part: PricedPart) -> FixedDecimal? {
        guard let key = part.key, let sum = sums[key], sum.quantity > .zero, sum.cost > .zero,
            // Next to nothing of it is no base for a price.
            sum.cost.approximation / sum.quantity.approximation < Self.mostForOne
        else { return nil }
        return sum.cost.scaled(by: FixedDecimal.unit, over: sum.quantity.raw)
    }

    /// Adds what a resource was charged for.
    ///
    /// - Parameters:
    ///   - parts: what the resource is made of.
    ///   - units: of its rows, those at on-demand prices.
    mutating func learn(_ parts: [PricedPart], from units: [BilledUnit]) {
        let fixed = parts.filter { !$0.isUsageBased && $0.quantity != nil && !$0.isBilledApart }
        for (kind, some) in Dictionary(grouping: fixed, by: { UnitKind(of: $0.unit) }) {
            guard let kind, let part = some.first, some.count == 1, let key = part.key else { continue }
            let rows = units.filter { $0.unit.flatMap(UnitKind.init(billed:)) == kind }
            guard let row = rows.first, rows.count == 1, let quantity = row.quantity, quantity > .zero else { continue }
            add(row.cost, quantity.scaled(by: kind.scale(billed: row.unit ?? ""), over: 1), to: key)
        }
        // A bill that counts nothing says for how many days it charges; what is charged is the only thing that there is.
        guard fixed.count == 1, let part = fixed.first, let key = part.key, let quantity = part.quantity, units.count == 1,
            let row = units.first, row.quantity == nil, row.days > 0
        else { return }
        add(row.cost, quantity.scaled(by: Int128(row.days) * 12, over: 365), to: key)
    }

    private mutating func add(_ cost: FixedDecimal, _ quantity: FixedDecimal, to key: PriceQuery) {
        sums[key, default: Sum()].cost += cost
        sums[key, default: Sum()].quantity += quantity
    }
}

/// What a quantity counts, whatever a bill or a list calls it.
enum UnitKind: Hashable {
    case hour, gigabyteMonth, iopsMonth, throughputMonth, month

    /// Of a part of a resource.
    init?(of unit: String) {
        switch unit {
        case "hour": self = .hour
        case "GB-month": self = .gigabyteMonth
        case "IOPS-month": self = .iopsMonth
        case "MBps-month": self = .throughputMonth
        case "month": self = .month
        default: return nil
        }
    }

    /// As bills write units: `Hrs`, `1 Hour`, `GB-Mo`, `Gigabyte Month`.
    init?(billed unit: String) {
        let words = unit.lowercased().split { !$0.isLetter }.map(String.init)
        switch words {
        case ["hrs"], ["hour"], ["hours"], ["h"]: self = .hour
        case ["gb", "mo"], ["gb", "month"], ["gb", "months"], ["gigabyte", "month"], ["gib", "month"], ["gb", "mth"]: self = .gigabyteMonth
        case ["iops", "mo"], ["iops", "month"]: self = .iopsMonth
        case ["mibps", "mo"], ["mbps", "month"], ["mibps", "month"], ["gibps", "mo"]: self = .throughputMonth
        case ["month"], ["months"], ["mo"]: self = .month
        default: return nil
        }
    }

    /// How many units one of the bill's is: `10 Hours` are ten, and one `GiBps-mo` is 1,024 of a megabyte.
    func scale(billed unit: String) -> Int128 {
        if self == .throughputMonth, unit.lowercased().hasPrefix("gibps") { return 1024 }
        // Bills know tens, hundreds, thousands of a unit.
        return Int128(unit.prefix { $0.isNumber }).map { min(max($0, 1), 1_000_000) } ?? 1
    }
}
