internal import Glibc
internal import Synchronization

/// One process at a time, by a lock on a file that the kernel lets go of with its process: a dead owner holds nobody up.
///
/// The file stays; what it holds tells who has the lock, or who died with it. Meant for a local disk.
package final class ProcessLock: Sendable {
    package struct Owner: Hashable, Sendable {
        package var process: Int32
        package var host: String
        /// Seconds since 1970.
        package var since: Int64

        package init(process: Int32, host: String, since: Int64) {
            self.process = process
            self.host = host
            self.since = since
        }
    }

    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// Somebody has it; nil while they have not yet written who they are.
        case heldBy(Owner?)
        case unusable(String)

        package var description: String {
            switch self {
            case .heldBy(let owner?): "process \(owner.process) on \(owner.host) has the lock since \(owner.since)"
            case .heldBy(nil): "another process has the lock"
            case .unusable(let reason): reason
            }
        }
    }

    /// Who had the lock and died without letting go of it; nil when nobody did.
    package let deadOwner: Owner?
    private let descriptor: Mutex<Int32?>

    /// Takes the lock or says who has it; never waits.
    ///
    /// - Parameters:
    ///   - path: made with mode 0600 where it does not exist.
    ///   - now: seconds since 1970, for others to read.
    package init(at path: String, now: Int64) throws(Failure) {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard file >= 0 else {
            throw .unusable("cannot open the lock '\(printable(path))': \(String(cString: strerror(errno)).lowercased())")
        }
        var result = flock(file, LOCK_EX | LOCK_NB)
        while result < 0, errno == EINTR { result = flock(file, LOCK_EX | LOCK_NB) }
        guard result == 0 else {
            let reason = errno
            defer { close(file) }
            guard reason == EWOULDBLOCK else {
                throw .unusable("cannot lock '\(printable(path))': \(String(cString: strerror(reason)).lowercased())")
            }
            throw .heldBy(ProcessLock.owner(in: file))
        }
        deadOwner = ProcessLock.owner(in: file)
        let text = Array("{\"pid\":\(getpid()),\"host\":\"\(ProcessLock.host())\",\"since\":\(now)}\n".utf8)
        guard ftruncate(file, 0) == 0, pwrite(file, text, text.count, 0) == text.count else {
            let reason = String(cString: strerror(errno)).lowercased()
            close(file)
            throw .unusable("cannot write the lock '\(printable(path))': \(reason)")
        }
        descriptor = Mutex(file)
    }

    deinit { release() }

    /// Lets go of it; more than once does nothing.
    package func release() {
        descriptor.withLock { file in
            guard let open = file else { return }
            // An empty file: nobody died with it.
            ftruncate(open, 0)
            // Closing is not enough: a child that another thread is just starting shares the lock until it becomes its program.
            flock(open, LOCK_UN)
            close(open)
            file = nil
        }
    }

    private static func owner(in file: Int32) -> Owner? {
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = pread(file, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        // Written by us, with keys in this order; anything else is no owner.
        let fields = String(decoding: bytes[..<count], as: UTF8.self).split(whereSeparator: { "{}\",:\n".contains($0) })
        guard fields.count == 6, fields[0] == "pid", fields[2] == "host", fields[4] == "since", let process = Int32(fields[1]),
            let since = Int64(fields[5])
        else { return nil }
        return Owner(process: process, host: String(fields[3]), since: since)
    }

    private static func host() -> String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
        let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let kept = text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
        return kept.isEmpty ? "unknown" : kept
    }
}
