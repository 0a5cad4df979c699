import CostModel

extension HistoryReport {
    package func text(_ style: TextStyle) -> String {
        switch content {
        case .runs(let runs): list(runs, "no runs yet", style) { $0.table }
        case .findings(let lives): list(lives, "no findings", style) { $0.table(overdue: overdue) }
        case .finding(let life, let events): finding(life, events, style)
        case .scores(let scores, let badges): self.scores(scores, badges, style)
        case .requests(let requests): list(requests, "no requests", style) { $0.table }
        case .estimates(let estimates, let accuracy): self.estimates(estimates, accuracy, style)
        case .audit(let entries): list(entries, "nothing was written yet", style) { $0.table }
        case .snoozes(let snoozes): list(snoozes, "nobody put a request off", style) { $0.table(at: context.evaluatedAt) }
        case .campaigns(let campaigns): campaigns.isEmpty ? "the policies have no campaign\n" : campaigns.text(style)
        }
    }

    private func list<Item>(_ items: [Item], _ nothing: String, _ style: TextStyle, _ table: ([Item]) -> TextTable) -> String {
        items.isEmpty ? nothing + "\n" : table(items).render(style)
    }

    private func finding(_ life: FindingLife, _ events: [LifeEvent], _ style: TextStyle) -> String {
        var table = TextTable([.init(), .init("", .leading, .shrinks)])
        func row(_ label: String, _ value: String?) {
            if let value { table.append([StyledText(label, .dim), StyledText(value)]) }
        }
        row("policy", life.policy.description)
        row("resource", life.resource)
        row("subject", life.subject)
        row("team", life.team ?? "unowned")
        row("at stake", "\(life.atStake.short) in 28 days")
        row("could save", life.monthlySavings.map { "\($0.short)/month" })
        row("due", life.due.map { "\($0)\(overdue.contains(life.identity) ? ", overdue" : "")" })
        row("exempt", life.isExempt ? "yes" : nil)
        row("first seen", life.firstSeen.description)
        row("last seen", life.lastSeen.description)
        row("missing since", life.missedSince?.description)
        row("unknown since", life.unknownSince?.description)
        var happened = TextTable([.init(), .init(), .init()])
        for event in events {
            happened.append([
                StyledText(event.time.description), StyledText(event.kind.rawValue, event.kind.look),
                StyledText(event.commit.map { "by \($0.prefix(12))" } ?? "", .dim),
            ])
        }
        let title =
            StyledText(life.id, .bold) + StyledText(" \(life.state.rawValue)", life.state.look)
            + StyledText(" · \(life.severity.rawValue) · \(life.message)")
        let sections = [title.rendered(style) + "\n" + table.render(style), events.isEmpty ? "" : happened.render(style)]
        return sections.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func estimates(_ estimates: [EstimateRecord], _ accuracy: EstimateAccuracy, _ style: TextStyle) -> String {
        let sections = [
            list(estimates, "no change was estimated yet", style) { $0.table },
            accuracy.byType.isEmpty ? "" : accuracy.table.render(style),
            estimates.isEmpty ? "" : StyledText(accuracy.sentence, .dim).rendered(style) + "\n",
        ]
        return sections.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func scores(_ scores: [ScoreDay], _ badges: [Badge], _ style: TextStyle) -> String {
        let sections = [
            list(scores, "no scores yet", style) { $0.table },
            badges.isEmpty ? "" : StyledText("badges", .bold).rendered(style) + "\n" + badges.table.render(style),
        ]
        return sections.filter { !$0.isEmpty }.joined(separator: "\n")
    }
}

extension [Run] {
    fileprivate var table: TextTable {
        var table = TextTable([
            .init("started"), .init("took", .trailing, .drops), .init("outcome"), .init("revision", .leading, .drops),
            .init("failing", .trailing, .drops), .init("at stake", .trailing, .drops), .init("", .leading, .stacks),
        ])
        for run in self {
            table.append([
                StyledText(run.started.description), StyledText(run.duration ?? "–"), StyledText(run.outcome.rawValue, run.outcome.look),
                StyledText(run.revision.map { String($0.prefix(12)) } ?? "–"),
                StyledText(run.summary.map { String($0.failing.values.reduce(0, +)) } ?? "–"),
                StyledText(run.summary?.atStake?.short ?? "–"), run.remark,
            ])
        }
        return table
    }
}

extension Run {
    /// `9 s`, `3 min`; nil while it runs.
    fileprivate var duration: String? {
        guard let finished else { return nil }
        let seconds = finished.seconds - started.seconds
        return seconds < 120 ? "\(seconds) s" : "\(seconds / 60) min"
    }

    /// What a person should know besides: the first stage that is not ready, and what is special about the run; what started it, and its name.
    fileprivate var remark: StyledText {
        var parts: [StyledText] = []
        if let stage = stages.first(where: { $0.condition != .ready }) {
            let message = stage.message.isEmpty ? stage.reason.rawValue : stage.message
            parts.append(StyledText("\(stage.stage.rawValue): \(message)", stage.condition == .stalled ? .red : .yellow))
        }
        if isPartial { parts.append(StyledText("partial", .yellow)) }
        if isDryRun { parts.append("dry run") }
        if let summary {
            if let savings = summary.potentialSavings, !savings.amount.isZero {
                parts.append(StyledText("could save \(savings.short)/month"))
            }
            if summary.openRequests > 0 { parts.append(StyledText(counted(summary.openRequests, "open request"))) }
        }
        parts.append(StyledText("\(trigger.rawValue) \(id)", .dim))
        return parts.joined(separator: " · ")
    }
}

extension [FindingLife] {
    fileprivate func table(overdue: Set<String>) -> TextTable {
        var table = TextTable([
            .init("state"), .init("severity", .leading, .drops), .init("team", .leading, .shrinks), .init("at stake", .trailing),
            .init("first seen", .leading, .drops), .init("due", .leading, .drops), .init("fixed", .leading, .drops),
            .init("id", .leading, .drops),
            .init("", .leading, .stacks),
        ])
        for life in self {
            table.append([
                StyledText(life.state.rawValue, life.state.look), StyledText(life.severity.rawValue),
                StyledText(life.team ?? "unowned", life.team == nil ? .yellow : .plain), StyledText(life.atStake.short),
                StyledText(life.firstSeen.day.description), life.deadline(isOverdue: overdue.contains(life.identity)),
                StyledText(life.fixed?.day.description ?? "–"), StyledText(life.id, .dim),
                StyledText(life.message) + StyledText(life.resource.map { " · \($0)" } ?? "", .cyan),
            ])
        }
        return table
    }
}

extension FindingLife {
    /// `2026-10-14`, `2026-10-14 overdue`; a dash where nobody says by when.
    fileprivate func deadline(isOverdue: Bool) -> StyledText {
        guard let due else { return "–" }
        return isOverdue ? StyledText("\(due) overdue", .red) : StyledText(due.description)
    }
}

extension [ScoreDay] {
    fileprivate var table: TextTable {
        var table = TextTable([
            .init("day"), .init("team", .leading, .shrinks), .init("score", .trailing), .init("", .leading, .decorates),
            .init("level", .leading, .drops), .init("leaderboard", .trailing, .drops), .init("streak", .trailing, .drops),
            .init("28 days", .trailing, .drops), .init("could save", .trailing, .drops), .init("", .leading, .drops),
        ])
        for day in self {
            table.append([
                StyledText(day.day.description), StyledText(day.team, .bold), StyledText(day.score?.whole ?? "–"),
                StyledText(day.score.map { Bar.of(Double($0.hundredths) / 10_000, width: 10) } ?? ""),
                StyledText(day.level == .none ? "–" : day.level.rawValue), StyledText(day.leaderboard?.whole ?? "–"),
                StyledText(counted(day.streakWeeks, "week")), StyledText(day.cost.short), StyledText("\(day.potentialSavings.short)/month"),
                StyledText(day.isOverdue ? "overdue" : "", .red),
            ])
        }
        return table
    }
}

extension [Badge] {
    fileprivate var table: TextTable {
        var table = TextTable([.init(), .init(), .init(), .init("", .leading, .stacks)])
        for badge in self {
            table.append([
                StyledText(badge.awarded.description), StyledText(badge.team, .bold), StyledText(badge.name, .green),
                StyledText(badge.reason),
            ])
        }
        return table
    }
}

extension [RequestRecord] {
    fileprivate var table: TextTable {
        var table = TextTable([
            .init("opened"), .init("state"), .init("ended"), .init("team"), .init("saves", .trailing), .init("request"),
            .init("", .leading, .stacks),
        ])
        for request in self {
            table.append([
                StyledText(request.opened.day.description), StyledText(request.state.rawValue, request.state.look),
                StyledText(request.ended?.day.description ?? "–"),
                StyledText(request.team ?? "unowned", request.team == nil ? .yellow : .plain), StyledText(request.saves),
                StyledText(request.number.map { "#\($0)" } ?? request.branch, .cyan),
                StyledText(request.title) + StyledText(request.isEdited ? " · edited by a person" : "", .yellow)
                    + StyledText(" · \(request.group)", .dim),
            ])
        }
        return table
    }
}

extension [Snooze] {
    fileprivate func table(at now: Instant) -> TextTable {
        var table = TextTable([
            .init("since"), .init("until"), .init(), .init("team"), .init("saves", .trailing), .init("by"), .init("", .leading, .stacks),
        ])
        for snooze in self {
            table.append([
                StyledText(snooze.since.day.description), StyledText(snooze.until.day.description),
                snooze.until > now ? StyledText("snoozed", .yellow) : StyledText("over", .dim),
                StyledText(snooze.team ?? "unowned", snooze.team == nil ? .yellow : .plain),
                StyledText(snooze.monthlySavings.map { "\($0.short)/month" } ?? "–"), StyledText(snooze.person),
                StyledText(snooze.title) + StyledText(" · \(snooze.reason) · \(snooze.group)", .dim),
            ])
        }
        return table
    }
}

extension RequestRecord {
    /// A currency at a time: they are never added.
    fileprivate var saves: String {
        let amounts = Dictionary(grouping: plan.changes.compactMap(\.monthlySavings), by: \.currency)
        let sums = amounts.sorted { $0.key < $1.key }.map { $0.value.reduce(.zero($0.key), +).short }
        return sums.isEmpty ? "–" : "\(sums.joined(separator: ", "))/month"
    }
}

extension [EstimateRecord] {
    fileprivate var table: TextTable {
        var table = TextTable([
            .init("merged"), .init("commit"), .init("team"), .init("estimated", .trailing), .init("billed", .trailing),
            .init("error", .trailing), .init("from"), .init("", .leading, .stacks),
        ])
        for record in self {
            table.append([
                StyledText(record.merged.day.description), StyledText(String(record.commit.prefix(12))),
                StyledText(record.team ?? "unowned", record.team == nil ? .yellow : .plain), StyledText("\(record.estimated.short)/month"),
                StyledText(record.actual.map { "\($0.short)/month" } ?? "–"), StyledText(record.error?.signedPercent ?? "–"),
                StyledText(record.source.rawValue),
                StyledText(record.resource, .cyan)
                    + StyledText(record.standing == .judged ? "" : " · \(record.standing.rawValue): \(record.method)", .dim),
            ])
        }
        return table
    }
}

extension EstimateAccuracy {
    fileprivate var table: TextTable {
        var table = TextTable([.init("type"), .init("judged", .trailing), .init("median error", .trailing)])
        let off = Set(unreliableTypes.map(\.name))
        for group in byType {
            table.append([
                StyledText(group.name), StyledText("\(group.judged)"),
                StyledText("\(group.medianError) %", off.contains(group.name) ? .yellow : .plain),
            ])
        }
        return table
    }
}

extension [AuditEntry] {
    fileprivate var table: TextTable {
        var table = TextTable([
            .init("time"), .init("cause"), .init("action"), .init("object", .leading, .shrinks), .init("", .leading, .stacks),
        ])
        for entry in self {
            let rest = [entry.detail.isEmpty ? nil : StyledText(entry.detail), entry.run.map { StyledText($0, .dim) }]
            table.append([
                StyledText(entry.time.description), StyledText(entry.cause), StyledText(entry.action.rawValue, .bold),
                StyledText(entry.object, .cyan), rest.compactMap(\.self).joined(separator: " · "),
            ])
        }
        return table
    }
}

extension Run.Outcome {
    fileprivate var look: StyledText.Look {
        switch self {
        case .succeeded: .green
        case .unchanged: .dim
        case .running: .cyan
        case .failed, .interrupted: .yellow
        case .stalled: .red
        }
    }
}

extension FindingLife.State {
    fileprivate var look: StyledText.Look {
        switch self {
        case .open: .red
        case .appearing, .disappearing: .yellow
        case .fixed: .green
        }
    }
}

extension LifeEvent.Kind {
    fileprivate var look: StyledText.Look {
        switch self {
        case .opened, .reopened: .red
        case .fixed: .green
        }
    }
}

extension RequestRecord.State {
    fileprivate var look: StyledText.Look {
        switch self {
        case .writing, .open: .cyan
        case .merged: .green
        case .dismissed, .abandoned: .yellow
        case .obsolete: .dim
        }
    }
}
