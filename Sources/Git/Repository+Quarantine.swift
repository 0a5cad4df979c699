internal import CGit2
internal import Glibc

/// The objects of a push that is not accepted yet.
///
/// While `pre-receive` runs, what was pushed lies in a folder of its own, which Git names in the environment (`git help receive-pack`).
/// libgit2 does not look there.
extension Repository {
    /// Lets objects be read from the quarantine; nothing is ever written there.
    func readQuarantine(_ folders: [String]) throws(GitError) {
        guard !folders.isEmpty else { return }
        let database = try gitObject("open the object database") { git_repository_odb($0, handle) }
        defer { git_odb_free(database) }
        for folder in folders where access(folder, R_OK | X_OK) == 0 {
            try git("read the quarantine '\(folder)'") { git_odb_add_disk_alternate(database, folder) }
        }
    }
}

enum Quarantine {
    /// The folders to read beside the repository's own; none outside `pre-receive`, whatever else the environment says about objects.
    static func folders(_ environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }) -> [String] {
        guard let quarantine = environment("GIT_QUARANTINE_PATH"), !quarantine.isEmpty else { return [] }
        let named = [environment("GIT_OBJECT_DIRECTORY") ?? quarantine] + list(environment("GIT_ALTERNATE_OBJECT_DIRECTORIES") ?? "")
        return named.filter { !$0.isEmpty }
    }

    /// Paths between colons. One that holds a colon stands in double quotes, with the escapes of C.
    static func list(_ text: String) -> [String] {
        var paths: [String] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let path = rest.first == UInt8(ascii: "\"") ? takeQuoted(&rest) : takePlain(&rest)
            paths.append(String(decoding: path, as: UTF8.self))
            // The colon behind it.
            rest = rest.dropFirst()
        }
        return paths
    }

    private static func takePlain(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        let path = rest.prefix { $0 != UInt8(ascii: ":") }
        rest = rest.dropFirst(path.count)
        return Array(path)
    }

    private static func takeQuoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        var path: [UInt8] = []
        rest = rest.dropFirst()
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
                path.append(byte)
                continue
            }
            path.append(escaped(escape, &rest))
        }
        return path
    }

    private static func escaped(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) -> UInt8 {
        switch byte {
        case UInt8(ascii: "a"): return 0x07
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "v"): return 0x0B
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            let digits = rest.prefix(2)
            rest = rest.dropFirst(digits.count)
            return digits.reduce(byte - 48) { ($0 << 3) | ($1 & 7) }
        default: return byte
        }
    }
}
