/// Base64 (RFC 4648, section 4), for all who read or write it: secrets and signatures, digests on pages, functions of policies and Terraform.
package enum Base64 {
    /// What is asked of the `=` at the end.
    package enum Padding {
        /// It is there, as the RFC says.
        case required
        /// It is right where it is there.
        case optional
        /// Any number will do.
        case ignored
    }

    package static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let pad = UInt8(ascii: "=")

    /// By byte; below zero: no letter.
    private static let values: [Int8] = {
        var values = [Int8](repeating: -1, count: 256)
        for (value, letter) in letters.enumerated() { values[Int(letter)] = Int8(value) }
        return values
    }()

    package static func text(of bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let bits = part.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - part.count))
            for digit in 0..<4 {
                result.append(digit <= part.count ? letters[Int(bits >> UInt32(18 - 6 * digit) & 63)] : pad)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// - Returns: nil for anything but base64.
    package static func bytes(of text: some StringProtocol, padding: Padding) -> [UInt8]? {
        var digits = Array(text.utf8)
        switch padding {
        case .ignored: while digits.last == pad, digits.count > 1 { digits.removeLast() }
        case .required, .optional:
            let count = digits.suffix(2).count { $0 == pad }
            guard digits.count % 4 == 0 || padding == .optional && count == 0 else { return nil }
            digits.removeLast(count)
        }
        guard digits.count % 4 != 1 else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(digits.count / 4 * 3 + 2)
        var bits: UInt32 = 0
        for (index, digit) in digits.enumerated() {
            let value = values[Int(digit)]
            guard value >= 0 else { return nil }
            bits = bits << 6 | UInt32(value)
            if index % 4 != 0 { result.append(UInt8(truncatingIfNeeded: bits >> UInt32(6 - 2 * (index % 4)))) }
        }
        return result
    }
}
