/// A text as it is looked through for secrets, and where each byte of it came from.
///
/// Left out is what may stand in the midst of a word without parting it for whoever reads it: line ends with the blanks around them and with
/// the `remote: ` that Git puts before each line of the other side, sequences that drive a terminal, and characters that nobody sees.
/// Escapes are undone one layer after the other: see `TextEscape`.
struct UnescapedText {
    private(set) var bytes: [UInt8]
    /// Nil: each byte stands where it stood.
    private var origins: [Origin]?

    private struct Origin {
        var start: UInt32
        var end: UInt32
    }

    private static let remote = Array("remote: ".utf8)

    init(_ text: [UInt8]) {
        bytes = text
        dropUnseen()
    }

    /// Where it came from.
    func origin(of range: Range<Int>) -> Range<Int> {
        guard let origins else { return range }
        return Int(origins[range.lowerBound].start)..<Int(origins[range.upperBound - 1].end)
    }

    private func origin(at index: Int) -> Origin {
        origins?[index] ?? Origin(start: UInt32(truncatingIfNeeded: index), end: UInt32(truncatingIfNeeded: index + 1))
    }

    // MARK: Escapes

    /// With one more layer of escapes undone; nil where nothing is escaped.
    var unescapedAgain: UnescapedText? {
        guard bytes.contains(where: TextEscape.isSign) else { return nil }
        var result = self
        result.bytes = []
        var newOrigins: [Origin] = []
        var isChanged = false
        bytes.withUnsafeBufferPointer { text in
            result.bytes.reserveCapacity(text.count)
            newOrigins.reserveCapacity(text.count)
            var index = 0
            while index < text.count {
                guard TextEscape.isSign(text[index]), let escape = TextEscape(in: text, at: index) else {
                    result.bytes.append(text[index])
                    newOrigins.append(origin(at: index))
                    index += 1
                    continue
                }
                isChanged = true
                let whole = Origin(start: origin(at: index).start, end: origin(at: index + escape.length - 1).end)
                for byte in escape.bytes {
                    result.bytes.append(byte)
                    newOrigins.append(whole)
                }
                index += escape.length
            }
        }
        guard isChanged else { return nil }
        result.origins = newOrigins
        result.dropUnseen()
        return result
    }

    // MARK: What parts no word

    private mutating func dropUnseen() {
        guard bytes.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return }
        var kept: [UInt8] = []
        var keptOrigins: [Origin] = []
        bytes.withUnsafeBufferPointer { text in
            kept.reserveCapacity(text.count)
            keptOrigins.reserveCapacity(text.count)
            var index = 0
            while index < text.count {
                let (kind, length) = Self.character(text, index)
                switch kind {
                case .seen:
                    for place in index..<(index + length) {
                        kept.append(text[place])
                        keptOrigins.append(origin(at: place))
                    }
                    index += length
                case .unseen: index += length
                case .lineEnd:
                    while let last = kept.last, Self.isBlank(last) || last == UInt8(ascii: "\\") {
                        kept.removeLast()
                        keptOrigins.removeLast()
                    }
                    index = Self.start(ofLineIn: text, index + length)
                }
            }
        }
        bytes = kept
        origins = keptOrigins
    }

    private static func start(ofLineIn text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < text.count, isBlank(text[index]) { index += 1 }
        if text[index...].starts(with: remote) {
            index += remote.count
            while index < text.count, isBlank(text[index]) { index += 1 }
        }
        return index
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private enum Kind { case seen, unseen, lineEnd }

    private static func character(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> (Kind, length: Int) {
        switch text[index] {
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return (.lineEnd, 1)
        case UInt8(ascii: "\t"): return (.seen, 1)
        case 0x1B: return (.unseen, terminalSequence(text, index))
        case ..<0x20, 0x7F: return (.unseen, 1)
        case ..<0x80: return (.seen, 1)
        default:
            guard let (scalar, length) = scalar(text, index) else { return (.unseen, 1) }
            switch scalar {
            case "\u{85}", "\u{2028}", "\u{2029}": return (.lineEnd, length)
            // What stands for what could not be read.
            case "\u{FFFD}": return (.unseen, length)
            default: return (isSeen(scalar) ? .seen : .unseen, length)
            }
        }
    }

    private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .nonspacingMark, .enclosingMark, .unassigned, .privateUse, .surrogate: false
        default: !scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    /// ECMA-48's control sequences, and an escape alone.
    private static func terminalSequence(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        guard start + 1 < text.count, text[start + 1] == UInt8(ascii: "[") else { return 1 }
        var end = start + 2
        while end < text.count, (0x20...0x3F).contains(text[end]) { end += 1 }
        guard end < text.count, (0x40...0x7E).contains(text[end]) else { return 1 }
        return end + 1 - start
    }

    /// Nil for bytes that are no UTF-8.
    private static func scalar(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> (Unicode.Scalar, length: Int)? {
        let first = text[start]
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0
        guard length > 0, start + length <= text.count else { return nil }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for byte in text[(start + 1)..<(start + length)] {
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        return Unicode.Scalar(value).map { ($0, length) }
    }
}
