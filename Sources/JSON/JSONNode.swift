/// A JSON value with the bytes that it was written in, for whoever shows them to people or edits them.
///
/// Unlike `JSONValue` it keeps every member of an object, also where a key stands twice: what that means is for whoever reads to say.
package struct JSONNode: Sendable {
    package indirect enum Kind: Sendable {
        case null
        case bool(Bool)
        /// As it is written.
        case number(String)
        case string(JSONStringNode)
        case array([JSONNode])
        case object([Member])
    }

    package struct Member: Sendable {
        package var key: JSONStringNode
        /// Of the `:`.
        package var colon: Int
        package var value: JSONNode

        /// From the key to the end of the value, without a comma.
        package var range: Range<Int> { key.range.lowerBound..<value.range.upperBound }
    }

    package var kind: Kind
    package var range: Range<Int>

    /// - Parameter limits: `members` counts all of the text.
    package static func read(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) -> JSONNode {
        try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in try reader.node() }
    }
}

/// A string or a key, and where it stands, with its quotes.
package struct JSONStringNode: Sendable {
    package var text: String
    package var range: Range<Int>
    package var hasEscapes: Bool

    /// What the string means, byte by byte, and for each byte where it is written; with one offset more for the end.
    ///
    /// - Parameter bytes: the text that the string was read from.
    package func decoded(from bytes: [UInt8]) -> (bytes: [UInt8], offsets: [Int]) {
        let inside = range.lowerBound + 1..<range.upperBound - 1
        guard hasEscapes else { return (Array(bytes[inside]), Array(inside.lowerBound...inside.upperBound)) }
        var result: (bytes: [UInt8], offsets: [Int]) = ([], [])
        bytes.withUnsafeBufferPointer { bytes in
            var at = inside.lowerBound
            while at < inside.upperBound {
                let length = Self.lengthOfUnit(bytes, at, before: inside.upperBound)
                let unit = JSONText(written: UnsafeBufferPointer(rebasing: bytes[at..<at + length]), hasEscapes: length > 1)
                for byte in unit {
                    result.bytes.append(byte)
                    result.offsets.append(at)
                }
                at += length
            }
        }
        result.offsets.append(inside.upperBound)
        return result
    }

    /// Of a byte that stands for itself, of an escape, or of the two escapes that one character is written as.
    private static func lengthOfUnit(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, before end: Int) -> Int {
        guard bytes[at] == UInt8(ascii: "\\") else { return 1 }
        guard bytes[at + 1] == UInt8(ascii: "u") else { return 2 }
        func unit(_ start: Int) -> UInt16 { (0..<4).reduce(0) { $0 << 4 | UInt16(bytes[start + $1].hexadecimalValue ?? 0) } }
        guard UTF16.isLeadSurrogate(unit(at + 2)), at + 12 <= end, bytes[at + 6] == UInt8(ascii: "\\"),
            bytes[at + 7] == UInt8(ascii: "u"), UTF16.isTrailSurrogate(unit(at + 8))
        else { return 6 }
        return 12
    }
}

extension JSONReader {
    /// The next value with its place.
    package mutating func node() throws(JSONError) -> JSONNode {
        let kind = try peek()
        let start = offset
        let made: JSONNode.Kind
        switch kind {
        case .object: made = .object(try memberNodes())
        case .array: made = .array(try elementNodes())
        case .string: made = .string(place(of: try text()))
        case .number: made = .number(String(decoding: try number(), as: UTF8.self))
        case .bool: made = .bool(try bool())
        case .null:
            _ = try null()
            made = .null
        }
        return JSONNode(kind: made, range: start..<offset)
    }

    private mutating func memberNodes() throws(JSONError) -> [JSONNode.Member] {
        var members: [JSONNode.Member] = []
        try object { (reader, key) throws(JSONError) in
            let colon = reader.offset - 1
            try reader.countMember()
            members.append(JSONNode.Member(key: reader.place(of: key), colon: colon, value: try reader.node()))
        }
        return members
    }

    private mutating func elementNodes() throws(JSONError) -> [JSONNode] {
        var elements: [JSONNode] = []
        try array { (reader) throws(JSONError) in
            try reader.countMember()
            elements.append(try reader.node())
        }
        return elements
    }

    private func place(of text: JSONText) -> JSONStringNode {
        let start = bytes.baseAddress.flatMap { base in text.written.baseAddress.map { $0 - base } } ?? offset
        return JSONStringNode(text: text.string, range: start - 1..<start + text.written.count + 1, hasEscapes: text.hasEscapes)
    }
}
