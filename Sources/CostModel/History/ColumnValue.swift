/// A value of a column. The ledger, the documents and the API's description each say what they make of each type, in a `switch` over all.
package enum ColumnValue: Hashable, Sendable {
    /// Also a word of a closed list.
    case text(String)
    case integer(Int)
    case flag(Bool)
    case time(Instant)
    case day(Day)
    case points(Points)
    case money(Money)
    case policy(PolicyReference)
    case change(PlanRecord.Change)
    case changes([PlanRecord.Change])
}

package enum ColumnType: Hashable, Sendable {
    case text
    /// One of a few words.
    case word([String])
    case integer
    case flag
    case time
    case day
    /// Exact hundredths: points of a score, or percent.
    case points
    case money
    case policy
    /// Documents of their own, which only the ledger keeps in one column.
    case change
    case changes
}

/// What a figure counts: the same thing is called the same everywhere.
package enum ColumnUnit: String, Hashable, Sendable {
    case milliseconds
    case weeks
    case percent
    case points = "points, 0 to 100"
    case moneyPer28Days = "money per 28 days"
    case moneyPerMonth = "money per month"
}
