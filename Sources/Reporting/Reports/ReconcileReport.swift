package import CostModel
package import JSON

/// What a run of the loop did, workspace by workspace.
package struct ReconcileReport: Report {
    package struct Workspace: Hashable, Sendable {
        package var name: String
        package var run: Run
        package var requests: [Request]

        package init(name: String, run: Run, requests: [Request]) {
            self.name = name
            self.run = run
            self.requests = requests
        }
    }

    /// What happened to one request, or would.
    package struct Request: Hashable, Sendable {
        package enum Action: String, Hashable, Sendable, CaseIterable {
            case open, update, keep, merged, dismissed, close, abandon
            case handOver = "hand-over"
            /// The branch of a request that has ended is deleted.
            case prune
            case wait, fail
        }

        package var action: Action
        package var group: String
        package var team: String?
        package var branch: String?
        package var title: String
        package var url: String?
        package var findings: [String]
        package var monthlySavings: Money?
        /// Why it waits or failed.
        package var reason: String?

        package init(
            action: Action, group: String, team: String?, branch: String?, title: String, url: String?, findings: [String],
            monthlySavings: Money?, reason: String? = nil
        ) {
            self.action = action
            self.group = group
            self.team = team
            self.branch = branch
            self.title = title
            self.url = url
            self.findings = findings
            self.monthlySavings = monthlySavings
            self.reason = reason
        }
    }

    package var evaluatedAt: Instant
    package var workspaces: [Workspace]

    package init(evaluatedAt: Instant, workspaces: [Workspace]) {
        self.evaluatedAt = evaluatedAt
        self.workspaces = workspaces
    }
}

// MARK: JSON

extension ReconcileReport {
    /// Without durations: the same input gives the same bytes. The ledger has them.
    package func json() -> JSONValue {
        [
            "schemaVersion": JSONValue(ReportContext.schemaVersion), "tool": .string(ReportContext.tool),
            "evaluatedAt": .string(evaluatedAt.description), "workspaces": .array(workspaces.map(json)),
        ]
    }

    private func json(_ workspace: Workspace) -> JSONValue {
        let run = workspace.run
        return [
            "name": .string(workspace.name), "run": run.id.isEmpty ? .null : .string(run.id), "trigger": .string(run.trigger.rawValue),
            "outcome": .string(run.outcome.rawValue), "revision": JSONValue(run.revision), "dryRun": JSONValue(run.isDryRun),
            "partial": JSONValue(run.isPartial),
            "stages": .array(
                run.stages.map { stage in
                    [
                        "stage": .string(stage.stage.rawValue), "condition": .string(stage.condition.rawValue),
                        "reason": .string(stage.reason.rawValue), "message": .string(stage.message),
                    ]
                }),
            "summary": run.summary.map(json) ?? .null, "requests": .array(workspace.requests.map(json)),
        ]
    }

    private func json(_ summary: RunSummary) -> JSONValue {
        [
            "resources": JSONValue(summary.resources), "fail": JSONValue(summary.failing.values.reduce(0, +)),
            "unknown": JSONValue(summary.unknown), "exempt": JSONValue(summary.exempt), "monthlyAtStake": JSONValue(summary.atStake),
            "monthlySavings": JSONValue(summary.potentialSavings), "openRequests": JSONValue(summary.openRequests),
        ]
    }

    private func json(_ request: Request) -> JSONValue {
        [
            "action": .string(request.action.rawValue), "group": .string(request.group), "team": JSONValue(request.team),
            "branch": JSONValue(request.branch), "title": .string(request.title), "url": JSONValue(request.url),
            "findings": .array(request.findings.map { .string($0) }), "monthlySavings": JSONValue(request.monthlySavings),
            "reason": JSONValue(request.reason),
        ]
    }
}

// MARK: Text

extension ReconcileReport {
    package func text(_ style: TextStyle) -> String {
        workspaces.map { text($0, style) }.joined(separator: "\n")
    }

    private func text(_ workspace: Workspace, _ style: TextStyle) -> String {
        let run = workspace.run
        var lines = [headline(workspace)]
        for stage in run.stages where stage.condition != .ready || stage.reason == .partialObservation {
            lines.append(StyledText("  \(stage.stage.rawValue): ", .dim) + StyledText(stage.message, color(stage.condition)))
        }
        let rows = workspace.requests.filter { $0.action != .keep && $0.action != .wait }
        lines += rows.flatMap { text($0, isDryRun: run.isDryRun) }
        let waiting = workspace.requests.filter { $0.action == .wait }
        for (reason, group) in Dictionary(grouping: waiting, by: { $0.reason ?? "" }).sorted(by: { $0.key < $1.key }) {
            lines.append(StyledText("  ") + StyledText("waiting", .yellow) + StyledText(": \(reason)", .dim))
            lines += group.map { StyledText("    \($0.title)") }
        }
        let kept = workspace.requests.count { $0.action == .keep }
        if kept > 0 {
            lines.append(StyledText("  \(counted(kept, "request")) open and right as \(kept == 1 ? "it is" : "they are")", .dim))
        }
        if let summary = run.summary { lines.append(footer(summary, run)) }
        return lines.map { $0.rendered(style) + "\n" }.joined()
    }

    private func headline(_ workspace: Workspace) -> StyledText {
        let run = workspace.run
        let looks: [Run.Outcome: StyledText.Look] = [.succeeded: .green, .unchanged: .green, .stalled: .alarm, .failed: .yellow]
        let words: [Run.Outcome: String] = [
            .succeeded: "reconciled", .unchanged: "unchanged since the last run", .stalled: "stalled: a person must fix something",
            .failed: run.isPartial ? "judged in part" : "failed, and is tried again", .interrupted: "interrupted", .running: "running",
        ]
        let outcome = StyledText(words[run.outcome] ?? run.outcome.rawValue, looks[run.outcome] ?? .plain)
        let isSuspended = run.stages.contains { $0.reason == .suspended }
        let revision = run.revision.map { " at \($0.prefix(12))" } ?? ""
        return StyledText(workspace.name, .bold) + StyledText("\(revision): ")
            + (isSuspended ? StyledText("suspended: nothing was looked at", .yellow) : outcome)
            + StyledText(run.isDryRun && run.outcome != .unchanged ? " (dry run: nothing is written; --apply writes)" : "", .dim)
    }

    private func text(_ request: Request, isDryRun: Bool) -> [StyledText] {
        let verbs: [Request.Action: String] = [
            .open: isDryRun ? "would open" : "opened", .update: isDryRun ? "would update" : "updated", .merged: "merged",
            .dismissed: "closed by a person", .close: isDryRun ? "would close" : "closed", .abandon: "left to a person",
            .handOver: "edited by a person", .prune: isDryRun ? "would delete branch" : "deleted branch", .fail: "failed",
        ]
        let verb = verbs[request.action] ?? request.action.rawValue
        let look: StyledText.Look = request.action == .fail ? .red : .green
        let padding = String(repeating: " ", count: max(1, 20 - verb.count))
        var lines = [StyledText("  ") + StyledText(verb, look) + StyledText(padding + request.title)]
        if let reason = request.reason { lines.append(StyledText("    \(reason)", .dim)) }
        if let place = request.url ?? request.branch { lines.append(StyledText("    \(place)", .dim)) }
        return lines
    }

    private func footer(_ summary: RunSummary, _ run: Run) -> StyledText {
        let failing = summary.failing.values.reduce(0, +)
        let savings = summary.potentialSavings.map { $0.amount.isZero ? "" : " · could save \($0.short)/month" } ?? ""
        return StyledText(
            "  \(counted(summary.resources, "resource")) · \(failing) failing · \(summary.unknown) unknown · "
                + (summary.atStake.map { "\($0.short)/month at stake" } ?? "no bill, so no dollars") + savings, .dim)
    }

    private func color(_ condition: StageStatus.Condition) -> StyledText.Look {
        switch condition {
        case .ready: .yellow
        case .reconciling: .yellow
        case .stalled: .red
        }
    }
}
