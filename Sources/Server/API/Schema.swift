internal import JSON
internal import Reporting

/// What a JSON value looks like, as JSON Schema 2020-12 (which OpenAPI 3.1 uses).
indirect enum Schema: Sendable {
    case text
    /// One of a few words.
    case word([String])
    /// RFC 3339.
    case time
    case day
    case integer
    case number
    case flag
    case list(Schema)
    /// Any keys, all with such values.
    case map(Schema)
    case optional(Schema)
    /// A schema that stands under `components`.
    case reference(String)
    case object([(key: String, schema: Schema)])

    var json: JSONValue {
        switch self {
        case .text: ["type": "string"]
        case .word(let words): ["type": "string", "enum": JSONValue(words)]
        case .time: ["type": "string", "format": "date-time"]
        case .day: ["type": "string", "format": "date"]
        case .integer: ["type": "integer"]
        case .number: ["type": "number"]
        case .flag: ["type": "boolean"]
        case .list(let element): ["type": "array", "items": element.json]
        case .map(let value): ["type": "object", "additionalProperties": value.json]
        case .optional(let value): ["oneOf": [value.json, ["type": "null"]]]
        case .reference(let name): ["$ref": .string("#/components/schemas/\(name)")]
        case .object(let fields):
            [
                "type": "object", "additionalProperties": false, "required": JSONValue(fields.map(\.key)),
                "properties": .object(fields.map { JSONValue.Member($0.key, $0.schema.json) }),
            ]
        }
    }
}

/// How a value is written, and the schema of what is written, in one description: they cannot say different things.
struct Shape<Value>: Sendable {
    struct Field: Sendable {
        let key: String
        let schema: Schema
        let value: @Sendable (Value) -> JSONValue
    }

    let name: String
    let fields: [Field]

    func json(_ value: Value) -> JSONValue { .object(fields.map { JSONValue.Member($0.key, $0.value(value)) }) }

    var reference: Schema { .reference(name) }
    var schema: Schema { .object(fields.map { ($0.key, $0.schema) }) }
}

extension Shape.Field {
    /// Reads like the document: `.field("id", .text) { .string($0.id) }`.
    static func field(_ key: String, _ schema: Schema, _ value: @escaping @Sendable (Value) -> JSONValue) -> Self {
        Self(key: key, schema: schema, value: value)
    }

    static func text(_ key: String, _ value: @escaping @Sendable (Value) -> String) -> Self {
        Self(key: key, schema: .text) { .string(value($0)) }
    }

    static func text(orNull key: String, _ value: @escaping @Sendable (Value) -> String?) -> Self {
        Self(key: key, schema: .optional(.text)) { JSONValue(value($0)) }
    }

    static func word<Word: RawRepresentable<String> & CaseIterable & Sendable>(
        _ key: String, _ value: @escaping @Sendable (Value) -> Word
    ) -> Self {
        Self(key: key, schema: .word(Word.allCases.map(\.rawValue))) { .string(value($0).rawValue) }
    }

    static func list(_ key: String, _ value: @escaping @Sendable (Value) -> [String]) -> Self {
        Self(key: key, schema: .list(.text)) { JSONValue(value($0)) }
    }

    static func list<Element>(
        _ key: String, of shape: Shape<Element>, _ value: @escaping @Sendable (Value) -> [Element]
    ) -> Self {
        Self(key: key, schema: .list(shape.reference)) { .array(value($0).map(shape.json)) }
    }

    static func integer(_ key: String, _ value: @escaping @Sendable (Value) -> Int) -> Self {
        Self(key: key, schema: .integer) { JSONValue(value($0)) }
    }

    static func flag(_ key: String, _ value: @escaping @Sendable (Value) -> Bool) -> Self {
        Self(key: key, schema: .flag) { JSONValue(value($0)) }
    }
}
