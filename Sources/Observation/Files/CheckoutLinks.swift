import Glibc

/// Symbolic links in a checkout are not followed to what is observed: a commit may hold one that leads to any file of the machine that reads
/// it, in the place of the bill.
///
/// The operator may allow it by `BURSAR_FOLLOW_LINKS=1`. What lies outside of the checkout is the operator's own, links included.
enum CheckoutLinks {
    private static let areFollowed = getenv("BURSAR_FOLLOW_LINKS").map { String(cString: $0) } == "1"

    static func refuse(_ name: String, in directory: String) throws(FileFault) {
        guard !areFollowed, let link = link(in: name, directory) else { return }
        throw FileFault(
            id: "unfollowed-link",
            description: "lies behind the link '\(link)' of the checkout, which is not followed: BURSAR_FOLLOW_LINKS=1 allows it")
    }

    /// The first part of a path inside the checkout that is a link.
    static func link(in name: String, _ directory: String) -> String? {
        guard let folder = resolved(directory), let root = checkout(around: folder) else { return nil }
        let above = root.split(separator: "/")
        var parts: [Substring] = []
        // One after the other, as the system goes: behind a link, `..` is the folder above what it leads to.
        for part in (name.utf8.first == UInt8(ascii: "/") ? name : folder + "/" + name).split(separator: "/") where part != "." {
            guard part != ".." else {
                _ = parts.popLast()
                continue
            }
            parts.append(part)
            // By bytes: other spellings of a letter are other names.
            guard parts.count > above.count, zip(parts, above).allSatisfy({ $0.utf8.elementsEqual($1.utf8) }) else { continue }
            let path = "/" + parts.joined(separator: "/")
            var status = stat()
            guard lstat(path, &status) == 0 else { return nil }
            if status.st_mode & S_IFMT == S_IFLNK { return parts[above.count...].joined(separator: "/") }
        }
        return nil
    }

    /// The nearest folder, there or above, that has a `.git`.
    private static func checkout(around folder: String) -> String? {
        var folder = folder
        while true {
            var status = stat()
            if lstat(folder == "/" ? "/.git" : folder + "/.git", &status) == 0 { return folder }
            guard let slash = folder.lastIndex(of: "/"), folder != "/" else { return nil }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
    }

    private static func resolved(_ path: String) -> String? {
        guard let path = realpath(path, nil) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }
}
