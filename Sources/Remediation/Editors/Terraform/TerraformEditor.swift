import CostModel
import Diagnostics
import HCL

/// Writes operations into Terraform code by byte ranges: every byte outside them stays.
struct TerraformEditor: CodeEditor {
    private let file: HCLFile
    private let objects: ObjectLiterals

    var source: SourceFile { file.source }

    /// A file with a mistake in it is left to whoever made it.
    init?(_ source: SourceFile) {
        let result = Parser.parse(source)
        guard !result.diagnostics.contains(where: { $0.severity == .error }) else { return nil }
        file = result.file
        objects = ObjectLiterals(in: result.file)
    }

    func location(of bytes: Range<Int>) -> EditLocation { objects.location(of: bytes) }

    func edits(_ operations: [EditOperation], at location: EditLocation) -> [TextEdit]? {
        edits([EditPart(location: location, operations: operations)])
    }

    func edits(_ parts: [EditPart]) -> [TextEdit]? {
        var editor = HCLEditor(file)
        var added: [TextEdit] = []
        for part in parts {
            for operation in part.operations {
                guard perform(operation, at: part.location, with: &editor) else { return nil }
            }
            if case .behind(let span) = part.location {
                guard let edit = addition(part.operations, behind: span) else { return nil }
                added.append(edit)
            }
            guard case .missingKey(let name, let span) = part.location else { continue }
            guard let block = file.body.block(at: span.bytes), block.body.attribute(name) == nil else { return nil }
            editor.insertAttribute(name, Self.value(part.operations), into: block)
        }
        return added.isEmpty ? editor.edits() : editor.edits().map { ($0 + added).sorted() }
    }

    /// New blocks behind one, each after an empty line, with the file's ends of lines.
    private func addition(_ operations: [EditOperation], behind span: FileSpan) -> TextEdit? {
        guard file.body.block(at: span.bytes) != nil else { return nil }
        let end = source.contentRange(ofLine: source.line(at: span.bytes.upperBound)).upperBound
        var text = ""
        for case .add(_, let block) in operations { text += "\n\n" + block }
        let isWindows = end < source.bytes.count && source.bytes[end] == UInt8(ascii: "\r")
        return .insert(isWindows ? text.replacing("\n", with: "\r\n") : text, at: end)
    }

    private func perform(_ operation: EditOperation, at location: EditLocation, with editor: inout HCLEditor) -> Bool {
        switch (operation, location) {
        case (.insert(let key, let value), .collection(let span)):
            guard let object = file.body.expression(at: span.bytes) else { return false }
            return editor.insert([(key, HCLString.quoted(value))], into: object)
        case (.insert, .missingKey), (.assign, .missingKey), (.adopt, .missingKey), (.add, .behind): return true
        case (.rename(let item, _, let key), .collection(let span)):
            guard let object = file.body.expression(at: span.bytes), case .object(let items) = object.kind,
                let found = items.first(where: { $0.range == item.bytes })
            else { return false }
            editor.rename(found, to: key)
            return true
        case (.replace(let literal, let value), .collection), (.replace(let literal, let value), .value):
            guard let expression = file.body.expression(at: literal.bytes) else { return false }
            editor.replace(expression, with: Self.text(of: value))
            return true
        default: return false
        }
    }

    /// The value of an argument that the block lacks.
    private static func value(_ operations: [EditOperation]) -> String {
        if let assigned = assigned(operations) { return assigned }
        for case .adopt(let name) in operations {
            let hasMore = operations.contains { if case .insert = $0 { true } else { false } }
            return hasMore ? "merge(\(name), \(newObject(operations)))" : name
        }
        return newObject(operations)
    }

    /// The value that a rule gives an argument which the block lacks.
    private static func assigned(_ operations: [EditOperation]) -> String? {
        for case .assign(_, let value) in operations { return text(of: value) }
        return nil
    }

    private static func text(of value: Rule.Literal) -> String {
        if case .string(let text) = value { return HCLString.quoted(text) }
        return value.text
    }

    /// An object as `terraform fmt` writes it.
    private static func newObject(_ operations: [EditOperation]) -> String {
        let items = operations.compactMap { operation -> (key: String, value: String)? in
            guard case .insert(let key, let value) = operation else { return nil }
            return (HCLString.key(key), HCLString.quoted(value))
        }
        let width = items.map(\.key.count).max() ?? 0
        let lines = items.map { "  \($0.key)\(String(repeating: " ", count: width - $0.key.count)) = \($0.value)" }
        return (["{"] + lines + ["}"]).joined(separator: "\n")
    }
}
