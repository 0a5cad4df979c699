import JSON

/// Reads FOCUS's `Tags`, a JSON object; also a list of objects with `key` and `value`, as Google's exports write labels.
///
/// Keys count as they are spelled, with a provider's prefix where there is one. Of a repeated key the last value counts. Numbers and
/// booleans are taken as their text; `null`, lists and objects are no value.
enum TagsReader {
    /// Why the bytes are no JSON object.
    typealias Fault = JSONError

    /// For each pair of the object or list, in order. What is handed out is gone when the body returns.
    ///
    /// - Returns: whether it is a list.
    @discardableResult
    static func forEach(
        in bytes: [UInt8], _ body: (_ key: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>?) -> Void
    ) throws(JSONError) -> Bool {
        try JSONReader.read(bytes) { (reader) throws(JSONError) in
            guard try reader.peek() != .array else {
                try forEachOfList(&reader, body)
                return true
            }
            try reader.object { (reader, key) throws(JSONError) in
                switch try reader.peek() {
                case .string:
                    let value = try reader.text()
                    key.withBytes { key in value.withBytes { body(key, $0) } }
                case .number:
                    let value = try reader.number()
                    key.withBytes { body($0, value) }
                case .bool:
                    let word: StaticString = try reader.bool() ? "true" : "false"
                    key.withBytes { body($0, UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)) }
                case .null, .array, .object:
                    try reader.skip()
                    key.withBytes { body($0, nil) }
                }
            }
            return false
        }
    }

    /// `[{"key": "team", "value": "a", "inherited": false}]`; an element without a key is none of a tag.
    private static func forEachOfList(
        _ reader: inout JSONReader, _ body: (_ key: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>?) -> Void
    ) throws(JSONError) {
        try reader.array { (reader) throws(JSONError) in
            var (key, value): ([UInt8]?, [UInt8]?) = (nil, nil)
            try reader.object { (reader, name) throws(JSONError) in
                switch (name.string, try reader.peek()) {
                case ("key", .string): key = Array(try reader.text().string.utf8)
                case ("value", .string): value = Array(try reader.text().string.utf8)
                case ("value", .number): value = Array(try reader.number())
                case ("value", .bool): value = Array((try reader.bool() ? "true" : "false").utf8)
                default: try reader.skip()
                }
            }
            guard let key else { throw reader.error("a tag without a key") }
            key.withUnsafeBufferPointer { key in
                guard let value else { return body(key, nil) }
                value.withUnsafeBufferPointer { body(key, $0) }
            }
        }
    }
}
