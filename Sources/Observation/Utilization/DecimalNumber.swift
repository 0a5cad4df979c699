/// Reads decimal numbers as `Double`, rounded to the nearest: `12`, `12.5`, `-3e-2`. Neither hexadecimal ones nor `nan` and `inf`.
enum DecimalNumber {
    private static let powers: [Double] = (0...22).map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }

    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        var mantissa: UInt64 = 0
        var digits = 0
        var scale = 0
        var point = false
        for byte in bytes {
            if byte &- 48 < 10, digits < 15 {
                mantissa = mantissa * 10 + UInt64(byte &- 48)
                digits += 1
                if point { scale += 1 }
            } else if byte == UInt8(ascii: "."), !point {
                point = true
            } else {
                return parseAny(bytes)
            }
        }
        guard digits > 0 else { return nil }
        // At most 15 digits and a power of ten up to 10²² are exact, so that one division rounds once (Clinger 1990).
        return Double(mantissa) / powers[scale]
    }

    private static func parseAny(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        let allowed = bytes.allSatisfy { $0 &- 48 < 10 || "+-.eE".utf8.contains($0) }
        guard allowed, let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }
}
