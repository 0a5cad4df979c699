/// What may stand behind a key, as data: the same description drives the decoder's messages and the documentation.
package indirect enum ValueDescription: Hashable, Sendable {
    /// Any text.
    case text
    /// Text of a certain form, such as a duration: what it is called, one or two examples, and a regular expression that the form's
    /// texts match. The expression is for editors: it lets pass what only the decoder can judge, and of what that takes it refuses
    /// nothing but spellings that nobody uses, such as `+60%`.
    case form(name: String, examples: [String], pattern: String? = nil)
    /// A text, a number or a truth value; where it says so also a list of them.
    case literal(name: String, examples: [String], mayBeList: Bool = false)
    /// Whatever YAML can say.
    case anything
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
        case .form(let name, let examples, _): "\(name) such as \(Self.joined(examples))"
        case .literal(let name, let examples, _): "\(name) such as \(Self.joined(examples))"
        case .anything: "a value"
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
    /// Keys of which some must be stated.
    package var choice: KeyChoice?

    package subscript(key: String) -> FieldDescription? { fields.first { $0.key == key } }
}

/// Keys that are optional one by one, of which an object must state some.
package enum KeyChoice: Hashable, Sendable {
    case atLeastOne(of: [String])
    case exactlyOne(of: [String])
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
