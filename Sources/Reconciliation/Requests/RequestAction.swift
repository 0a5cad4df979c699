package import CostModel

/// One thing that is to happen to requests. A board decides on them; a keeper does them.
package enum RequestAction: Hashable, Sendable {
    /// What happened on the code host, or in Git: the record follows.
    case settle(RequestRecord)
    /// A branch is written and a request opened.
    ///
    /// - `replacing`: the branch's tip where it is ours from before; nil where there is none.
    /// - `resuming`: the record of an attempt that did not come to its end.
    case open(RequestGroup, replacing: String?, resuming: RequestRecord?)
    /// The branch moves to a new commit, and the request tells of it.
    case update(RequestRecord, RequestGroup, tip: String)
    /// The branch is right as it is; what the request says may not be.
    case describe(RequestRecord, RequestGroup, tip: String)
    /// A person edited the branch: it is not touched any more, and told so once.
    case handOver(RequestRecord)
    /// Nothing is left to mend: closed, and the branch deleted.
    case close(RequestRecord)
    /// Nothing is left to mend, but a person worked on it: closing is theirs.
    case abandon(RequestRecord)
    /// Nothing happens, for a reason.
    case wait(RequestGroup, Reason)

    /// Why a group gets no request now.
    package enum Reason: Hashable, Sendable {
        /// `maxOpen` requests are open.
        case maxOpen(Int)
        /// `maxNewPerHour` were opened in the last hour.
        case maxNewPerHour(Int)
        /// Outside of `schedule`.
        case schedule
        /// A person closed a request with these findings, and nothing new stands in this one.
        case dismissed(until: Instant?)
        /// Merged three times, and reverted each time.
        case fighting
        /// A branch of this name is there and not ours.
        case foreignBranch(String)
        /// Not everything could be observed.
        case partial
    }
}

extension RequestAction.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .maxOpen(let limit): "at most \(limit) may be open at one time (maxOpen)"
        case .maxNewPerHour(let limit): "at most \(limit) \(limit == 1 ? "is" : "are") opened within an hour (maxNewPerHour)"
        case .schedule: "outside of the times of 'schedule'"
        case .dismissed(let until): "closed by a person, and nothing new stands in it\(until.map { "; until \($0.day)" } ?? "")"
        case .fighting: "merged three times and undone each time: somebody or something works against it"
        case .foreignBranch(let name): "the branch '\(name)' is there and was not written by Bursar"
        case .partial: "not everything could be observed"
        }
    }
}
