/// What a request's branch is like, as the remote has it.
package enum BranchState: Hashable, Sendable {
    case missing
    /// As we wrote it: one commit, with our trailers and tree.
    case ours(tip: String)
    /// Somebody else's commits stand on it.
    case edited(tip: String)
    /// Not as we wrote it, but the watched branch holds all of it.
    case contained(tip: String)

    /// Its tip where nothing of a person's would be lost with it.
    var disposableTip: String? {
        switch self {
        case .ours(let tip), .contained(let tip): tip
        case .missing, .edited: nil
        }
    }
}
