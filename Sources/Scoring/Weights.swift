import CostModel

/// The weights of scoring.md in units of 2.5, where all of them are whole: critical 10, high 7.5, medium 5, low 2.5, and 5 for the
/// materiality.
///
/// A penalty is a ratio in which each term has one weight, so the unit cancels out.
enum Weights {
    static let materiality: Int128 = 2
    /// 7.5, whatever the severity of the controls that a few teams have for themselves: nobody gains by calling one critical.
    static let group: Int128 = 3

    static func weight(of severity: Severity) -> Int128 {
        switch severity {
        case .critical: 4
        case .high: 3
        case .medium: 2
        case .low: 1
        }
    }
}

extension FixedDecimal {
    /// A weighted amount. Exact.
    func weighted(by weight: Int128) -> FixedDecimal { FixedDecimal(raw: raw * weight) }
}
