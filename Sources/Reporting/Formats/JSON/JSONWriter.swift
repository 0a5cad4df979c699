import Diagnostics

/// Writes JSON for people and machines alike: two spaces of indentation, and on one line whatever is short enough, such as
/// `{"amount": "1234.56", "currency": "USD"}`. Equal values give equal bytes.
package struct JSONWriter {
    /// An array or object inside the document that is no longer than this stays on one line.
    private static let lineLimit = 120

    private var bytes: [UInt8] = []

    /// The document with a newline behind it.
    package static func write(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.append(value, depth: 0)
        writer.bytes.append(UInt8(ascii: "\n"))
        return writer.bytes
    }

    /// The value on one line, with a newline behind it: one of many in a stream.
    package static func line(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.appendLine(value)
        writer.bytes.append(UInt8(ascii: "\n"))
        return writer.bytes
    }

    private mutating func appendLine(_ value: JSONValue) {
        let items: [(key: String?, value: JSONValue)]
        switch value {
        case .array(let elements): items = elements.map { (nil, $0) }
        case .object(let members): items = members.map { ($0.key, $0.value) }
        default: return append(value, depth: 0)
        }
        let isArray = if case .array = value { true } else { false }
        append(isArray ? "[" : "{")
        for (index, item) in items.enumerated() {
            if index > 0 { append(", ") }
            append(key: item.key)
            appendLine(item.value)
        }
        append(isArray ? "]" : "}")
    }

    private mutating func append(_ value: JSONValue, depth: Int) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .number(let text): append(text)
        case .string(let text): append(quoted: text)
        case .array(let elements): append(elements.map { (nil, $0) }, "[", "]", depth)
        case .object(let members): append(members.map { ($0.key, $0.value) }, "{", "}", depth)
        }
    }

    private mutating func append(_ items: [(key: String?, value: JSONValue)], _ opening: String, _ closing: String, _ depth: Int) {
        append(opening)
        let start = bytes.count
        if items.isEmpty || depth > 0 && mayFit(items) && appendOnOneLine(items, until: start + Self.lineLimit) { return append(closing) }
        bytes.removeLast(bytes.count - start)
        let line = "\n" + String(repeating: "  ", count: depth + 1)
        for (index, item) in items.enumerated() {
            append((index > 0 ? "," : "") + line)
            append(key: item.key)
            append(item.value, depth: depth + 1)
        }
        append(line.dropLast(2) + closing)
    }

    /// Whether a line could hold the items if nothing in them needed an escape: what is surely too long is not written twice.
    private func mayFit(_ items: [(key: String?, value: JSONValue)]) -> Bool {
        var room = Self.lineLimit
        for item in items {
            room -= (item.key.map { $0.utf8.count + 4 } ?? 0)
            guard takes(item.value, &room) else { return false }
        }
        return true
    }

    private func takes(_ value: JSONValue, _ room: inout Int) -> Bool {
        switch value {
        case .null, .bool: room -= 4
        case .number(let text): room -= text.utf8.count
        case .string(let text): room -= text.utf8.count + 2
        case .array(let elements):
            for element in elements where !takes(element, &room) { return false }
        case .object(let members):
            for member in members {
                room -= member.key.utf8.count + 4
                guard takes(member.value, &room) else { return false }
            }
        }
        return room >= 0
    }

    /// Gives up, with a part of it written, as soon as the line becomes too long: what a nested value costs does not depend on its depth.
    private mutating func appendOnOneLine(_ items: [(key: String?, value: JSONValue)], until limit: Int) -> Bool {
        for (index, item) in items.enumerated() {
            if index > 0 { append(", ") }
            guard (item.key?.utf8.count ?? 0) <= Self.lineLimit else { return false }
            append(key: item.key)
            guard appendOnOneLine(item.value, until: limit), bytes.count <= limit else { return false }
        }
        return true
    }

    private mutating func appendOnOneLine(_ value: JSONValue, until limit: Int) -> Bool {
        switch value {
        case .array(let elements):
            append("[")
            guard appendOnOneLine(elements.map { (nil, $0) }, until: limit) else { return false }
            append("]")
        case .object(let members):
            append("{")
            guard appendOnOneLine(members.map { ($0.key, $0.value) }, until: limit) else { return false }
            append("}")
        case .string(let text) where text.utf8.count > Self.lineLimit: return false
        default: append(value, depth: 0)
        }
        return true
    }

    private mutating func append(key: String?) {
        guard let key else { return }
        append(quoted: key)
        append(": ")
    }

    private mutating func append(_ text: some StringProtocol) { bytes.append(contentsOf: text.utf8) }

    /// Escapes what JSON asks for, and beyond it everything that does something to a terminal or to JavaScript (U+2028).
    private mutating func append(quoted text: String) {
        bytes.append(UInt8(ascii: "\""))
        // Nearly every text needs no second look.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            append(text)
            bytes.append(UInt8(ascii: "\""))
            return
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": append(#"\""#)
            case "\\": append(#"\\"#)
            case "\n": append(#"\n"#)
            case "\r": append(#"\r"#)
            case "\t": append(#"\t"#)
            case _ where scalar.isPrintable: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            default: for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { append(escaped: unit) }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(escaped unit: UInt16) {
        let digits = String(unit, radix: 16)
        append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
    }
}
