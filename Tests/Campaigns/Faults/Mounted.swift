import TestSupport

/// A trial that this machine or this user cannot make.
struct Skipped: Error {
    let reason: String
}

/// A small disk of its own, or a folder bound to itself so that it can be made read-only. Unmounted with the last reference.
final class Mounted {
    let path: String
    private let folder: TemporaryDirectory?

    /// A disk in memory.
    ///
    /// - Parameter size: kibibytes.
    init(size: Int) throws {
        let folder = TemporaryDirectory()
        try Self.mount(["-t", "tmpfs", "-o", "size=\(size)k,mode=0700", "none", folder.path])
        path = folder.path
        self.folder = folder
    }

    /// What stands at `source` appears at `path` too.
    init(_ source: String, at path: String) throws {
        try Self.mount(["--bind", source, path])
        self.path = path
        folder = nil
    }

    deinit {
        // Lazily, should a process that was ended still be on its way out.
        _ = try? Program.named("umount")?.run("-l", path)
    }

    func grow(to size: Int) throws { try Self.mount(["-o", "remount,size=\(size)k", path]) }

    func set(readOnly isReadOnly: Bool) throws { try Self.mount(["-o", "remount,bind,\(isReadOnly ? "ro" : "rw")", path]) }

    private static func mount(_ arguments: [String]) throws {
        guard let mount = Program.named("mount") else { throw Skipped(reason: "mount is not installed") }
        let result = try mount.run(arguments)
        guard result.code == 0 else { throw Skipped(reason: "mounting is not allowed here: \(result.error.prefix(200))") }
    }
}
