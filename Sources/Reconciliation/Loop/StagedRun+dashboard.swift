import CostModel
import Forge
import Game
import Reporting
import Store

extension StagedRun {
    /// Looks at the dashboard, before anything is decided. Nil: there is none, or not everything could be observed: then nothing is asked
    /// for, and nothing drawn.
    func lookAtDashboard(_ evaluated: EvaluatedWorkspace, of mark: WorkspaceMark) throws(StageError) -> Dashboard? {
        guard let settings = evaluated.policies.workspace.remediation.requests.dashboard, !evaluated.observed.isPartial,
            !environment.isDryRun
        else { return nil }
        guard let issues = context.forge?.issues else {
            tell(.warning, .write, "there is no dashboard: requests are not on a code host with issues")
            return nil
        }
        let remembered = try ledger { () throws(LedgerError) in try ledger.value(Dashboard.Remembered.key) }
        do throws(ForgeError) {
            return try Dashboard(settings, issues, HostIdentity(watched.forge), of: mark, remembered: remembered)
        } catch { throw StageError(calling: error) }
    }

    /// Writes down what was put off by boxes, once.
    func putOff(
        by dashboard: Dashboard, _ groups: [RequestGroup], _ snoozes: [Snooze], title: (RequestGroup) -> String
    ) throws(StageError) -> [Snooze] {
        let now = environment.now()
        // Whoever was killed between this and drawing the box anew finds it ticked still.
        let waiting = groups.filter { group in
            dashboard.putOff.contains(group.identity) && !snoozes.contains { $0.group == group.identity && $0.until > now }
        }
        guard !waiting.isEmpty else { return snoozes }
        let made = waiting.map { group in
            Snooze(
                group: group.identity, since: now, until: now.adding(dashboard.settings.snooze), team: group.subject.team,
                title: title(group), findings: group.record(made: now).changes.reduce(into: Set()) { $0.formUnion($1.names) }.sorted(),
                monthlySavings: group.monthlySavings, person: dashboard.person,
                reason: "a box of the dashboard")
        }
        try ledger { () throws(LedgerError) in
            try ledger.transaction { () throws(LedgerError) in
                for snooze in made {
                    try ledger.put(snooze)
                    try ledger.append(
                        ticked(dashboard, "snoozed \(snooze.group) until \(snooze.until) for \(snooze.person)"))
                }
            }
        }
        return snoozes + made
    }

    /// Writes down what is opened because of boxes, and ends what was put off of it.
    func open(
        by dashboard: Dashboard, _ actions: [RequestAction], _ snoozes: [Snooze]
    ) throws(StageError) {
        let opened = actions.compactMap { action -> RequestGroup? in
            guard case .open(let group, _, _, _) = action, dashboard.asked.contains(group.identity) else { return nil }
            return group
        }
        guard !opened.isEmpty else { return }
        let now = environment.now()
        try ledger { () throws(LedgerError) in
            try ledger.transaction { () throws(LedgerError) in
                for group in opened {
                    try ledger.append(ticked(dashboard, "opens \(group.identity) for \(dashboard.person)"))
                    for var snooze in snoozes where snooze.until > now && !group.allNames.isDisjoint(with: snooze.findings) {
                        snooze.until = now
                        try ledger.put(snooze)
                    }
                }
            }
        }
    }

    private func ticked(_ dashboard: Dashboard, _ detail: String) -> AuditEntry {
        AuditEntry(
            time: environment.now(), run: result.run.id, cause: cause.description, action: .boxTicked,
            object: dashboard.issue?.url ?? "", detail: detail)
    }

    /// Draws the dashboard anew where it says something else by now.
    func draw(
        _ dashboard: Dashboard, _ evaluated: EvaluatedWorkspace, _ outcomes: [RequestOutcome], of mark: WorkspaceMark,
        title: (RequestGroup) -> String, _ note: inout StageClock.Note
    ) throws(StageError) {
        if let unwanted = dashboard.unwanted {
            note.add(unwanted)
            return
        }
        let earlier = try ledger { () throws(LedgerError) in try ledger.value(Dashboard.noteKey) }
        let said = dashboard.note ?? (dashboard.wishes.isEmpty ? earlier : nil)
        let history = try ledger { () throws(LedgerError) in try History(ledger, today: environment.now().day) }
        let open = try ledger { () throws(LedgerError) in try ledger.requests(states: [.open]) }
        let report = report(of: dashboard, evaluated, outcomes, open, history, of: mark, said, title: title)
        let shown: (memory: Dashboard.Remembered, url: String, isWritten: Bool)?
        do throws(ForgeError) { shown = try dashboard.show(report.markdown()) } catch { throw StageError(calling: error) }
        guard let shown else {
            again = environment.now()
            return
        }
        if shown.isWritten, environment.isKilled(.dashboard) {
            throw StageError(.reconciling, .interrupted, "killed after 'dashboard'")
        }
        try ledger { () throws(LedgerError) in
            try ledger.transaction { () throws(LedgerError) in
                try ledger.setValue(Dashboard.Remembered.key, shown.memory.text)
                try ledger.setValue(Dashboard.noteKey, said)
                guard shown.isWritten else { return }
                try ledger.append(
                    AuditEntry(
                        time: environment.now(), run: result.run.id, cause: cause.description, action: .issueWritten, object: shown.url,
                        detail: "dashboard"))
            }
        }
    }

    private func report(
        of dashboard: Dashboard, _ evaluated: EvaluatedWorkspace, _ outcomes: [RequestOutcome], _ open: [RequestRecord],
        _ history: History, of mark: WorkspaceMark, _ note: String?, title: (RequestGroup) -> String
    ) -> DashboardReport {
        let today = environment.now().day
        var (waiting, snoozed): ([DashboardReport.Waiting], [DashboardReport.Waiting]) = ([], [])
        var ticked: Set<DashboardReport.Box> = []
        for outcome in outcomes {
            switch outcome.action {
            case .wait(let group, let reason):
                // What waits for its time to be updated is open, and stands there.
                guard !open.contains(where: { $0.group == group.identity }) else { continue }
                let entry = DashboardReport.Waiting(
                    group: group.identity, title: title(group), reason: reason.description, boxes: reason.boxes)
                if case .snoozed = reason { snoozed.append(entry) } else { waiting.append(entry) }
            case .open(let group, _, _, _):
                // What did not come off is tried again, and is asked for still.
                guard let failure = outcome.failure else { continue }
                waiting.append(.init(group: group.identity, title: title(group), reason: failure, boxes: [.open, .snooze]))
                if dashboard.asked.contains(group.identity) { ticked.insert(.init(.open, group.identity)) }
            case .settle, .update, .describe, .handOver, .close, .abandon, .dismiss, .prune: continue
            }
        }
        let table = history.scores.isEmpty ? nil : evaluated.policies.table(of: Season(of: today), history, today: today)
        return DashboardReport(
            workspace: mark.text, mark: dashboard.mark, table: table, waiting: waiting, snoozed: snoozed,
            open: open.map { record in
                .init(name: record.number.map(dashboard.issues.name) ?? "", title: record.title)
            },
            snooze: dashboard.settings.snooze, ticked: ticked, problem: dashboard.issues.unknownEditors, note: note)
    }
}

extension RequestAction.Reason {
    /// What a person may do about it by a box.
    fileprivate var boxes: [DashboardReport.Box.Act] {
        switch self {
        case .maxOpen, .maxNewPerHour, .schedule: [.open, .snooze]
        // Until then nothing comes by itself.
        case .dismissed, .snoozed: [.open]
        case .fighting, .foreignBranch, .held, .ending, .mergedMeanwhile, .partial: []
        }
    }
}
