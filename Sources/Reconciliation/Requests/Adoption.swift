import CostModel
import Forge
import Git
import Reporting

/// Makes records of requests that the code host knows and the ledger does not, as after its loss: by what each request's hidden comment says.
///
/// Without it a request that a person closed would come back, and one that is open would get a twin.
enum Adoption {
    static func records(
        of hosted: [ForgeRequest], besides known: [RequestRecord], heads: OriginHeads, currency: Currency, now: Instant
    ) -> [RequestRecord] {
        let numbers = Set(known.compactMap(\.number))
        var live = Set(known.filter(\.state.isLive).map(\.group))
        // The newest first: of several of one group only that one may still be open.
        return hosted.sorted { $0.number > $1.number }.compactMap { request in
            guard !numbers.contains(request.number), let metadata = RequestMetadata(parsing: request.body) else { return nil }
            if request.state == .open, !live.insert(metadata.group).inserted { return nil }
            return record(of: request, metadata, heads, currency, now)
        }.reversed()
    }

    private static func record(
        of request: ForgeRequest, _ metadata: RequestMetadata, _ heads: OriginHeads, _ currency: Currency, _ now: Instant
    ) -> RequestRecord {
        // What it would change is not known any more; that matters only for what it is worth.
        let change = PlanRecord.Change(
            id: "adopted", title: request.title, file: "", team: nil, findings: metadata.findings, resources: [],
            monthlySavings: metadata.savings)
        let opened = Instant(seconds: request.created)
        let state: RequestRecord.State =
            switch request.state {
            case .open: .open
            case .merged: .merged
            case .closed: .dismissed
            }
        return RequestRecord(
            group: metadata.group, team: nil, state: state, branch: request.branch, title: request.title, number: request.number,
            url: request.url,
            plan: PlanRecord(
                digest: metadata.plan, baseCommit: "", policyDigest: "", observedDigest: "", made: opened, changes: [change]),
            commit: heads.branches[request.branch]?.description ?? request.commit ?? "", opened: opened, updated: now,
            ended: request.ended.map { Instant(seconds: $0) }, mergeCommit: request.mergeCommit)
    }
}
