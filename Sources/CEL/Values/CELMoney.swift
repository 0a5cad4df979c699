/// An exact amount in one currency, in units of 10⁻¹⁸.
///
/// The 128 bits are kept in halves: as an `Int128` they would want 16-byte alignment and make every value larger.
package struct CELMoney: Hashable, Sendable {
    private let low: UInt64
    private let high: Int64
    /// Three letters, one a byte.
    let code: UInt32

    static let unit: Int128 = 1_000_000_000_000_000_000

    /// Nil unless the currency is three capital letters.
    package init?(units: Int128, currency: String) {
        guard let code = Self.code(currency) else { return nil }
        self.init(units: units, code: code)
    }

    init(units: Int128, code: UInt32) {
        low = UInt64(truncatingIfNeeded: units)
        high = Int64(truncatingIfNeeded: units >> 64)
        self.code = code
    }

    /// The amount times 10¹⁸.
    package var units: Int128 { Int128(high) << 64 | Int128(low) }

    package var currency: String {
        String(decoding: [UInt8(code >> 16 & 0xFF), UInt8(code >> 8 & 0xFF), UInt8(code & 0xFF)], as: UTF8.self)
    }

    static func code(_ currency: String) -> UInt32? {
        guard currency.utf8.count == 3 else { return nil }
        var code: UInt32 = 0
        for byte in currency.utf8 {
            guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) else { return nil }
            code = code << 8 | UInt32(byte)
        }
        return code
    }

    static let usd: UInt32 = 0x55_53_44
    static let eur: UInt32 = 0x45_55_52
}
