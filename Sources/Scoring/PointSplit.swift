import CostModel

/// Turns exact penalties into points of two decimals that add up.
///
/// The sum is rounded first (half to even). Each penalty gets its whole hundredths; what is left of the sum goes, a hundredth each, to
/// the penalties with the largest remainders, ties by finding id. So the shown points add up to 100 minus the shown score exactly.
struct PointSplit {
    struct Share {
        var finding: String
        /// A penalty is 100 · weighted / denominator points.
        var weighted: FixedDecimal
    }

    let total: Points
    /// In the order of the shares.
    let points: [Points]

    /// - Precondition: no share is negative, and together they are not above the denominator, which is above zero.
    init(_ shares: [Share], over denominator: FixedDecimal) {
        let sum = shares.reduce(FixedDecimal.zero) { $0 + $1.weighted }
        precondition(denominator > .zero && sum <= denominator)
        let divisor = denominator.raw.magnitude
        let whole = Self.hundredths(sum, over: divisor)
        let half = divisor - whole.remainder
        let roundsUp = whole.remainder > half || (whole.remainder == half && whole.quotient % 2 == 1)
        let rounded = whole.quotient + (roundsUp ? 1 : 0)

        let exact = shares.map { Self.hundredths($0.weighted, over: divisor) }
        var counts = exact.map(\.quotient)
        let left = rounded - counts.reduce(0, +)
        let byRemainder = shares.indices.sorted { a, b in
            if exact[a].remainder != exact[b].remainder { return exact[a].remainder > exact[b].remainder }
            return shares[a].finding < shares[b].finding
        }
        for index in byRemainder.prefix(max(0, left)) { counts[index] += 1 }
        total = Points(hundredths: rounded)
        points = counts.map { Points(hundredths: $0) }
    }

    private static func hundredths(_ weighted: FixedDecimal, over divisor: UInt128) -> (quotient: Int, remainder: UInt128) {
        precondition(!weighted.isNegative)
        let product = weighted.raw.magnitude.multipliedFullWidth(by: 10_000)
        let (quotient, remainder) = divisor.dividingFullWidth((product.high, product.low))
        return (Int(quotient), remainder)
    }
}
