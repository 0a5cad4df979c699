import JSON

/// Reads FOCUS's `Tags`, a JSON object.
///
/// Keys count as they are spelled, with a provider's prefix where there is one. Of a repeated key the last value counts. Numbers and
/// booleans are taken as their text; `null`, lists and objects are no value.
enum TagsReader {
    /// Why the bytes are no JSON object.
    typealias Fault = JSONError

    /// For each pair of the object, in order. What is handed out is gone when the body returns.
    static func forEach(
        in bytes: [UInt8], _ body: (_ key: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>?) -> Void
    ) throws(JSONError) {
        try JSONReader.read(bytes) { (reader) throws(JSONError) in
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
        }
    }
}
