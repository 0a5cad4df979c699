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

    /// Where the quote stands that ends a string; nil where anything in it may mean something else than itself.
    func endOfPlainText(from start: Int) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            for at in start..<max(start, bytes.count) {
                switch bytes[at] {
                case UInt8(ascii: "\""): return at
                case UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "%"), .newline, .carriageReturn: return nil
                default: continue
                }
            }
            return nil
        }
    }

    func nextLine(_ offset: Int) -> Int {
        var at = offset
        while let current = byte(at), current != .newline { at += 1 }
        return min(at + 1, bytes.count)
    }

    /// The offset behind the marker, and behind what stands there besides blanks, where the line is nothing but the marker and white space.
    ///
    /// White space is what Go's `unicode.IsSpace` holds for it, since HCL trims the line by that; and it wants a line ending behind it.
    func endOfMarker(_ marker: Range<Int>, at lineStart: Int) -> Int? {
        var start = lineStart
        while let width = widthOfSpace(at: start) { start += width }
        let end = start + marker.count
        guard end < bytes.count, bytes[start..<end].elementsEqual(bytes[marker]) else { return nil }
        var behind = end
        var rest = end
        while true {
            if let current = byte(rest), current.isBlank || current == .carriageReturn {
                rest += 1
            } else if let width = widthOfSpace(at: rest) {
                rest += width
                behind = rest
            } else {
                return byte(rest) == .newline ? behind : nil
            }
        }
    }

    /// Nil where no white space stands, or what may end the line.
    private func widthOfSpace(at offset: Int) -> Int? {
        guard let byte = byte(offset), byte != .newline, byte != .carriageReturn else { return nil }
        guard let (scalar, width) = scalar(at: offset), scalar.properties.isWhitespace else { return nil }
        return width
    }

    /// The `EOT` of `<<-EOT`, and whether the dash is there.
    func heredocMarker(_ open: Token) -> (marker: Range<Int>, indented: Bool) {
        let indented = bytes[open.range.lowerBound + 2] == .dash
        return (open.range.lowerBound + (indented ? 3 : 2)..<open.range.upperBound, indented)
    }
}
