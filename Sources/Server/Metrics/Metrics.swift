internal import CostModel

/// `/metrics`: how the loop fares and what it found, for Prometheus. Names of workspaces and teams are the only labels that people choose.
struct Metrics: Sendable {
    let context: ServerContext
    let runs: RunMeter
    let requests: RequestMeter
    let version: String

    func page() -> Response {
        let statuses: [WorkspaceStatus]
        // Without a loop and with a ledger that cannot be read, nothing is known of any workspace; which is it, is said below.
        do throws(ServerError) { statuses = try context.statuses() } catch { statuses = [] }
        let read = context.names.map { WorkspaceFigures(of: $0, context) }
        if context.source == nil {
            for figures in read where figures.isReadable { runs.follow(figures.runs, of: figures.workspace) }
        }
        var page = Exposition()
        page.add("bursar_build_info", .gauge, "The version that runs.", [.init([("version", version)], 1)])
        addLoop(statuses, to: &page)
        page.add(
            "bursar_reconcile_duration_seconds", "How long reconciliations took, since this process began.",
            runs.durations(of: context.names).map { ([("workspace", $0.workspace)], $0.value) })
        page.add(
            "bursar_ledger_readable", .gauge, "Whether a workspace's ledger can be read.",
            read.map { .init([("workspace", $0.workspace)], $0.isReadable ? 1 : 0) })
        WorkspaceFigures.add(read, to: &page)
        addSources(to: &page)
        requests.add(to: &page)
        return Response(contentType: Exposition.contentType, body: Array(page.text.utf8))
    }

    private func addSources(to page: inout Exposition) {
        let now = context.clock()
        let sources = context.names.flatMap { name in context.archive.sources(of: name).map { (workspace: name, status: $0) } }
        func samples(_ value: (SourceStatus) -> Int?) -> [Exposition.Sample] {
            sources.compactMap { source in
                value(source.status).map {
                    .init([("workspace", source.workspace), ("kind", source.status.kind), ("source", source.status.name)], $0)
                }
            }
        }
        page.add(
            "bursar_source_last_success_timestamp_seconds", .gauge, "When a source that is asked last answered wholly.",
            samples { $0.lastSuccess.map { Int($0.seconds) } })
        page.add("bursar_source_consecutive_failures", .gauge, "Failures of a source in a row.", samples { $0.failures })
        page.add(
            "bursar_source_resting", .gauge, "Whether a source failed so often that it is left alone for a while.",
            samples { $0.breaker(at: now) == .open ? 1 : 0 })
        page.add(
            "bursar_source_stalled", .gauge, "Whether only a person can mend a source.", samples { $0.isStalled ? 1 : 0 })
    }

    private func addLoop(_ statuses: [WorkspaceStatus], to page: inout Exposition) {
        page.add(
            "bursar_condition", .gauge, "Which condition a workspace's stage is in: 1 for that one.",
            statuses.flatMap { status in
                status.stages.sorted { $0.stage < $1.stage }.flatMap { stage in
                    StageStatus.Condition.allCases.map { condition in
                        .init(
                            [("workspace", status.name), ("stage", stage.stage.rawValue), ("condition", condition.rawValue)],
                            stage.condition == condition ? 1 : 0)
                    }
                }
            })
        page.add(
            "bursar_suspended", .gauge, "Whether a workspace rests until it is resumed.",
            statuses.map { .init([("workspace", $0.name)], $0.isSuspended ? 1 : 0) })
        page.add(
            "bursar_consecutive_failures", .gauge, "Failures in a row.", statuses.map { .init([("workspace", $0.name)], $0.failures) })
        page.add(
            "bursar_last_success_timestamp_seconds", .gauge, "When a workspace was last reconciled wholly.",
            statuses.compactMap { status in
                status.lastSuccess.map { .init([("workspace", status.name)], Int($0.seconds)) }
            })
    }
}
