internal import Glibc
internal import Programs

/// A bare repository of ours that follows a remote one.
///
/// What the remote has stands under `refs/remotes/origin/`, where only an answered fetch and an accepted push write. Commits of ours are
/// pushed by their id and need no branch here, so no fetch can overwrite them, and none that was not accepted passes for the remote's.
///
/// Not `Sendable`, as its `Repository` is not. Each fetch and push takes a lock in the mirror: two processes never work in it at once.
package final class Mirror {
    package let folder: String
    package let remote: RemoteURL
    /// To read objects from, and to write commits to that are then pushed.
    package let repository: Repository
    let settings: TransportSettings

    /// Opens the mirror in a folder, or makes it.
    ///
    /// - Throws: `.refused` for a folder that mirrors another remote or holds something else.
    package init(at folder: String, remote: RemoteURL, settings: TransportSettings) throws(TransportError) {
        guard remote.isSpoken(by: settings.allowed) else {
            throw TransportError(.refused, "the protocol '\(remote.scheme.rawValue)' is not allowed")
        }
        try MirrorFolder.prepare(folder, for: remote)
        self.folder = folder
        self.remote = remote
        self.settings = settings
        do throws(GitError) {
            // Where state is kept may lie in somebody's working tree, such as a home folder's.
            repository = try Repository.discover(from: folder, isOurs: true)
        } catch {
            throw TransportError(.other, "\(error)")
        }
        guard Repository.absolutePath(of: folder) == Repository.absolutePath(of: repository.commonDirectory) else {
            throw TransportError(.refused, "'\(printable(folder))' is not a mirror")
        }
    }

    /// One run of something that talks to the remote: the lock, the deadline, and what is left behind by one that was killed.
    func exclusively<Result>(_ body: (MirrorSession) throws(TransportError) -> Result) throws(TransportError) -> Result {
        let lock: ProcessLock
        do throws(ProcessLock.Failure) {
            lock = try ProcessLock(at: folder + "/" + MirrorFolder.lockName, now: Int64(time(nil)))
        } catch {
            throw TransportError(.locked, "the mirror '\(printable(folder))' is in use: \(error)")
        }
        defer { lock.release() }
        MirrorFolder.sweep(folder)
        return try body(try MirrorSession(folder: folder, remote: remote, settings: settings))
    }
}

/// The folder of a mirror: how it is made, and told from others.
enum MirrorFolder {
    static let lockName = "bursar-lock"
    private static let markName = "bursar-remote"

    static func prepare(_ folder: String, for remote: RemoteURL) throws(TransportError) {
        if let mark = mark(of: folder) {
            guard mark == remote.text else {
                throw TransportError(
                    .refused, "'\(printable(folder))' mirrors '\(printable(mark))', not '\(remote)': choose another folder")
            }
            return
        }
        try make(folder, for: remote)
    }

    /// Made beside its place and then moved there, so that a half-made one is never taken for a mirror.
    private static func make(_ folder: String, for remote: RemoteURL) throws(TransportError) {
        let parent = String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)])
        guard folder.hasPrefix("/"), !folder.hasSuffix("/") else {
            throw TransportError(.refused, "the mirror's folder '\(printable(folder))' is not an absolute path")
        }
        try makeFolders(parent)
        let half = "\(folder).half-\(getpid())"
        try FileRemoval.remove(half)
        let result = try run(["init", "--quiet", "--bare", "--template=", "--initial-branch=main", "--", half])
        guard result.code == 0 else { throw TransportError(.other, "cannot make the mirror: \(Complaint(result.errors, hiding: []).text)") }
        chmod(half, 0o700)
        try write(remote.text, to: "\(half)/\(markName)", mode: 0o600)
        guard rename(half, folder) == 0 else {
            let reason = String(cString: strerror(errno)).lowercased()
            try FileRemoval.remove(half)
            // Somebody else may have been faster.
            if mark(of: folder) == remote.text { return }
            throw TransportError(.refused, "'\(printable(folder))' is no mirror of ours and cannot become one: \(reason)")
        }
        // What other processes that were killed left half-made.
        FileRemoval.removeSiblings(of: folder, infix: ".half-")
    }

    private static func run(_ arguments: [String]) throws(TransportError) -> Child.Result {
        var environment = Environment.passedOn
        environment["GIT_CONFIG_NOSYSTEM"] = "1"
        environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
        return try Child(program: "git", arguments: arguments, environment: environment, deadline: 30_000).runGit()
    }

    static func write(_ text: String, to path: String, mode: mode_t) throws(TransportError) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode)
        guard file >= 0 else {
            throw TransportError(.other, "cannot write '\(printable(path))': \(String(cString: strerror(errno)).lowercased())")
        }
        defer { close(file) }
        let bytes = Array(text.utf8)
        guard Glibc.write(file, bytes, bytes.count) == bytes.count, fchmod(file, mode) == 0, fsync(file) == 0 else {
            throw TransportError(.other, "cannot write '\(printable(path))': \(String(cString: strerror(errno)).lowercased())")
        }
    }

    private static func mark(of folder: String) -> String? {
        let file = open("\(folder)/\(markName)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 8 << 10)
        let count = read(file, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }

    private static func makeFolders(_ path: String) throws(TransportError) {
        var partial = ""
        for name in path.split(separator: "/") {
            partial += "/\(name)"
            guard mkdir(partial, 0o700) == 0 || errno == EEXIST || access(partial, F_OK) == 0 else {
                throw TransportError(
                    .other, "cannot make the folder '\(printable(partial))': \(String(cString: strerror(errno)).lowercased())")
            }
        }
    }

    /// Removes what a killed `git` leaves: lock files, under which no reference could ever be written again, and half-received packs.
    /// Only while the mirror's lock is held.
    static func sweep(_ folder: String) {
        FileRemoval.walk("\(folder)/refs") { if $0.hasSuffix(".lock") { unlink($0) } }
        for name in [
            "HEAD.lock", "config.lock", "packed-refs.lock", "packed-refs.new", "shallow.lock", "FETCH_HEAD.lock", "gc.pid.lock",
            "objects/maintenance.lock",
        ] { unlink("\(folder)/\(name)") }
        FileRemoval.walk("\(folder)/objects/pack") {
            if $0.contains("/tmp_") || $0.contains("/.tmp-") || $0.hasSuffix(".lock") { unlink($0) }
        }
        FileRemoval.walk("\(folder)/objects/info") { if $0.hasSuffix(".lock") { unlink($0) } }
    }

    static func packCount(_ folder: String) -> Int {
        var count = 0
        FileRemoval.walk("\(folder)/objects/pack") { if $0.hasSuffix(".pack") { count += 1 } }
        return count
    }

    /// Bytes in the mirror's packs, those that are being received included.
    static func packSize(_ folder: String) -> Int {
        var size = 0
        FileRemoval.walk("\(folder)/objects/pack") { path in
            var status = stat()
            if lstat(path, &status) == 0 { size += Int(status.st_size) }
        }
        return size
    }
}

/// Walks and removes folders of our own; links are removed, never followed.
enum FileRemoval {
    static func remove(_ path: String) throws(TransportError) {
        guard remove(path, isFolder: true) else {
            throw TransportError(.other, "cannot remove '\(printable(path))': \(String(cString: strerror(errno)).lowercased())")
        }
    }

    @discardableResult
    private static func remove(_ path: String, isFolder: Bool) -> Bool {
        guard isFolder, let names = list(path) else { return unlink(path) == 0 || errno == ENOENT }
        for name in names { remove("\(path)/\(name.name)", isFolder: name.isFolder) }
        return rmdir(path) == 0
    }

    static func removeSiblings(of path: String, infix: String) {
        guard let slash = path.lastIndex(of: "/") else { return }
        let (parent, name) = (String(path[..<slash]), path[path.index(after: slash)...])
        for item in list(parent) ?? [] where item.name.hasPrefix(name + infix) {
            // Of a process that is no more.
            guard let process = pid_t(item.name.dropFirst(name.count + infix.count)), process > 0, kill(process, 0) != 0 else { continue }
            remove("\(parent)/\(item.name)", isFolder: item.isFolder)
        }
    }

    static func walk(_ folder: String, _ visit: (String) -> Void) {
        for item in list(folder) ?? [] {
            if item.isFolder { walk("\(folder)/\(item.name)", visit) } else { visit("\(folder)/\(item.name)") }
        }
    }

    private static func list(_ folder: String) -> [(name: String, isFolder: Bool)]? {
        guard let stream = opendir(folder) else { return nil }
        defer { closedir(stream) }
        var items: [(String, Bool)] = []
        while let item = readdir(stream) {
            let isFolder = item.pointee.d_type == UInt8(DT_DIR)
            let name = withUnsafePointer(to: &item.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { items.append((name, isFolder)) }
        }
        return items
    }
}
