extension CELMoney {
    /// `12.5 USD`, exactly.
    package var text: String { "\(Self.decimal(units)) \(currency)" }

    static func decimal(_ units: Int128) -> String {
        let magnitude = units.magnitude
        var fraction = String(magnitude % unit.magnitude)
        fraction = String(repeating: "0", count: 18 - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(units < 0 ? "-" : "")\(magnitude / unit.magnitude)\(fraction.isEmpty ? "" : ".")\(fraction)"
    }

    /// The nearest double; reading the decimal digits rounds once only.
    var amount: Double { Double(Self.decimal(units)) ?? 0 }

    /// A decimal number in units of 10⁻¹⁸; nil when it is none, or has more digits than fit.
    static func units(_ text: some StringProtocol) -> Int128? {
        let isNegative = text.hasPrefix("-")
        let parts = (isNegative ? text.dropFirst() : text[...]).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, (1...21).contains(whole.utf8.count), whole.utf8.allSatisfy(\.isDigit) else {
            return nil
        }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard fraction.utf8.count <= 18, fraction.utf8.allSatisfy(\.isDigit), parts.count == 1 || !fraction.isEmpty else { return nil }
        return Int128((isNegative ? "-" : "") + whole + fraction + String(repeating: "0", count: 18 - fraction.utf8.count))
    }

    /// The decimal number that a person writes for the double, so that 10.1 is 10.1; beyond 18 digits behind the point it is rounded.
    static func units(_ value: Double) -> Int128? {
        guard value.isFinite, abs(value) < 1.7e20 else { return nil }
        let (sign, digits, point) = NumberText.shortest(value)
        let exponent = point - digits.count + 18
        guard var result = Int128(sign + digits) else { return nil }
        if exponent >= 0 {
            for _ in 0..<exponent { result *= 10 }
            return result
        }
        guard exponent > -38 else { return 0 }
        var divisor: Int128 = 1
        for _ in 0..<(-exponent) { divisor *= 10 }
        return scaled(result, by: 1, over: divisor)
    }

    /// `units · numerator / denominator`, rounded half to even; nil when it does not fit.
    static func scaled(_ units: Int128, by numerator: Int128, over denominator: Int128) -> Int128? {
        let isNegative = ((units < 0) != (numerator < 0)) != (denominator < 0)
        let product = units.magnitude.multipliedFullWidth(by: numerator.magnitude)
        guard denominator.magnitude > product.high else { return nil }
        var (quotient, remainder) = denominator.magnitude.dividingFullWidth((product.high, product.low))
        let rest = denominator.magnitude - remainder
        if remainder > rest || (remainder == rest && quotient & 1 == 1) { quotient += 1 }
        guard quotient <= UInt128(Int128.max) else { return nil }
        return isNegative ? -Int128(quotient) : Int128(quotient)
    }
}
