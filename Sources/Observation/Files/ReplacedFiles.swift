import Diagnostics
import Glibc
import Synchronization

/// The folder at which relative paths of observed data begin.
struct ObservedFolder: Sendable {
    let path: String
    /// Files that do not count as they lie there.
    let replaced: ReplacedFiles?

    init(_ path: String, replaced: ReplacedFiles? = nil) {
        self.path = path
        self.replaced = replaced
    }

    /// Where a file is opened.
    func location(of name: String) -> String {
        let path = FileGlob.resolve(name, in: path)
        return replaced?.location(of: path) ?? path
    }
}

/// Observed files of a checkout that count as a commit has them and not as they lie there: a change is not judged by data that it edits.
///
/// The commit's versions lie in a temporary folder, which only this user can read and which goes away with the last reference.
package final class ReplacedFiles: Sendable {
    /// The checkout.
    private let root: String
    /// Where the files lie, each at its path below the checkout.
    private let copies: String
    private let contents = Mutex(Contents())

    private struct Contents {
        /// Below the checkout, as trees show them; with a copy or, where the commit has none, without.
        var paths: Set<String> = []
        /// What was made, in this order.
        var files: [String] = []
        var folders: [String] = []

        /// Whether it, or what stands in the place of a folder around it, is one of the paths.
        func holds(_ below: String) -> Bool {
            var path = ReplacedFiles.shown(below)[...]
            while true {
                if paths.contains(String(path)) { return true }
                guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return false }
                path = path[..<slash]
            }
        }
    }

    /// - Parameter root: the checkout's folder.
    /// - Returns: Nil when no temporary folder can be made.
    package init?(in root: String) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/bursar-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return nil }
        self.root = Self.normalized(root)
        copies = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        contents.withLock { $0.folders = [copies] }
    }

    deinit {
        contents.withLock { contents in
            for file in contents.files { unlink(file) }
            for folder in contents.folders.reversed() { rmdir(folder) }
        }
    }

    /// From now on a file counts as these bytes; nil: as one that is not there, and so does everything below it.
    ///
    /// - Parameter path: below the checkout, as trees show it.
    /// - Returns: Whether they could be written.
    package func replace(_ path: String, with bytes: [UInt8]?) -> Bool {
        contents.withLock { contents in
            contents.paths.insert(path)
            guard let bytes else { return true }
            var folder = copies
            let written = String(decoding: PathText.bytes(of: path), as: UTF8.self)
            for part in written.split(separator: "/").dropLast() {
                folder += "/\(part)"
                if mkdir(folder, 0o700) == 0 { contents.folders.append(folder) } else if errno != EEXIST { return false }
            }
            let file = "\(copies)/\(written)"
            let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { return false }
            defer { close(descriptor) }
            contents.files.append(file)
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                guard count > 0 || errno == EINTR else { return false }
                rest = rest.dropFirst(max(count, 0))
            }
            return true
        }
    }

    /// Whether a file of the checkout does not count as it lies there.
    func holds(_ path: String) -> Bool {
        guard let below = below(path) else { return false }
        return contents.withLock { $0.holds(below) }
    }

    /// Where a file is opened, or a folder that only the commit has; nil: where it lies.
    func location(of path: String) -> String? {
        guard let below = below(path) else { return nil }
        if contents.withLock({ $0.holds(below) }) { return "\(copies)/\(below)" }
        var status = stat()
        guard lstat(path, &status) != 0, stat("\(copies)/\(below)", &status) == 0 else { return nil }
        return "\(copies)/\(below)"
    }

    /// The files of the commit that a pattern names, as it spells them; nil: too many.
    func copied(_ pattern: String, in directory: String) -> [String]? {
        guard pattern.hasPrefix("/") else {
            guard let below = below(directory) else { return [] }
            // A path may begin with a way up.
            var folder = copies
            for part in below.split(separator: "/") {
                folder += "/\(part)"
                contents.withLock { contents in if mkdir(folder, 0o700) == 0 { contents.folders.append(folder) } }
            }
            return FileGlob(pattern).paths(in: folder)?.filter { self.below(FileGlob.resolve($0, in: directory)) != nil }
        }
        guard let below = below(pattern) else { return [] }
        return FileGlob(below).paths(in: copies)?.map { root + "/" + $0 }
    }

    private func below(_ path: String) -> String? { Self.path(path, below: root) }
}

extension ReplacedFiles {
    /// Whether a pattern of a workspace names a file, or a folder around it.
    ///
    /// - Parameters:
    ///   - path: of the file, below the checkout.
    ///   - folder: the workspace's, at which relative patterns begin.
    package static func names(_ pattern: String, _ path: String, from folder: String, in root: String) -> Bool {
        guard let below = Self.path(FileGlob.resolve(pattern, in: folder), below: normalized(root)) else { return false }
        let written = String(decoding: PathText.bytes(of: path), as: UTF8.self)
        return FileGlob(below).names(written.split(separator: "/")[...])
    }

    /// Whether a pattern of a workspace may name something below a path of the checkout.
    package static func mayName(_ pattern: String, below path: String, from folder: String, in root: String) -> Bool {
        guard let below = Self.path(FileGlob.resolve(pattern, in: folder), below: normalized(root)) else { return false }
        let written = String(decoding: PathText.bytes(of: path), as: UTF8.self)
        return FileGlob(below).mayName(below: written.split(separator: "/")[...])
    }

    fileprivate static func shown(_ path: String) -> String { PathText.shown(path: path.utf8) }

    /// A path below a folder; nil where it lies elsewhere.
    fileprivate static func path(_ path: String, below root: String) -> String? {
        let path = normalized(path)
        if path == root { return "" }
        let start = root == "/" ? root : root + "/"
        return path.utf8.starts(with: start.utf8) ? String(decoding: path.utf8.dropFirst(start.utf8.count), as: UTF8.self) : nil
    }

    /// Without `.` and `..`, by its letters; a relative one from where the process is.
    fileprivate static func normalized(_ path: String) -> String {
        var parts: [Substring] = []
        var whole = path
        if !path.hasPrefix("/"), let here = getcwd(nil, 0) {
            whole = String(cString: here) + "/" + path
            free(here)
        }
        for part in whole.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}
