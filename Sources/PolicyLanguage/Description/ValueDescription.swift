/// What may stand behind a key, as data: the same description drives the decoder's messages and the documentation.
package indirect enum ValueDescription: Hashable, Sendable {
    /// Any text.
    case text
    /// Text of a certain form, such as a duration: what it is called, and one or two examples.
    case form(name: String, examples: [String])
    case bool
    case integer(ClosedRange<Int>)
    case number(above: Int, through: Int)
    /// One of these words. The last are part of the language, but this version cannot evaluate them.
    case choice([String], unsupported: [String] = [])
    case list(of: ValueDescription, minimum: Int)
    /// Keys of the author's own.
    case map(key: ValueDescription, value: ValueDescription)
    case object(ObjectDescription)
    case either([ValueDescription])
}

extension ValueDescription {
    /// Completes a sentence that begins "… must be".
    package var expectation: String {
        switch self {
        case .text: "text"
        case .form(let name, let examples): "\(name) such as \(Self.joined(examples))"
        case .bool: "true or false"
        case .integer(let range):
            range.upperBound == .max
                ? "a whole number from \(range.lowerBound)" : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .number(let above, let through): "a number above \(above) and at most \(through)"
        case .choice(let words, _): words.count == 1 ? "'\(words[0])'" : Self.joined(words)
        case .list: "a list"
        case .map: "a mapping"
        case .object(let object):
            object.fields.count > 5
                ? "a mapping" : "a mapping with \(Self.joined(object.fields.filter(\.isSupported).map { "'\($0.key)'" }, last: "and"))"
        case .either(let values): Self.joined(values.map(\.expectation))
        }
    }

    private static func joined(_ words: [String], last: String = "or") -> String {
        words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " \(last) " + words[words.count - 1]
    }
}

/// An object of the language: its purpose in a sentence, and its keys.
package struct ObjectDescription: Hashable, Sendable {
    package var doc: String
    package var fields: [FieldDescription]

    package subscript(key: String) -> FieldDescription? { fields.first { $0.key == key } }
}

/// One key of an object.
package struct FieldDescription: Hashable, Sendable {
    package var key: String
    package var value: ValueDescription
    package var isRequired: Bool
    /// The value that holds when the key is left out, written as in YAML.
    package var defaultText: String?
    /// One sentence that says what the key is for.
    package var doc: String
    /// False for what the language knows and this version cannot evaluate: an error where it is written.
    package var isSupported = true
}
