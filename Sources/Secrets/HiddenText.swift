/// Takes secrets out of text that somebody else wrote: as they are, and in the forms in which servers and programs repeat them.
///
/// The forms are those of `SecretForms`, also where some of their letters are escaped, once or several times, or where a line end or a
/// character that nobody sees stands in their midst: see `UnescapedText`.
///
/// Hide first, over all that was said, and cut, escape or join afterwards: of a secret that was cut in two, nothing is found any more. Time
/// and memory grow with the length of the text and no faster.
package struct HiddenText: Sendable {
    package static let mark = "***"

    private let needles: [SecretForms.Needle]
    /// By their first two bytes: which needles begin so.
    private let beginnings: [UInt16: [Int]]
    /// Whether any needle begins with a pair of bytes.
    private let begins: [Bool]
    private let longest: Int

    /// How often escapes are undone. What is encoded twice is told after the second time.
    private static let depth = 6
    /// Of a needle that the end of a cut text breaks off, so many bytes are told.
    private static let leastRest = 4

    /// - Parameter secrets: those of fewer than four bytes hide nothing.
    package init(_ secrets: some Sequence<String>) {
        needles = SecretForms.needles(of: secrets)
        var beginnings: [UInt16: [Int]] = [:]
        var begins = [Bool](repeating: false, count: needles.isEmpty ? 0 : 1 << 16)
        for (index, needle) in needles.enumerated() {
            let pair = UInt16(needle.bytes[0]) << 8 | UInt16(needle.bytes[1])
            beginnings[pair, default: []].append(index)
            begins[Int(pair)] = true
        }
        self.beginnings = beginnings
        self.begins = begins
        longest = needles.map(\.bytes.count).max() ?? 0
    }

    /// Every token that this process has read from a file.
    package static var ofThisProcess: HiddenText { KnownSecrets.hidden }

    package func hide(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let ranges = occurrences(in: bytes, isCut: false)
        return ranges.isEmpty ? text : Self.text(bytes[...], without: ranges)
    }

    /// The beginning of a text, for a message of which no more is shown; the rest costs nothing.
    ///
    /// - Parameter length: in bytes, before anything is hidden.
    package func hide(beginningOf text: some Collection<UInt8>, length: Int) -> String {
        // A form that reaches beyond what is looked at is told by its beginning.
        let bytes = Array(text.prefix(length + max(4 << 10, 16 * longest)))
        let ranges = occurrences(in: bytes, isCut: bytes.count < text.count)
        var end = min(length, bytes.count)
        while end > 0, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        let shown = ranges.filter { $0.lowerBound < end }
        return Self.text(bytes[..<max(end, shown.last?.upperBound ?? 0)], without: shown)
    }

    package func occurs(in bytes: [UInt8]) -> Bool { !occurrences(in: bytes, isCut: false).isEmpty }

    private static func text(_ bytes: ArraySlice<UInt8>, without ranges: [Range<Int>]) -> String {
        var result: [UInt8] = []
        var end = bytes.startIndex
        for range in ranges {
            result += bytes[end..<range.lowerBound]
            result += mark.utf8
            end = range.upperBound
        }
        return String(decoding: result + bytes[end...], as: UTF8.self)
    }

    // MARK: Looking

    /// Where secrets stand, in order, without overlaps.
    ///
    /// - Parameter isCut: whether there was more of the text.
    private func occurrences(in bytes: [UInt8], isCut: Bool) -> [Range<Int>] {
        guard !needles.isEmpty, !bytes.isEmpty else { return [] }
        var found: [Range<Int>] = []
        var view = UnescapedText(bytes)
        for _ in 0..<Self.depth {
            find(in: view, isCut: isCut, &found)
            guard let next = view.unescapedAgain else { break }
            view = next
        }
        var result: [Range<Int>] = []
        for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) { Self.add(range, to: &result) }
        return result
    }

    private static func add(_ range: Range<Int>, to ranges: inout [Range<Int>]) {
        guard let last = ranges.last, range.lowerBound <= last.upperBound else { return ranges.append(range) }
        ranges[ranges.count - 1] = min(last.lowerBound, range.lowerBound)..<max(last.upperBound, range.upperBound)
    }

    private func find(in view: UnescapedText, isCut: Bool, _ found: inout [Range<Int>]) {
        var ranges: [Range<Int>] = []
        view.bytes.withUnsafeBufferPointer { text in
            // Whatever begins within a word of base64 that is hidden already, and is a part of one, ends within it.
            var wordEnd = 0
            for start in 0..<max(text.count - 1, 0) {
                let pair = UInt16(text[start]) << 8 | UInt16(text[start + 1])
                guard begins[Int(pair)], let candidates = beginnings[pair] else { continue }
                for candidate in candidates {
                    let needle = needles[candidate]
                    guard !needle.isPart || start >= wordEnd, let end = needle.end(in: text, from: start, isCut ? Self.leastRest : nil)
                    else { continue }
                    var range = start..<end
                    if needle.isPart {
                        range = Base64Word.around(range, in: text, behind: wordEnd)
                        wordEnd = range.upperBound
                    }
                    Self.add(view.origin(of: range), to: &ranges)
                }
            }
        }
        found += ranges
    }
}

/// The letters of base64, of either alphabet, around a part of it.
private enum Base64Word {
    static func around(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>, behind limit: Int) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start > limit, isLetter(text[start - 1]) { start -= 1 }
        while end < text.count, isLetter(text[end]) { end += 1 }
        while end < text.count, text[end] == UInt8(ascii: "=") { end += 1 }
        return start..<end
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
