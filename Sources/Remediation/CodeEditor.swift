package import CostModel
package import Diagnostics

/// One file of code, opened for editing. There is an editor for each format whose inventory tells where things are written.
package protocol CodeEditor {
    /// The file as it is.
    var source: SourceFile { get }

    /// Opens a file; nil where it cannot be read well enough to be edited.
    init?(_ source: SourceFile)

    /// The location whose edits are made together with an edit of this value, or of this key with its value.
    func location(of bytes: Range<Int>) -> EditLocation

    /// The edits that carry out some operations at one location, and leave every other byte alone; nil where the code has no form in which
    /// that is safe.
    func edits(_ operations: [EditOperation], at location: EditLocation) -> [TextEdit]?

    /// The edits of several keys that one block lacks, which are written at one place.
    func edits(_ parts: [EditPart]) -> [TextEdit]?
}

/// What is done at one location.
package struct EditPart: Hashable, Sendable {
    package var location: EditLocation
    package var operations: [EditOperation]
}

extension CodeEditor {
    package func edits(_ parts: [EditPart]) -> [TextEdit]? {
        var all: [TextEdit] = []
        for part in parts {
            guard let edits = edits(part.operations, at: part.location) else { return nil }
            all += edits
        }
        return all
    }
}

/// What is done at a location.
package enum EditOperation: Hashable, Sendable, Comparable {
    /// Adds a key with a text to a collection, which is itself written anew where the block lacks it.
    case insert(key: String, value: String)
    /// Gives an item of a collection another key and keeps its value.
    case rename(item: FileSpan, from: String, key: String)
    /// Writes another literal.
    case replace(literal: FileSpan, value: Rule.Literal)
    /// Adds an argument to the block that lacks it.
    case assign(name: String, value: Rule.Literal)
    /// Gives the block that lacks a collection another one, by its name; what is inserted comes on top.
    case adopt(String)
    /// Writes blocks, as they stand at the left margin, behind the one at the location. Named by the address of the first of them.
    case add(block: String, text: String)

    /// What two operations must not both do at one location.
    var target: Target {
        switch self {
        case .insert(let key, _): .key(key)
        case .rename(let item, _, _): .span(item)
        case .replace(let literal, _): .span(literal)
        case .assign(let name, _): .key(name)
        case .adopt: .whole
        case .add(let block, _): .key(block)
        }
    }

    enum Target: Hashable, Sendable {
        case key(String)
        case span(FileSpan)
        case whole
    }

    package static func < (a: EditOperation, b: EditOperation) -> Bool { a.order < b.order }

    private var order: (Int, Int, String, String) {
        switch self {
        case .replace(let literal, let value): (0, literal.bytes.lowerBound, value.text, "")
        case .assign(let name, let value): (3, 0, name, value.text)
        case .rename(let item, _, let key): (1, item.bytes.lowerBound, key, "")
        case .insert(let key, let value): (2, 0, key, value)
        case .adopt(let name): (4, 0, name, "")
        case .add(let block, let text): (5, 0, block, text)
        }
    }
}
