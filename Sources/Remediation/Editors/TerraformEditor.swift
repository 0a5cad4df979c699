import Diagnostics
import HCL

/// Writes operations into Terraform code by byte ranges: every byte outside them stays.
enum TerraformEditor {
    /// The edits of one site; nil where the code has no form that can be edited.
    static func edits(_ operations: [Operation], at site: Site, in file: HCLFile) -> [TextEdit]? {
        switch site {
        case .object(let span):
            return ObjectEditor.edits(operations.compactMap(objectEdit), in: span.bytes, of: file)
        case .literal(let span):
            guard operations.count == 1, case .replace(_, let value) = operations[0] else { return nil }
            return ExpressionEditor.replace(span.bytes, with: HCLString.quoted(value), in: file)
        case .argument(let name, let block):
            let items = operations.compactMap { operation -> (key: String, value: String)? in
                guard case .insert(let key, let value) = operation else { return nil }
                return (key, HCLString.quoted(value))
            }
            guard items.count == operations.count else { return nil }
            return BlockEditor.insertObject(name, items: items, into: block.bytes, of: file)
        }
    }

    private static func objectEdit(_ operation: Operation) -> ObjectEdit? {
        switch operation {
        case .insert(let key, let value): .insert(key: key, value: HCLString.quoted(value))
        case .rename(let item, let key): .rename(item: item.bytes, key: key)
        case .replace(let literal, let value): .replace(value: literal.bytes, with: HCLString.quoted(value))
        }
    }
}
