internal import CostModel
internal import JSON
internal import Reporting

/// What a JSON value looks like, as JSON Schema 2020-12 (which OpenAPI 3.1 uses).
indirect enum Schema: Sendable {
    case text
    /// Without control characters, and not empty.
    case line(limit: Int)
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
    /// With what it means.
    case described(Schema, String)

    var json: JSONValue {
        switch self {
        case .text: ["type": "string"]
        case .line(let limit):
            ["type": "string", "minLength": 1, "maxLength": JSONValue(limit), "pattern": .string(QueryParameter.printable)]
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
        case .described(let schema, let text): schema.json.appending(["description": .string(text)])
        }
    }
}

extension Schema {
    /// What stands in a column.
    init(_ type: ColumnType) {
        self =
            switch type {
            case .text: .text
            case .word(let words): .word(words)
            case .integer: .integer
            case .flag: .flag
            case .time: .time
            case .day: .day
            case .points: .number
            case .money: .reference("Money")
            case .policy: .reference("Policy")
            case .change: Shapes.change.reference
            case .changes: .list(Shapes.change.reference)
            }
    }

    /// Written by Reporting for every document.
    static let money = Schema.object([("amount", .text), ("currency", .text)])
    static let policy = Schema.object([("kind", .text), ("name", .text)])
    /// RFC 9457.
    static let problem = Schema.object([("status", .integer), ("title", .text), ("detail", .text)])
}
