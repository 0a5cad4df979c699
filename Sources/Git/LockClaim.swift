internal import Glibc

/// Says in a repository which lock files we are about to make, so that those of a run that was killed are told from others'.
///
/// Git's lock files name nobody, and stay when their process dies: the branch could never be written again. A claim is a file in the folder
/// `bursar-locks` that is locked by the kernel for as long as its process lives. One that nobody holds any more is of a dead run of ours; the
/// lock files that it names are removed if they are the same user's, were made after the claim and soon, and hold nothing or what that run
/// was going to write. Whatever else stands in the way is somebody's, and only named.
///
/// Every run that may write looks for them before it looks at branches: one that finds its branch written already makes no claim, and the
/// lock of the run that wrote it would stay.
struct LockClaim: ~Copyable {
    struct Lock: Hashable {
        /// Below Git's folder: `refs/heads/x.lock`.
        var path: String
        /// What it holds when it is complete; nil: nobody knows.
        var content: String?

        init(_ path: String, holds content: String?) {
            self.path = path
            self.content = content
        }
    }

    /// The lock on the references that have no file of their own.
    static let packed = "packed-refs.lock"

    private static let folderName = "bursar-locks"
    /// A run that has not made its lock by then did not come to it.
    private static let longest = 60
    /// In microseconds: a `git` that is alive does not hold the lock of a reference unchanged for so long.
    private static let quiet: UInt32 = 100_000
    /// In seconds: the same of a lock of which nobody knows what it holds. A `git` that is held up between the two phases of its transaction
    /// has the one on the packed references for as long as that takes.
    private static let patience = 5

    /// Nil where no claim could be written: a lock that is left is then named, and removed by a person.
    private let file: Int32?
    private let path: String

    /// Removes what dead runs left, and claims locks for this one.
    init(_ gitFolder: String, _ locks: [Lock]) {
        Self.sweep(gitFolder)
        let folder = "\(gitFolder)/\(Self.folderName)"
        // As open as Git's own folders: a repository may be shared by a group.
        mkdir(folder, 0o777)
        path = "\(folder)/\(getpid())-\(UInt64.random(in: .min ... .max))"
        let half = path + ".half"
        let file = open(half, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard file >= 0 else {
            self.file = nil
            return
        }
        let text = Array(locks.map { "\($0.content ?? "-") \($0.path)\n" }.joined().utf8)
        guard flock(file, LOCK_EX | LOCK_NB) == 0, write(file, text, text.count) == text.count, rename(half, path) == 0 else {
            unlink(half)
            close(file)
            self.file = nil
            return
        }
        self.file = file
    }

    /// After the locks are gone again.
    func release() {
        guard let file else { return }
        unlink(path)
        flock(file, LOCK_UN)
        close(file)
    }

    // MARK: What dead runs left

    /// Removes the locks of runs that are dead.
    static func sweep(_ gitFolder: String) {
        let folder = "\(gitFolder)/\(folderName)"
        for name in names(in: folder) {
            let path = "\(folder)/\(name)"
            let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
            guard file >= 0 else { continue }
            defer { close(file) }
            var claim = stat()
            guard fstat(file, &claim) == 0, claim.st_mode & S_IFMT == S_IFREG, claim.st_uid == geteuid(),
                flock(file, LOCK_EX | LOCK_NB) == 0
            else { continue }
            if name.hasSuffix(".half") {
                // Of a run that died before it claimed anything, or of one that is just about to.
                if time(nil) - claim.st_mtim.tv_sec > longest { unlink(path) }
                continue
            }
            let locks = locks(in: file)
            if locks.allSatisfy({ remove($0, of: claim, in: gitFolder) }) { unlink(path) }
        }
    }

    /// - Returns: whether nothing is left to do about it.
    private static func remove(_ lock: Lock, of claim: stat, in gitFolder: String) -> Bool {
        let path = "\(gitFolder)/\(lock.path)"
        var before = stat()
        guard lstat(path, &before) == 0 else { return true }
        guard isOurs(before, claim), holds(path, lock.content) else { return true }
        if lock.content == nil, isWritten(lock, gitFolder) || !waitUntilOld(before) { return false }
        usleep(quiet)
        var after = stat()
        guard lstat(path, &after) == 0 else { return true }
        if isWritten(lock, gitFolder) { return false }
        guard after.st_ino == before.st_ino, after.st_mtim.tv_sec == before.st_mtim.tv_sec, after.st_mtim.tv_nsec == before.st_mtim.tv_nsec,
            after.st_size == before.st_size
        else { return true }
        return unlink(path) == 0 || errno == ENOENT
    }

    /// Whether Git, while it holds the lock, writes the packed references anew, into a file beside them.
    private static func isWritten(_ lock: Lock, _ gitFolder: String) -> Bool {
        var status = stat()
        return lock.path == packed && lstat("\(gitFolder)/packed-refs.new", &status) == 0
    }

    /// - Returns: false where it is of a time to come.
    private static func waitUntilOld(_ lock: stat) -> Bool {
        let left = lock.st_mtim.tv_sec + patience - time(nil)
        guard left <= patience else { return false }
        if left > 0 { sleep(UInt32(left)) }
        return true
    }

    private static func isOurs(_ lock: stat, _ claim: stat) -> Bool {
        guard lock.st_mode & S_IFMT == S_IFREG, lock.st_uid == claim.st_uid else { return false }
        let (made, claimed) = (lock.st_mtim, claim.st_mtim)
        let isLater = (made.tv_sec, made.tv_nsec) >= (claimed.tv_sec, claimed.tv_nsec)
        return isLater && made.tv_sec - claimed.tv_sec <= longest
    }

    /// Killed in the midst, it holds nothing or the beginning.
    private static func holds(_ path: String, _ content: String?) -> Bool {
        guard let content else { return true }
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else { return false }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = read(file, &bytes, bytes.count)
        return count >= 0 && Array((content + "\n").utf8).starts(with: bytes[..<count])
    }

    private static func locks(in file: Int32) -> [Lock] {
        var bytes = [UInt8](repeating: 0, count: 16 << 10)
        let count = pread(file, &bytes, bytes.count, 0)
        guard count > 0 else { return [] }
        return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard words.count == 2, isLock(words[1]), words[0] == "-" || ObjectID(words[0]) != nil else { return nil }
            return Lock(words[1], holds: words[0] == "-" ? nil : words[0])
        }
    }

    /// Whether a claim may name it: no file but a lock, and none outside of Git's folder.
    private static func isLock(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return path.hasSuffix(".lock") && !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." })
            && (path == packed || path.hasPrefix("refs/heads/"))
    }

    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let item = readdir(stream) {
            let name = withUnsafePointer(to: &item.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    // MARK: What others left

    /// A lock file, its owner and its age, for a message; nil where there is none now.
    static func describe(_ lock: String, in gitFolder: String) -> String? {
        var status = stat()
        guard lstat("\(gitFolder)/\(lock)", &status) == 0 else { return nil }
        let seconds = max(0, time(nil) - status.st_mtim.tv_sec)
        let age = seconds < 120 ? "\(seconds) seconds" : seconds < 7_200 ? "\(seconds / 60) minutes" : "\(seconds / 3_600) hours"
        return "'\(printable("\(gitFolder)/\(lock)"))' is there since \(age), of \(owner(status.st_uid))"
    }

    private static func owner(_ user: uid_t) -> String { user == geteuid() ? "this user" : "the user with the number \(user)" }
}
