import CostModel

/// What has happened to requests since the ledger heard of them.
extension RequestBoard {
    func settle(_ record: RequestRecord) -> RequestRecord? {
        if record.state == .merged { return history.undoes(record) ? dismissed(record, at: now) : nil }
        if record.state == .dismissed { return reopened(record) }
        guard record.state.isLive else { return nil }
        var settled = record
        switch standings[record.group] {
        case .merged(let commit, let time, _):
            settled.state = .merged
            settled.mergeCommit = commit
            settled.ended = time
            // Merged and undone since anybody looked.
            if history.undoes(settled) { return dismissed(settled, at: now) }
        case .closed(let time, _) where history.merges[record.plan.digest] != nil:
            // Somebody took the commit over without the request.
            settled.state = .merged
            settled.mergeCommit = history.merges[record.plan.digest]?.commit
            settled.ended = time
        case .closed(let time, let isOurs):
            if isClosing(record) || (isPartial && !isOurs) { return nil }
            settled.state = isOurs ? .obsolete : .dismissed
            settled.ended = time
        case .open(let number, let url):
            guard record.state == .writing else { return nil }
            // Without a code host the branch is the request.
            settled.state = .open
            settled.number = number
            settled.url = url
        case .unheard, nil: return nil
        }
        settled.updated = now
        return settled
    }

    /// A merge that people undid is something they turned down.
    private func dismissed(_ record: RequestRecord, at time: Instant) -> RequestRecord {
        var record = record
        record.state = .dismissed
        record.ended = time
        record.updated = now
        return record
    }

    /// A person who opens a closed request again wants it.
    private func reopened(_ record: RequestRecord) -> RequestRecord? {
        guard case .open(let number, let url)? = standings[record.group] else { return nil }
        var record = record
        record.state = .open
        record.number = number ?? record.number
        record.url = url ?? record.url
        record.ended = nil
        record.updated = now
        return record
    }

    /// Closed outside, but not at an end: we were stopped before the branch was deleted and the ledger heard of it, or somebody closed it
    /// when nothing was left in it.
    func isClosing(_ record: RequestRecord) -> Bool {
        guard case .closed(_, let isOurs)? = standings[record.group], history.merges[record.plan.digest] == nil else { return false }
        if case .edited? = branches[record.branch] { return false }
        return isOurs || (!isPartial && presentFindings.isDisjoint(with: record.findings))
    }

    /// Branches of requests that have ended, where nothing of them is needed any more: merged and fetched, or with no finding left.
    func prunings(_ known: [RequestRecord], besides openings: [RequestAction]) -> [RequestAction] {
        guard !isPartial else { return [] }
        let needed = Set(
            known.filter(\.state.isLive).map(\.branch)
                + openings.compactMap { if case .open(_, let branch, _, _) = $0 { branch } else { nil } })
        var seen = needed
        return known.reversed().compactMap { record in
            guard !record.state.isLive, let tip = branches[record.branch]?.disposableTip, seen.insert(record.branch).inserted else {
                return nil
            }
            let isOver =
                switch record.state {
                case .merged: isFetched(record)
                case .obsolete: true
                case .dismissed: presentFindings.isDisjoint(with: record.findings)
                case .abandoned, .writing, .open: false
                }
            return isOver ? .prune(record, tip: tip) : nil
        }
    }

    /// Whether the revision that is looked at holds what was merged.
    private func isFetched(_ record: RequestRecord) -> Bool {
        guard case .merged(_, _, let isFetched)? = standings[record.group] else { return true }
        return isFetched
    }

    /// Requests that were merged after the revision that is looked at: its plan still offers what they mend.
    func mergedMeanwhile(_ known: [RequestRecord]) -> [RequestRecord] { known.filter { $0.state == .merged && !isFetched($0) } }
}
