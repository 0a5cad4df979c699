import CostModel

/// The rows of one file in other currencies than the bill's: those that were converted, and those that nobody can convert.
struct ForeignRows {
    private struct Tally {
        var rows = 0
        var amount = FixedDecimal.zero
        var converted = FixedDecimal.zero
        var days: ClosedRange<Day>

        mutating func add(_ charge: Charge, rows count: Int) {
            rows += count
            days = min(days.lowerBound, charge.day)...max(days.upperBound, charge.day)
        }
    }

    /// By the currency's number.
    private var converted: [Int: Tally] = [:]
    private var others: [Int: Tally] = [:]

    /// Takes a row for which there is no rate.
    mutating func add(_ charge: Charge, rows: Int) {
        guard let currency = charge.currency else { return }
        others[currency, default: Tally(days: charge.day...charge.day)].add(charge, rows: rows)
    }

    /// Takes a row that was converted.
    ///
    /// - Parameters:
    ///   - charge: as its row states it.
    ///   - amount: the cost that is asked for first.
    mutating func add(_ charge: Charge, rows: Int, amount: FixedDecimal, into result: FixedDecimal) {
        guard let currency = charge.currency else { return }
        var tally = converted[currency] ?? Tally(days: charge.day...charge.day)
        tally.add(charge, rows: rows)
        tally.amount += amount
        tally.converted += result
        converted[currency] = tally
    }

    mutating func add(_ other: ForeignRows, _ numbers: MergeNumbers) {
        Self.add(other.converted, to: &converted, numbers)
        Self.add(other.others, to: &others, numbers)
    }

    private static func add(_ tallies: [Int: Tally], to sums: inout [Int: Tally], _ numbers: MergeNumbers) {
        for (currency, tally) in tallies {
            let number = numbers.currency(currency)
            guard var sum = sums[number] else {
                sums[number] = tally
                continue
            }
            sum.rows += tally.rows
            sum.amount += tally.amount
            sum.converted += tally.converted
            sum.days = min(sum.days.lowerBound, tally.days.lowerBound)...max(sum.days.upperBound, tally.days.upperBound)
            sums[number] = sum
        }
    }

    /// What stands in the bill's currency now and where it came from, and what is missing.
    func note(_ problems: RowProblems, in target: Currency, currencies: [Currency], hasRates: Bool, ownRates: Bool = false) {
        for (currency, tally) in sorted(converted, currencies) {
            problems.add(
                .note, id: "converted",
                "\(Self.rows(tally.rows)) of \(tally.amount) \(currency) \(tally.rows == 1 ? "counts" : "count") as \(tally.converted) \(target), "
                    + "by the \(ownRates ? "bill's own " : "")rates of \(Self.days(tally.days))")
        }
        for (currency, tally) in sorted(others, currencies) {
            let are = tally.rows == 1 ? "row is" : "rows are"
            problems.add(
                .partial, id: "foreign-currency",
                ownRates
                    ? "\(tally.rows) \(are) in \(currency), and \(tally.rows == 1 ? "states" : "state") no rate that turns that into \(target)"
                    : hasRates
                        ? "\(tally.rows) \(are) in \(currency), and no rate turns that into \(target) on \(Self.days(tally.days))"
                        : "\(tally.rows) \(are) in \(currency), not in \(target): amounts in different currencies are never added")
        }
    }

    private func sorted(_ tallies: [Int: Tally], _ currencies: [Currency]) -> [(Currency, Tally)] {
        tallies.map { (currencies[$0.key], $0.value) }.sorted { $0.0 < $1.0 }
    }

    private static func rows(_ count: Int) -> String { "\(count) \(count == 1 ? "row" : "rows")" }

    private static func days(_ days: ClosedRange<Day>) -> String {
        days.lowerBound == days.upperBound ? "\(days.lowerBound)" : "\(days.lowerBound) to \(days.upperBound)"
    }
}
