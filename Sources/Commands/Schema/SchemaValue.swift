import JSON
import PolicyLanguage
import Reporting

/// What may stand behind a key, in the words of JSON Schema.
enum SchemaValue {
    /// Text in which something can be seen; the decoder takes no blank text anywhere.
    private static let visible = #"\S"#
    /// As many entries as the decoder takes in a list.
    private static let longestList = 1_000

    static func of(_ value: ValueDescription) -> JSONValue {
        switch value {
        case .text: return ["type": "string", "pattern": .string(visible)]
        case .form(_, let examples, let pattern):
            return ["type": "string", "pattern": .string(pattern ?? visible), "examples": JSONValue(examples)]
        case .literal(_, let examples, let mayBeList):
            // Examples are written as in YAML: 30 is a number.
            let types = ["string", "number", "boolean"]
            let one: JSONValue = ["type": JSONValue(types), "examples": .array(examples.compactMap { JSONValue(yaml: $0) })]
            guard mayBeList else { return one }
            return ["anyOf": [one, ["type": "array", "items": ["type": JSONValue(types)]]]]
        case .anything: return true
        case .bool: return ["type": "boolean"]
        case .integer(let range):
            let least: JSONValue = ["type": "integer", "minimum": JSONValue(range.lowerBound)]
            return range.upperBound == .max ? least : least.appending(["maximum": JSONValue(range.upperBound)])
        case .number(let above, let through):
            return ["type": "number", "exclusiveMinimum": JSONValue(above), "maximum": JSONValue(through)]
        case .choice(let words, _): return ["type": "string", "enum": JSONValue(words)]
        case .list(let element, let minimum):
            return [
                "type": "array", "items": of(element), "minItems": JSONValue(minimum), "maxItems": JSONValue(longestList),
            ]
        case .map(let key, let value):
            var names = JSONValue.object([])
            if case .form(_, _, let pattern?) = key { names = ["propertyNames": ["pattern": .string(pattern)]] }
            let map: JSONValue = ["type": "object", "additionalProperties": of(value), "minProperties": 1]
            return map.appending(names)
        case .object(let description): return object(description)
        case .either(let values): return ["anyOf": .array(values.map(of))]
        }
    }

    /// An object's keys, without those that this version cannot evaluate: they are wrong where they stand.
    static func object(_ description: ObjectDescription) -> JSONValue {
        let fields = description.fields.filter(\.isSupported)
        var object: JSONValue = ["type": "object", "properties": .object(fields.map { JSONValue.Member($0.key, field($0)) })]
        let required = fields.filter(\.isRequired).map(\.key)
        if !required.isEmpty { object = object.appending(["required": JSONValue(required)]) }
        switch description.choice {
        case .atLeastOne(let keys): object = object.appending(["anyOf": requirements(keys)])
        case .exactlyOne(let keys): object = object.appending(["oneOf": requirements(keys)])
        case nil: break
        }
        return object.appending(["additionalProperties": false])
    }

    private static func requirements(_ keys: [String]) -> JSONValue { .array(keys.map { ["required": JSONValue([$0])] }) }

    static func field(_ field: FieldDescription) -> JSONValue {
        let schema = titled(field, of(field.value))
        guard let text = field.defaultText, let value = JSONValue(yaml: text) else { return schema }
        return schema.appending(["default": value])
    }

    /// One of these words, behind a key.
    static func words(_ words: [String], of field: FieldDescription) -> JSONValue {
        titled(field, of(.choice(words)))
    }

    /// A key's name and sentence before what stands behind it.
    static func titled(_ field: FieldDescription, _ schema: JSONValue) -> JSONValue {
        let head: JSONValue = ["title": .string(field.key), "description": .string(field.doc)]
        return head.appending(schema)
    }
}
