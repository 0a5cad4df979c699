extension JSONWriter {
    /// An array or object inside the document that is no longer than this stays on one line.
    private static let lineLimit = 120

    /// A value in the layout `indented`. It begins where the writer stands and takes care of its own commas.
    mutating func indented(_ value: JSONValue, depth: Int) {
        let start = bytes.count
        switch value {
        case .array(let elements):
            guard !elements.isEmpty else { return append("[]") }
            if depth > 0, appendOnOneLine(value, from: start) { return }
            append("[")
            for (index, element) in elements.enumerated() {
                beginLine(index, depth)
                indented(element, depth: depth + 1)
            }
            endLines("]", depth)
        case .object(let members):
            guard !members.isEmpty else { return append("{}") }
            if depth > 0, appendOnOneLine(value, from: start) { return }
            append("{")
            for (index, member) in members.enumerated() {
                beginLine(index, depth)
                append(key: member.key)
                indented(member.value, depth: depth + 1)
            }
            endLines("}", depth)
        default: scalar(value)
        }
    }

    /// The same bytes as its value has.
    mutating func indented(_ document: JSONDocument) {
        guard !document.members.isEmpty else { return append("{}") }
        append("{")
        for (index, member) in document.members.enumerated() {
            beginLine(index, 0)
            append(key: member.key)
            switch member.part {
            case .value(let value): indented(value, depth: 1)
            case .list(let count, let element): indentedList(count, element, depth: 1)
            }
        }
        endLines("}", 0)
    }

    private mutating func indentedList(_ count: Int, _ element: (Int) -> JSONValue, depth: Int) {
        var room = Self.lineLimit
        var short: [JSONValue] = []
        while short.count < count, case let next = element(short.count), takes(next, &room) { short.append(next) }
        // What a line may hold is no long list.
        guard short.count < count else { return indented(.array(short), depth: depth) }
        append("[")
        for index in 0..<count {
            beginLine(index, depth)
            indented(element(index), depth: depth + 1)
        }
        endLines("]", depth)
    }

    // MARK: Several lines

    private mutating func beginLine(_ index: Int, _ depth: Int) {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        newLine(depth + 1)
    }

    private mutating func endLines(_ closing: StaticString, _ depth: Int) {
        newLine(depth)
        append(closing)
    }

    private mutating func newLine(_ depth: Int) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }

    // MARK: One line

    /// Writes an array or object on one line where it fits there, or nothing.
    private mutating func appendOnOneLine(_ value: JSONValue, from start: Int) -> Bool {
        // The opening bracket is not counted.
        if mayFit(value), appendOnOneLine(value, until: start + 1 + Self.lineLimit) { return true }
        bytes.removeLast(bytes.count - start)
        return false
    }

    /// Whether a line could hold the value if nothing in it needed an escape: what is surely too long is not written twice.
    private func mayFit(_ value: JSONValue) -> Bool {
        var room = Self.lineLimit
        return takes(value, &room)
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
    private mutating func appendOnOneLine(_ value: JSONValue, until limit: Int) -> Bool {
        switch value {
        case .array(let elements):
            append("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { append(", ") }
                guard appendOnOneLine(element, until: limit), bytes.count <= limit else { return false }
            }
            append("]")
        case .object(let members):
            append("{")
            for (index, member) in members.enumerated() {
                if index > 0 { append(", ") }
                guard member.key.utf8.count <= Self.lineLimit else { return false }
                append(key: member.key)
                guard appendOnOneLine(member.value, until: limit), bytes.count <= limit else { return false }
            }
            append("}")
        case .string(let text) where text.utf8.count > Self.lineLimit: return false
        default: scalar(value)
        }
        return true
    }

    // MARK: Pieces

    private mutating func append(key: String) {
        escaping.append(quoted: key, to: &bytes)
        append(": ")
    }

    private mutating func scalar(_ value: JSONValue) {
        switch value {
        case .bool(true): append("true")
        case .bool(false): append("false")
        case .number(let text): bytes.append(contentsOf: text.utf8)
        case .string(let text): escaping.append(quoted: text, to: &bytes)
        default: append("null")
        }
    }

    private mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
