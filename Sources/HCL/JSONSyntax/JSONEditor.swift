package import Diagnostics
import JSON

/// Collects changes to one file in JSON syntax and turns them into edits that leave every other byte alone.
///
/// What is added is written the way its neighbours are: on lines of their own or on one, with or without blanks behind colons.
package struct JSONEditor {
    /// What can be written as the value of a key.
    package enum Literal {
        case text(String)
        /// A number, `true` or `false`.
        case word(String)
        case object([(key: String, value: String)])
    }

    private let source: SourceFile
    private let style: JSONStyle
    private var objects: [Range<Int>: JSONNode] = [:]
    private var values: [Range<Int>: JSONNode] = [:]
    /// Strings with more than a plain text in them, in order.
    private var strings: [Range<Int>] = []
    private var keys: [Range<Int>: JSONStringNode] = [:]
    private var insertions: [Range<Int>: [(key: String, value: Literal)]] = [:]
    private var changes: [TextEdit] = []

    /// Nil for a file that is no JSON, or more of it than is read.
    package init?(_ source: SourceFile, limits: ParserLimits = .default) {
        let bounds = JSONLimits(size: limits.fileSize, depth: limits.depth)
        guard let root = try? JSONNode.read(source.bytes, limits: bounds) else { return nil }
        self.source = source
        style = JSONStyle(source, root)
        visit(root)
        strings.sort { $0.lowerBound < $1.lowerBound }
    }

    private mutating func visit(_ node: JSONNode) {
        values[node.range] = node
        switch node.kind {
        case .object(let members):
            objects[node.range] = node
            for member in members {
                keys[member.key.range] = member.key
                visit(member.value)
            }
        case .array(let elements): for element in elements { visit(element) }
        case .string: strings.append(node.range)
        default: break
        }
    }

    /// Whether the range is an object of the document; one that stands in a template is a text to JSON.
    package func isObject(_ range: Range<Int>) -> Bool { objects[range] != nil }

    // MARK: Changes

    /// Adds members behind the last one of an object. False where the range is none, or a text would be taken for a template.
    package mutating func insert(_ entries: [(key: String, value: Literal)], into object: Range<Int>) -> Bool {
        guard objects[object] != nil, entries.allSatisfy({ Self.isPlain($0.key) && Self.isPlain($0.value) }) else { return false }
        insertions[object, default: []] += entries
        return true
    }

    /// Gives a member another key.
    package mutating func rename(keyAt range: Range<Int>, to key: String) -> Bool {
        guard keys[range] != nil, Self.isPlain(key) else { return false }
        changes.append(TextEdit(range, style.quoted(key)))
        return true
    }

    /// Writes another literal in the place of a value, or of a literal inside a template.
    package mutating func replace(_ range: Range<Int>, with literal: Literal) -> Bool {
        guard Self.isPlain(literal) else { return false }
        if let node = values[range] {
            switch node.kind {
            case .object, .array: return false
            default: changes.append(TextEdit(range, style.text(of: literal, indentation: "")))
            }
            return true
        }
        // Inside a string stands native syntax, and around it what JSON makes of that.
        guard let string = strings.last(where: { $0.lowerBound < range.lowerBound }), range.upperBound < string.upperBound else {
            return false
        }
        let text: String
        switch literal {
        case .text(let value): text = String(style.quoted(HCLString.quoted(value)).dropFirst().dropLast())
        case .word(let word): text = word
        case .object: return false
        }
        changes.append(TextEdit(range, text))
        return true
    }

    private static func isPlain(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return !bytes.indices.dropLast().contains {
            bytes[$0 + 1] == UInt8(ascii: "{") && [UInt8(ascii: "$"), UInt8(ascii: "%")].contains(bytes[$0])
        }
    }

    private static func isPlain(_ literal: Literal) -> Bool {
        switch literal {
        case .text(let text), .word(let text): isPlain(text)
        case .object(let items): items.allSatisfy { isPlain($0.key) && isPlain($0.value) }
        }
    }

    /// The edits, sorted and apart from each other; nil where two changes overlap.
    package func edits() -> [TextEdit]? {
        let inserted = insertions.compactMap { range, entries in objects[range].flatMap { style.insert(entries, into: $0) } }
        let all = (changes + inserted).sorted()
        return all.applied(to: source.bytes) == nil ? nil : all
    }
}
