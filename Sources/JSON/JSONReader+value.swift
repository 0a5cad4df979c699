extension JSONReader {
    /// The whole text as a value. A key that stands twice in one object is refused: two programs would read two documents.
    package static func read(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) -> JSONValue {
        try read(bytes, limits: limits) { (reader) throws(JSONError) in try reader.value() }
    }

    package mutating func value() throws(JSONError) -> JSONValue {
        switch try peek() {
        case .object: return try objectValue()
        case .array: return try arrayValue()
        case .string: return .string(try string())
        case .number: return .number(String(decoding: try number(), as: UTF8.self))
        case .bool: return .bool(try bool())
        case .null:
            _ = try null()
            return .null
        }
    }

    private mutating func objectValue() throws(JSONError) -> JSONValue {
        var members: [JSONValue.Member] = []
        var keys: Set<String> = []
        try object { (reader, text) throws(JSONError) in
            let key = text.string
            guard keys.insert(key).inserted else { throw reader.error("a key stands twice in one object", at: text) }
            try reader.countMember()
            members.append(.init(key, try reader.value()))
        }
        return .object(members)
    }

    private mutating func arrayValue() throws(JSONError) -> JSONValue {
        var elements: [JSONValue] = []
        try array { (reader) throws(JSONError) in
            try reader.countMember()
            elements.append(try reader.value())
        }
        return .array(elements)
    }

    mutating func countMember() throws(JSONError) {
        members += 1
        guard members <= limits.members else { throw limit("more than \(limits.members) members and elements", at: offset) }
    }
}
