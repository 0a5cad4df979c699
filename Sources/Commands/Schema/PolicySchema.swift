import CostModel
import Diagnostics
import JSON
import PolicyLanguage
import Reporting

/// JSON Schemas of the policy language (draft 2020-12), made from the description that the decoder reads by: editors complete, explain and
/// check policies with them while they are written.
///
/// A schema cannot say everything: that a team exists, that amounts are in one currency, is said by `bursar validate`.
struct PolicySchema {
    /// Nil: any document of a workspace, told by its `kind`.
    var kind: PolicyKind?

    /// All there are: the one of any document first, then one for each kind.
    static var all: [PolicySchema] { [PolicySchema()] + PolicyKind.allCases.map { PolicySchema(kind: $0) } }

    /// How its file is called.
    var fileName: String { kind.map { "\($0.rawValue).schema.json" } ?? "schema.json" }

    var bytes: [UInt8] { JSONWriter.write(json) }

    var json: JSONValue {
        let head: JSONValue = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$comment": .string("written by bursar \(Version.current); renewed by: bursar schema --out DIR"),
        ]
        return head.appending(kind.map(Self.document) ?? Self.anyDocument)
    }

    private static func document(of kind: PolicyKind) -> JSONValue {
        let description = Kinds.spec(of: kind)
        var body: JSONValue = ["title": .string(kind.rawValue), "description": .string(description.doc)]
        body = body.appending(envelope(kinds: [kind], spec: SchemaValue.object(description)))
        if let example = example(of: kind) { body = body.appending(["examples": .array([example])]) }
        return body
    }

    /// A document that is told by its kind: conditions rather than alternatives, so that an editor explains what is wrong with the kind that
    /// was meant, and not with all of them.
    private static var anyDocument: JSONValue {
        let head: JSONValue = [
            "title": "Bursar policy",
            "description": .string(Kinds.envelope.doc),
        ]
        let kinds = PolicyKind.allCases
        let conditions = kinds.map { kind -> JSONValue in
            let description = Kinds.spec(of: kind)
            var then: JSONValue = [
                "title": .string(kind.rawValue), "description": .string(description.doc),
                "properties": ["spec": specification(SchemaValue.object(description))],
            ]
            if kind == .workspace { then = then.appending(["required": ["apiVersion"]]) }
            return ["if": ["properties": ["kind": ["const": .string(kind.rawValue)]], "required": ["kind"]], "then": then]
        }
        let documents = envelope(kinds: kinds, spec: ["type": "object"], orEmpty: true)
        return head.appending(documents).appending([
            "allOf": .array(conditions), "examples": .array(kinds.compactMap(example)),
        ])
    }

    /// What every document begins with.
    ///
    /// - Parameter orEmpty: a file may hold nothing but comments.
    private static func envelope(kinds: [PolicyKind], spec: JSONValue, orEmpty: Bool = false) -> JSONValue {
        let envelope = Kinds.envelope
        let properties = envelope.fields.filter(\.isSupported).map { field -> JSONValue.Member in
            switch field.key {
            case "apiVersion": JSONValue.Member(field.key, SchemaValue.words([Kinds.version], of: field))
            case "kind": JSONValue.Member(field.key, SchemaValue.words(kinds.map(\.rawValue), of: field))
            case "spec": JSONValue.Member(field.key, specification(spec))
            default: JSONValue.Member(field.key, SchemaValue.field(field))
            }
        }
        let isVersioned = kinds == [.workspace]
        let required = (isVersioned ? ["apiVersion"] : []) + envelope.fields.filter(\.isRequired).map(\.key)
        return [
            "type": orEmpty ? ["object", "null"] : "object", "properties": .object(properties), "required": JSONValue(required),
            "additionalProperties": false,
        ]
    }

    private static func specification(_ schema: JSONValue) -> JSONValue {
        guard let field = Kinds.envelope["spec"] else { return schema }
        return SchemaValue.titled(field, schema)
    }

    private static func example(of kind: PolicyKind) -> JSONValue? { Kinds.example(of: kind).flatMap { JSONValue(yaml: $0) } }
}
