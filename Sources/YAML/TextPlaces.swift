package import Diagnostics

extension YAMLNode {
    /// Where a part of a scalar's text is written, so that an error *inside* a value (a pattern, an expression) can be shown there.
    ///
    /// - Parameter part: Offsets into the UTF-8 of the scalar's text.
    /// - Returns: The bytes of the part, escapes included; the whole value where the text cannot be followed, as over line breaks
    ///   that YAML folds, or in a value that stands here by an alias.
    package func range(ofText part: Range<Int>) -> SourceRange {
        guard let scalar, !isAlias, part.upperBound <= scalar.text.utf8.count else { return range }
        guard let places = TextPlaces(of: scalar, writtenAs: range.file.bytes[range.bytes]) else { return range }
        return SourceRange(range.file, places.offsets[part.lowerBound]..<places.offsets[part.upperBound])
    }
}

/// For every byte of a scalar's text, and its end, the offset in the file where it is written.
private struct TextPlaces {
    private(set) var offsets: [Int] = []

    init?(of scalar: YAMLScalar, writtenAs written: ArraySlice<UInt8>) {
        switch scalar.style {
        case .plain: follow(written) { _ in nil }
        case .singleQuoted:
            follow(written.dropFirst().dropLast()) { $0.starts(with: [UInt8(ascii: "'"), UInt8(ascii: "'")]) ? (2, 1) : nil }
        case .doubleQuoted: follow(written.dropFirst().dropLast(), unit: Self.escape)
        case .literal, .folded: return nil
        }
        guard offsets.count == scalar.text.utf8.count + 1, !written.contains(UInt8(ascii: "\n")) else { return nil }
    }

    /// - Parameter unit: The lengths, written and in the text, of what is not written as itself.
    private mutating func follow(_ written: ArraySlice<UInt8>, unit: (ArraySlice<UInt8>) -> (written: Int, text: Int)?) {
        var rest = written
        while !rest.isEmpty {
            let length = unit(rest) ?? (1, 1)
            offsets += Array(repeating: rest.startIndex, count: length.text)
            rest = rest.dropFirst(length.written)
        }
        offsets.append(written.endIndex)
    }

    private static func escape(_ text: ArraySlice<UInt8>) -> (written: Int, text: Int)? {
        guard text.first == UInt8(ascii: "\\"), let letter = text.dropFirst().first else { return nil }
        let digits: Int
        switch letter {
        case UInt8(ascii: "x"): digits = 2
        case UInt8(ascii: "u"): digits = 4
        case UInt8(ascii: "U"): digits = 8
        case UInt8(ascii: "N"), UInt8(ascii: "_"): return (2, 2)
        case UInt8(ascii: "L"), UInt8(ascii: "P"): return (2, 3)
        default: return (2, 1)
        }
        let code = UInt32(String(decoding: text.dropFirst(2).prefix(digits), as: UTF8.self), radix: 16)
        return (2 + digits, code.flatMap(Unicode.Scalar.init).map { UTF8.width($0) } ?? 1)
    }
}
