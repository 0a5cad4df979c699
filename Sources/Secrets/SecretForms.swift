/// The forms in which a secret may stand in a text, apart from escapes.
///
/// They are the secret itself; base64 of either alphabet (RFC 4648), also where it is only a part of what was encoded, as in `Basic` of a user
/// and a token, and base64 of that; hexadecimal digits; for one that holds `%41` or blanks, what stands there without; and of one with
/// several lines, such as a key, every longer line.
enum SecretForms {
    struct Needle: Hashable, Sendable {
        var bytes: [UInt8]
        /// Whether what stands around it in the same word belongs to it.
        var isPart: Bool

        /// Where it ends that begins here; nil where it does not stand here.
        ///
        /// - Parameter rest: so many bytes of it suffice where the text breaks off, be it within an escape; nil: all.
        func end(in text: UnsafeBufferPointer<UInt8>, from start: Int, _ rest: Int?) -> Int? {
            let limit = min(bytes.count, text.count - start)
            var index = 0
            while index < limit, text[start + index] == bytes[index] { index += 1 }
            let end = start + index
            if index == bytes.count { return end }
            guard let rest, index >= rest else { return nil }
            return end == text.count || (text.count - end <= 24 && TextEscape.isSign(text[end])) ? text.count : nil
        }
    }

    /// Shorter secrets may be anything.
    private static let leastSecret = 4
    /// Shorter parts of base64 may be anything.
    private static let leastPart = 6
    /// Of a secret with several lines.
    private static let leastLine = 16

    /// No two are alike, and none is shorter than two bytes.
    static func needles(of secrets: some Sequence<String>) -> [Needle] {
        var needles: Set<Needle> = []
        for secret in secrets {
            for variant in variants(of: Array(secret.utf8)) where variant.count >= leastSecret {
                // As it is looked for: without its line ends.
                let plain = UnescapedText(variant).bytes
                if plain.count >= leastSecret { needles.insert(Needle(bytes: plain, isPart: false)) }
                if variant.count >= 8 {
                    let digits = variant.flatMap { [hexDigits[Int($0 >> 4)], hexDigits[Int($0 & 0xF)]] }
                    needles.insert(Needle(bytes: digits, isPart: false))
                    needles.insert(Needle(bytes: digits.map { $0 >= 0x61 ? $0 - 0x20 : $0 }, isPart: false))
                }
                for part in base64Parts(of: variant) {
                    needles.insert(Needle(bytes: part, isPart: true))
                    for twice in base64Parts(of: part) { needles.insert(Needle(bytes: twice, isPart: true)) }
                }
            }
        }
        return needles.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }

    private static func variants(of secret: [UInt8]) -> [[UInt8]] {
        var variants = [secret]
        var view = UnescapedText(secret)
        while variants.count < 4, let next = view.unescapedAgain {
            variants.append(next.bytes)
            view = next
        }
        let lines = secret.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        if lines.count > 1 { variants += lines.map(Array.init).filter { $0.count >= leastLine } }
        // Forms write a blank so.
        if secret.contains(UInt8(ascii: " ")) { variants.append(secret.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 }) }
        return variants
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)

    // MARK: base64

    /// In either alphabet.
    private static func base64Parts(of bytes: [UInt8]) -> [[UInt8]] {
        standardParts(of: bytes).filter { $0.count >= leastPart }.flatMap { part -> [[UInt8]] in
            let safe = part.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }
            return safe == part ? [part] : [part, safe]
        }
    }

    /// What of base64 is the same whatever stands before and behind the bytes: one part for each of the three ways they can lie in it.
    private static func standardParts(of bytes: [UInt8]) -> [[UInt8]] {
        (0..<3).map { offset in
            let padded = [UInt8](repeating: 0, count: offset) + bytes
            var digits: [UInt8] = []
            // Six bits that are all of the bytes' own.
            for index in 0..<(padded.count * 8 / 6) {
                let bit = index * 6
                let word = UInt16(padded[bit / 8]) << 8 | (bit / 8 + 1 < padded.count ? UInt16(padded[bit / 8 + 1]) : 0)
                digits.append(Base64.letters[Int(word >> (10 - UInt16(bit % 8)) & 0x3F)])
            }
            // The first digits hold bits of what stands before: 8 and 16 bits reach into the second and the third.
            return Array(digits.dropFirst([0, 2, 3][offset]))
        }
    }
}
