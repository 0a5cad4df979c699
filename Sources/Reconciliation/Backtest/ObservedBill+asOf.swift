import CostModel
import Observation

extension ObservedBill {
    /// The bill as it would have been at an earlier time had every row arrived at once: charges of that day and later ones are not there.
    ///
    /// - Parameter sources: what says how long rows keep arriving, and how old a bill may be.
    func asOf(_ now: Instant, sources: [CostSource]) -> ObservedBill {
        var bill = self
        bill.table = table.before(now.day)
        bill.table.coverage = table.coverage?.asOf(now, sources: sources)
        bill.ages = ages.map { age in
            var age = age
            let newest = bill.table.coverage?.sources.first { $0.name == age.source }?.lastDay
            age.newestDay = newest ?? age.newestDay.flatMap { $0 < now.day ? $0 : nil }
            return age
        }
        bill.usage = BilledUsage()
        // Prices of later days are asked for again, of the bill as it was.
        if let last = units?.lastDay, last >= now.day { bill.units = nil }
        return bill
    }
}

extension CostTable {
    /// Without charges of a day and later ones.
    fileprivate func before(_ end: Day) -> CostTable {
        guard let days, days.upperBound >= end else { return self }
        var table = self
        let kept = lines.indices.filter { lines[$0].key.day < end }
        table.lines = kept.map { lines[$0] }
        if !quantities.isEmpty { table.quantities = kept.map { quantities[$0] } }
        table.days = days.lowerBound < end ? days.lowerBound...end.advanced(by: -1) : nil
        return table
    }
}

extension BillCoverage {
    fileprivate func asOf(_ now: Instant, sources stated: [CostSource]) -> BillCoverage {
        BillCoverage(
            sources: sources.map { source in
                let accounts = source.accounts.compactMap { $0.before(now.day) }
                var newest = accounts.compactMap(\.days.last).map { $0.upperBound.advanced(by: -1) }.max()
                if let settles = stated.first(where: { $0.name == source.name })?.settles, let known = newest {
                    newest = min(known, now.subtracting(settles).day.advanced(by: -1))
                }
                newest = newest.flatMap { day in source.newestWhole.map { min($0, day) } }
                return BillCoverage.Source(name: source.name, newestWhole: newest, accounts: accounts)
            }, fault: fault)
    }
}

extension BillCoverage.Source {
    /// The last day that has rows.
    fileprivate var lastDay: Day? { accounts.compactMap(\.days.last).map { $0.upperBound.advanced(by: -1) }.max() }
}

extension BillCoverage.Account {
    /// Nil: it had no rows by then.
    fileprivate func before(_ end: Day) -> BillCoverage.Account? {
        func cut(_ runs: [Range<Day>]) -> [Range<Day>] {
            runs.compactMap { $0.lowerBound < end ? $0.lowerBound..<min($0.upperBound, end) : nil }
        }
        let days = cut(days)
        return days.isEmpty ? nil : BillCoverage.Account(name: name, days: days, zero: cut(zero), lost: cut(lost))
    }
}
