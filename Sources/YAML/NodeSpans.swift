/// Corrects libyaml's marks to the bytes that a person would say a value takes up.
///
/// libyaml starts a value at its anchor, ends block collections and block scalars at the next token, and puts some empty values
/// behind the comments that follow them.
struct NodeSpans {
    let bytes: [UInt8]

    /// Where the value itself starts: behind its anchor, its tag, and the blanks and comments between.
    func contentStart(of event: Event) -> Int {
        guard event.tag != nil || event.anchor != nil else { return event.bytes.lowerBound }
        if case .alias = event.kind { return event.bytes.lowerBound }
        var at = event.bytes.lowerBound
        var end = at
        for _ in 0..<(event.tag != nil ? 1 : 0) + (event.anchor != nil ? 1 : 0) {
            at = skipBlanks(from: at)
            at = skipProperty(from: at)
            end = at
        }
        at = skipBlanks(from: at)
        // An empty value ends with its anchor or tag.
        if case .scalar(let scalar) = event.kind, scalar.text.isEmpty, scalar.style == .plain { return end }
        return at
    }

    /// The tag's own bytes among a value's properties.
    func tagRange(in properties: Range<Int>) -> Range<Int>? {
        var at = properties.lowerBound
        while at < properties.upperBound {
            at = skipBlanks(from: at)
            let end = skipProperty(from: at)
            guard end > at else { return nil }
            if bytes[at] == UInt8(ascii: "!") { return at..<end }
            at = end
        }
        return nil
    }

    /// A block scalar ends with its last line that is not blank; other scalars where libyaml says.
    func scalarEnd(_ scalar: YAMLScalar, _ range: Range<Int>) -> Int {
        guard scalar.style == .literal || scalar.style == .folded else { return range.upperBound }
        var end = range.upperBound
        while end > range.lowerBound {
            var lineStart = end
            while lineStart > range.lowerBound, !isBreak(bytes[lineStart - 1]) { lineStart -= 1 }
            guard bytes[lineStart..<end].allSatisfy({ $0 == UInt8(ascii: " ") }) else { return end }
            end = max(range.lowerBound, lineStart - 1)
        }
        return end
    }

    /// A flow collection ends behind its bracket, a block collection with its last child.
    func collectionEnd(_ start: Event, _ end: Event, lastChild: Int?) -> Int {
        switch start.kind {
        case .sequenceStart(isFlow: true), .mappingStart(isFlow: true): end.bytes.upperBound
        default: lastChild ?? start.bytes.upperBound
        }
    }

    /// An empty value stands right behind its colon, or behind the key where there is no colon.
    func valueRange(_ value: Range<Int>, behind key: Range<Int>) -> Range<Int> {
        guard value.isEmpty, value.lowerBound >= key.upperBound else { return value }
        let colon = skipBlanks(from: key.upperBound)
        guard colon < bytes.count, bytes[colon] == UInt8(ascii: ":") else { return key.upperBound..<key.upperBound }
        // An anchor between the colon and the empty value stays in front of it.
        return skipBlanks(from: colon + 1) >= value.lowerBound ? colon + 1..<colon + 1 : value
    }

    // MARK: Bytes

    /// Blanks, line breaks and comments.
    private func skipBlanks(from start: Int) -> Int {
        var at = start
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "#") {
                while at < bytes.count, !isBreak(bytes[at]) { at += 1 }
            } else if bytes[at] == UInt8(ascii: " ") || bytes[at] == UInt8(ascii: "\t") || isBreak(bytes[at]) {
                at += 1
            } else {
                break
            }
        }
        return at
    }

    /// An anchor or a tag.
    private func skipProperty(from start: Int) -> Int {
        let ends = Array(bytes.indices.contains(start) && bytes[start] == UInt8(ascii: "!") ? " \t\r\n,[]{}".utf8 : " \t\r\n,[]{}:".utf8)
        var at = start
        while at < bytes.count, !ends.contains(bytes[at]) { at += 1 }
        return at
    }

    private func isBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
}
