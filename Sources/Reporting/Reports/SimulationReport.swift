package import CostModel
package import JSON

/// What `simulate` says: each scenario with its resources before and after.
package struct SimulationReport: MarkdownReport {
    package var context: ReportContext
    package var results: [ScenarioResult]
    package var problems: [Problem]

    package init(context: ReportContext, results: [ScenarioResult], problems: [Problem] = []) {
        self.context = context
        self.results = results
        self.problems = problems.sorted()
    }

    /// `$560.64 → $280.32 a month, −$280.32`
    fileprivate static func headline(_ result: ScenarioResult) -> String {
        let (before, after) = (Money(result.before, result.currency), Money(result.after, result.currency))
        let open = result.unknown == 0 ? "" : ", without \(counted(result.unknown, "resource")) of which it is not known"
        return "\(before.cents) → \(after.cents) a month, \(Money(result.after - result.before, result.currency).signed)\(open)"
    }

    fileprivate static func amount(_ amount: FixedDecimal?, _ currency: Currency) -> String {
        amount.map { Money($0, currency).cents } ?? "?"
    }

    /// `checkout/headroom`, `met → broken`, the reason, and in how many samples.
    fileprivate static func line(_ objective: ScenarioResult.Objective) -> (states: String, text: String) {
        let states =
            objective.before == objective.after
            ? objective.after.rawValue : "\(objective.before.rawValue) → \(objective.after.rawValue)"
        let chance = objective.chance.map { "; beyond that in \(percent($0)) of the samples" } ?? ""
        return (states, objective.text + (objective.name.objective == .headroom ? chance : ""))
    }

    /// `62.4 % → 24.8 %`
    fileprivate static func headroom(_ load: ScenarioResult.Load?) -> String {
        guard let load else { return "" }
        guard let before = load.headroomBefore, let after = load.headroomAfter else { return "?" }
        return "\(percent(before / 100)) → \(percent(after / 100))"
    }
}

extension ScenarioResult.Check {
    fileprivate var word: String {
        switch verdict {
        case .pass: "holds"
        case .fail, .error: "broken"
        case .unknown: "unknown"
        }
    }
}

extension SimulationReport {
    package func text(_ style: TextStyle) -> String {
        let parts = results.map { result in
            var table = TextTable([
                .init("resource", .leading, .shrinks), .init("what changes", .leading, .shrinks), .init("before", .trailing),
                .init("after", .trailing), .init("headroom", .trailing),
            ])
            for entry in result.entries {
                table.append([
                    StyledText(entry.identity.description), StyledText(entry.steps.joined(separator: ", "), .dim),
                    StyledText(Self.amount(entry.before, result.currency)), StyledText(Self.amount(entry.after, result.currency), .bold),
                    StyledText(Self.headroom(entry.load)),
                ])
            }
            let notes = result.entries.flatMap { entry in
                (entry.notes + [entry.load?.reason].compactMap(\.self)).flatMap {
                    (StyledText("\(entry.identity.address): ", .dim) + StyledText($0)).lines(style, indent: 2)
                }
            }
            let objectives = result.objectives.flatMap { objective in
                let (states, text) = Self.line(objective)
                let look: StyledText.Look = objective.after == .broken ? .red : objective.after == .unknown ? .magenta : .dim
                return (StyledText("\(objective.name) ") + StyledText(states, look) + StyledText(": \(text)", .dim))
                    .lines(style, indent: 2)
            }
            let checks = result.checks.flatMap { check in
                (StyledText("\(check.word) ", check.verdict == .pass ? .dim : .bold) + StyledText(check.text)).lines(style, indent: 2)
            }
            let head = (StyledText(result.name, .bold) + StyledText(": \(Self.headline(result))")).lines(style)
            return head.joined() + table.render(style) + notes.joined() + objectives.joined() + checks.joined()
        }
        return ([problems.besideSums(context, style)] + parts).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    package func markdown() -> String {
        var page = MarkdownPage()
        for result in results {
            page.add("**\(Markdown.text(result.name))**: \(Markdown.text(Self.headline(result)))\n")
            page.add(table: ["resource", "what changes", "before:", "after:", "headroom:"], result.entries) { entry in
                [
                    Markdown.code(entry.identity.description), Markdown.text(entry.steps.joined(separator: ", ")),
                    Self.amount(entry.before, result.currency), Self.amount(entry.after, result.currency), Self.headroom(entry.load),
                ]
            }
            page.add(result.entries.filter { !$0.notes.isEmpty || $0.load?.reason != nil }) { entry in
                let notes = entry.notes + [entry.load?.reason].compactMap(\.self)
                return "- \(Markdown.code(entry.identity.address)): \(Markdown.text(notes.joined(separator: "; ")))\n"
            }
            page.add(result.objectives) { objective in
                let (states, text) = Self.line(objective)
                return "- \(Markdown.code(objective.name.description)) \(states): \(Markdown.text(text))\n"
            }
            page.add(result.checks) { "- \($0.word): \(Markdown.text($0.text))\n" }
        }
        if !problems.isEmpty { page.add(problems.markdown + context.gapMarkdown) }
        return page.text
    }

    package func json() -> JSONValue {
        context.header.appending([
            "scenarios": .array(results.map { JSONValue($0) }),
            "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }
}

extension JSONValue {
    /// A scenario's outcome.
    init(_ result: ScenarioResult) {
        self = [
            "name": .string(result.name), "file": .string(result.place.file), "line": JSONValue(result.place.line),
            "currency": .string(result.currency.code), "before": .cents(result.before, result.currency),
            "after": .cents(result.after, result.currency), "unknown": JSONValue(result.unknown),
            "resources": .array(result.entries.map { Self.json($0, result.currency) }),
            "objectives": .array(
                result.objectives.map { objective in
                    [
                        "service": .string(objective.name.service), "objective": .string(objective.name.objective.rawValue),
                        "before": .string(objective.before.rawValue), "after": .string(objective.after.rawValue),
                        "chance": objective.chance.map { .number($0.fourDecimals) } ?? .null, "message": .string(objective.text),
                    ]
                }),
            "checks": .array(result.checks.map { ["result": .string($0.verdict.rawValue), "message": .string($0.text)] }),
        ]
    }

    private static func json(_ entry: ScenarioResult.Entry, _ currency: Currency) -> JSONValue {
        func side(_ side: ScenarioResult.Load.Side?) -> JSONValue {
            guard let side else { return .null }
            return [
                "before": .number(side.before.fourDecimals), "after": .number(side.after.fourDecimals),
                "broken": side.brokenShare.map { .number($0.fourDecimals) } ?? .null,
            ]
        }
        return [
            "root": .string(entry.identity.root), "address": .string(entry.identity.address),
            "team": entry.team.map(JSONValue.string) ?? .null, "changes": .array(entry.steps.map(JSONValue.string)),
            "before": .cents(entry.before, currency), "after": .cents(entry.after, currency),
            "difference": .cents(entry.difference, currency), "notes": .array(entry.notes.map(JSONValue.string)),
            "load": entry.load.map {
                ["cpu": side($0.cpu), "memory": side($0.memory), "reason": $0.reason.map(JSONValue.string) ?? .null]
            } ?? .null,
        ]
    }
}
