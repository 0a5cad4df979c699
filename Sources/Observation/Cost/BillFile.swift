import CostModel

/// One file of a bill while it is read, and what its rows said of it.
final class BillFile {
    let layout: FOCUSLayout
    /// Billing months that a later file of a snapshot source restates.
    private let superseded: Set<Month>
    private let today: Day
    private(set) var months: Set<Month> = []
    /// Of the charges up to today.
    private(set) var newestDay: Day?
    /// Rows that were read and neither replaced nor at fault.
    private(set) var rowCount = 0
    /// Rows that state no list or contracted cost.
    private(set) var rowsWithoutList = 0
    private(set) var rowsWithoutContracted = 0
    /// Rows in other currencies than the bill's.
    private(set) var foreign: [Currency: Int] = [:]
    private var lastMonth: (month: Month, isKept: Bool)?

    init(layout: FOCUSLayout, superseded: Set<Month>, today: Day) {
        self.layout = layout
        self.superseded = superseded
        self.today = today
    }

    /// Whether rows of a billing month count.
    @inline(__always)
    func keeps(_ month: Month) -> Bool {
        if let lastMonth, lastMonth.month == month { return lastMonth.isKept }
        months.insert(month)
        let isKept = !superseded.contains(month)
        lastMonth = (month, isKept)
        return isKept
    }

    @inline(__always)
    func count(_ row: FOCUSDecoder.Row) {
        rowCount += 1
        if !row.statesList { rowsWithoutList += 1 }
        if !row.statesContracted { rowsWithoutContracted += 1 }
        guard row.day <= today else { return }
        if let newest = newestDay, newest >= row.day { return }
        newestDay = row.day
    }

    func countForeign(_ currency: Currency) {
        foreign[currency, default: 0] += 1
        rowCount += 1
    }
}
