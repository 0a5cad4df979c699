import CEL
import Diagnostics
import YAML

/// Values of variables for an expression: a mapping in YAML, of which JSON is a part.
enum BindingsFile {
    static func read(_ path: String, _ session: Session) throws(CommandFailure) -> [(name: String, value: CELValue)] {
        let bytes: [UInt8]
        do throws(FileError) { bytes = try Files.read(path, limit: 1 << 20) } catch { throw CommandFailure("\(error)", .invalid) }
        let (nodes, problems) = YAMLParser.parse(SourceFile(path: path, bytes: bytes))
        guard problems.isEmpty else {
            session.show(problems)
            throw CommandFailure("the bindings cannot be read", .invalid)
        }
        guard nodes.count == 1, let entries = nodes.first?.mapping else {
            throw CommandFailure("'\(path.printable)' must hold one mapping of names and values", .invalid)
        }
        return entries.map { ($0.key, value(of: $0.value)) }
    }

    private static func value(of node: YAMLNode) -> CELValue {
        switch node.content {
        case .sequence(let elements): return .list(elements.map(value))
        case .mapping(let entries): return .map(entries.map { ($0.key, value(of: $0.value)) })
        case .scalar(let scalar):
            switch scalar.kind {
            case .null: return .null
            case .bool: return .bool(scalar.bool ?? false)
            case .int: return scalar.int.map { .int(Int64($0)) } ?? .string(scalar.text)
            case .float: return Double(scalar.text).map { .double($0) } ?? .string(scalar.text)
            case .string: return .string(scalar.text)
            }
        }
    }
}
