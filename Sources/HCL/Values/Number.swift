/// An exact rational number: what Terraform's 512-bit floats show for every number that occurs in practice, without their rounding.
///
/// An operation whose exact result does not fit gives nil, and the evaluator then says that the value is unknown; it never rounds.
/// Terraform does: of a tenth, which no binary number is, and of what is computed with it. See `isTooNear`.
package struct Number: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// In lowest terms; the sign is here.
    package let numerator: Int128
    /// Always positive.
    package let denominator: Int128
    /// Terraform rounds where this number is exact: its own may differ in the last of 512 bits, or be the zero that it writes `-0`.
    private(set) var isRounded = false

    package init(_ value: Int) {
        numerator = Int128(value)
        denominator = 1
    }

    /// Nil when the fraction does not fit or the denominator is zero.
    init?(_ numerator: Int128, over denominator: Int128) {
        guard denominator != 0, numerator != .min, denominator != .min else { return nil }
        let divisor = Self.greatestCommonDivisor(abs(numerator), abs(denominator))
        let sign: Int128 = denominator < 0 ? -1 : 1
        self.numerator = sign * numerator / divisor
        self.denominator = sign * denominator / divisor
    }

    /// Reads `12`, `-2.5`, `1e3`; nil for anything else and for what does not fit.
    package init?(_ text: String) {
        var digits: Int128 = 0
        var scale = 0
        var bytes = Array(text.utf8)[...]
        let negative = bytes.first == UInt8(ascii: "-")
        if negative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
        var sawDigit = false
        var sawPoint = false
        while let byte = bytes.first {
            if byte == UInt8(ascii: "."), !sawPoint {
                sawPoint = true
            } else if byte &- 48 < 10 {
                sawDigit = true
                let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
                let (sum, overflowToo) = product.addingReportingOverflow(Int128(byte - 48))
                guard !overflow, !overflowToo else { return nil }
                digits = sum
                if sawPoint { scale -= 1 }
            } else {
                break
            }
            bytes = bytes.dropFirst()
        }
        guard sawDigit else { return nil }
        if let byte = bytes.first {
            guard byte | 0x20 == UInt8(ascii: "e"), let exponent = Int(String(decoding: bytes.dropFirst(), as: UTF8.self)),
                exponent.magnitude < 64
            else { return nil }
            scale += exponent
        }
        if negative { digits = -digits }
        guard let power = Self.power(of: 10, abs(scale)) else { return nil }
        if scale < 0 {
            self.init(digits, over: power)
        } else {
            let (product, overflow) = digits.multipliedReportingOverflow(by: power)
            guard !overflow else { return nil }
            self.init(product, over: 1)
        }
        if negative, isZero { isRounded = true }
    }

    /// The same number, which Terraform rounds.
    var rounded: Number {
        var number = self
        number.isRounded = true
        return number
    }

    /// The whole number, when it is one and fits.
    package var integer: Int? { denominator == 1 ? Int(exactly: numerator) : nil }

    package static func == (a: Number, b: Number) -> Bool { a.numerator == b.numerator && a.denominator == b.denominator }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(numerator)
        hasher.combine(denominator)
    }

    package static func < (a: Number, b: Number) -> Bool {
        if a.denominator == b.denominator { return a.numerator < b.numerator }
        let left = a.numerator.multipliedFullWidth(by: b.denominator)
        let right = b.numerator.multipliedFullWidth(by: a.denominator)
        return (left.high, left.low) < (right.high, right.low)
    }

    /// As Terraform writes it: decimal, without an exponent, with at most about 154 digits behind the leading zeros.
    package var description: String {
        guard denominator != 1 else { return String(numerator) }
        let magnitude = numerator.magnitude
        let divisor = denominator.magnitude
        var text = (numerator < 0 ? "-" : "") + String(magnitude / divisor) + "."
        var rest = magnitude % divisor
        var digits = 0
        while rest != 0, digits < 155 {
            let wide = rest.multipliedFullWidth(by: 10)
            let (digit, remainder) = divisor.dividingFullWidth((wide.high, wide.low))
            text += String(digit)
            rest = remainder
            digits += 1
        }
        return text
    }
}

extension Number {
    func adding(_ other: Number) -> Number? {
        guard !isDyadic || !other.isDyadic else { return exactlyAdding(other) }
        guard let sum = exactlyAdding(other) else { return nil }
        // Where nearly nothing is left, what was rounded is a large part of it.
        guard abs(sum.approximate) > 1e-6 * max(abs(approximate), abs(other.approximate)) else { return nil }
        return sum.rounded
    }

    private func exactlyAdding(_ other: Number) -> Number? {
        guard denominator != 1 || other.denominator != 1 else {
            let (sum, overflow) = numerator.addingReportingOverflow(other.numerator)
            return overflow ? nil : Number(sum, over: 1)
        }
        let (left, a) = numerator.multipliedReportingOverflow(by: other.denominator)
        let (right, b) = other.numerator.multipliedReportingOverflow(by: denominator)
        let (bottom, c) = denominator.multipliedReportingOverflow(by: other.denominator)
        let (top, d) = left.addingReportingOverflow(right)
        return a || b || c || d ? nil : Number(top, over: bottom)
    }

    func subtracting(_ other: Number) -> Number? { adding(other.negated) }

    func multiplied(by other: Number) -> Number? {
        let (top, a) = numerator.multipliedReportingOverflow(by: other.numerator)
        let (bottom, b) = denominator.multipliedReportingOverflow(by: other.denominator)
        guard !a, !b, let product = Number(top, over: bottom) else { return nil }
        return isDyadic && other.isDyadic && !isSignedZero(product, other) ? product : product.rounded
    }

    /// Nil for a division by zero too.
    func divided(by other: Number) -> Number? {
        guard other.numerator != 0 else { return nil }
        let (top, a) = numerator.multipliedReportingOverflow(by: other.denominator)
        let (bottom, b) = denominator.multipliedReportingOverflow(by: other.numerator)
        guard !a, !b, let quotient = Number(top, over: bottom) else { return nil }
        return isDyadic && other.isDyadic && quotient.isDyadic && !isSignedZero(quotient, other) ? quotient : quotient.rounded
    }

    private func isSignedZero(_ result: Number, _ other: Number) -> Bool { result.isZero && (isNegative || other.isNegative) }

    /// With the sign of the dividend, as Terraform's `%`.
    func remainder(by other: Number) -> Number? {
        guard let quotient = divided(by: other), let product = quotient.truncated.multiplied(by: other) else { return nil }
        return subtracting(product)
    }

    var negated: Number {
        guard let number = Number(-numerator, over: denominator) else { return self }
        return isRounded || isZero ? number.rounded : number
    }
    var truncated: Number { Number(numerator / denominator, over: 1) ?? self }
    var floor: Number { truncated <= self ? truncated : truncated.subtracting(Number(1)) ?? self }
    var ceiling: Number { truncated >= self ? truncated : truncated.adding(Number(1)) ?? self }
    var isZero: Bool { numerator == 0 }
    var isNegative: Bool { numerator < 0 }
    var approximate: Double { Double(numerator) / Double(denominator) }

    func raised(to exponent: Int) -> Number? {
        guard exponent.magnitude < 256 else { return nil }
        var result = Number(1)
        for _ in 0..<Int(exponent.magnitude) {
            guard let next = result.multiplied(by: self) else { return nil }
            result = next
        }
        return exponent < 0 ? Number(1).divided(by: result) : result
    }

    private static func power(of base: Int128, _ exponent: Int) -> Int128? {
        var result: Int128 = 1
        for _ in 0..<exponent {
            let (product, overflow) = result.multipliedReportingOverflow(by: base)
            guard !overflow else { return nil }
            result = product
        }
        return result
    }

    private static func greatestCommonDivisor(_ a: Int128, _ b: Int128) -> Int128 {
        guard b != 1 else { return 1 }
        var (x, y) = (a, b)
        while y != 0 { (x, y) = (y, x % y) }
        return max(x, 1)
    }
}
