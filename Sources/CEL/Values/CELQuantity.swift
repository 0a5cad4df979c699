/// A Kubernetes quantity, exactly, in units of 10⁻⁹: finer ones are rounded up, as Kubernetes does.
package final class CELQuantity: Sendable {
    package let nanos: Int128
    /// As it was written, or as sums are printed.
    package let text: String

    private init(nanos: Int128, text: String) {
        self.nanos = nanos
        self.text = text
    }

    /// A result of a calculation; it prints with the largest suffix below one that leaves no fraction.
    convenience init(nanos: Int128) {
        let forms: [(Int128, String)] = [(1_000_000_000, ""), (1_000_000, "m"), (1000, "u")]
        let (unit, suffix) = forms.first { nanos % $0.0 == 0 } ?? (1, "n")
        self.init(nanos: nanos, text: "\(nanos / unit)\(suffix)")
    }

    func order(_ other: CELQuantity) -> Order { Order(nanos, other.nanos) }

    /// The number when it is whole.
    var whole: Int64? { nanos % 1_000_000_000 == 0 ? Int64(exactly: nanos / 1_000_000_000) : nil }

    private static let binary = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]
    private static let decimal: [(String, Int)] = [
        ("n", -9), ("u", -6), ("m", -3), ("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18),
    ]

    /// Reads `1.5Gi`, `200m`, `1e3`; nil when it is none or too large.
    static func parse(_ text: String) -> CELQuantity? {
        guard text.utf8.count <= 64 else { return nil }
        var rest = Substring(text)
        let isNegative = rest.hasPrefix("-")
        if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
        let isDigit = { (character: Character) in character.isASCII && character.isNumber }
        let whole = rest.prefix(while: isDigit)
        rest = rest[whole.endIndex...]
        var fraction = Substring()
        if rest.hasPrefix(".") {
            fraction = rest.dropFirst().prefix(while: isDigit)
            rest = rest[fraction.endIndex...]
        }
        guard !whole.isEmpty || !fraction.isEmpty, let (two, ten) = scale(rest) else { return nil }
        // digits · 10^exponent · 2^two, in units of 10⁻⁹.
        guard whole.count + fraction.count <= 38, var value = Int128(whole + fraction) else { return nil }
        var exponent = 9 + ten - fraction.count
        guard let scaled = multiplied(value, 2, two) else { return nil }
        value = scaled
        guard value != 0 else { return CELQuantity(nanos: 0, text: text) }
        if exponent > 0 {
            guard let scaled = multiplied(value, 10, exponent) else { return nil }
            value = scaled
        } else {
            var isRounded = false
            while exponent < 0, value != 0 {
                isRounded = isRounded || value % 10 != 0
                value /= 10
                exponent += 1
            }
            // Away from zero.
            if isRounded || exponent < 0 { value += 1 }
        }
        return CELQuantity(nanos: isNegative ? -value : value, text: text)
    }

    private static func scale(_ suffix: Substring) -> (two: Int, ten: Int)? {
        if suffix.isEmpty { return (0, 0) }
        if let index = binary.firstIndex(of: String(suffix)) { return (10 * (index + 1), 0) }
        if let found = decimal.first(where: { $0.0 == suffix }) { return (0, found.1) }
        guard suffix.hasPrefix("e") || suffix.hasPrefix("E"), let exponent = Int(suffix.dropFirst()), abs(exponent) < 100 else {
            return nil
        }
        return (0, exponent)
    }

    private static func multiplied(_ value: Int128, _ base: Int128, _ count: Int) -> Int128? {
        var value = value
        for _ in 0..<count {
            let (product, overflows) = value.multipliedReportingOverflow(by: base)
            guard !overflows else { return nil }
            value = product
        }
        return value
    }
}
