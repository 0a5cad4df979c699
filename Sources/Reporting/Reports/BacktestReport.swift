package import CostModel
package import JSON

/// What `backtest` says: what policies would have found on the past, when, for how long, and what fixing it would have saved.
package struct BacktestReport: MarkdownReport {
    package var context: ReportContext
    package var backtest: Backtest
    package var problems: [Problem]

    package init(context: ReportContext, backtest: Backtest, problems: [Problem] = []) {
        self.context = context
        self.backtest = backtest
        self.problems = problems.sorted()
    }

    package func json() -> JSONValue {
        let sums = backtest.sums
        return context.header.appending([
            "policies": .string(backtest.policies), "head": .string(backtest.head), "from": .string(backtest.from.description),
            "to": .string(backtest.to.description), "stepping": .string(backtest.stepping.description),
            "evaluations": JSONValue(backtest.evaluations), "bySnapshot": JSONValue(backtest.bySnapshot),
            "partialEvaluations": JSONValue(backtest.partial), "partialReason": JSONValue(backtest.partialReason),
            "withoutCode": JSONValue(backtest.withoutCode), "basis": .array(backtest.basis.map { .string($0) }),
            "summary": JSONValue(sums, unknown: backtest.unknown),
            "policySummaries": .array(
                backtest.byPolicy.map { ["policy": JSONValue($0.policy), "summary": JSONValue($0.sums, unknown: nil)] }),
            "findings": .array(backtest.entries.map { JSONValue($0, until: backtest.to) }),
            "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }

    package func text(_ style: TextStyle) -> String {
        let sections = [policiesText(style), findingsText(style), problems.text(style), sumText(style)]
        return sections.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func policiesText(_ style: TextStyle) -> String {
        guard !backtest.entries.isEmpty else { return "" }
        var table = TextTable([
            .init("policy", .leading, .shrinks), .init("findings", .trailing), .init("stay", .trailing), .init("wrong", .trailing),
            .init("at stake/month", .trailing), .init("would have saved", .trailing),
        ])
        for (policy, sums) in backtest.byPolicy {
            table.append([
                StyledText(policy.description), StyledText("\(sums.findings)"), StyledText("\(sums.staying)"),
                StyledText("\(sums.wrong)", sums.wrong > 0 ? .yellow : .plain), StyledText(sums.atStake.monthly.cents),
                StyledText(sums.saved.cents),
            ])
        }
        return table.render(style)
    }

    private func findingsText(_ style: TextStyle) -> String {
        guard !backtest.entries.isEmpty else { return "" }
        var table = TextTable([
            .init("opened"), .init("days", .trailing), .init("", .leading, .shrinks), .init("saves", .trailing),
            .init("", .leading, .wraps),
        ])
        for entry in backtest.entries {
            let saved = entry.saved.amount.isZero ? "–" : entry.saved.short
            table.append([
                StyledText(entry.wasThere ? "before" : entry.opened.description, entry.wasThere ? .dim : .plain),
                StyledText("\(entry.days(until: backtest.to))"), StyledText(entry.ending, entry.isWrong ? .yellow : .dim),
                StyledText(saved),
                StyledText("\(entry.place): \(entry.message)"),
            ])
        }
        return StyledText("Findings", .bold).rendered(style) + "\n" + table.render(style)
    }

    private func sumText(_ style: TextStyle) -> String {
        var lines = [StyledText(backtest.headline, .bold)]
        lines += backtest.basis.map { StyledText($0, .dim) }
        if let reason = backtest.partialReason {
            let count = counted(backtest.partial, "evaluation")
            lines.append(StyledText("partial: \(count) could not observe everything, first \(reason)", .alarm))
        }
        let policies = ReportContext(revision: backtest.policies, evaluatedAt: context.evaluatedAt).shortRevision
        lines.append(StyledText("policies of \(policies) on \(backtest.from) to \(backtest.to), \(backtest.stepping)", .dim))
        return lines.flatMap { $0.lines(style) }.joined()
    }

    /// How many findings a page shows.
    private static let shown = 100

    package func markdown() -> String {
        var page = MarkdownPage(limit: 60_000)
        page.add("**\(Markdown.text(backtest.headline))**\n")
        page.add(table: ["policy", "findings:", "stay:", "wrong:", "at stake/month:", "would have saved:"], backtest.byPolicy) { entry in
            [
                Markdown.code(entry.policy.description), "\(entry.sums.findings)", "\(entry.sums.staying)", "\(entry.sums.wrong)",
                entry.sums.atStake.monthly.cents, entry.sums.saved.cents,
            ]
        }
        page.add(
            table: ["opened", "days:", "end", "saves:", "finding"], Array(backtest.entries.prefix(Self.shown)), title: "### Findings"
        ) { entry in
            [
                entry.wasThere ? "before" : entry.opened.description, "\(entry.days(until: backtest.to))", Markdown.text(entry.ending),
                entry.saved.amount.isZero ? "–" : entry.saved.short, Markdown.text("\(entry.place): \(entry.message)"),
            ]
        }
        if backtest.entries.count > Self.shown { page.add("and \(backtest.entries.count - Self.shown) more\n") }
        let partial = backtest.partialReason.map {
            ["partial: \(counted(backtest.partial, "evaluation")) could not observe everything, first \($0)"]
        }
        page.add((backtest.basis + (partial ?? [])).map { "- \(Markdown.text($0))\n" }.joined())
        if !problems.isEmpty { page.add(problems.markdown + context.gapMarkdown) }
        return page.text
    }
}

extension Backtest {
    /// `on the last 90 days: 14 findings, $3,120`: for a change that brings policies.
    package var line: String {
        let days = from.distance(to: to) + 1
        guard evaluations > 0 else { return "on the last \(counted(days, "day")): nothing was judged" }
        let sums = sums
        var parts = [
            counted(sums.findings, "finding"), sums.saved.amount.isZero ? sums.atStake.monthly.short + "/month at stake" : sums.saved.short,
        ]
        if partial > 0 { parts.append("though \(counted(partial, "evaluation")) could not observe everything") }
        if sums.wrong > 0 { parts.append("\(sums.wrong) of them gone by themselves within a week") }
        return "on the last \(counted(days, "day")): \(parts.joined(separator: ", "))"
    }

    /// `14 findings · 3 stay · 2 wrong · fixing them at once would have saved $3,120`
    var headline: String {
        guard evaluations > 0 else { return "nothing was judged" }
        let sums = sums
        guard sums.findings > 0 else { return unknown > 0 ? "nothing was found; \(unknown) unknown" : "nothing was found" }
        var parts = [counted(sums.findings, "finding")]
        if sums.staying > 0 { parts.append("\(sums.staying) \(sums.staying == 1 ? "stays" : "stay")") }
        if sums.wrong > 0 { parts.append("\(sums.wrong) gone by \(sums.wrong == 1 ? "itself" : "themselves") within a week") }
        if unknown > 0 { parts.append("\(unknown) unknown") }
        if !sums.saved.amount.isZero { parts.append("fixing them at once would have saved \(sums.saved.short)") }
        return parts.joined(separator: " · ")
    }

    /// What it rests on.
    var basis: [String] {
        var lines: [String] = []
        if bySnapshot > 0 { lines.append("\(counted(bySnapshot, "evaluation")) by snapshots, as things were observed then") }
        if evaluations > bySnapshot {
            let what = bySnapshot > 0 ? "the other \(evaluations - bySnapshot)" : counted(evaluations, "evaluation")
            lines.append(
                "\(what) by the bill as it is now, cut before each day; states, what the cloud says and catalogues as they are now")
        }
        if withoutCode > 0 { lines.append("\(counted(withoutCode, "day")) before the first commit: nothing was judged") }
        return lines
    }
}

extension Backtest.Stepping: CustomStringConvertible {
    package var description: String {
        switch self {
        case .daily: "daily"
        case .weekly: "weekly, on first days of months, days of commits and the last day"
        case .every(let days): "every \(days) days"
        }
    }
}

extension Backtest.Entry {
    fileprivate var place: String { resource ?? [policy.name, subject].compactMap(\.self).joined(separator: " ") }

    fileprivate var ending: String {
        switch end {
        case .stays: "stays"
        case .byItself: "went by itself"
        case .changed(let commit): "changed by \(commit.prefix(12))"
        case .over: "its period ended"
        }
    }
}

extension JSONValue {
    /// In short, for a check.
    init(_ backtest: Backtest) {
        self = [
            "from": .string(backtest.from.description), "to": .string(backtest.to.description), "line": .string(backtest.line),
            "partialEvaluations": JSONValue(backtest.partial), "summary": JSONValue(backtest.sums, unknown: backtest.unknown),
        ]
    }

    fileprivate init(_ sums: Backtest.Sums, unknown: Int?) {
        self = [
            "findings": JSONValue(sums.findings), "staying": JSONValue(sums.staying), "wrong": JSONValue(sums.wrong),
            "unknown": JSONValue(unknown), "atStake": JSONValue(sums.atStake), "saved": JSONValue(sums.saved),
        ]
    }

    fileprivate init(_ entry: Backtest.Entry, until last: Day) {
        var commit: String?
        if case .changed(let id) = entry.end { commit = id }
        self = [
            "id": .string(entry.id), "identity": .string(entry.identity), "policy": JSONValue(entry.policy), "rule": .string(entry.rule),
            "severity": .string(entry.severity.rawValue), "team": JSONValue(entry.team), "resource": JSONValue(entry.resource),
            "subject": JSONValue(entry.subject), "message": .string(entry.message), "opened": .string(entry.opened.description),
            "gone": JSONValue(entry.gone?.description), "days": JSONValue(entry.days(until: last)),
            "thereBefore": JSONValue(entry.wasThere), "end": .string(entry.end.word), "commit": JSONValue(commit),
            "wrong": JSONValue(entry.isWrong), "atStake": JSONValue(entry.atStake), "saved": JSONValue(entry.saved),
        ]
    }
}
