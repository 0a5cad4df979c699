/// A commitment's discount that ended: a reservation or a savings plan ran out, and the same use is charged at the contract's price again.
///
/// No more is used and no unit has another price on the list, so that it is no spending of anybody: somebody has to decide whether to commit
/// anew.
package enum EndedDiscount {
    /// Discounts of a smaller share of the full price are roundings.
    private static let leastShare = 0.05
    /// Which part of an excess it must make to be spoken of.
    private static let leastPart = 0.2
    /// How many days before show the discount as it was.
    private static let days = 28

    /// What the lost discount makes of an excess, in money; nil: none was lost.
    ///
    /// With f the full price of a day and s the discount's share of it in the 28 days before, a day loses s · min(f, f before) less the
    /// discount that is left. The minimum leaves out use that was added and was never discounted, and use that fell.
    ///
    /// - Parameters:
    ///   - paid: money per day with the discount, NaN for days of which nothing is known.
    ///   - full: money per day without it.
    ///   - start: the first day of the excess; `found` are the days on which it was found, `excess` their sum in money.
    package static func amount(paid: [Double], full: [Double], start: Int, found: [Int], excess: Double) -> Double? {
        let before = (max(0, start - days)..<max(0, start)).filter { $0 < paid.count && !paid[$0].isNaN && full[$0] > 0 }
        let fullBefore = before.reduce(0) { $0 + full[$1] }
        guard fullBefore > 0, excess > 0 else { return nil }
        let share = (fullBefore - before.reduce(0) { $0 + paid[$1] }) / fullBefore
        guard share >= leastShare else { return nil }
        let usual = fullBefore / Double(before.count)
        let lost = found.reduce(0) { sum, day in
            guard paid.indices.contains(day), !paid[day].isNaN else { return sum }
            return sum + share * min(full[day], usual) - (full[day] - paid[day])
        }
        let amount = min(lost, excess)
        return amount >= leastPart * excess ? amount : nil
    }
}
