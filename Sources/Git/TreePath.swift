import Diagnostics
internal import Glibc

/// Paths inside a tree: relative, with `/`. Trees can hold anything, libgit2 does not look, and a hostile one would
/// have us read or write elsewhere.
enum TreePath {
    /// What is wrong with one component of a path; nil when nothing is.
    static func problem(ofComponent name: String) -> String? {
        if name.isEmpty { return "an empty name" }
        if name.utf8.contains(0) { return "a name with a NUL byte" }
        if name.utf8.contains(UInt8(ascii: "/")) { return "a name with a '/'" }
        // A backslash separates on Windows: `..\x` must not pass for one name.
        for part in name.split(separator: "\\", omittingEmptySubsequences: false) {
            if part == "." || part == ".." { return "the name '\(name)'" }
            if isGitFolder(part) { return "the name '\(name)', which some systems take for '.git'" }
        }
        return nil
    }

    /// Throws unless the path is relative and every component is harmless.
    static func check(_ path: String) throws(GitError) {
        for component in PathText.bytes(of: path).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            if let problem = problem(ofComponent: String(decoding: component, as: UTF8.self)) {
                throw GitError(.unsafe, "the path '\(path)' holds \(problem)")
            }
        }
    }

    /// Whether a file system that ignores case, trailing dots, streams or invisible characters would take this for `.git`.
    private static func isGitFolder(_ name: Substring) -> Bool {
        var scalars = name.lowercased().unicodeScalars.filter { !isInvisible($0) }
        if let colon = scalars.firstIndex(of: ":") { scalars.removeSubrange(colon...) }
        while scalars.last == "." || scalars.last == " " { scalars.removeLast() }
        return String(scalars) == ".git" || String(scalars) == "git~1"
    }

    /// What HFS+ leaves out when it compares names.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: true
        default: false
        }
    }

    /// A path of a tree on disk.
    static func location(_ path: String, in root: String) -> [CChar] { root.utf8.map { CChar(bitPattern: $0) } + cString("/" + path) }

    /// What Git and the disk call a path.
    static func cString(_ path: String) -> [CChar] { PathText.bytes(of: path).map { CChar(bitPattern: $0) } + [0] }

    static func joined(_ folder: String, _ name: String) -> String {
        folder.isEmpty ? name : "\(folder)/\(name)"
    }
}

/// A path that libgit2 names, as it is shown.
func shownPath(_ text: UnsafePointer<CChar>?) -> String {
    text.map { PathText.shown(path: UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? ""
}
