extension FixedDecimal {
    /// Divides an amount by weights so that the parts add up to it to the last digit.
    ///
    /// Each part is `self · weight / sum of weights`, rounded towards zero in the 18th digit; what is left goes in units of that digit to
    /// the largest remainders (Hamilton's method), of equal ones to the first.
    ///
    /// - Parameter weights: none negative.
    /// - Returns: nil where the weights are all zero, or there are none: the amount cannot be divided by them.
    package func divided(by weights: [FixedDecimal]) -> [FixedDecimal]? {
        precondition(weights.allSatisfy { !$0.isNegative }, "an amount is divided by weights that are not negative")
        let sum = weights.reduce(UInt128(0)) { $0 + $1.raw.magnitude }
        guard sum > 0 else { return nil }
        var parts: [(quotient: UInt128, remainder: UInt128)] = weights.map { weight in
            let product = raw.magnitude.multipliedFullWidth(by: weight.raw.magnitude)
            return sum.dividingFullWidth((product.high, product.low))
        }
        let left = Int(raw.magnitude - parts.reduce(UInt128(0)) { $0 + $1.quotient })
        let order = parts.indices.sorted { (parts[$1].remainder, $0) < (parts[$0].remainder, $1) }
        for at in order.prefix(left) { parts[at].quotient += 1 }
        return parts.map { FixedDecimal(raw: isNegative ? -Int128($0.quotient) : Int128($0.quotient)) }
    }
}
