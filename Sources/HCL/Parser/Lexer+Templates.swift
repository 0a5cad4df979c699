/// What the lexer knows of the inside of strings and heredocs.
extension Lexer {
    /// Where text stops: at a sequence, a line end, and in a quoted string at the quote.
    func endOfText(from start: Int, quoted: Bool) -> Int {
        var at = start
        while let current = byte(at) {
            switch current {
            case UInt8(ascii: "\""), .carriageReturn:
                if quoted { return at }
                at += 1
            case .newline: return at
            case UInt8(ascii: "\\") where quoted:
                guard let escaped = byte(at + 1), escaped != .newline, escaped != .carriageReturn else { return bytes.count }
                at += 2
            case UInt8(ascii: "$"), UInt8(ascii: "%"):
                if byte(at + 1) == UInt8(ascii: "{") { return at }
                at += byte(at + 1) == current && byte(at + 2) == UInt8(ascii: "{") ? 3 : 1
            default: at += 1
            }
        }
        return at
    }

    func nextLine(_ offset: Int) -> Int {
        var at = offset
        while let current = byte(at), current != .newline { at += 1 }
        return min(at + 1, bytes.count)
    }

    /// The offset behind the marker where the line is nothing but the marker; HCL wants a line ending behind it.
    func endOfMarker(_ marker: Range<Int>, at lineStart: Int) -> Int? {
        var start = lineStart
        while byte(start)?.isBlank ?? false { start += 1 }
        let end = start + marker.count
        guard end < bytes.count, bytes[start..<end].elementsEqual(bytes[marker]) else { return nil }
        var rest = end
        while let current = byte(rest), current.isBlank || current == .carriageReturn { rest += 1 }
        return byte(rest) == .newline ? end : nil
    }

    /// The `EOT` of `<<-EOT`, and whether the dash is there.
    func heredocMarker(_ open: Token) -> (marker: Range<Int>, indented: Bool) {
        let indented = bytes[open.range.lowerBound + 2] == .dash
        return (open.range.lowerBound + (indented ? 3 : 2)..<open.range.upperBound, indented)
    }
}
