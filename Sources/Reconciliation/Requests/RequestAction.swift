package import CostModel

/// One thing that is to happen to requests. `RequestReconciler` decides on them, `RequestExecutor` does them.
package enum RequestAction: Hashable, Sendable {
    /// What happened on the code host, or in Git: the record follows.
    case settle(RequestRecord)
    /// A branch is written and a request opened.
    ///
    /// - `replacing`: the branch's tip where it may be written over; nil where there is none.
    /// - `resuming`: the record of an attempt that did not come to its end.
    case open(RequestGroup, branch: String, replacing: String?, resuming: RequestRecord?)
    /// The branch moves to a new commit, and the request tells of it.
    case update(RequestRecord, RequestGroup, tip: String)
    /// The branch is right as it is; what the request says may not be.
    case describe(RequestRecord, RequestGroup, tip: String)
    /// A person edited the branch: it is not touched any more, and told so once.
    case handOver(RequestRecord)
    /// Nothing of it is left to do: closed, and the branch deleted.
    case close(RequestRecord, Ending)
    /// Nothing is left to fix, but a person worked on it: closing is theirs.
    case abandon(RequestRecord)
    /// Somebody turned it down by the API: what is open for it is closed, and it stays so as if they had closed it.
    case dismiss(RequestGroup, record: RequestRecord?)
    /// A request has ended, and its branch is as we left it: the branch is deleted.
    case prune(RequestRecord, tip: String)
    /// Nothing happens, for a reason.
    case wait(RequestGroup, Reason)

    package enum Ending: Hashable, Sendable {
        /// Its findings are gone.
        case fixed
        /// What it proposes is in the watched branch, by this commit.
        case merged(by: String)
        /// Its findings are part of another request, of this name.
        case takenOver(by: String)
    }

    /// Why a group gets no request now, or its request stays as it is.
    package enum Reason: Hashable, Sendable {
        /// `maxOpen` requests are open.
        case maxOpen(Int)
        /// `maxNewPerHour` were opened in the last hour.
        case maxNewPerHour(Int)
        /// Outside of `schedule`.
        case schedule
        /// A person closed a request with these findings, and nothing new stands in this one.
        case dismissed(until: Instant?)
        /// Somebody put it off for some time, and nothing new stands in it.
        case snoozed(until: Instant, by: String)
        /// Merged three times, and reverted each time.
        case fighting
        /// Branches of this name, and with a number behind it, are there and not ours.
        case foreignBranch(String)
        /// An open request is about some of it and does not follow the plan, mostly because a person has it.
        case held(by: String)
        /// The request about it is closed first.
        case ending(String)
        /// Merged after the revision that is looked at.
        case mergedMeanwhile
        /// Not everything could be observed.
        case partial
    }
}

extension RequestAction {
    /// What it is about, where that is something a plan offers now.
    var group: RequestGroup? {
        switch self {
        case .open(let group, _, _, _), .update(_, let group, _), .describe(_, let group, _), .dismiss(let group, _), .wait(let group, _):
            group
        case .settle, .handOver, .close, .abandon, .prune: nil
        }
    }
}

extension RequestAction.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .maxOpen(let limit): "at most \(limit) may be open at one time (maxOpen)"
        case .maxNewPerHour(let limit): "at most \(limit) \(limit == 1 ? "is" : "are") opened within an hour (maxNewPerHour)"
        case .schedule: "outside of the times of 'schedule'"
        case .dismissed(let until): "closed by a person, and nothing new stands in it\(until.map { "; until \($0.day)" } ?? "")"
        case .snoozed(let until, let person): "snoozed by \(person) until \(until.day)"
        case .fighting: "merged three times and undone each time: somebody or something works against it"
        case .foreignBranch(let name): "the branch '\(name)' is there and was not written by Bursar"
        case .held(let name): "\(name) is open and about it, and does not follow the plan"
        case .ending(let name): "\(name) is closed first: the next run goes on"
        case .mergedMeanwhile: "merged after the revision that is looked at: the next run sees it"
        case .partial: "not everything could be observed"
        }
    }
}
