import CostModel

/// What is new: which groups get a request now, and why others wait.
extension RequestReconciler {
    /// - Parameters:
    ///   - live: requests that are open now.
    ///   - staying: those of them that stay open.
    ///   - closing: requests that nothing but closing is left of.
    ///   - left: those that have ended, and are open on the host.
    ///   - updates: what happens to them; attempts that are taken up late count among what is opened within the hour.
    func openings(
        _ groups: [RequestGroup], known: [RequestRecord], live: [RequestRecord], staying: [RequestRecord], closing: [RequestRecord],
        left: [RequestRecord], _ updates: [RequestAction]
    ) -> [RequestAction] {
        var open = staying.count
        let held = staying.filter { record in !updates.contains { $0.follows(record) } } + left
        var inHour =
            known.count { $0.wasOpened && $0.opened > now.subtracting(.hours(1)) } + updates.count { $0.opens(now, longAfter: .hours(1)) }
        let dismissals = Dismissals(known, snoozes: snoozes, settings: settings, now: now)
        let merged = mergedMeanwhile(known)
        var taken = Set(live.map(\.branch))
        return groups.map { group in
            if let reason = reasonToWait(group, known, merged, dismissals) ?? reasonToWait(group, besides: held, closing) {
                return .wait(group, reason)
            }
            guard let (branch, tip) = freeBranch(for: group, taken) else {
                return .wait(group, .foreignBranch(group.branch(prefix: branchPrefix)))
            }
            if !isAsked(group) {
                if !isInSchedule { return .wait(group, .schedule) }
                if open >= settings.maxOpen { return .wait(group, .maxOpen(settings.maxOpen)) }
                if inHour >= settings.maxNewPerHour { return .wait(group, .maxNewPerHour(settings.maxNewPerHour)) }
            }
            open += 1
            inHour += 1
            taken.insert(branch)
            return .open(group, branch: branch, replacing: tip, resuming: nil)
        }
    }

    private func reasonToWait(
        _ group: RequestGroup, _ known: [RequestRecord], _ merged: [RequestRecord], _ dismissals: Dismissals
    ) -> RequestAction.Reason? {
        if isPartial { return .partial }
        if merged.contains(where: { $0.subject == group.subject.key || $0.shares(with: group) }) {
            return .mergedMeanwhile
        }
        if !isAsked(group), let end = dismissals.end(covering: group) {
            if let person = end.person, let until = end.until { return .snoozed(until: until, by: person) }
            return .dismissed(until: end.until)
        }
        return isFought(group, known) ? .fighting : nil
    }

    /// Two requests for one finding would stand in each other's way.
    private func reasonToWait(
        _ group: RequestGroup, besides held: [RequestRecord], _ closing: [RequestRecord]
    ) -> RequestAction.Reason? {
        if let ending = closing.first(where: { $0.subject == group.subject.key || $0.shares(with: group) }) { return .ending(ending.name) }
        // Of one group two may not be open either, whatever their findings.
        return held.first { $0.group == group.identity || $0.shares(with: group) }.map { .held(by: $0.name) }
    }

    /// Ended for the ledger, and open on the host.
    func isLeftOpen(_ record: RequestRecord) -> Bool {
        guard !record.state.isLive, case .open? = statuses[record.group] else { return false }
        return openBranches.contains(record.branch)
    }

    /// Three merges of the same findings in the same file within 30 days, and they are here again.
    private func isFought(_ group: RequestGroup, _ known: [RequestRecord]) -> Bool {
        let merged = known.filter { $0.state == .merged && ($0.ended ?? $0.updated) > now.subtracting(.days(30)) }
        return group.plan.changes.contains { change in
            merged.count { record in
                record.plan.changes.contains { $0.file == change.file && !$0.names.isDisjoint(with: group.names(of: change.findings)) }
            } >= 3
        }
    }

    /// The group's own branch name, or the first with a number behind it that nobody else's work stands on.
    ///
    /// - Returns: nil when all of them are taken.
    private func freeBranch(for group: RequestGroup, _ taken: Set<String>) -> (name: String, tip: String?)? {
        for name in group.branchNames(prefix: branchPrefix) where !taken.contains(name) && !openBranches.contains(name) {
            switch branches[name] ?? .missing {
            case .missing: return (name, nil)
            case .ours(let tip), .contained(let tip): return (name, tip)
            case .edited: continue
            }
        }
        return nil
    }
}

extension RequestGroup {
    /// The names that its branch may have, in the order in which they are tried.
    func branchNames(prefix: String) -> [String] {
        let name = branch(prefix: prefix)
        return [name] + (2...9).map { "\(name)-\($0)" }
    }
}

extension RequestRecord {
    fileprivate func shares(with group: RequestGroup) -> Bool { !names.isDisjoint(with: group.allNames) }
}

extension RequestAction {
    /// Whether it takes up an attempt to open a request that was cut off so long ago.
    fileprivate func opens(_ now: Instant, longAfter span: TimeSpan) -> Bool {
        guard case .open(_, _, _, let record?) = self else { return false }
        return record.opened <= now.subtracting(span)
    }
}
