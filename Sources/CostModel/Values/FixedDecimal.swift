/// An exact decimal number: an `Int128` counted in units of 10⁻¹⁸.
///
/// Range ±1.7 · 10²⁰. Sums are exact; a number with more digits than fit is refused when it is read, and rounded
/// only where the reader asks for it and says so: see `init(rounding:)`.
package struct FixedDecimal: Hashable, Sendable, Comparable {
    package static let fractionDigits = 18
    package static let unit: Int128 = 1_000_000_000_000_000_000
    package static let zero = FixedDecimal(raw: 0)

    /// The number times 10¹⁸.
    package var raw: Int128

    package init(raw: Int128) {
        self.raw = raw
    }

    package init(_ whole: Int) {
        raw = Int128(whole) * Self.unit
    }

    package static func < (a: FixedDecimal, b: FixedDecimal) -> Bool { a.raw < b.raw }
    package static prefix func - (a: FixedDecimal) -> FixedDecimal { FixedDecimal(raw: -a.raw) }
    package static func + (a: FixedDecimal, b: FixedDecimal) -> FixedDecimal { FixedDecimal(raw: a.raw + b.raw) }
    package static func - (a: FixedDecimal, b: FixedDecimal) -> FixedDecimal { FixedDecimal(raw: a.raw - b.raw) }
    package static func += (a: inout FixedDecimal, b: FixedDecimal) { a.raw += b.raw }
    package static func -= (a: inout FixedDecimal, b: FixedDecimal) { a.raw -= b.raw }

    package var isZero: Bool { raw == 0 }
    package var isNegative: Bool { raw < 0 }
    package var magnitude: FixedDecimal { FixedDecimal(raw: abs(raw)) }

    /// `self · numerator / denominator`, rounded half to even in the last of the 18 digits.
    ///
    /// - Precondition: `denominator` is not zero. The product may need up to 256 bits.
    package func scaled(by numerator: Int128, over denominator: Int128) -> FixedDecimal {
        precondition(denominator != 0)
        // Most products fit 128 bits; the wide division is several times as slow.
        let (small, overflows) = raw.multipliedReportingOverflow(by: numerator)
        if !overflows, denominator != -1 {
            let (quotient, remainder) = small.quotientAndRemainder(dividingBy: denominator)
            let half = denominator.magnitude - remainder.magnitude
            guard remainder.magnitude > half || (remainder.magnitude == half && quotient & 1 != 0) else {
                return FixedDecimal(raw: quotient)
            }
            return FixedDecimal(raw: (small < 0) == (denominator < 0) ? quotient + 1 : quotient - 1)
        }
        let negative = (raw < 0) != (numerator < 0) && raw != 0 && numerator != 0
        let product = raw.magnitude.multipliedFullWidth(by: numerator.magnitude)
        let positive = (denominator < 0) ? !negative : negative
        guard denominator.magnitude > product.high else { preconditionFailure("a scaled decimal overflows") }
        var (quotient, remainder) = denominator.magnitude.dividingFullWidth((product.high, product.low))
        let half = denominator.magnitude - remainder
        if remainder > half || (remainder == half && quotient & 1 == 1) { quotient += 1 }
        precondition(quotient <= UInt128(Int128.max))
        return FixedDecimal(raw: positive ? -Int128(quotient) : Int128(quotient))
    }

    /// `self · other`, rounded half to even in the last digit.
    package func times(_ other: FixedDecimal) -> FixedDecimal { scaled(by: other.raw, over: Self.unit) }

    /// The ratio of two amounts, a number without a unit; nil when the second is zero.
    package func ratio(to other: FixedDecimal) -> Double? {
        other.raw == 0 ? nil : Double(nearest: raw) / Double(nearest: other.raw)
    }
}

extension FixedDecimal {
    /// For comparisons with measurements, which are no money.
    package var approximation: Double { Double(raw) / Double(FixedDecimal.unit) }
    /// The number where it has no fraction and fits 64 bits.
    package var whole: Int64? { raw % Self.unit == 0 ? Int64(exactly: raw / Self.unit) : nil }

    /// Nil for what is no decimal number, or none that can be held exactly.
    package init?(exactly text: String) {
        do throws(ParseError) { self = try FixedDecimal(text) } catch { return nil }
    }
}

extension Double {
    /// The same as `Double(_:)`, which takes the generic way for `Int128` and a hundred times as long.
    fileprivate init(nearest number: Int128) {
        let magnitude = number.magnitude
        let shift = max(0, 64 - magnitude.leadingZeroBitCount)
        // 64 bits hold the 53 that stay and those that decide the rounding; the lowest stands for all that were shifted out.
        let isInexact = magnitude.trailingZeroBitCount < shift
        let leading = Double(UInt64(truncatingIfNeeded: magnitude >> UInt128(shift)) | (isInexact ? 1 : 0))
        let scaled = Double(sign: .plus, exponent: shift, significand: leading)
        self = number < 0 ? -scaled : scaled
    }
}

extension FixedDecimal: CustomStringConvertible {
    /// The exact decimal, without an exponent and without trailing zeros: `1234.56`, `-0.001`, `0`.
    package var description: String {
        let magnitude = raw.magnitude
        let whole = magnitude / UInt128(Self.unit)
        var fraction = magnitude % UInt128(Self.unit)
        var text = (raw < 0 ? "-" : "") + String(whole)
        guard fraction > 0 else { return text }
        var digits = Self.fractionDigits
        while fraction % 10 == 0 {
            fraction /= 10
            digits -= 1
        }
        let written = String(fraction)
        text += "." + String(repeating: "0", count: digits - written.count) + written
        return text
    }

    /// Rounded half to even to so many fractional digits, for people: `1,234.57`.
    package func rounded(to digits: Int, grouped: Bool = true) -> String {
        var step: Int128 = 1
        for _ in digits..<Self.fractionDigits { step *= 10 }
        var quotient = raw.magnitude / UInt128(step)
        let remainder = raw.magnitude % UInt128(step)
        let half = UInt128(step) - remainder
        if remainder > half || (remainder == half && quotient & 1 == 1) { quotient += 1 }
        var text = String(quotient)
        if text.count <= digits { text = String(repeating: "0", count: digits + 1 - text.count) + text }
        var whole = String(text.dropLast(digits))
        if grouped {
            var pieces: [Substring] = []
            var rest = whole[...]
            while rest.count > 3 {
                pieces.append(rest.suffix(3))
                rest = rest.dropLast(3)
            }
            whole = ([rest] + pieces.reversed()).joined(separator: ",")
        }
        return (raw < 0 && quotient != 0 ? "-" : "") + whole + (digits > 0 ? "." + text.suffix(digits) : "")
    }

    /// With two fractional digits, and below 10 with more: `1,234.57`, `2.500`, `0.05421`.
    package var roundedAsPrice: String {
        var digits = 2
        var bound = FixedDecimal(10)
        while !isZero, digits < 10, magnitude < bound {
            bound = bound.scaled(by: 1, over: 10)
            digits += 1
        }
        return rounded(to: digits)
    }
}
