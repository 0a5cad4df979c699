import Glibc
import Patterns

/// Finds the files that a pattern of the workspace names: absolute, or relative to a folder and perhaps outside of it.
///
/// `*` and `?` stay inside one name, `**` is any number of folders, also none. As in a shell, wildcards pass over names that start with a
/// dot; `**` does not follow links to folders, so that it ends.
struct FileGlob {
    private static let depthLimit = 64
    static let fileLimit = 100_000

    private enum Segment {
        case literal(String)
        case name(Glob)
        case anyDepth
    }

    private let segments: [Segment]
    private let base: String
    private let pattern: String

    init(_ pattern: String) {
        self.pattern = pattern
        base = pattern.hasPrefix("/") ? "/" : ""
        var segments: [Segment] = []
        for part in pattern.split(separator: "/") where part != "." {
            if part != "**" {
                segments.append(part.contains { "*?".contains($0) } ? .name(Glob(String(part))) : .literal(String(part)))
            } else if case .anyDepth = segments.last {
                // Several in a row mean one, and would be searched again and again.
            } else {
                segments.append(.anyDepth)
            }
        }
        self.segments = segments
    }

    /// The paths that exist, as the pattern spells them, sorted by their bytes. Without a wildcard in the last segment it may be anything,
    /// with one it is no folder. Nil when there are too many.
    func paths(in directory: String) -> [String]? {
        var search = Search(directory: directory)
        search.walk(base, segments[...], depth: 0)
        return search.found.count <= Self.fileLimit ? Self.distinct(search.found) : nil
    }

    /// The same where some files count as they lie elsewhere.
    func paths(in folder: ObservedFolder) -> [String]? {
        guard let replaced = folder.replaced else { return paths(in: folder.path) }
        guard let there = paths(in: folder.path), let copied = replaced.copied(pattern, in: folder.path) else { return nil }
        let found = there.filter { !replaced.holds(Self.resolve($0, in: folder.path)) } + copied
        return found.count <= Self.fileLimit ? Self.distinct(found) : nil
    }

    /// By their bytes: other spellings of a letter are other names.
    private static func distinct(_ paths: [String]) -> [String] {
        paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.reduce(into: []) { result, path in
            if result.last?.utf8.elementsEqual(path.utf8) != true { result.append(path) }
        }
    }

    /// Whether the parts of a path, or the first of them, are what the pattern names.
    func names(_ parts: ArraySlice<Substring>) -> Bool { Self.match(segments[...], parts) }

    private static func match(_ segments: ArraySlice<Segment>, _ parts: ArraySlice<Substring>) -> Bool {
        guard let segment = segments.first else { return true }
        let rest = segments.dropFirst()
        switch segment {
        case .anyDepth: return match(rest, parts) || (!parts.isEmpty && match(segments, parts.dropFirst()))
        case .literal(let name): return parts.first.map { $0.utf8.elementsEqual(name.utf8) } == true && match(rest, parts.dropFirst())
        case .name(let glob): return parts.first.map { glob.matches(String($0)) } == true && match(rest, parts.dropFirst())
        }
    }

    /// Whether it may name something below a path.
    func mayName(below parts: ArraySlice<Substring>) -> Bool { Self.reaches(segments[...], parts) }

    private static func reaches(_ segments: ArraySlice<Segment>, _ parts: ArraySlice<Substring>) -> Bool {
        guard let segment = segments.first, let part = parts.first else { return true }
        switch segment {
        case .anyDepth: return true
        case .literal(let name): return part.utf8.elementsEqual(name.utf8) && reaches(segments.dropFirst(), parts.dropFirst())
        case .name(let glob): return glob.matches(String(part)) && reaches(segments.dropFirst(), parts.dropFirst())
        }
    }

    /// The path to open, of one that `paths(in:)` gave.
    static func resolve(_ path: String, in directory: String) -> String { path.hasPrefix("/") ? path : directory + "/" + path }

    private struct Search {
        let directory: String
        var found: [String] = []

        mutating func walk(_ path: String, _ segments: ArraySlice<Segment>, depth: Int) {
            guard let segment = segments.first, depth < depthLimit, found.count <= fileLimit else { return }
            let rest = segments.dropFirst()
            switch segment {
            case .literal(let name):
                let next = join(path, name)
                if !rest.isEmpty {
                    walk(next, rest, depth: depth + 1)
                } else if exists(next) {
                    found.append(next)
                }
            case .name(let glob):
                for entry in entries(path) where glob.matches(entry) {
                    let next = join(path, entry)
                    if !rest.isEmpty {
                        walk(next, rest, depth: depth + 1)
                    } else if !isFolder(next, followingLinks: true) {
                        found.append(next)
                    }
                }
            case .anyDepth:
                // `a/**` holds every file below.
                walk(path, rest.isEmpty ? [.name(Glob("*"))] : rest, depth: depth + 1)
                for entry in entries(path) where isFolder(join(path, entry), followingLinks: false) {
                    walk(join(path, entry), segments, depth: depth + 1)
                }
            }
        }

        private func join(_ path: String, _ name: String) -> String {
            path.isEmpty || path.hasSuffix("/") ? path + name : path + "/" + name
        }

        private func entries(_ path: String) -> [String] {
            guard let folder = opendir(resolve(path.isEmpty ? "." : path, in: directory)) else { return [] }
            defer { closedir(folder) }
            var names: [String] = []
            while let entry = readdir(folder) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
                if !name.hasPrefix(".") { names.append(name) }
            }
            return names.sorted()
        }

        private func exists(_ path: String) -> Bool {
            var status = stat()
            return lstat(resolve(path, in: directory), &status) == 0
        }

        private func isFolder(_ path: String, followingLinks: Bool) -> Bool {
            var status = stat()
            let path = resolve(path, in: directory)
            let found = followingLinks ? stat(path, &status) == 0 : lstat(path, &status) == 0
            return found && status.st_mode & S_IFMT == S_IFDIR
        }
    }
}
