package import CostModel

/// Decides what is to happen to requests: from what a plan offers, what the ledger remembers, and how code host and branches stand.
///
/// A value without input or output, so that the whole life of requests can be tried out by a clock. Its rules:
/// - one request per subject (team, policies, root), updated in place; a request goes on for whoever takes its findings over;
/// - what a person edited is never overwritten, what a person closed stays closed until something new stands in it;
/// - nothing is closed because data was missing, or because no fix is offered any more while the finding is still there.
package struct RequestReconciler: Sendable {
    package var settings: RequestSettings
    package var branchPrefix: String
    package var now: Instant
    /// Not everything could be observed.
    package var isPartial: Bool
    package var groups: [RequestGroup]
    /// Everything the ledger knows, also what has ended.
    package var records: [RequestRecord]
    /// Of the records that have not ended, and of those that have and are open on the host, or merged since: how the newest of each group
    /// stands.
    package var statuses: [String: RemoteStatus]
    /// By branch; a branch that is not here is missing.
    package var branches: [String: BranchState]
    /// Findings that are failing, unknown or in error now, exempt ones left out; and those that are not seen now and may be there still.
    package var presentFindings: Set<String>
    /// What the tips of branches change of the commit below them, each file with its blobs.
    package var changes: [String: Set<Plan.FileResult>]
    /// What the watched branch's commits say of our plans.
    var history: MergeHistory
    /// For which the host has an open request, whatever the ledger thinks of it.
    var openBranches: Set<String>
    /// What people put off, for some time.
    var snoozes: [Snooze]
    /// Groups that somebody wants opened now, whatever limits, times and earlier decisions say.
    var asked: Set<String>
    /// Groups that somebody asked for: they come before the others.
    var wanted: Set<String> = []
    /// Groups that somebody turns down.
    var turnedDown: Set<String> = []

    init(
        settings: RequestSettings, branchPrefix: String, now: Instant, isPartial: Bool, groups: [RequestGroup], records: [RequestRecord],
        statuses: [String: RemoteStatus], branches: [String: BranchState], presentFindings: Set<String>,
        changes: [String: Set<Plan.FileResult>], history: MergeHistory, openBranches: Set<String>,
        snoozes: [Snooze] = [], asked: Set<String> = []
    ) {
        self.settings = settings
        self.branchPrefix = branchPrefix
        self.now = now
        self.isPartial = isPartial
        self.groups = groups
        self.records = records
        self.statuses = statuses
        self.branches = branches
        self.presentFindings = presentFindings
        self.changes = changes
        self.history = history
        self.openBranches = openBranches
        self.snoozes = snoozes
        self.asked = asked
    }

    /// What is to happen, in the order in which it should: first what has happened already, then ends, updates, and new ones, the most
    /// valuable first.
    package func actions() -> [RequestAction] {
        let (latest, latestOfPlan) = (records.latest(of: \.group), records.latest(of: \.plan.digest))
        var settled: [RequestRecord] = []
        let known = records.map { record in
            let isLatest = latest.contains(record.key)
            guard let after = settle(record, isLatest: isLatest, isLastOfPlan: latestOfPlan.contains(record.key)) else { return record }
            settled.append(after)
            return after
        }
        // What we began to close goes on being closed, whatever stands there now.
        let closing = known.filter { $0.state.isLive && (isClosing($0) || isMergedByHand($0)) }
        let live = known.filter { record in record.state.isLive && !closing.contains { $0.isSame(as: record) } }
        let matching = RequestMatching(groups.sorted(by: Self.isMoreValuable), live)
        let dismissals = dismissals(matching, known)
        let dismissed = Set(dismissals.compactMap(\.dismissed))
        let updates = matching.pairs.filter { !dismissed.contains($0.group.identity) }.flatMap { update($0.record, $0.group) }
        let ends = closing.map(close) + matching.left.compactMap { end($0, besides: updates) }
        let ended = Set(
            ends.compactMap { if case .close(let record, _) = $0 { record.group } else { nil } }
                + matching.pairs.filter { dismissed.contains($0.group.identity) }.map { $0.record.group })
        let staying = live.filter { !ended.contains($0.group) }
        let left = known.filter { isLeftOpen($0) && latest.contains($0.key) }
        let fresh = matching.fresh.filter { !dismissed.contains($0.identity) }
        let ordered = fresh.filter { wanted.contains($0.identity) } + fresh.filter { !wanted.contains($0.identity) }
        let openings = openings(ordered, known: known, live: live, staying: staying, closing: closing, left: left, updates)
        // What was taken over stays open until its taker has it.
        let (late, early) = (ends.filter(\.isTakenOver), ends.filter { !$0.isTakenOver })
        return settled.map { .settle($0) } + dismissals + early + updates + late + prunings(known, besides: openings) + openings
    }

    /// Of the pushes of one subject, the most dollars first; ties by name.
    static func isMoreValuable(_ a: RequestGroup, _ b: RequestGroup) -> Bool {
        a.atStake.amount == b.atStake.amount ? a.subject < b.subject : a.atStake.amount > b.atStake.amount
    }

    /// What somebody turns down, whether a request is open for it or not. What a person works on is theirs to close, and what was turned down
    /// before is.
    private func dismissals(_ matching: RequestMatching, _ known: [RequestRecord]) -> [RequestAction] {
        guard !turnedDown.isEmpty else { return [] }
        let before = Dismissals(known, settings: settings, now: now)
        let open = matching.pairs.filter { turnedDown.contains($0.group.identity) && !isPersons($0.record) }
        let fresh = matching.fresh.filter { turnedDown.contains($0.identity) && before.end(covering: $0) == nil }
        return open.map { .dismiss($0.group, record: $0.record) } + fresh.map { .dismiss($0, record: nil) }
    }

    // MARK: What is open

    private func isOpenOnHost(_ record: RequestRecord) -> Bool { if case .open? = statuses[record.group] { true } else { false } }

    private func update(_ record: RequestRecord, _ group: RequestGroup) -> [RequestAction] {
        // A person's branch for which no request is open on this host (it is another one by now): theirs, and the next has another name.
        if record.isEdited { return record.state == .writing && statuses[record.group] == .unheard ? [.handOver(record)] : [] }
        let isNew = record.state == .writing
        if isPartial { return isNew ? [.wait(group, .partial)] : [] }
        switch branches[record.branch] ?? .missing {
        case .edited, .contained: return [.handOver(record)]
        case .missing:
            // Written down, but never pushed: it begins anew. A request that stays open without its branch gets it back; who does not want
            // it closes it.
            guard isNew || isOpenOnHost(record) else { return [] }
            return isInSchedule || isAsked(group)
                ? [.open(group, branch: record.branch, replacing: nil, resuming: record)] : [.wait(group, .schedule)]
        case .ours(let tip):
            // The same edits of the same bytes are the same change, whatever the commit below: it is not written again.
            let isRight = changes[tip] == Set(group.plan.files)
            guard isInSchedule || (isNew && isAsked(group)) else { return isRight && !isNew ? [] : [.wait(group, .schedule)] }
            if isNew { return [.open(group, branch: record.branch, replacing: tip, resuming: record)] }
            return [isRight ? .describe(record, group, tip: tip) : .update(record, group, tip: tip)]
        }
    }

    /// - Parameter updates: what happens to the requests that go on.
    private func end(_ record: RequestRecord, besides updates: [RequestAction]) -> RequestAction? {
        guard !isPartial else { return nil }
        var record = record
        record.mergeCommit = record.mergeCommit ?? history.merge(of: record)?.commit
        let present = presentFindings.intersection(record.names)
        let isPersons = isPersons(record)
        // Begun, never shown to anybody, and not offered any more.
        if record.state == .writing, !isPersons, statuses[record.group] == .unheard { return close(record) }
        if present.isEmpty { return isPersons ? .abandon(record) : close(record) }
        guard !isPersons else { return nil }
        // Two requests for one finding would stand in each other's way.
        let takers = updates.compactMap(\.taking).filter { !present.isDisjoint(with: $0.group.allNames) }
        guard let first = takers.first, present.isSubset(of: takers.flatMap(\.group.allNames)) else { return nil }
        return .close(record, .takenOver(by: first.record.url ?? first.record.branch))
    }

    private func close(_ record: RequestRecord) -> RequestAction {
        .close(record, record.mergeCommit.map { .merged(by: $0) } ?? .fixed)
    }

    // MARK: Times

    func isAsked(_ group: RequestGroup) -> Bool { asked.contains(group.identity) }

    var isInSchedule: Bool {
        guard !settings.schedule.isEmpty else { return true }
        let minute = Int(now.seconds - now.day.start.seconds) / 60
        return settings.schedule.contains { $0.days.contains(now.day.weekday) && ($0.from..<$0.until).contains(minute) }
    }

    /// When what waits may come off though nothing else changes; nil: nothing waits for a time.
    package func again(after actions: [RequestAction]) -> Instant? {
        var times: [Instant] = []
        for action in actions {
            // Somebody was faster with a branch: its group gets another.
            if case .handOver(let record) = action, record.state == .writing { times.append(now) }
            guard case .wait(_, let reason) = action else { continue }
            switch reason {
            // People make room without any commit.
            case .maxOpen, .partial: times.append(now.adding(Self.recheckAfter))
            case .maxNewPerHour: times.append(nextFreeHour)
            case .mergedMeanwhile, .ending: times.append(now)
            case .dismissed(let until): if let until { times.append(until) }
            case .snoozed(let until, _): times.append(until)
            case .schedule, .fighting, .foreignBranch, .held: break
            }
        }
        // What an open request says may be out of date too.
        let isHeld =
            records.contains(where: \.state.isLive) || actions.contains { if case .wait(_, .schedule) = $0 { true } else { false } }
        if !isInSchedule, isHeld, let window = nextWindow { times.append(window) }
        return times.min()
    }

    /// How long what waits for people is left waiting before everything is looked at again.
    static let recheckAfter = TimeSpan(seconds: 30 * 60)

    /// When the oldest opening of the last hour is an hour old.
    private var nextFreeHour: Instant {
        let first = records.filter(\.wasOpened).map(\.opened).filter { $0 > now.subtracting(.hours(1)) }.min() ?? now
        return min(first, now).adding(.hours(1))
    }

    private var nextWindow: Instant? {
        let starts = (0...7).flatMap { offset -> [Instant] in
            let day = now.day.advanced(by: offset)
            return settings.schedule.filter { $0.days.contains(day.weekday) }.map {
                day.start.adding(TimeSpan(seconds: Int64($0.from) * 60))
            }
        }
        return starts.filter { $0 > now }.min()
    }
}

extension RequestAction {
    /// The group that is turned down by it.
    fileprivate var dismissed: String? { if case .dismiss(let group, _) = self { group.identity } else { nil } }

    fileprivate var isTakenOver: Bool { if case .close(_, .takenOver) = self { true } else { false } }

    /// Whether by it, or after a wait, a request follows its group.
    func follows(_ record: RequestRecord) -> Bool {
        switch self {
        case .update(let other, _, _), .describe(let other, _, _), .open(_, _, _, let other?): other.isSame(as: record)
        default: false
        }
    }

    /// The group for which a request goes on, as far as its branch follows.
    fileprivate var taking: (record: RequestRecord, group: RequestGroup)? {
        switch self {
        case .update(let record, let group, _), .describe(let record, let group, _): (record, group)
        default: nil
        }
    }
}

extension RequestRecord.State {
    /// Not ended: on the way, or open.
    package var isLive: Bool { self == .writing || self == .open }
}

extension RequestRecord {
    package var findings: [String] { Set(plan.changes.flatMap(\.findings)).sorted() }

    /// What its findings are recognised by.
    var names: Set<String> { plan.changes.reduce(into: []) { $0.formUnion($1.names) } }

    /// The subject's key, which its identity begins with.
    package var subject: String { String(group.dropFirst(2).prefix(12)) }

    /// False: somebody turned it down before there was a commit of it.
    var wasOpened: Bool { !commit.isEmpty }

    /// For messages: its address, its branch, or the commit that it became.
    var name: String { url ?? (branch.isEmpty ? mergeCommit ?? group : branch) }

    /// What tells it from every other.
    struct Key: Hashable {
        var group: String
        var opened: Instant
    }

    var key: Key { Key(group: group, opened: opened) }

    func isSame(as other: RequestRecord) -> Bool { key == other.key }
}

extension [RequestRecord] {
    /// Of those that have the same value, the last: by their order, not by the clock, which may have jumped back.
    func latest(of value: (RequestRecord) -> String) -> Set<RequestRecord.Key> {
        Set(Dictionary(map { (value($0), $0.key) }, uniquingKeysWith: { _, last in last }).values)
    }
}
