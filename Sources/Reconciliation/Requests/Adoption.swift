import CostModel
import Forge
import Reporting

/// Makes records of requests that the code host knows and the ledger does not, as after its loss: by what each request's hidden comment says.
///
/// Without it a request that a person closed would come back, and one that is open would get a twin.
enum Adoption {
    static func records(
        of hosted: [ForgeRequest], besides known: [RequestRecord], heads: OriginHeads, of mark: WorkspaceMark, now: Instant
    ) -> [RequestRecord] {
        var live = Set(known.filter(\.state.isLive).map(\.group))
        let merged = Set(known.filter { $0.state == .merged }.map(\.plan.digest))
        // Two requests of one group that were opened in one second would be one to the ledger.
        var moments = Set(known.map { [$0.group, $0.opened.description] })
        // The newest first: of several of one group only that one may still be open.
        return hosted.sorted { $0.number > $1.number }.compactMap { request in
            guard request.base == heads.branch, !known.contains(where: request.is),
                let metadata = RequestMetadata(parsing: request.body), mark.owns(metadata.workspace, about: metadata.findings)
            else { return nil }
            if request.state == .open, !live.insert(metadata.group).inserted { return nil }
            // What it saves is measured already.
            if request.state == .merged, merged.contains(metadata.plan) { return nil }
            var record = record(of: request, metadata, now)
            while !moments.insert([record.group, record.opened.description]).inserted {
                record.opened = record.opened.adding(TimeSpan(seconds: 1))
            }
            return record
        }.reversed()
    }

    /// Merged plans that nobody remembers, by what their commits say: those of a lost ledger, and those that people applied and merged by hand.
    /// What they save is measured like any other's.
    static func records(
        of history: MergeHistory, besides known: [RequestRecord], of mark: WorkspaceMark, now: Instant
    ) -> [RequestRecord] {
        let plans = Set(known.map(\.plan.digest))
        let commits = Set(known.compactMap(\.mergeCommit))
        // A commit that has several plans is of one that is known, or counts once.
        var taken = Set(history.merges.values.filter { plans.contains($0.plan) }.map(\.commit)).union(commits)
        return history.merges.values.sorted { ($0.time, $0.plan) < ($1.time, $1.plan) }.compactMap { merge in
            guard !plans.contains(merge.plan), mark.owns(merge.workspace, about: merge.findings),
                taken.insert(merge.commit).inserted
            else { return nil }
            var record = RequestRecord(
                adopting: merge.plan, group: RequestRecord.group(ofAdopted: "merged", merge.plan), title: merge.title,
                findings: merge.findings, .merged, branch: "", commit: merge.commit, opened: merge.time, now: now)
            record.team = merge.team
            record.ended = merge.time
            record.mergeCommit = merge.commit
            if let turn = history.undoing(record) { (record.state, record.ended) = (.dismissed, turn.time) }
            return record
        }
    }

    private static func record(
        of request: ForgeRequest, _ metadata: RequestMetadata, _ now: Instant
    ) -> RequestRecord {
        let state: RequestRecord.State =
            switch request.state {
            case .open: .open
            case .merged: .merged
            case .closed: metadata.isDone ? .obsolete : .dismissed
            }
        // Which commit we wrote is not known any more: the branch itself tells whether it is as we write them.
        var record = RequestRecord(
            adopting: metadata.plan, group: metadata.group, title: request.title, findings: metadata.findings, savings: metadata.savings,
            state, branch: request.branch, commit: "", opened: Instant(seconds: request.created), now: now)
        record.team = metadata.team
        record.number = request.number
        record.url = request.url
        record.ended = request.ended.map { Instant(seconds: $0) }
        record.mergeCommit = request.mergeCommit
        return record
    }
}

extension ForgeRequest {
    /// Whether a record is of this request. The number alone does not say so: another host, or another repository of the same name, has the
    /// same numbers. Addresses change when a repository gets another name, and bodies when people edit them, hardly both at once.
    func `is`(_ record: RequestRecord) -> Bool {
        guard branch == record.branch else { return false }
        guard let number = record.number else {
            // What ended on another host, or on this one under another name, keeps its address.
            guard record.state.isLive else { return url == record.url }
            // An attempt that was cut off: what was opened for its branch since then is it. Clocks differ by some minutes.
            return created >= record.opened.seconds - 300
        }
        return self.number == number && (url == record.url || RequestMetadata(parsing: body)?.group == record.group)
    }

    /// Whether we closed it, or were about to.
    var isDone: Bool { RequestMetadata(parsing: body)?.isDone ?? false }
}
