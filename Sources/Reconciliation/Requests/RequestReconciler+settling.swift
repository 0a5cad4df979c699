import CostModel

/// What has happened to requests since the ledger heard of them.
extension RequestReconciler {
    /// - Parameters:
    ///   - isLatest: the newest request of its group: how one stands on the host is known of it alone.
    ///   - isLastOfPlan: the same edits of the same commit may have been proposed twice: what the branch's commits say is of the last.
    func settle(_ record: RequestRecord, isLatest: Bool, isLastOfPlan: Bool) -> RequestRecord? {
        var settled: RequestRecord?
        switch record.state {
        case .writing, .open: settled = isLatest ? live(record) : nil
        case .merged: settled = history.undoes(record) ? dismissed(record, at: now) : nil
        case .dismissed, .abandoned, .obsolete:
            settled = (isLastOfPlan ? takenUp(record) : nil) ?? (isLatest ? goesOn(record) : nil)
        }
        settled?.updated = now
        return settled
    }

    private func live(_ record: RequestRecord) -> RequestRecord? {
        var settled = record
        switch statuses[record.group] {
        case .merged(let commit, let time, _):
            settled = merged(record, commit, at: time)
            // Merged and undone since anybody looked.
            return history.undoes(settled) ? dismissed(settled, at: now) : settled
        case .closed(let time, let isOurs):
            // Somebody took the commit over without the request.
            if let commit = mergeCommit(of: record) { return merged(record, commit, at: record.ended ?? time) }
            return isClosing(record) || (isPartial && !isOurs) ? nil : dismissed(record, at: time)
        case .open(let number, let url):
            settled.mergeCommit = mergeCommit(of: record)
            if settled.mergeCommit == nil {
                settled.ended = nil
            } else if settled.mergeCommit != record.mergeCommit, let merge = history.merge(of: record) {
                settled.ended = time(of: merge.time, record)
            }
            if record.state == .writing {
                // Without a code host the branch is the request.
                settled.state = .open
                settled.number = number
                settled.url = url
            }
        case .unheard, nil: return nil
        }
        return settled == record ? nil : settled
    }

    /// The commit by which what an open request proposes is in the watched branch, though the host does not call it merged.
    private func mergeCommit(of record: RequestRecord) -> String? {
        history.merge(of: record)?.commit ?? (history.undoes(record) ? nil : record.mergeCommit)
    }

    private func merged(_ record: RequestRecord, _ commit: String?, at time: Instant) -> RequestRecord {
        var record = record
        record.state = .merged
        record.mergeCommit = commit
        record.ended = time
        return record
    }

    /// Closed by people; so is what they merged and undid.
    private func dismissed(_ record: RequestRecord, at time: Instant) -> RequestRecord {
        var record = record
        record.state = .dismissed
        record.ended = time
        return record
    }

    /// What had ended without a merge, and is in the watched branch now: somebody took the commit over, or undid what undid it.
    private func takenUp(_ record: RequestRecord) -> RequestRecord? {
        if let merge = history.merge(of: record) { return merged(record, merge.commit, at: time(of: merge.time, record)) }
        // By the commit that it has, so that what is known of its savings goes on.
        return history.redoes(record).map { merged(record, record.mergeCommit ?? $0.commit, at: $0.time) }
    }

    /// Commits may say an earlier time than that at which they came.
    private func time(of merge: Instant, _ record: RequestRecord) -> Instant { max(merge, record.opened) }

    /// A person who opens a closed request again wants it. What ended because nothing was left in it, or goes on being open because it was
    /// left to people, is wanted once there is something in it again.
    private func goesOn(_ record: RequestRecord) -> RequestRecord? {
        switch statuses[record.group] {
        case .merged(let commit, let time, _): return merged(record, commit, at: time)
        case .open(let number, let url):
            guard record.state == .dismissed || isWanted(record) else { return nil }
            var record = record
            record.state = .open
            record.number = number ?? record.number
            record.url = url ?? record.url
            record.ended = nil
            record.mergeCommit = nil
            return record
        case .closed, .unheard, nil: return nil
        }
    }

    /// Something is in it again, and no other request of its subject is at work on that, or comes first.
    private func isWanted(_ record: RequestRecord) -> Bool {
        guard !presentFindings.isDisjoint(with: record.names) else { return false }
        return !records.contains { other in
            guard other.subject == record.subject, !other.isSame(as: record) else { return false }
            if case .open? = statuses[other.group], other.opened > record.opened { return true }
            return other.state.isLive
        }
    }

    /// Closed outside, but not at an end: we were stopped before the branch was deleted and the ledger heard of it, or somebody closed it
    /// when nothing was left in it.
    func isClosing(_ record: RequestRecord) -> Bool {
        guard case .closed(_, let isOurs)? = statuses[record.group], mergeCommit(of: record) == nil else { return false }
        if case .edited? = branches[record.branch] { return false }
        // We close nothing that is a person's, though we may have been about to.
        return (isOurs && !record.isEdited) || (!isPartial && presentFindings.isDisjoint(with: record.names))
    }

    /// Open still, but the watched branch has what it proposes, and no person's work is on it: only closing it is left.
    func isMergedByHand(_ record: RequestRecord) -> Bool {
        guard record.mergeCommit != nil, case .open? = statuses[record.group] else { return false }
        return !isPartial && !isPersons(record)
    }

    func isPersons(_ record: RequestRecord) -> Bool {
        if case .edited? = branches[record.branch] { true } else { record.isEdited }
    }

    /// Branches of requests that have ended, where nothing of them is needed any more: merged and fetched, or with no finding left.
    func prunings(_ known: [RequestRecord], besides openings: [RequestAction]) -> [RequestAction] {
        guard !isPartial else { return [] }
        // Without its branch an open request is closed.
        let needed = openBranches.union(
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
                case .dismissed: presentFindings.isDisjoint(with: record.names)
                case .abandoned, .writing, .open: false
                }
            return isOver ? .prune(record, tip: tip) : nil
        }
    }

    /// Whether the revision that is looked at holds what was merged.
    private func isFetched(_ record: RequestRecord) -> Bool {
        guard case .merged(_, _, let isFetched)? = statuses[record.group] else { return true }
        return isFetched
    }

    /// Requests that were merged after the revision that is looked at: its plan still offers what they fix.
    func mergedMeanwhile(_ known: [RequestRecord]) -> [RequestRecord] { known.filter { $0.state == .merged && !isFetched($0) } }
}
