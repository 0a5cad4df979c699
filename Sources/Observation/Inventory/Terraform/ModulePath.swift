import Diagnostics
import HCL

/// Paths of module folders: relative to the workspace, with `/`, empty for the workspace itself.
enum ModulePath {
    static func folder(of path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
    }

    enum Target: Hashable {
        case folder(String)
        /// A registry, a Git address, …
        case remote
        /// It leaves the tree by `..`.
        case outside
    }

    /// The folder that a module block's `source` names, seen from the folder it stands in.
    static func target(of source: String, from folder: String) -> Target {
        // A source is composed, as every text is; and where it begins as a path, a backslash separates too.
        let source = String(decoding: source.composed.utf8.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }, as: UTF8.self)
        var names = components(of: source)[...]
        let isRelative = source.utf8.first == UInt8(ascii: ".") && (names.first == "." || names.first == "..")
        guard isRelative else { return .remote }
        var parts = components(of: folder)
        while let part = names.popFirst() {
            if part == "." { continue }
            guard part == ".." else {
                parts.append(PathText.shown(written: String(part))[...])
                continue
            }
            guard parts.popLast() != nil else { return .outside }
        }
        return .folder(parts.joined(separator: "/"))
    }

    /// `path.module` of a module called from a root: how one walks there from the root's folder.
    static func relative(_ folder: String, to root: String) -> String {
        let target = components(of: folder)
        let start = components(of: root)
        let shared = zip(target, start).prefix { $0 == $1 }.count
        let parts = Array(repeating: "..", count: start.count - shared) + target.dropFirst(shared).map { String($0) }
        return parts.isEmpty ? "." : parts.joined(separator: "/")
    }

    /// Whether a folder only shows or tests the module in another one, as modules that are published are laid out: `examples/complete`
    /// beside `modules/vpc`. What an example keeps for itself is its own.
    static func isTrial(_ folder: String, of module: String) -> Bool {
        let caller = components(of: folder)
        let shared = zip(caller, components(of: module)).prefix { $0 == $1 }.count
        return caller.dropFirst(shared).first.map { trials.contains($0) } ?? false
    }

    private static let trials: Set<Substring> = ["example", "examples", "test", "tests"]

    /// By bytes: as characters, a slash and a combining mark behind it are one.
    static func components(of path: String) -> [Substring] { path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) } }
}
