/// Where something can be written in the code: found by the inventory that read the file, understood by the editor of the same format.
///
/// Edits at one location are made together; edits at different locations touch different bytes.
package enum EditLocation: Hashable, Sendable, Comparable {
    /// A collection of keys that is written out: an object literal of Terraform, a mapping of YAML.
    case collection(FileSpan)
    /// A value that is written out and stands in no such collection: a local, a variable's default.
    case value(FileSpan)
    /// A key that a block lacks and that can be added to it.
    case missingKey(String, in: FileSpan)

    /// Behind a block, where another one can be written.
    case behind(FileSpan)

    package var span: FileSpan {
        switch self {
        case .collection(let span), .value(let span), .missingKey(_, let span), .behind(let span): span
        }
    }

    package static func < (a: EditLocation, b: EditLocation) -> Bool {
        // Two keys that one block lacks differ by name only: without it, which of them comes first would be up to chance.
        a.span == b.span ? (a.rank, a.key) < (b.rank, b.key) : a.span < b.span
    }

    private var rank: Int {
        switch self {
        case .collection: 0
        case .value: 1
        case .missingKey: 2
        case .behind: 3
        }
    }

    private var key: String {
        if case .missingKey(let key, _) = self { key } else { "" }
    }
}
