import CostModel
import Diagnostics
import YAML

/// Writes an object's `spec` as paths and texts, by its description: two that mean the same give the same.
struct ObjectFlattener {
    private var fields: [PolicyObject.Field] = []

    static func object(_ document: OpenDocument, _ description: ObjectDescription) -> PolicyObject {
        var flattener = ObjectFlattener()
        flattener.add(document.spec, description, path: "", missing: document.envelope.place)
        return PolicyObject(reference: document.envelope.reference, place: document.envelope.place, fields: flattener.fields)
    }

    /// - Parameter missing: the place of what is left out and has a default.
    private mutating func add(_ node: YAMLNode, _ description: ObjectDescription, path: String, missing: Place) {
        for entry in node.mapping ?? [] {
            add(entry.value, description[entry.key]?.value ?? .text, path: Self.join(path, entry.key), at: Place(entry.keyRange))
        }
        for field in description.fields where node[field.key] == nil {
            guard let text = field.defaultText else { continue }
            fields.append(.init(path: Self.join(path, field.key), text: Self.normal(text), place: missing))
        }
    }

    private mutating func add(_ node: YAMLNode, _ value: ValueDescription, path: String, at place: Place) {
        if let entries = node.mapping {
            if let object = Self.object(in: value) { return add(node, object, path: path, missing: place) }
            for entry in entries {
                add(entry.value, Self.element(of: value), path: Self.join(path, entry.key), at: Place(entry.keyRange))
            }
        } else if let elements = node.sequence {
            add(elements, value, path: path, at: place)
        } else if let scalar = node.scalar {
            fields.append(.init(path: path, text: Self.normal(scalar.text), place: place))
        }
    }

    /// Lists of plain values are one field; the objects of a list are told apart by what names them, or else by their number.
    private mutating func add(_ elements: [YAMLNode], _ value: ValueDescription, path: String, at place: Place) {
        if elements.allSatisfy({ $0.scalar != nil }) {
            let texts = elements.compactMap { $0.scalar.map { Self.normal($0.text) } }
            fields.append(.init(path: path, text: texts.joined(separator: ", "), place: place))
            return
        }
        var seen: [String: Int] = [:]
        for element in elements {
            // What has an id is one thing: it is there, or it is not.
            if let id = element["id"]?.scalar?.text {
                let others = (element.mapping ?? []).filter { $0.key != "id" }.compactMap { $0.value.scalar?.text }
                fields.append(
                    .init(path: Self.join(path, id), text: others.joined(separator: " "), place: Place(element.range)))
                continue
            }
            let label = Self.names.lazy.compactMap { element[$0]?.scalar?.text }.first ?? "\(elements.count == 1 ? "" : "#")"
            seen[label, default: 0] += 1
            let number = seen[label] ?? 1
            let name = label == "#" || number > 1 ? "\(label)\(number)" : label
            add(element, Self.element(of: value), path: Self.join(path, name), at: Place(element.range))
        }
    }

    private static let names = ["key", "name", "when"]

    private static func join(_ path: String, _ key: String) -> String {
        if key.isEmpty { return path }
        return path.isEmpty ? key : path + "." + key
    }

    private static func object(in value: ValueDescription) -> ObjectDescription? {
        switch value {
        case .object(let object): object
        case .either(let values): values.lazy.compactMap(object).first
        default: nil
        }
    }

    private static func element(of value: ValueDescription) -> ValueDescription {
        switch value {
        case .list(let element, _): element
        case .map(_, let element): element
        case .either(let values):
            values.first {
                switch $0 {
                case .list, .map: true
                default: false
                }
            }.map(element) ?? .text
        default: .text
        }
    }

    /// `12000 USD` and `12000.00 USD` are one amount, `80%` and `80 %` one share.
    private static func normal(_ text: String) -> String {
        let parts = text.split(separator: " ", omittingEmptySubsequences: true)
        if parts.count == 2, let number = FixedDecimal(exactly: String(parts[0])), parts[1] == "%" || parts[1].count == 3 {
            return parts[1] == "%" ? "\(number)%" : "\(number) \(parts[1])"
        }
        if text.hasSuffix("%"), let number = FixedDecimal(exactly: String(text.dropLast())) { return "\(number)%" }
        return text
    }
}
