internal import Glibc

/// Some tests need another user's files, which only root can make.
package enum TestUser {
    package static var isRoot: Bool { geteuid() == 0 }

    /// Makes a folder belong to somebody else.
    package static func giveAway(_ path: String) throws {
        for item in [path, path + "/.git"] where chown(item, 12_345, 12_345) != 0 {
            throw TemporaryRepository.Failure(description: "cannot change the owner of \(item)")
        }
    }
}

/// What a working tree can hold besides files.
package enum FileSystem {
    package static func link(_ target: String, at path: String) throws {
        guard symlink(target, path) == 0 else { throw TemporaryRepository.Failure(description: "cannot link \(path)") }
    }

    package static func pipe(at path: String) throws {
        guard mkfifo(path, 0o600) == 0 else { throw TemporaryRepository.Failure(description: "cannot make the pipe \(path)") }
    }
}

extension FileSystem {
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    package static func setMode(_ mode: UInt32, of path: String) throws {
        guard chmod(path, mode) == 0 else { throw TemporaryRepository.Failure(description: "cannot change the mode of \(path)") }
    }
}
