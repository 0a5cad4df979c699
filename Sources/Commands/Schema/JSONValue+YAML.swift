import Diagnostics
import JSON
import Reporting
import YAML

extension JSONValue {
    /// What a YAML document says, in JSON; nil where it is no YAML or not one document.
    init?(yaml text: String) {
        let (documents, problems) = YAMLParser.parse(SourceFile(path: "example.yaml", text: text))
        guard problems.isEmpty, documents.count == 1 else { return nil }
        self.init(documents[0])
    }

    init(_ node: YAMLNode) {
        switch node.content {
        case .scalar(let scalar):
            switch scalar.kind {
            case .null: self = .null
            case .bool: self = JSONValue(scalar.bool == true)
            case .int: self = scalar.int.map { .number(String($0)) } ?? .string(scalar.text)
            // What JSON writes otherwise (.5, .inf) stays text.
            case .float:
                self = Double(scalar.text) != nil && scalar.text.first?.isNumber == true ? .number(scalar.text) : .string(scalar.text)
            case .string: self = .string(scalar.text)
            }
        case .sequence(let elements): self = .array(elements.map { JSONValue($0) })
        case .mapping(let entries): self = .object(entries.map { Member($0.key, JSONValue($0.value)) })
        }
    }
}
