/// Paths of module folders: relative to the workspace, with `/`, empty for the workspace itself.
enum ModulePath {
    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
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
        guard source == "." || source == ".." || source.hasPrefix("./") || source.hasPrefix("../") else { return .remote }
        var parts = folder.split(separator: "/")
        for part in source.split(separator: "/") where part != "." {
            guard part == ".." else {
                parts.append(part)
                continue
            }
            guard parts.popLast() != nil else { return .outside }
        }
        return .folder(parts.joined(separator: "/"))
    }

    /// `path.module` of a module called from a root: how one walks there from the root's folder.
    static func relative(_ folder: String, to root: String) -> String {
        let target = folder.split(separator: "/")
        let start = root.split(separator: "/")
        let shared = zip(target, start).prefix { $0 == $1 }.count
        let parts = Array(repeating: "..", count: start.count - shared) + target.dropFirst(shared).map { String($0) }
        return parts.isEmpty ? "." : parts.joined(separator: "/")
    }
}
