internal import CGit2
import Glibc

/// Git could not do what it was asked.
package struct GitError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What callers tell apart; everything else is `other`.
    package enum Code: Hashable, Sendable {
        case notFound, exists, ambiguous, invalidName, noCommits, bare, locked
        /// Somebody else changed it in the meantime: a compare-and-swap failed.
        case moved
        /// The repository belongs to another user.
        case foreignOwner
        /// The history is cut off before its end: nobody but the user can fetch more of it.
        case shallow
        /// Objects of a partial clone are not here: nobody but the user can fetch them.
        case partialClone
        /// A kind of repository that libgit2 does not read.
        case unsupported
        /// A size, count or depth is beyond what we read.
        case limit
        /// What the repository holds could do harm: a path component such as `..`, a link out of the tree.
        case unsafe
        /// The disk, or somebody's permissions, let nothing be written.
        case readOnly
        case other
    }

    /// What was tried, as it reads behind "cannot": `open the repository at 'x'`. Empty when the message says it all.
    package let operation: String
    package let code: Code
    /// Lower case, no full stop.
    package let message: String

    init(_ code: Code, _ message: String, operation: String = "") {
        self.operation = operation
        self.code = code
        self.message = message
    }

    package var description: String {
        operation.isEmpty ? message : "cannot \(operation): \(message)"
    }
}

extension GitError.Code {
    /// libgit2 tells a disk that takes nothing from other failures only in words, which end with the C library's own.
    init(_ code: Int32, _ message: String) {
        let refusals = [EROFS, EACCES, EPERM].map { String(cString: strerror($0)) }
        self = git_error_code(rawValue: code) == GIT_ERROR && refusals.contains(where: message.hasSuffix) ? .readOnly : Self(code)
    }

    private init(_ code: Int32) {
        self =
            switch git_error_code(rawValue: code) {
            case GIT_ENOTFOUND: .notFound
            case GIT_EEXISTS: .exists
            case GIT_EAMBIGUOUS: .ambiguous
            case GIT_EINVALIDSPEC: .invalidName
            case GIT_EUNBORNBRANCH: .noCommits
            case GIT_EBAREREPO: .bare
            case GIT_ELOCKED: .locked
            case GIT_EMODIFIED: .moved
            case GIT_EOWNER: .foreignOwner
            default: .other
            }
    }
}
