import CostModel
import Diagnostics
import HCL

/// Writes operations into Terraform code by byte ranges: every byte outside them stays.
enum TerraformEditor {
    /// The edits of one site; nil where the code has no form that can be edited.
    static func edits(_ operations: [Operation], at site: Site, in file: HCLFile) -> [TextEdit]? {
        var editor = HCLEditor(file)
        for operation in operations {
            guard perform(operation, at: site, in: file, with: &editor) else { return nil }
        }
        if case .argument(let name, let span) = site {
            guard let block = file.body.block(at: span.bytes), block.body.attribute(name) == nil else { return nil }
            if let value = assigned(operations) {
                editor.insertAttribute(name, value, into: block)
            } else {
                editor.insertAttribute(name, newObject(operations), into: block)
            }
        }
        return editor.edits()
    }

    private static func perform(_ operation: Operation, at site: Site, in file: HCLFile, with editor: inout HCLEditor) -> Bool {
        switch (operation, site) {
        case (.insert(let key, let value), .object(let span)):
            guard let object = file.body.expression(at: span.bytes) else { return false }
            return editor.insert([(key, HCLString.quoted(value))], into: object)
        case (.insert, .argument), (.assign, .argument): return true
        case (.rename(let item, _, let key), .object(let span)):
            guard let object = file.body.expression(at: span.bytes), case .object(let items) = object.kind,
                let found = items.first(where: { $0.range == item.bytes })
            else { return false }
            editor.rename(found, to: key)
            return true
        case (.replace(let literal, let value), .object), (.replace(let literal, let value), .literal):
            guard let expression = file.body.expression(at: literal.bytes) else { return false }
            editor.replace(expression, with: Self.text(of: value))
            return true
        default: return false
        }
    }

    /// The value that a rule gives an argument which the block lacks.
    private static func assigned(_ operations: [Operation]) -> String? {
        for case .assign(_, let value) in operations { return text(of: value) }
        return nil
    }

    private static func text(of value: Rule.Literal) -> String {
        if case .string(let text) = value { return HCLString.quoted(text) }
        return value.text
    }

    /// The value of an argument that the block lacks, as `terraform fmt` writes it.
    private static func newObject(_ operations: [Operation]) -> String {
        let items = operations.compactMap { operation -> (key: String, value: String)? in
            guard case .insert(let key, let value) = operation else { return nil }
            return (HCLString.key(key), HCLString.quoted(value))
        }
        let width = items.map(\.key.count).max() ?? 0
        let lines = items.map { "  \($0.key)\(String(repeating: " ", count: width - $0.key.count)) = \($0.value)" }
        return (["{"] + lines + ["}"]).joined(separator: "\n")
    }
}
