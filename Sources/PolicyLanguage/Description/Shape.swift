import Diagnostics
import YAML

/// How a value is written and read: its description and its reader, side by side so that they cannot part.
struct Shape<Value>: Sendable {
    let description: ValueDescription
    /// Nil when the value is wrong; it has been reported then.
    let read: @Sendable (YAMLNode, DecodingContext) -> Value?

    init(_ description: ValueDescription, read: @escaping @Sendable (YAMLNode, DecodingContext) -> Value?) {
        self.description = description
        self.read = read
    }

    /// The value together with its place.
    var located: Shape<Located<Value>> {
        Shape<Located<Value>>(description) { node, context in
            read(node, context).map { Located(value: $0, range: node.range) }
        }
    }

    func map<Other>(_ transform: @escaping @Sendable (Value) -> Other) -> Shape<Other> {
        Shape<Other>(description) { node, context in read(node, context).map(transform) }
    }
}

/// A value with the place where it is written.
struct Located<Value> {
    var value: Value
    var range: SourceRange
}

extension Located: Sendable where Value: Sendable {}

// MARK: Lists, mappings and objects

extension Shape {
    /// Lists longer than this are no policy but an attack.
    private static var longestList: Int { 1_000 }

    static func list<Element>(of element: Shape<Element>, minimum: Int = 1, maximum: Int = longestList) -> Shape<[Element]>
    where Value == [Element] {
        let description = ValueDescription.list(of: element.description, minimum: minimum)
        return Shape(description) { node, context in
            guard let nodes = node.sequence else {
                context.reportWrongType(description, node)
                return nil
            }
            guard nodes.count >= minimum else {
                context.report("empty-list", "\(context.subject) must not be empty", at: node.range)
                return nil
            }
            guard nodes.count <= maximum else {
                context.report("limit", "\(context.subject) may have \(maximum) entries, found \(nodes.count)", at: node.range)
                return nil
            }
            let values = nodes.map { element.read($0, context.entry(at: $0)) }
            let found = values.compactMap { $0 }
            return found.count == values.count ? found : nil
        }
    }

    static func map<Element>(key: ValueDescription, of element: Shape<Element>) -> Shape<[MapEntry<Element>]>
    where Value == [MapEntry<Element>] {
        let description = ValueDescription.map(key: key, value: element.description)
        return Shape(description) { node, context in
            guard let entries = node.mapping else {
                context.reportWrongType(description, node)
                return nil
            }
            guard !entries.isEmpty else {
                context.report("empty-list", "\(context.subject) must not be empty", at: node.range)
                return nil
            }
            let found = entries.compactMap { entry in
                element.read(entry.value, context.key(entry.key, at: entry.keyRange))
                    .map { MapEntry(key: Located(value: entry.key, range: entry.keyRange), value: $0) }
            }
            return found.count == entries.count ? found : nil
        }
    }

    static func object<Object: NestedObject>(_: Object.Type) -> Shape<Object.Value> where Value == Object.Value {
        Shape(.object(Object.description)) { node, context in
            Record(node, Object.description, context).flatMap(Object.build)
        }
    }
}

/// One entry of a mapping with keys of the author's own.
struct MapEntry<Value> {
    var key: Located<String>
    var value: Value
}
