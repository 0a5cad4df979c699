import CostModel
import Diagnostics
import HCL

/// Writes operations into Terraform's JSON syntax by byte ranges: every byte outside them stays.
struct TerraformJSONEditor: CodeEditor {
    private let file: HCLFile
    private let editor: JSONEditor
    /// Those that are values; bodies of blocks are none.
    private let objects: ObjectLiterals

    var source: SourceFile { file.source }

    /// A file with a mistake in it is left to whoever made it.
    init?(_ source: SourceFile) {
        let result = Parser.parseFile(source)
        guard !result.diagnostics.contains(where: { $0.severity == .error }), let editor = JSONEditor(source) else { return nil }
        file = result.file
        self.editor = editor
        objects = ObjectLiterals(in: result.file, where: editor.isObject)
    }

    func location(of bytes: Range<Int>) -> EditLocation { objects.location(of: bytes) }

    func edits(_ operations: [EditOperation], at location: EditLocation) -> [TextEdit]? {
        edits([EditPart(location: location, operations: operations)])
    }

    func edits(_ parts: [EditPart]) -> [TextEdit]? {
        var editor = editor
        for part in parts {
            for operation in part.operations {
                guard perform(operation, at: part.location, with: &editor) else { return nil }
            }
            guard case .missingKey(let name, let span) = part.location else { continue }
            guard let block = file.body.block(at: span.bytes), block.body.attribute(name) == nil else { return nil }
            let value = Self.assigned(part.operations) ?? Self.newObject(part.operations)
            guard editor.insert([(name, value)], into: block.openBrace..<block.closeBrace + 1) else { return nil }
        }
        return editor.edits()
    }

    private func perform(_ operation: EditOperation, at location: EditLocation, with editor: inout JSONEditor) -> Bool {
        switch (operation, location) {
        case (.insert(let key, let value), .collection(let span)): return editor.insert([(key, .text(value))], into: span.bytes)
        case (.insert, .missingKey), (.assign, .missingKey): return true
        case (.rename(let item, _, let key), .collection(let span)):
            guard let object = file.body.expression(at: span.bytes), case .object(let items) = object.kind,
                let found = items.first(where: { $0.range == item.bytes })
            else { return false }
            return editor.rename(keyAt: found.keyRange, to: key)
        case (.replace(let literal, let value), .collection), (.replace(let literal, let value), .value):
            return editor.replace(literal.bytes, with: Self.literal(value))
        default: return false
        }
    }

    /// The value that a rule gives an argument which the block lacks.
    private static func assigned(_ operations: [EditOperation]) -> JSONEditor.Literal? {
        for case .assign(_, let value) in operations { return literal(value) }
        return nil
    }

    private static func literal(_ value: Rule.Literal) -> JSONEditor.Literal {
        if case .string(let text) = value { return .text(text) }
        return .word(value.text)
    }

    private static func newObject(_ operations: [EditOperation]) -> JSONEditor.Literal {
        .object(
            operations.compactMap { operation in
                guard case .insert(let key, let value) = operation else { return nil }
                return (key, value)
            })
    }
}
