package import Diagnostics
import Git

/// Why a pass could not be made at all. What is only partly missing is an observation problem instead.
package enum WorkspaceError: Error, Sendable {
    /// Outside a repository, an unknown revision, no `bursar.yaml`: exit code 2.
    case usage(String)
    /// The policies do not hold: exit code 2.
    case invalidPolicies([Diagnostic])
    /// The plan does not fit the repository any more, or the branch is not ours: exit code 4.
    case conflict(String)
    /// The repository or the disk failed: exit code 3.
    case failed(String)

    static func noCommit(_ revision: String) -> WorkspaceError { .usage("there is no commit to plan against at \(revision)") }
}

extension WorkspaceError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .usage(let message), .conflict(let message), .failed(let message): message
        case .invalidPolicies(let diagnostics): CaretPrinter().render(diagnostics)
        }
    }
}

extension WorkspaceError {
    /// Opening failed: mostly by what was asked for.
    init(opening error: any Error) {
        switch error {
        case let error as WorkspaceError: self = error
        case let error as GitError:
            switch error.code {
            case .other, .locked, .readOnly: self = .failed("\(error)")
            default: self = .usage("\(error)")
            }
        default: self = .failed("\(error)")
        }
    }

    /// Writing failed: mostly because the repository is not what the plan was made from.
    init(applying error: any Error) {
        switch error {
        case let error as WorkspaceError: self = error
        case let error as GitError:
            switch error.code {
            case .moved, .exists, .locked, .notFound, .unsafe: self = .conflict(error.message)
            case .invalidName: self = .usage(error.message)
            case .readOnly: self = .usage("\(error): the repository must be writable")
            default: self = .failed("\(error)")
            }
        default: self = .failed("\(error)")
        }
    }
}
