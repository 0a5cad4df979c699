/// Edits of files that belong together, collected from several changes, and made here and nowhere else: what is proved, what a plan
/// shows and what is committed are the same bytes.
package struct TreeEdits: Sendable {
    /// One file before and after its edits.
    package struct EditedFile: Hashable, Sendable {
        package var path: String
        package var old: [UInt8]
        package var new: [UInt8]
    }

    /// The edits of a file cannot all be made: two touch the same bytes, one lies outside the file, or there is no such file.
    package struct Conflict: Error, Hashable, Sendable {
        package var path: String

        package init(path: String) { self.path = path }
    }

    private var edits: [String: [TextEdit]] = [:]

    package init() {}

    /// The files that are edited, sorted.
    package var paths: [String] { edits.keys.sorted() }

    /// - Parameter path: any one naming of files: relative to the workspace, or to the repository.
    package mutating func add(_ more: [TextEdit], to path: String) { edits[path, default: []] += more }

    /// Adds edits of a file unless they would touch the same bytes as those that are there.
    ///
    /// - Parameter size: how many bytes the file has.
    package mutating func addIfApart(_ more: [TextEdit], to path: String, ofSize size: Int) -> Bool {
        let all = edits[path, default: []] + more
        guard all.inOrder(within: size) != nil else { return false }
        edits[path] = all
        return true
    }

    /// The files with all their edits made, sorted by path.
    ///
    /// - Parameter read: a file's bytes before any edit; nil where there is none.
    package func made(reading read: (String) -> [UInt8]?) throws(Conflict) -> [EditedFile] {
        try edits.sorted { $0.key < $1.key }.map { path, edits throws(Conflict) in
            guard let old = read(path), let new = edits.applied(to: old) else { throw Conflict(path: path) }
            return EditedFile(path: path, old: old, new: new)
        }
    }
}
