extension FixedDecimal {
    /// Why a text is no number that can be held exactly.
    package enum ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        case notANumber, tooManyDigits, overflow

        package var description: String {
            switch self {
            case .notANumber: "expected a decimal number"
            case .tooManyDigits: "more than 18 fractional digits cannot be held exactly"
            case .overflow: "the number is too large"
            }
        }
    }

    package init(_ text: String) throws(ParseError) {
        var copy = text
        self = try copy.withUTF8Result { (bytes) throws(ParseError) in try FixedDecimal(parsing: bytes) }
    }

    /// Reads `-12.50`, `+3`, `.5`, `7.`, `1.5E-7`. Zeros behind the 18th digit are allowed, other digits are not.
    package init(parsing bytes: UnsafeBufferPointer<UInt8>) throws(ParseError) {
        var at = 0
        let end = bytes.count
        var negative = false
        if at < end, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
            negative = bytes[at] == UInt8(ascii: "-")
            at += 1
        }
        // Most numbers of a bill fit 64 bits: they are gathered there, and only longer ones in 128.
        var small: UInt64 = 0
        var large: UInt128 = 0
        var digits = 0
        var seen = false
        var scale = 0
        var point = false
        var droppedZeros = 0
        while at < end {
            let byte = bytes[at]
            if byte &- 48 < 10 {
                seen = true
                if byte == 48, digits == 0 {
                    if point { scale += 1 }
                } else if byte == 48, point, digits + droppedZeros >= 18 {
                    droppedZeros += 1
                } else {
                    // Zeros that were put aside turn out to stand before a digit.
                    for _ in 0..<droppedZeros { try Self.append(0, &small, &large, &digits, &scale, point) }
                    droppedZeros = 0
                    try Self.append(byte &- 48, &small, &large, &digits, &scale, point)
                }
            } else if byte == UInt8(ascii: "."), !point {
                point = true
            } else {
                break
            }
            at += 1
        }
        guard seen else { throw .notANumber }
        var exponent = 0
        if at < end, bytes[at] | 0x20 == UInt8(ascii: "e") {
            exponent = try Self.exponent(bytes, from: at + 1)
            at = end
        }
        guard at == end else { throw .notANumber }
        var value = digits <= 19 ? UInt128(small) : large
        if value == 0 {
            raw = 0
            return
        }
        var shift = Self.fractionDigits - scale + exponent
        while shift < 0, value % 10 == 0 {
            value /= 10
            shift += 1
        }
        guard shift >= 0 else { throw .tooManyDigits }
        guard shift <= 38 else { throw .overflow }
        while shift > 0 {
            let step = min(shift, 18)
            let (product, overflow) = value.multipliedReportingOverflow(by: UInt128(Self.powers[step]))
            guard !overflow else { throw .overflow }
            value = product
            shift -= step
        }
        guard value <= UInt128(Int128.max) else { throw .overflow }
        raw = negative ? -Int128(value) : Int128(value)
    }

    /// The nearest number that can be held, half to even: for what others wrote with more digits than that. Nil for what is no number, and
    /// for what is too large.
    package init?(rounding bytes: UnsafeBufferPointer<UInt8>) {
        var rest = Array(bytes)
        var exponent = 0
        if let mark = rest.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
            do throws(ParseError) { exponent = try Self.exponent(bytes, from: mark + 1) } catch { return nil }
            rest.removeSubrange(mark...)
        }
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let parts = rest.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let digits = parts.joined().map { $0 &- 48 }
        guard !digits.isEmpty, digits.count <= 1 << 12, digits.allSatisfy({ $0 < 10 }) else { return nil }
        let fraction = parts.count == 2 ? parts[1].count : 0
        // How many of the digits count in units of 10⁻¹⁸; those behind decide the rounding.
        let kept = digits.count - fraction + exponent + Self.fractionDigits
        guard kept <= digits.count else { return nil }
        var value: UInt128 = 0
        for digit in digits.prefix(max(kept, 0)) {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow, product <= UInt128(Int128.max) - 10 else { return nil }
            value = product + UInt128(digit)
        }
        if kept >= 0 {
            let next = digits[kept...].first ?? 0
            let isAboveHalf = next > 5 || (next == 5 && digits[kept...].dropFirst().contains { $0 > 0 })
            if isAboveHalf || (next == 5 && value & 1 == 1) { value += 1 }
        }
        raw = isNegative ? -Int128(value) : Int128(value)
    }

    @inline(__always)
    private static func append(
        _ digit: UInt8, _ small: inout UInt64, _ large: inout UInt128, _ digits: inout Int, _ scale: inout Int, _ point: Bool
    ) throws(ParseError) {
        if digits < 19 {
            small = small &* 10 &+ UInt64(digit)
        } else {
            guard digits < 38 else { throw point ? .tooManyDigits : .overflow }
            if digits == 19 { large = UInt128(small) }
            large = large * 10 + UInt128(digit)
        }
        digits += 1
        if point { scale += 1 }
    }

    private static func exponent(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) throws(ParseError) -> Int {
        var at = start
        var negative = false
        if at < bytes.count, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
            negative = bytes[at] == UInt8(ascii: "-")
            at += 1
        }
        guard at < bytes.count, bytes.count - at <= 4 else { throw .notANumber }
        var value = 0
        while at < bytes.count {
            guard bytes[at] &- 48 < 10 else { throw .notANumber }
            value = value * 10 + Int(bytes[at] &- 48)
            at += 1
        }
        return negative ? -value : value
    }

    private static let powers: [UInt64] = (0...18).map { count in (0..<count).reduce(UInt64(1)) { power, _ in power * 10 } }
}

extension String {
    fileprivate mutating func withUTF8Result<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = Array(utf8)
        return try bytes.withUnsafeBufferPointer(body)
    }
}
