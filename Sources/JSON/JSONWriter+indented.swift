extension JSONWriter {
    /// An array or object inside the document that is no longer than this stays on one line.
    private static let lineLimit = 120

    private typealias Item = (key: String?, value: JSONValue)

    /// A value in the layout `indented`. It begins where the writer stands and takes care of its own commas.
    mutating func indented(_ value: JSONValue, depth: Int) {
        switch value {
        case .array(let elements): append(elements.map { (nil, $0) }, "[", "]", depth)
        case .object(let members): append(members.map { ($0.key, $0.value) }, "{", "}", depth)
        default: scalar(value)
        }
    }

    private mutating func append(_ items: [Item], _ opening: String, _ closing: String, _ depth: Int) {
        append(opening)
        let start = bytes.count
        if items.isEmpty || depth > 0 && mayFit(items) && appendOnOneLine(items, until: start + Self.lineLimit) { return append(closing) }
        bytes.removeLast(bytes.count - start)
        let line = "\n" + String(repeating: "  ", count: depth + 1)
        for (index, item) in items.enumerated() {
            append((index > 0 ? "," : "") + line)
            append(key: item.key)
            indented(item.value, depth: depth + 1)
        }
        append(line.dropLast(2) + closing)
    }

    /// Whether a line could hold the items if nothing in them needed an escape: what is surely too long is not written twice.
    private func mayFit(_ items: [Item]) -> Bool {
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
    private mutating func appendOnOneLine(_ items: [Item], until limit: Int) -> Bool {
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
        default: scalar(value)
        }
        return true
    }

    private mutating func append(key: String?) {
        guard let key else { return }
        escaping.append(quoted: key, to: &bytes)
        append(": ")
    }

    private mutating func scalar(_ value: JSONValue) {
        switch value {
        case .bool(let flag): append(flag ? "true" : "false")
        case .number(let text): append(text)
        case .string(let text): escaping.append(quoted: text, to: &bytes)
        default: append("null")
        }
    }

    private mutating func append(_ text: some StringProtocol) { bytes.append(contentsOf: text.utf8) }
}
