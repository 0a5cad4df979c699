import Glibc
import Synchronization

/// Keeps what files of bills add up to, so that a file that did not change is not read again.
///
/// A folder that may be deleted at any time. Everything in it has a digest under a key of the folder's own: what is torn, edited or of another
/// build of the program is as if it were not there. What cannot be written is not kept, and nobody is told: the result is the same.
package final class BillCache: Sendable {
    /// The one that whoever reads bills in the present task uses; nil: none.
    @TaskLocal package static var current: BillCache?

    /// Of the way in which things are written, for their names.
    static let version = 5
    /// All of it together, in bytes.
    package static let usualSize = 1 << 30
    /// What nobody used for so long goes, too.
    private static let longestUnused: Int64 = 30 * 86_400
    /// A file whose times are younger may have changed again without another time.
    private static let settling: Int64 = 2_000_000_000

    private let folder: String
    private let size: Int
    private let clock: @Sendable () -> Int64
    private let key = Mutex<ContentHash.Key?>(nil)
    private let hits = Mutex(0)

    /// How often something was known.
    var hitCount: Int { hits.withLock { $0 } }

    /// - Parameters:
    ///   - folder: made when something is kept.
    ///   - size: what all of it may take; what was used longest ago goes, and what alone would take an eighth is not kept.
    ///   - clock: nanoseconds since 1970, as file systems count them.
    package init(
        folder: String, size: Int = BillCache.usualSize, clock: @escaping @Sendable () -> Int64 = BillCache.systemTime
    ) {
        self.folder = folder
        self.size = size
        self.clock = clock
    }

    package static let systemTime: @Sendable () -> Int64 = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return FileEvidence.nanoseconds(time)
    }

    /// By which contents are compared; nil: the folder can be neither read nor made.
    var contentKey: ContentHash.Key? {
        key.withLock { known in
            if known == nil { known = storedKey() ?? newKey() }
            return known
        }
    }

    // MARK: Which content a file has

    /// The digest of a file's content, if it was read before and is still the same.
    func digest(of file: ObservedFile) -> ContentHash.Digest? {
        guard let key = contentKey, let evidence = file.evidence, let known = FileRecord(read(name(of: file, key)), key) else { return nil }
        if known.isSettled, known.evidence == evidence { return known.digest }
        // Perhaps it was only written anew, or fetched anew: that is worth looking at where its size says so.
        guard known.evidence.size == evidence.size, let content = content(of: file, key), content.digest == known.digest else { return nil }
        remember(content, of: file)
        return known.digest
    }

    /// Remembers what a file was when it was read.
    func remember(_ content: ContentWatch.Content, of file: ObservedFile) {
        guard let key = contentKey, let evidence = content.evidence else { return }
        let isSettled = max(evidence.modified, evidence.changed) &+ Self.settling < clock()
        write(FileRecord(evidence: evidence, digest: content.digest, isSettled: isSettled).bytes(key), as: name(of: file, key))
    }

    private func content(of file: ObservedFile, _ key: ContentHash.Key) -> ContentWatch.Content? {
        var file = file
        let watch = ContentWatch(key)
        file.watch = watch
        do throws(FileFault) { try file.readThrough() } catch { return nil }
        return watch.content
    }

    private func name(of file: ObservedFile, _ key: ContentHash.Key) -> String {
        var hash = ContentHash(key)
        hash.update(field: file.path)
        return "file-\(Self.version)-\(hash.digest().hexText)"
    }

    // MARK: What was found out about a content

    /// What is kept under a name.
    func load<Value>(_ name: String, _ unpack: (inout ByteUnpacker) throws(ByteUnpacker.Torn) -> Value) -> Value? {
        guard let key = contentKey, let bytes = read(name), let content = Self.content(of: bytes, named: name, key) else { return nil }
        // The time of use: what was used longest ago goes first.
        utimensat(AT_FDCWD, "\(folder)/\(name)", nil, 0)
        return content.withUnsafeBytes { content in
            var unpacker = ByteUnpacker(content)
            do throws(ByteUnpacker.Torn) {
                let value = try unpack(&unpacker)
                guard unpacker.isAtEnd else { return nil }
                hits.withLock { $0 += 1 }
                return value
            } catch {
                return nil
            }
        }
    }

    /// The largest that is kept, in bytes.
    var largestEntry: Int { size / 8 }

    func keep(_ packer: consuming BytePacker, as name: String) {
        guard let key = contentKey, packer.bytes.count <= largestEntry else { return }
        packer.seal(with: Self.digest(of: packer.bytes[...], named: name, key))
        write(packer.bytes, as: name)
        clear()
    }

    private static func content(of bytes: [UInt8], named name: String, _ key: ContentHash.Key) -> ArraySlice<UInt8>? {
        guard bytes.count >= ContentHash.Digest.length else { return nil }
        let content = bytes.dropLast(ContentHash.Digest.length)
        guard digest(of: content, named: name, key).bytes.elementsEqual(bytes.suffix(ContentHash.Digest.length)) else { return nil }
        return content
    }

    fileprivate static func digest(of bytes: ArraySlice<UInt8>, named name: String, _ key: ContentHash.Key) -> ContentHash.Digest {
        var hash = ContentHash(key)
        hash.update(field: name)
        bytes.withUnsafeBytes { hash.update($0) }
        return hash.digest()
    }

    // MARK: The folder

    private static let keyName = "key"
    /// Nothing of it is to be committed, wherever somebody keeps it.
    private static let ignoreName = ".gitignore"

    private func storedKey() -> ContentHash.Key? {
        guard let bytes = read(Self.keyName), bytes.count == ContentHash.Key.length else { return nil }
        return ContentHash.Key(bytes)
    }

    private func newKey() -> ContentHash.Key? {
        guard makeFolder() else { return nil }
        write(Array("*\n".utf8), as: Self.ignoreName)
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<ContentHash.Key.length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        write(bytes, as: Self.keyName)
        // Another process may have written another one: the one that is there counts for both.
        return storedKey()
    }

    private func makeFolder() -> Bool {
        var made = folder.hasPrefix("/") ? "" : "."
        for name in folder.split(separator: "/") {
            made += "/\(name)"
            if mkdir(made, 0o700) != 0, errno != EEXIST { return false }
        }
        return true
    }

    /// Whole files of the folder's owner only: links are not followed.
    private func read(_ name: String) -> [UInt8]? {
        let descriptor = open("\(folder)/\(name)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
            status.st_size <= size
        else { return nil }
        let size = Int(status.st_size)
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let read = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
                if read < 0, errno == EINTR { continue }
                guard read > 0 else { break }
                count += read
            }
        }
    }

    /// Writes aside, and puts it in its place at once.
    private func write(_ bytes: [UInt8], as name: String) {
        guard makeFolder() else { return }
        let aside = "\(folder)/.\(name).\(getpid()).\(UInt32.random(in: .min ... .max))"
        let descriptor = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        var written = 0
        bytes.withUnsafeBytes { bytes in
            while written < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                written += count
            }
        }
        let isClosed = close(descriptor) == 0
        if written < bytes.count || !isClosed || rename(aside, "\(folder)/\(name)") != 0 { unlink(aside) }
    }

    /// Removes what was used longest ago as far as there is too much, and what nobody used for long.
    private func clear() {
        guard let directory = opendir(folder) else { return }
        defer { closedir(directory) }
        var files: [(name: String, size: Int, used: Int64)] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            var status = stat()
            guard name != Self.keyName, name != Self.ignoreName, lstat("\(folder)/\(name)", &status) == 0,
                status.st_mode & S_IFMT == S_IFREG
            else { continue }
            files.append((name, Int(status.st_size), FileEvidence.nanoseconds(status.st_mtim)))
        }
        var rest = files.reduce(0) { $0 + $1.size }
        let oldest = clock() - Self.longestUnused * 1_000_000_000
        for file in files.sorted(by: { ($0.used, $0.name) < ($1.used, $1.name) }) {
            guard rest > size || file.used < oldest else { break }
            if unlink("\(folder)/\(file.name)") == 0 { rest -= file.size }
        }
    }
}

/// What a file was when it was read last.
private struct FileRecord {
    var evidence: FileEvidence
    var digest: ContentHash.Digest
    /// Whether it had not changed for so long that its times tell of every change.
    var isSettled: Bool

    init(evidence: FileEvidence, digest: ContentHash.Digest, isSettled: Bool) {
        self.evidence = evidence
        self.digest = digest
        self.isSettled = isSettled
    }

    private static let name = "file"
    private static let length = 57

    func bytes(_ key: ContentHash.Key) -> [UInt8] {
        var packer = BytePacker()
        packer.add(evidence.device)
        packer.add(evidence.inode)
        packer.add(evidence.size)
        packer.add(evidence.modified)
        packer.add(evidence.changed)
        packer.add(digest.first)
        packer.add(digest.second)
        packer.add(UInt8(isSettled ? 1 : 0))
        return packer.bytes + BillCache.digest(of: packer.bytes[...], named: Self.name, key).bytes
    }

    init?(_ bytes: [UInt8]?, _ key: ContentHash.Key) {
        guard let bytes, bytes.count == Self.length + ContentHash.Digest.length else { return nil }
        let content = bytes.prefix(Self.length)
        guard BillCache.digest(of: content, named: Self.name, key).bytes.elementsEqual(bytes.suffix(ContentHash.Digest.length)) else {
            return nil
        }
        func word(_ at: Int) -> UInt64 { bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: at * 8, as: UInt64.self) } }
        var evidence = FileEvidence(stat())
        evidence.device = word(0)
        evidence.inode = word(1)
        evidence.size = Int64(bitPattern: word(2))
        evidence.modified = Int64(bitPattern: word(3))
        evidence.changed = Int64(bitPattern: word(4))
        self.init(
            evidence: evidence, digest: ContentHash.Digest(first: word(5), second: word(6)), isSettled: bytes[Self.length - 1] == 1)
    }
}
