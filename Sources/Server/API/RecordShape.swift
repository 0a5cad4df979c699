internal import CostModel
internal import JSON
internal import Reporting

/// How a value is written, and the schema of what is written, in one description: they cannot say different things.
struct RecordShape<Value>: Sendable {
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

extension RecordShape where Value: ColumnRecord {
    /// A record with what its columns show: a new column of it stands there by itself.
    ///
    /// - Parameters:
    ///   - others: fields that are no columns. They stand at the end.
    ///   - first: the keys that stand before all others, where the document has another order than the columns.
    init(_ name: String, adding others: [Field] = [], first: [String] = []) {
        let fields = Value.columns.compactMap { column in column.key.map { Field(key: $0, column: column) } } + others
        self.init(name: name, fields: fields.putting(first: first, by: \.key))
    }
}

extension RecordShape.Field {
    /// What a column shows.
    init(key: String, column: Column<Value>) {
        let schema = Schema(column.type)
        let unit = column.unit.map { " (\($0.rawValue))" } ?? ""
        self.init(key: key, schema: .described(column.isOptional ? .optional(schema) : schema, column.summary + unit)) { value in
            switch column.value(value) {
            case .change(let change): Shapes.change.json(change)
            case .changes(let changes): .array(changes.map(Shapes.change.json))
            case let other: JSONValue(other)
            }
        }
    }

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
        _ key: String, of shape: RecordShape<Element>, _ value: @escaping @Sendable (Value) -> [Element]
    ) -> Self {
        Self(key: key, schema: .list(shape.reference)) { .array(value($0).map(shape.json)) }
    }

    static func integer(_ key: String, _ value: @escaping @Sendable (Value) -> Int) -> Self {
        Self(key: key, schema: .integer) { JSONValue(value($0)) }
    }
}
