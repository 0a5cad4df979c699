package import Diagnostics

/// Collects changes to one file and turns them into edits that leave every other byte alone.
///
/// What `terraform fmt` had aligned stays aligned: where a new or changed line belongs to a run of lines whose `=` or comments stand in
/// one column, the run is aligned again. Runs that were not aligned before are not touched.
///
/// ```swift
/// var editor = HCLEditor(file)
/// editor.insert([("owner", HCLString.quoted("payments"))], into: tags)
/// let edits = editor.edits()
/// ```
///
/// Values are HCL text. A value of several lines is written as if it stood at the left margin; it is indented where it lands, so it
/// must not hold a heredoc.
package struct HCLEditor {
    private let file: HCLFile
    private let lines: SourceLines
    private var insertions: [Int: (object: Expression, entries: [(key: String, value: String)])] = [:]
    private var arguments: [Int: (block: Block, entries: [(name: String, value: String)])] = [:]
    private var changes: [TextEdit] = []

    /// - Parameter file: parsed without errors.
    package init(_ file: HCLFile) {
        self.file = file
        lines = SourceLines(file.source)
    }

    /// Adds items behind the last one of an object literal, written the way its items are.
    ///
    /// - Returns: `false` where the expression is no object literal.
    @discardableResult
    package mutating func insert(_ entries: [(key: String, value: String)], into object: Expression) -> Bool {
        guard case .object = object.kind else { return false }
        insertions[object.range.lowerBound, default: (object, [])].entries += entries
        return true
    }

    /// Gives an item of an object literal another key.
    package mutating func rename(_ item: ObjectItem, to key: String) {
        changes.append(ObjectEditor.rename(item, to: key))
    }

    /// Writes another expression in the place of one.
    package mutating func replace(_ expression: Expression, with text: String) {
        let indentation = lines.indentation(at: expression.range.lowerBound)
        changes.append(TextEdit(expression.range, lines.indented(text, by: indentation)))
    }

    /// Adds an argument to a block that does not have it. Of several the first stays first, but those of one line stand before those of
    /// several.
    package mutating func insertAttribute(_ name: String, _ value: String, into block: Block) {
        arguments[block.range.lowerBound, default: (block, [])].entries.append((name, value))
    }

    /// The edits, sorted and apart from each other; nil where two changes overlap, such as two values for one place.
    package func edits() -> [TextEdit]? {
        let inserted = insertions.values.compactMap { insertion -> TextEdit? in
            guard case .object(let items) = insertion.object.kind, !insertion.entries.isEmpty else { return nil }
            let mayExpand = ValueFinder.isWholeValue(insertion.object.range, in: file.body, lines)
            return ObjectEditor(lines: lines, object: insertion.object, items: items, mayExpand: mayExpand).insert(insertion.entries)
        }
        let added = arguments.values.flatMap { BlockEditor(lines: lines, block: $0.block).insert($0.entries) }
        let sorted = joined(changes + inserted + added)
        guard let changed = sorted.applied(to: file.source.bytes) else { return nil }
        return Realigner(file: file, edits: sorted, changed: changed).aligned()
    }

    /// Sorted, with insertions at one place made one.
    private func joined(_ edits: [TextEdit]) -> [TextEdit] {
        let insertions = Dictionary(grouping: edits.filter(\.range.isEmpty)) { $0.range.lowerBound }
        let joined = insertions.map { TextEdit($0..<$0, $1.flatMap(\.replacement)) }
        return (edits.filter { !$0.range.isEmpty } + joined).sorted()
    }
}
