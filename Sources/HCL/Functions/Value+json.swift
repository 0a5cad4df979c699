internal import JSON

extension Value {
    /// As jsonencode() writes it: without white space, keys sorted, and `<`, `>`, `&` escaped.
    package var json: String {
        var writer = JSONWriter(escaping: .terraform)
        append(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func append(to writer: inout JSONWriter) {
        switch kind {
        case .null, .unknown: writer.null()
        case .bool(let flag): writer.bool(flag)
        case .number(let number): writer.number(number.description)
        case .string(let text): writer.text(text)
        case .list(let elements, _), .set(let elements):
            writer.array { writer in for element in elements { element.append(to: &writer) } }
        case .map(let map):
            writer.object { writer in
                for entry in map.entries {
                    writer.key(entry.key)
                    entry.value.append(to: &writer)
                }
            }
        }
    }

    /// What jsondecode() reads: JSON as objects and tuples. Of a key that stands twice the last one counts.
    init(json text: String) throws(EvaluationError) {
        do throws(JSONError) {
            self = try JSONReader.read(Array(text.utf8)) { (reader) throws(JSONError) in try Value(&reader) }
        } catch {
            throw EvaluationError("jsondecode() needs valid JSON: \(error)", kind: error.isLimit ? .limit : .mistake)
        }
    }

    private init(_ reader: inout JSONReader) throws(JSONError) {
        switch try reader.peek() {
        case .null:
            _ = try reader.null()
            self = .null
        case .bool: self = .bool(try reader.bool())
        case .string: self = .string(try reader.string())
        case .number:
            let text = String(decoding: try reader.number(), as: UTF8.self)
            // Terraform's numbers have 512 bits; ours have fewer, and are never rounded.
            self = Number(text).map(Value.number) ?? .unknown("the number is out of range")
        case .array:
            var elements: [Value] = []
            try reader.array { (reader) throws(JSONError) in elements.append(try Value(&reader)) }
            self = .tuple(elements)
        case .object:
            var entries: [MapValue.Entry] = []
            try reader.object { (reader, key) throws(JSONError) in
                let key = key.string
                entries.append(MapValue.Entry(key, try Value(&reader)))
            }
            self = .map(MapValue(entries))
        }
    }
}

extension JSONEscaping {
    /// Go's: what could end a script in a page of HTML, or a line of JavaScript, is escaped too.
    fileprivate static let terraform = JSONEscaping(letters: "bfnrt") { ["<", ">", "&", "\u{2028}", "\u{2029}"].contains($0) }
}
