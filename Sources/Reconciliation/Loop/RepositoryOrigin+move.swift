import CostModel
import Git

extension RepositoryOrigin {
    /// Moves one branch; what keeps it from that concerns this branch alone, unless nothing can be reached.
    func move(_ update: BranchUpdate) throws(StageError) {
        let outcome: BranchOutcome?
        do throws(OriginError) { outcome = try publish([update])[update.name] } catch {
            let reason: StageStatus.Reason =
                error.isDeadline ? .deadlineExceeded : error.isOfSettings ? .invalidConfiguration : .writeFailed
            throw StageError(error.mayPass ? .reconciling : .stalled, reason, error.message)
        }
        switch outcome {
        case .done: return
        case .moved: throw .ofOne(.reconciling, "the branch '\(update.name)' moved meanwhile: it is looked at again")
        case .rejected(let reason): throw .refused("the branch '\(update.name)' is refused: \(reason)")
        case nil: throw .ofOne(.reconciling, "nothing is said about the branch '\(update.name)'")
        }
    }
}
