import CostModel
import TimeSeries

/// What unusual leaves are made of, day by day: their resources, and what they would have cost without discounts. Only those are looked at.
struct CauseDays {
    /// By leaf, then by the resource's number.
    private var costs: [Int: [Int32: [Double]]] = [:]
    /// By leaf: what was paid, and what would have been without a commitment.
    private var paid: [Int: [Double]] = [:]
    private var full: [Int: [Double]] = [:]
    private let first: Int
    private let table: CostTable

    /// How many resources of one leaf are told apart.
    private static let limit = 10_000
    /// How many days before an event are looked at.
    private static let before = 28
    /// How many resources are named beside the main one.
    private static let mostGainers = 5

    init(of causes: [CostEvent.Cause], _ days: LeafTable.Days, _ leaves: LeafTable, _ table: CostTable, _ basis: CostBasis) {
        self.table = table
        let first = max(0, (causes.compactMap { $0.days.first?.day }.min() ?? 0) - Self.before)
        self.first = first
        for cause in causes { costs[cause.leaf] = [:] }
        guard !costs.isEmpty else { return }
        let none = [Double](repeating: 0, count: leaves.count - first)
        // Other costs than the effective one do not spread commitments over what they pay for.
        let showsDiscounts = basis == .effective
        for (index, line) in table.lines.enumerated() where days.members[index] >= 0 {
            let leaf = Int(days.members[index])
            let day = leaves.first.distance(to: line.key.day) - first
            guard day >= 0, let known = costs[leaf] else { continue }
            if showsDiscounts {
                let whole = line.amounts.contracted.isZero ? line.amounts.list : line.amounts.contracted
                paid[leaf, default: none][day] += line.amounts.effective.approximation
                full[leaf, default: none][day] += whole.approximation
            }
            guard line.key.resource != 0, known[line.key.resource] != nil || known.count < Self.limit else { continue }
            costs[leaf]?[line.key.resource, default: none][day] += line.amounts[basis].approximation
        }
    }

    /// The resource that it mainly was, nil for several; and those that gained most.
    func resources(of cause: CostEvent.Cause) -> (main: String?, gainers: [String]) {
        guard let start = cause.days.first?.day else { return (nil, []) }
        let resources = (costs[cause.leaf] ?? [:]).map { (id: table.name($0.key), cost: $0.value) }
        let gains = ResourceShare.gains(of: resources, origin: first, start: start, days: cause.days.map(\.day))
        return (ResourceShare.main(of: gains), gains.prefix(Self.mostGainers).map(\.id))
    }

    /// What a commitment that ended made of a cause, in money; nil: none did.
    func endedDiscount(of cause: CostEvent.Cause) -> Double? {
        guard let start = cause.days.first?.day, let paid = paid[cause.leaf], let full = full[cause.leaf] else { return nil }
        return EndedDiscount.amount(
            paid: paid, full: full, start: start - first, found: cause.days.map { $0.day - first }, excess: cause.impact)
    }
}
