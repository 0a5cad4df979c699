/// The mean and standard deviation of values' logarithms: of a leaf that is used now and then, and then as much as it likes.
struct LogSpread {
    var mean: Double
    var deviation: Double

    /// - Precondition: all values are positive.
    init(_ values: [Double]) {
        let logarithms = values.map(Self.logarithm)
        let middle = Middle.mean(logarithms)
        let squares = logarithms.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
        mean = middle
        deviation = logarithms.count > 1 ? (squares / Double(logarithms.count - 1)).squareRoot() : 0
    }

    /// The value that lies so many standard deviations above the mean.
    func bound(_ deviations: Double) -> Double { Self.power(mean + deviations * deviation) }

    private static let ln2 = 0.693_147_180_559_945_309_417

    /// The natural logarithm of a positive number. The standard library has none without the system's; this one is the same everywhere.
    ///
    /// ln(m · 2ᵉ) = e · ln 2 + 2 artanh((m − 1) / (m + 1)), with m between √½ and √2; the series is exact to the last bits by its 14th term.
    static func logarithm(_ value: Double) -> Double {
        var significand = value.significand
        var exponent = Double(value.exponent)
        if significand > 2.0.squareRoot() {
            significand /= 2
            exponent += 1
        }
        let ratio = (significand - 1) / (significand + 1)
        var power = ratio
        var sum = 0.0
        for term in 0..<14 {
            sum += power / Double(2 * term + 1)
            power *= ratio * ratio
        }
        return exponent * ln2 + 2 * sum
    }

    /// eˣ, infinite beyond what can be held: 2ᵏ times the series of a remainder of at most ln 2 / 2.
    static func power(_ value: Double) -> Double {
        guard value < 709 else { return .infinity }
        guard value > -700 else { return 0 }
        let whole = (value / ln2).rounded()
        let rest = value - whole * ln2
        var term = 1.0
        var sum = 1.0
        for index in 1...18 {
            term *= rest / Double(index)
            sum += term
        }
        return Double(sign: .plus, exponent: Int(whole), significand: sum)
    }
}
