internal import CostModel
internal import Reporting

extension API {
    /// The newest entries of the audit that can be read here; 'bursar history --audit' has them all.
    static let auditLimit = 10_000

    /// What happened: runs, requests, savings and who caused each write.
    var historyRoutes: [Route] {
        [
            listing("/runs", "listRuns", "Runs, the newest first", Shapes.run) { workspace, _, query throws(Refusal) in
                let (limit, cursor) = (query.pageLimit, query["cursor"])
                let runs = try read { archive throws(ServerError) in
                    if let cursor, try archive.run(cursor, of: workspace) == nil { return [Run]?.none }
                    return try archive.runs(of: workspace, limit: limit + 1, before: cursor)
                }
                guard let runs else { throw .unknownCursor }
                let shown = Array(runs.prefix(limit))
                return ListPage(items: shown, next: runs.count > limit ? shown.last?.id : nil)
            },
            reading("/runs/{run}", Operation(id: "getRun", summary: "A run with its stages", schema: Shapes.run.name)) {
                workspace, call, _ throws(Refusal) in
                let id = call.parameter("run")
                guard let run = try read({ archive throws(ServerError) in try archive.run(id, of: workspace) }) else {
                    throw Refusal(404, "there is no such run")
                }
                return Shapes.run.json(run)
            },
            listing(
                "/requests", "listRequests", "Remediation requests with earlier ones of each group, the newest first", Shapes.request,
                filters: [.word("state", "Only those in this state", RequestRecord.State.allCases.map(\.rawValue)), .team]
            ) { workspace, _, query throws(Refusal) in
                let requests = try read { archive throws(ServerError) in try archive.requests(of: workspace) }
                return try ListPage(of: requests, query, where: { $0.satisfies(query) }, key: { "\($0.group).\($0.opened.seconds)" })
            },
            reading(
                "/plans/{digest}", Operation(id: "getPlan", summary: "What a request's plan changes", schema: Shapes.plan.name)
            ) { workspace, call, _ throws(Refusal) in
                let digest = call.parameter("digest")
                let requests = try read { archive throws(ServerError) in try archive.requests(of: workspace) }
                guard let plan = requests.first(where: { $0.plan.digest == digest })?.plan else {
                    throw Refusal(404, "there is no such plan")
                }
                return Shapes.plan.json(plan)
            },
            listing("/savings", "listSavings", "What merged changes saved, by the time of their merge", Shapes.saving) {
                workspace, _, query throws(Refusal) in
                let savings = try read { archive throws(ServerError) in try archive.savings(of: workspace) }
                return try ListPage(of: savings, query) { "\($0.change.commit).\($0.change.change.id)" }
            },
            listing("/audit", "listAudit", "Who or what caused each write, the newest first", Shapes.audit) {
                workspace, _, query throws(Refusal) in
                let entries = try read { archive throws(ServerError) in try archive.audit(of: workspace, limit: Self.auditLimit) }
                let keyed = KeyedAudit.keyed(entries)
                let page = try ListPage(of: keyed, query, key: \.key)
                return ListPage(items: page.items.map(\.entry), next: page.next)
            },
        ]
    }
}

/// An entry of the audit with what tells it from others: its time, and its number among those of that second, counted from the oldest.
private struct KeyedAudit {
    var key: String
    var entry: AuditEntry

    static func keyed(_ newestFirst: [AuditEntry]) -> [KeyedAudit] {
        var counts: [Instant: Int] = [:]
        let oldestFirst = newestFirst.reversed().map { entry in
            counts[entry.time, default: 0] += 1
            return KeyedAudit(key: "\(entry.time.seconds).\(counts[entry.time] ?? 0)", entry: entry)
        }
        return oldestFirst.reversed()
    }
}

extension RequestRecord {
    fileprivate func satisfies(_ query: [String: String]) -> Bool {
        if let wanted = query["state"], wanted != state.rawValue { return false }
        if let wanted = query["team"], wanted != team { return false }
        return true
    }
}
