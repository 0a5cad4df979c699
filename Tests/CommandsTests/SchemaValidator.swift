import Foundation
import JSON
import Reporting

/// The part of JSON Schema that our schemas use, so that tests need nothing installed; `.ci/run` asks another program the same.
struct SchemaValidator {
    /// A keyword that this reader does not know would check nothing: that is an error, not a pass.
    struct UnknownKeyword: Error {
        var keyword: String
    }

    private static let annotations: Set = ["$schema", "$comment", "title", "description", "default", "examples"]

    /// Whether the schema lets the value pass.
    static func accepts(_ value: JSONValue, _ schema: JSONValue) throws -> Bool {
        guard case .object(let keywords) = schema else { return schema == .bool(true) }
        for keyword in keywords where !annotations.contains(keyword.key) {
            guard try holds(keyword, value, in: schema) else { return false }
        }
        return true
    }

    private static func holds(_ keyword: JSONValue.Member, _ value: JSONValue, in schema: JSONValue) throws -> Bool {
        let argument = keyword.value
        switch (keyword.key, value) {
        case ("type", _): return list(argument).contains { $0 == type(of: value) || $0 == "number" && type(of: value) == "integer" }
        case ("enum", _): return list(argument).contains(value)
        case ("const", _): return argument == value
        case ("allOf", _): return try list(argument).allSatisfy { try accepts(value, $0) }
        case ("anyOf", _): return try list(argument).contains { try accepts(value, $0) }
        case ("oneOf", _): return try list(argument).count { try accepts(value, $0) } == 1
        case ("if", _): return try !accepts(value, argument) || accepts(value, schema["then"] ?? true)
        case ("then", _): return true
        case ("pattern", .string(let text)): return try matches(argument, text)
        case ("minimum", .number(let text)): return number(text) >= number(argument)
        case ("maximum", .number(let text)): return number(text) <= number(argument)
        case ("exclusiveMinimum", .number(let text)): return number(text) > number(argument)
        case ("items", .array(let elements)): return try elements.allSatisfy { try accepts($0, argument) }
        case ("minItems", .array(let elements)): return Double(elements.count) >= number(argument)
        case ("maxItems", .array(let elements)): return Double(elements.count) <= number(argument)
        case ("minProperties", .object(let members)): return Double(members.count) >= number(argument)
        case ("required", .object(let members)):
            return list(argument).allSatisfy { key in members.contains { .string($0.key) == key } }
        case ("properties", .object(let members)):
            return try members.allSatisfy { member in try argument[member.key].map { try accepts(member.value, $0) } ?? true }
        case ("additionalProperties", .object(let members)):
            return try members.filter { schema["properties"]?[$0.key] == nil }.allSatisfy { try accepts($0.value, argument) }
        case ("propertyNames", .object(let members)):
            return try members.allSatisfy { try accepts(.string($0.key), argument) }
        case ("pattern", _), ("minimum", _), ("maximum", _), ("exclusiveMinimum", _), ("items", _), ("minItems", _), ("maxItems", _),
            ("minProperties", _), ("required", _), ("properties", _), ("additionalProperties", _), ("propertyNames", _):
            return true
        default: throw UnknownKeyword(keyword: keyword.key)
        }
    }

    private static func list(_ value: JSONValue) -> [JSONValue] {
        if case .array(let elements) = value { elements } else { [value] }
    }

    private static func type(of value: JSONValue) -> JSONValue {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .number(let text): text.contains(".") ? "number" : "integer"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    private static func number(_ value: JSONValue) -> Double {
        if case .number(let text) = value { number(text) } else { .nan }
    }

    private static func number(_ text: String) -> Double { Double(text) ?? .nan }

    private static func matches(_ pattern: JSONValue, _ text: String) throws -> Bool {
        guard case .string(let pattern) = pattern else { return false }
        return try text.contains(Regex(pattern))
    }
}
