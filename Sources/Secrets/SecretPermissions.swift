/// Who may read a file that holds a secret, whoever opens it: one rule for tokens, keys and secrets of every module.
///
/// It is asked about the file that was opened, behind whatever symbolic links: that is how Kubernetes mounts secrets. The file is a regular
/// one of ours, or of root's, with which nobody else may do anything. Only root's may be read by a group where we are not root: a volume of
/// Kubernetes gives a secret to a pod's `fsGroup` that way, and systemd a credential to its service.
package enum SecretPermissions {
    package enum Fault: Hashable, Sendable {
        case notAFile, foreign, open
    }

    /// - Parameters:
    ///   - mode: as `fstat` tells it, the kind of the file included.
    ///   - owner: the user whose file it is.
    ///   - user: as whom we run.
    /// - Returns: nil: it may hold a secret.
    package static func fault(mode: UInt32, owner: UInt32, user: UInt32) -> Fault? {
        guard mode & 0o170000 == 0o100000 else { return .notAFile }
        guard owner == user || owner == 0 else { return .foreign }
        let forbidden: UInt32 = owner == 0 && user != 0 ? 0o037 : 0o077
        return mode & forbidden == 0 ? nil : .open
    }
}
