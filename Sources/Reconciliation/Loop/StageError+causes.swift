import CostModel
import Diagnostics
import Forge
import Git
import Store

/// What each kind of failure means for the loop: whether it may pass by itself, or a person must fix it.
extension StageError {
    init(_ error: OriginError) {
        let reason: StageStatus.Reason =
            error.isDeadline ? .deadlineExceeded : error.isOfSettings ? .invalidConfiguration : .fetchFailed
        self.init(error.mayPass ? .reconciling : .stalled, reason, error.message)
    }

    init(_ error: WorkspaceError) {
        switch error {
        case .invalidPolicies(let diagnostics):
            let errors = diagnostics.filter { $0.severity == .error }
            let place = errors.first?.range.map { "\($0.file.path):\($0.start.line): " } ?? ""
            let first = errors.first.map { "\(place)\($0.message)" } ?? ""
            let more = errors.count > 1 ? ", and \(errors.count - 1) more" : ""
            self.init(.stalled, .invalidPolicy, "the policies are not valid: \(first)\(more)")
        case .usage(let message): self.init(.stalled, .invalidConfiguration, message)
        case .conflict(let message): self.init(.reconciling, .writeFailed, message)
        case .failed(let message): self.init(.reconciling, .evaluationFailed, message)
        }
    }

    init(_ error: LedgerError) {
        let canPass = error.code != .newer && error.code != .invalid
        self.init(canPass ? .reconciling : .stalled, .ledgerFailed, "\(error)")
        isLedgerDamaged = error.code == .corrupt
    }

    init(_ error: ForgeError) {
        self.init(
            error.mayPass ? .reconciling : .stalled, error.code == .moved ? .invalidConfiguration : .forgeFailed, error.message,
            retryAfter: error.retryAfter)
    }

    init(writing error: GitError) { self.init(error.isOfUsers ? .stalled : .reconciling, .writeFailed, "\(error)") }
}

extension GitError {
    /// Whether only whoever looks after the repository can do something about it.
    fileprivate var isOfUsers: Bool { code == .shallow || code == .partialClone || code == .unsupported }
}
