internal import Synchronization

/// Takes secrets out of text that somebody else wrote: as they are, and in the forms in which servers and programs repeat them.
///
/// The forms are base64 of either alphabet, also where the secret is only a part of what was encoded, as in `Basic` of a user and a token, and
/// whatever of it is written with `%41`, `\u0041` or `\/`. A line end in the midst does not help it, nor `remote: ` behind it, which Git puts
/// before each line of the other side.
package struct HiddenText: Sendable {
    package static let mark = "***"
    /// Shorter parts of base64 may be anything.
    private static let leastPart = 6

    private let needles: [Needle]
    /// Whether a needle begins with a byte.
    private let begins: [Bool]

    private struct Needle: Hashable, Sendable {
        var bytes: [UInt8]
        /// Whether what stands around it in the same word belongs to it.
        var isPart: Bool
    }

    package init(_ secrets: some Sequence<String>) {
        var needles: [Needle] = []
        for secret in secrets where !secret.isEmpty {
            let bytes = Array(secret.utf8)
            needles.append(Needle(bytes: bytes, isPart: false))
            for part in Self.base64Parts(of: bytes) where part.count >= Self.leastPart {
                needles.append(Needle(bytes: part, isPart: true))
                let safe = part.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }
                if safe != part { needles.append(Needle(bytes: safe, isPart: true)) }
            }
        }
        self.needles = needles
        var begins = [Bool](repeating: false, count: 256)
        for case let byte? in needles.map(\.bytes.first) { begins[Int(byte)] = true }
        self.begins = begins
    }

    /// Every token that this process has read from a file.
    package static var ofThisProcess: HiddenText { HiddenText(KnownSecrets.all) }

    package func hide(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let ranges = occurrences(in: bytes)
        guard !ranges.isEmpty else { return text }
        var result: [UInt8] = []
        var end = 0
        for range in ranges {
            result += bytes[end..<range.lowerBound]
            result += Self.mark.utf8
            end = range.upperBound
        }
        return String(decoding: result + bytes[end...], as: UTF8.self)
    }

    package func occurs(in bytes: [UInt8]) -> Bool { !occurrences(in: bytes).isEmpty }

    // MARK: Looking

    /// Where secrets stand, in order, without overlaps.
    private func occurrences(in bytes: [UInt8]) -> [Range<Int>] {
        guard !needles.isEmpty, !bytes.isEmpty else { return [] }
        var found: [Range<Int>] = []
        var view = Decoded(bytes)
        // What is encoded twice is told after the second time.
        for _ in 0..<3 {
            found += occurrences(in: view)
            guard let next = view.decodedAgain else { break }
            view = next
        }
        var result: [Range<Int>] = []
        for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, range.lowerBound <= last.upperBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }

    private func occurrences(in view: Decoded) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for start in view.bytes.indices where begins[Int(view.bytes[start])] {
            for needle in needles where view.bytes[start...].starts(with: needle.bytes) {
                var range = start..<(start + needle.bytes.count)
                if needle.isPart { range = view.word(around: range) }
                found.append(view.place(of: range))
            }
        }
        return found
    }

    // MARK: base64

    /// What of base64 is the same whatever stands before and behind the bytes: one part for each of the three ways they can lie in it.
    private static func base64Parts(of bytes: [UInt8]) -> [[UInt8]] {
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

/// A text with its escapes undone, and where each byte of it came from.
private struct Decoded {
    private(set) var bytes: [UInt8]
    /// Nil: where it stands.
    private var places: [Range<Int>]?
    private var hasEscapes: Bool

    private static let remote = Array("remote: ".utf8)

    init(_ text: [UInt8]) {
        let isLineEnd = { (byte: UInt8) in byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
        if text.contains(where: isLineEnd) {
            var kept: [Int] = []
            var index = 0
            while index < text.count {
                guard isLineEnd(text[index]) else {
                    kept.append(index)
                    index += 1
                    continue
                }
                index += 1
                if text[index...].starts(with: Self.remote) { index += Self.remote.count }
            }
            places = kept.map { $0..<($0 + 1) }
            bytes = kept.map { text[$0] }
        } else {
            bytes = text
        }
        hasEscapes = text.contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "\\") }
    }

    func place(of range: Range<Int>) -> Range<Int> {
        guard let places else { return range }
        return places[range.lowerBound].lowerBound..<places[range.upperBound - 1].upperBound
    }

    /// Nil where nothing is escaped.
    var decodedAgain: Decoded? {
        guard hasEscapes else { return nil }
        var result = Decoded([])
        var ranges: [Range<Int>] = []
        var index = 0
        while index < bytes.count {
            let (byte, length) = escape(at: index) ?? (bytes[index], 1)
            if length > 1, byte == UInt8(ascii: "%") || byte == UInt8(ascii: "\\") { result.hasEscapes = true }
            result.bytes.append(byte)
            ranges.append(place(of: index..<(index + length)))
            index += length
        }
        result.places = ranges
        return result
    }

    private func escape(at index: Int) -> (UInt8, Int)? {
        switch bytes[index] {
        case UInt8(ascii: "%"): return hex(index + 1, 2).map { (UInt8($0), 3) }
        case UInt8(ascii: "\\"):
            guard index + 1 < bytes.count else { return nil }
            switch bytes[index + 1] {
            case UInt8(ascii: "u"), UInt8(ascii: "U"):
                guard let value = hex(index + 2, 4), value < 0x80 else { return nil }
                return (UInt8(value), 6)
            case UInt8(ascii: "x"), UInt8(ascii: "X"): return hex(index + 2, 2).map { (UInt8($0), 4) }
            case let byte where byte < 0x80 && byte > 0x20 && !isLetterOrDigit(byte): return (byte, 2)
            default: return nil
            }
        default: return nil
        }
    }

    private func hex(_ start: Int, _ count: Int) -> Int? {
        guard start + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[start..<(start + count)] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else { return nil }
            value = value * 16 + digit
        }
        return value
    }

    /// With the letters of base64 around it.
    func word(around range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start > 0, isBase64(bytes[start - 1]) { start -= 1 }
        while end < bytes.count, isBase64(bytes[end]) || bytes[end] == UInt8(ascii: "=") { end += 1 }
        return start..<end
    }

    private func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    private func isBase64(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || "+/-_".utf8.contains(byte) }
}

/// Tokens that were read, for the nets below those who know which one they sent.
enum KnownSecrets {
    /// A token that was replaced is still one for a while.
    private static let capacity = 64
    private static let read = Mutex<[String]>([])

    static var all: [String] { read.withLock { $0 } }

    static func remember(_ secret: String) {
        // Anything shorter may be a word of a message.
        guard secret.utf8.count >= 8 else { return }
        read.withLock { read in
            guard !read.contains(secret) else { return }
            if read.count == capacity { read.removeFirst() }
            read.append(secret)
        }
    }
}
