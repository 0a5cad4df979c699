import CostModel
import YAML

/// A key of an object with the Swift type of its value: the one description from which decoding, messages and documentation follow.
///
/// ```swift
/// static let lookback = Field("lookback", .timeSpan, default: "14d", "How far back samples count.")
/// …
/// let lookback = record.value(of: lookback)
/// ```
struct Field<Value>: Sendable {
    enum Presence { case required }

    let description: FieldDescription
    let shape: Shape<Value>

    init(_ key: String, _ shape: Shape<Value>, _ doc: String) {
        self.shape = shape
        description = FieldDescription(key: key, value: shape.description, isRequired: false, defaultText: nil, doc: doc)
    }

    init(_ key: String, _ shape: Shape<Value>, _: Presence, _ doc: String) {
        self.shape = shape
        description = FieldDescription(key: key, value: shape.description, isRequired: true, defaultText: nil, doc: doc)
    }

    /// - Parameter defaultText: Written as in YAML and read by the same shape.
    init(_ key: String, _ shape: Shape<Value>, default defaultText: String, _ doc: String) {
        self.shape = shape
        description = FieldDescription(key: key, value: shape.description, isRequired: false, defaultText: defaultText, doc: doc)
    }

    var key: String { description.key }
}

extension FieldDescription {
    /// A key of the language that this version cannot evaluate.
    static func unsupported(_ key: String, _ value: ValueDescription, _ doc: String) -> FieldDescription {
        FieldDescription(key: key, value: value, isRequired: false, defaultText: nil, doc: doc, isSupported: false)
    }
}

/// Something with keys: a kind's `spec`, or a mapping inside one.
protocol DescribedObject: SendableMetatype {
    /// What the object is for, in a sentence.
    static var doc: String { get }
    static var fields: [FieldDescription] { get }
    /// Keys of which some must be stated; nil: each key for itself is required or not.
    static var choice: KeyChoice? { get }
}

extension DescribedObject {
    static var choice: KeyChoice? { nil }
    static var description: ObjectDescription { ObjectDescription(doc: doc, fields: fields, choice: choice) }
}

/// A mapping inside a `spec`.
protocol NestedObject: DescribedObject {
    associatedtype Value
    /// - Returns: Nil when something was wrong; it has been reported then.
    static func build(_ record: Record) -> Value?
}

/// The `spec` of a kind.
protocol KindObject: DescribedObject {
    /// A document that is right, in YAML, as one would begin with.
    static var example: String? { get }
}

/// The `spec` of a kind of policy, which makes findings.
protocol PolicyKindObject: KindObject {
    associatedtype Body: PolicyBody
    /// - Returns: Nil when something was wrong; it has been reported then.
    static func build(_ record: Record, _ envelope: Envelope) -> Body?
}

/// The `spec` of a kind that policies rely on, and that makes no findings.
protocol SupportingKindObject: KindObject {
    static func build(_ record: Record, _ envelope: Envelope) -> SupportingObject?
}

extension KindObject {
    static var example: String? { nil }
}
