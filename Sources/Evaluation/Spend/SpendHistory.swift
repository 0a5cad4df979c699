import CostModel

/// What a scope cost day by day, with credits and fees apart from usage: what forecasts are made of.
struct SpendHistory: Sendable {
    /// Three months and a week: a charge of every month shows.
    static let length = 100

    enum Stream: Int, CaseIterable {
        case usage, credits
        /// Purchases, taxes, adjustments.
        case others
    }

    /// The first day that is kept.
    let start: Day
    /// The first charge day of the scope, however long ago.
    private(set) var firstDay: Day?
    private var amounts: [[FixedDecimal]]

    /// - Parameter windows: days from `length` before their end up to today are kept.
    init(windows: Windows) {
        start = windows.end.advanced(by: -Self.length)
        let count = max(0, start.distance(to: windows.today))
        amounts = Stream.allCases.map { _ in Array(repeating: .zero, count: count) }
    }

    mutating func add(_ day: Day, _ category: ChargeCategory, _ amount: FixedDecimal) {
        if firstDay.map({ day < $0 }) ?? true { firstDay = day }
        let at = start.distance(to: day)
        guard at >= 0, at < amounts[0].count else { return }
        let stream: Stream =
            switch category {
            case .usage: .usage
            case .credit: .credits
            case .purchase, .tax, .adjustment: .others
            }
        amounts[stream.rawValue][at] += amount
    }

    func amount(_ stream: Stream, on day: Day) -> FixedDecimal {
        let at = start.distance(to: day)
        return at >= 0 && at < amounts[stream.rawValue].count ? amounts[stream.rawValue][at] : .zero
    }
}
