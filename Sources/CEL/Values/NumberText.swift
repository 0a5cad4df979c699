/// Doubles as text, exactly: every double is a finite decimal fraction.
enum NumberText {
    /// The shortest text that reads back as the same number: `0.0045`, `6.02214e+23`.
    static func general(_ value: Double) -> String {
        guard value.isFinite else { return special(value) }
        let (sign, digits, point) = shortest(value)
        guard point > -4, point <= 21 else {
            let exponent = point - 1
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            return "\(sign)\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(abs(exponent) < 10 ? "0" : "")\(abs(exponent))"
        }
        return sign + plain(digits, point)
    }

    /// Without an exponent, and without needless digits: `123`, `0.0000005`.
    static func decimal(_ value: Double) -> String {
        guard value.isFinite else { return special(value) }
        let (sign, digits, point) = shortest(value)
        return sign + plain(digits, point)
    }

    /// With so many digits behind the point; what lies half-way is rounded to the even digit.
    static func fixed(_ value: Double, precision: Int) -> String {
        guard value.isFinite else { return special(value) }
        var (digits, point) = exact(value)
        round(&digits, &point, to: point + precision)
        let sign = value.sign == .minus ? "-" : ""
        let whole = point > 0 ? digits.prefix(point) : []
        let wholeText = whole.isEmpty ? "0" : text(whole)
        guard precision > 0 else { return sign + wholeText }
        let zeros = point < 0 ? min(-point, precision) : 0
        let fraction = String(repeating: "0", count: zeros) + text(digits.dropFirst(max(0, point)))
        return sign + wholeText + "." + padded(fraction, precision)
    }

    /// One digit, the point, so many digits, and the exponent: `1.052033e+03`.
    static func scientific(_ value: Double, precision: Int) -> String {
        guard value.isFinite else { return special(value) }
        let sign = value.sign == .minus ? "-" : ""
        var (digits, point) = exact(value)
        if digits.isEmpty { (digits, point) = ([0], 1) }
        round(&digits, &point, to: precision + 1)
        let exponent = point - 1
        let fraction = precision > 0 ? "." + padded(text(digits.dropFirst()), precision) : ""
        return "\(sign)\(digits[0])\(fraction)e\(exponent < 0 ? "-" : "+")\(abs(exponent) < 10 ? "0" : "")\(abs(exponent))"
    }

    static func special(_ value: Double) -> String {
        value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity"
    }

    // MARK: Digits

    /// The digits that Swift prints, and where the point stands among them.
    static func shortest(_ value: Double) -> (sign: String, digits: String, point: Int) {
        var text = Substring(value.magnitude.description)
        var exponent = 0
        if let mark = text.firstIndex(of: "e") {
            exponent = Int(text[text.index(after: mark)...]) ?? 0
            text = text[..<mark]
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        var digits = parts.joined()
        var point = parts[0].count + exponent
        while digits.hasPrefix("0"), digits.count > 1 {
            digits.removeFirst()
            point -= 1
        }
        while digits.hasSuffix("0"), digits.count > 1 { digits.removeLast() }
        if digits == "0" { point = 1 }
        return (value.sign == .minus ? "-" : "", digits, point)
    }

    private static func plain(_ digits: String, _ point: Int) -> String {
        if point <= 0 { return "0." + String(repeating: "0", count: -point) + digits }
        if point >= digits.count { return digits + String(repeating: "0", count: point - digits.count) }
        return "\(digits.prefix(point)).\(digits.dropFirst(point))"
    }

    private static func text(_ digits: ArraySlice<UInt8>) -> String {
        String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    }

    private static func padded(_ text: String, _ length: Int) -> String {
        text + String(repeating: "0", count: max(0, length - text.count))
    }

    /// All digits of a finite number, without leading zeros; 0.digits · 10^point.
    private static func exact(_ value: Double) -> ([UInt8], point: Int) {
        guard value != 0 else { return ([], 0) }
        let significand = value.significandBitPattern | (value.isNormal ? 1 << 52 : 0)
        let exponent = (value.isNormal ? Int(value.exponent) : -1022) - 52
        // Little-endian in base 10⁹. A negative exponent n is 5ⁿ / 10ⁿ.
        var limbs: [UInt64] = [significand % 1_000_000_000, significand / 1_000_000_000]
        for _ in 0..<abs(exponent) { multiply(&limbs, by: exponent > 0 ? 2 : 5) }
        var digits: [UInt8] = []
        for limb in limbs {
            var rest = limb
            for _ in 0..<9 {
                digits.append(UInt8(rest % 10))
                rest /= 10
            }
        }
        while digits.last == 0 { digits.removeLast() }
        digits.reverse()
        return (digits, digits.count + min(0, exponent))
    }

    private static func multiply(_ limbs: inout [UInt64], by factor: UInt64) {
        var carry: UInt64 = 0
        for index in limbs.indices {
            let product = limbs[index] * factor + carry
            limbs[index] = product % 1_000_000_000
            carry = product / 1_000_000_000
        }
        if carry > 0 { limbs.append(carry) }
    }

    /// Keeps so many digits.
    private static func round(_ digits: inout [UInt8], _ point: inout Int, to count: Int) {
        guard count < digits.count else { return }
        guard count >= 0 else {
            digits = []
            return
        }
        let isHalf = digits[count] == 5 && digits[(count + 1)...].allSatisfy { $0 == 0 }
        let isUp = isHalf ? count > 0 && digits[count - 1] % 2 == 1 : digits[count] >= 5
        digits.removeLast(digits.count - count)
        guard isUp else { return }
        var index = count - 1
        while index >= 0, digits[index] == 9 {
            digits[index] = 0
            index -= 1
        }
        if index >= 0 {
            digits[index] += 1
        } else {
            digits.insert(1, at: 0)
            point += 1
        }
    }
}
