package import CostModel

/// Decides what is to happen to requests: from what a plan offers, what the ledger remembers, and how code host and branches stand.
///
/// A value without input or output, so that the whole life of requests can be tried out by a clock. Its rules:
/// - one request per subject (team, policies, root), updated in place;
/// - what a person edited is never overwritten, what a person closed stays closed until something new stands in it;
/// - nothing is closed because data was missing, or because no fix is offered any more while the finding is still there.
package struct RequestBoard: Sendable {
    /// How a known request stands outside.
    package enum Standing: Hashable, Sendable {
        /// With what the host calls it, where it does.
        case open(number: Int?, url: String?)
        case merged(commit: String?, at: Instant)
        case closed(at: Instant)
        /// The code host has not heard of it: it was never opened, because we ended in between.
        case unheard
    }

    package var settings: RequestSettings
    package var branchPrefix: String
    package var now: Instant
    /// Not everything could be observed.
    package var isPartial: Bool
    package var groups: [RequestGroup]
    /// Everything the ledger knows, also what has ended.
    package var records: [RequestRecord]
    /// Of the records that have not ended, by group.
    package var standings: [String: Standing]
    /// By branch; a branch that is not here is missing.
    package var branches: [String: BranchState]
    /// Findings that are failing, unknown or in error now, exempt ones left out.
    package var presentFindings: Set<String>
    /// By plan, where the watched branch says that it holds it: the commit.
    package var merges: [String: String]
    /// Plans that the watched branch says it undid.
    package var reverts: Set<String>
    /// What the tips of branches change of the commit below them, each file with its blobs.
    package var changes: [String: Set<Plan.FileResult>]

    package init(
        settings: RequestSettings, branchPrefix: String, now: Instant, isPartial: Bool, groups: [RequestGroup], records: [RequestRecord],
        standings: [String: Standing], branches: [String: BranchState], presentFindings: Set<String>,
        changes: [String: Set<Plan.FileResult>], merges: [String: String] = [:], reverts: Set<String> = []
    ) {
        self.settings = settings
        self.branchPrefix = branchPrefix
        self.now = now
        self.isPartial = isPartial
        self.groups = groups
        self.records = records
        self.standings = standings
        self.branches = branches
        self.presentFindings = presentFindings
        self.changes = changes
        self.merges = merges
        self.reverts = reverts
    }

    /// What is to happen, in the order in which it should: first what has happened already, then ends, updates, and new ones, the most
    /// valuable first.
    package func actions() -> [RequestAction] {
        let settled = records.compactMap { $0.state.isLive ? settle($0) : undone($0) }
        let known = records.map { record in settled.first { $0.group == record.group && $0.opened == record.opened } ?? record }
        var live = known.filter(\.state.isLive)
        var updates: [RequestAction] = []
        var fresh: [RequestGroup] = []
        for group in groups.sorted(by: Self.isMoreValuable) {
            // Of several that ledgers of old may hold, the first is the one that goes on.
            if let index = live.firstIndex(where: { $0.subject == group.subject.key }) {
                updates += update(live.remove(at: index), group)
            } else {
                fresh.append(group)
            }
        }
        let ends = live.compactMap(end)
        let ended = Set(ends.compactMap { if case .close(let record) = $0 { record.group } else { nil } })
        let open = known.count { $0.state.isLive && !ended.contains($0.group) }
        let late = updates.count { $0.opens(now, longAfter: .hours(1)) }
        return settled.map { .settle($0) } + ends + updates + openings(fresh, known: known, open: open, late: late)
    }

    /// Of the pushes of one subject, the most dollars first; ties by name.
    private static func isMoreValuable(_ a: RequestGroup, _ b: RequestGroup) -> Bool {
        a.atStake.amount == b.atStake.amount ? a.subject < b.subject : a.atStake.amount > b.atStake.amount
    }

    // MARK: What has happened

    private func settle(_ record: RequestRecord) -> RequestRecord? {
        var record = record
        switch standings[record.group] {
        case .merged(let commit, let time):
            record.state = .merged
            record.mergeCommit = commit
            record.ended = time
        case .closed(let time) where merges[record.plan.digest] != nil:
            // Somebody took the commit over without the request.
            record.state = .merged
            record.mergeCommit = merges[record.plan.digest]
            record.ended = time
        case .closed(let time):
            // Where we closed it and were stopped before we could write it down, nothing is left in it.
            let isFixed = !isPartial && presentFindings.isDisjoint(with: record.findings)
            record.state = isFixed ? .obsolete : .dismissed
            record.ended = time
        case .open(let number, let url):
            guard record.state == .writing, let number else { return nil }
            record.state = .open
            record.number = number
            record.url = url
        case .unheard, nil: return nil
        }
        record.updated = now
        return record
    }

    /// A merge that people undid is something they turned down.
    private func undone(_ record: RequestRecord) -> RequestRecord? {
        guard record.state == .merged, reverts.contains(record.plan.digest) else { return nil }
        var record = record
        record.state = .dismissed
        record.ended = now
        record.updated = now
        return record
    }

    // MARK: What is open

    private func update(_ record: RequestRecord, _ group: RequestGroup) -> [RequestAction] {
        if record.isEdited { return [] }
        let tip: String
        switch branches[record.branch] ?? .missing {
        case .edited: return [.handOver(record)]
        case .ours(let found): tip = found
        case .missing:
            // Written down, but never pushed: it begins anew. A branch that was deleted under an open request is a person's doing.
            return record.state == .writing ? [.open(group, replacing: nil, resuming: record)] : []
        }
        if record.state == .writing { return [.open(group, replacing: tip, resuming: record)] }
        if isPartial || !isInSchedule { return [] }
        // The same edits of the same bytes are the same change, whatever the commit below: it is not written again.
        return [changes[tip] == Set(group.plan.files) ? .describe(record, group, tip: tip) : .update(record, group, tip: tip)]
    }

    private func end(_ record: RequestRecord) -> RequestAction? {
        guard !isPartial, presentFindings.isDisjoint(with: record.findings) else { return nil }
        var record = record
        record.mergeCommit = merges[record.plan.digest]
        if case .edited? = branches[record.branch] { return .abandon(record) }
        return record.isEdited ? .abandon(record) : .close(record)
    }

    // MARK: What is new

    /// - Parameter late: requests that are opened now, though they were begun more than an hour ago.
    private func openings(_ groups: [RequestGroup], known: [RequestRecord], open: Int, late: Int) -> [RequestAction] {
        var open = open
        var inHour = late + known.count { $0.opened > now.subtracting(.hours(1)) }
        return groups.map { group in
            let branch = group.branch(prefix: branchPrefix)
            if let reason = reasonToWait(group, branch, known) { return .wait(group, reason) }
            if open >= settings.maxOpen { return .wait(group, .maxOpen(settings.maxOpen)) }
            if inHour >= settings.maxNewPerHour { return .wait(group, .maxNewPerHour(settings.maxNewPerHour)) }
            open += 1
            inHour += 1
            if case .ours(let tip)? = branches[branch] { return .open(group, replacing: tip, resuming: nil) }
            return .open(group, replacing: nil, resuming: nil)
        }
    }

    private func reasonToWait(_ group: RequestGroup, _ branch: String, _ known: [RequestRecord]) -> RequestAction.Reason? {
        if isPartial { return .partial }
        let own = known.filter { $0.subject == group.subject.key }
        if let end = Dismissals(own, settings: settings, now: now).end(covering: group) { return .dismissed(until: end.until) }
        if isFought(group, own) { return .fighting }
        if case .edited? = branches[branch] { return .foreignBranch(branch) }
        return isInSchedule ? nil : .schedule
    }

    /// Three merges of the same findings in the same file within 30 days, and they are here again.
    private func isFought(_ group: RequestGroup, _ own: [RequestRecord]) -> Bool {
        let merged = own.filter { $0.state == .merged && ($0.ended ?? $0.updated) > now.subtracting(.days(30)) }
        return group.plan.changes.contains { change in
            merged.count { record in
                record.plan.changes.contains { $0.file == change.file && !Set($0.findings).isDisjoint(with: change.findings) }
            } >= 3
        }
    }

    private var isInSchedule: Bool {
        guard !settings.schedule.isEmpty else { return true }
        let minute = Int(now.seconds - now.day.start.seconds) / 60
        return settings.schedule.contains { $0.days.contains(now.day.weekday) && ($0.from..<$0.until).contains(minute) }
    }
}

extension RequestAction {
    /// Whether it takes up an attempt to open a request that was cut off so long ago.
    fileprivate func opens(_ now: Instant, longAfter span: TimeSpan) -> Bool {
        guard case .open(_, _, let record?) = self else { return false }
        return record.opened <= now.subtracting(span)
    }
}

extension RequestRecord.State {
    /// Not ended: on the way, or open.
    package var isLive: Bool { self == .writing || self == .open }
}

extension RequestRecord {
    package var findings: [String] { Set(plan.changes.flatMap(\.findings)).sorted() }

    /// The subject's key, which its identity begins with.
    package var subject: String { String(group.dropFirst(2).prefix(12)) }
}
