/// Which characters of a string are written as escapes. All ways of writing mean the same; each document keeps the one that it has.
///
/// Quotes, backslashes and control characters below a space are always escaped, because the standard asks for it.
package struct JSONEscaping: Sendable {
    private let letters: [Unicode.Scalar: UInt8]
    private let isEscaped: @Sendable (Unicode.Scalar) -> Bool
    /// Of each byte of ASCII, whether it stands for itself. Nearly every text consists of these and needs no second look.
    private let plain: [Bool]

    /// - Parameters:
    ///   - letters: the escapes that are used of `bfnrt`, such as `\n`; what has none is written by number, `\u000a`.
    ///   - others: further characters that are written by number.
    package init(letters: String, others: @escaping @Sendable (Unicode.Scalar) -> Bool) {
        let known: [Unicode.Scalar: Unicode.Scalar] = ["b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t"]
        var meant: [Unicode.Scalar: UInt8] = ["\"": UInt8(ascii: "\""), "\\": UInt8(ascii: "\\")]
        for letter in letters.unicodeScalars {
            guard let character = known[letter] else { preconditionFailure("JSON has no escape '\\\(letter)'") }
            meant[character] = UInt8(ascii: letter)
        }
        self.letters = meant
        isEscaped = { $0.value < 0x20 || others($0) }
        let (needLetters, needNumbers) = (Set(meant.keys), isEscaped)
        plain = (0..<128).map { value in
            let scalar = Unicode.Scalar(UInt8(value))
            return !needLetters.contains(scalar) && !needNumbers(scalar)
        }
    }

    /// What the standard asks for, and nothing else.
    package static let standard = JSONEscaping(letters: "bfnrt") { _ in false }

    func append(quoted text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        let isPlain = text.withUTF8 { units in
            guard units.allSatisfy({ $0 < 128 && plain[Int($0)] }) else { return false }
            bytes.append(contentsOf: units)
            return true
        }
        if !isPlain {
            for scalar in text.unicodeScalars { append(scalar, to: &bytes) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        if let letter = letters[scalar] {
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(letter)
        } else if isEscaped(scalar) {
            for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { append(number: unit, to: &bytes) }
        } else {
            bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }

    private func append(number unit: UInt16, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: "u"))
        for shift in [12, 8, 4, 0] as [UInt16] {
            let digit = UInt8(unit >> shift & 0xF)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
