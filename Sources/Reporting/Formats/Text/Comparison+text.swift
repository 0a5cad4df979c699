import CostModel

extension CheckReport {
    /// What a change does: teams, then findings that are new, changed and fixed, then what of the policies did it; the sum last.
    func text(of comparison: Comparison, _ style: TextStyle) -> String {
        let sections =
            [teamsText(comparison, style)] + findingsTexts(comparison, style)
            + [policiesText(comparison, style), pendingText(comparison, style), problems.text(style), sumText(comparison, style)]
        return sections.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func teamsText(_ comparison: Comparison, _ style: TextStyle) -> String {
        let touched = comparison.touched
        guard !touched.isEmpty else { return "" }
        var table = TextTable([.init("", .leading, .shrinks), .init(), .init("", .trailing), .init(), .init("", .leading, .stacks)])
        for team in touched {
            let stake = team.stakeChange
            table.append([
                StyledText(team.team ?? "unowned", .bold), StyledText(team.scoreText, team.scoreLook),
                stake.map { $0.amount.isZero ? "" : StyledText("\($0.signed)/month at stake", $0.amount > .zero ? .red : .green) } ?? "",
                StyledText(team.savingsText.map { "could save \($0)" } ?? "", .dim), StyledText(team.counts),
            ])
        }
        return StyledText("Teams", .bold).rendered(style) + "\n" + table.render(style)
    }

    private func findingsTexts(_ comparison: Comparison, _ style: TextStyle) -> [String] {
        let kinds: [Comparison.Change] = [.new, .changed, .fixed] + (showsAll ? [.unchanged] : [])
        let groups = kinds.map { kind in (kind, comparison.changes(kind)) }.filter { !$0.1.isEmpty }
        let tables = groups.map { table($0.1) }
        guard let layout = tables.first?.layout(style, with: tables) else { return [] }
        return zip(groups, tables).map { group, table in
            StyledText(group.0.title, .bold).rendered(style) + "\n" + table.render(style, layout)
        }
    }

    private func table(_ changes: [Comparison.FindingChange]) -> TextTable {
        var table = TextTable([
            .init("", .trailing), .init(), .init(), .init(), .init("", .leading, .shrinks), .init("", .leading, .stacks),
        ])
        for change in changes {
            let finding = change.finding
            var message = change.change == .fixed ? StyledText(finding.sentence) : finding.messageText
            if !change.details.isEmpty { message += StyledText(" · \(change.details.joined(separator: ", "))", .yellow) }
            if let cause = change.causeText { message += StyledText(" · \(cause)", .magenta) }
            let gone = change.change == .fixed ? finding.shownAtStake : nil
            table.append([
                gone.map { StyledText("−\($0.short)", .green) } ?? finding.stakeText, finding.verdictText,
                StyledText(finding.id, .dim), StyledText(finding.location?.description ?? "", .cyan), StyledText(finding.shownResource),
                message,
            ])
        }
        return table
    }

    private func policiesText(_ comparison: Comparison, _ style: TextStyle) -> String {
        guard !comparison.policies.isEmpty else { return "" }
        var table = TextTable([.init(), .init("", .leading, .stacks)])
        for policy in comparison.policies {
            let effects = comparison.effects(of: policy.policy)
            let places = policy.kind == .changed && !policy.fields.isEmpty ? policy.fields.map(\.place) : [policy.place]
            for (index, sentence) in policy.sentences.enumerated() {
                var line = StyledText("\(policy.policy.name): \(sentence)")
                if index == policy.sentences.count - 1, !effects.isEmpty { line += StyledText(" · causes \(effects)", .magenta) }
                table.append([StyledText(places[index].description, .cyan), line])
            }
        }
        return StyledText("Policies", .bold).rendered(style) + "\n" + table.render(style)
    }

    private func pendingText(_ comparison: Comparison, _ style: TextStyle) -> String {
        guard !comparison.pending.isEmpty else { return "" }
        var table = TextTable([.init(), .init(), .init("", .leading, .stacks)])
        for pending in comparison.pending {
            table.append([StyledText(pending.place.description, .cyan), StyledText(pending.what), StyledText(pending.effect)])
        }
        return StyledText("Counts once it is merged", .bold).rendered(style) + "\n" + table.render(style)
    }

    private func sumText(_ comparison: Comparison, _ style: TextStyle) -> String {
        let stake = comparison.stakeChange(in: currency)
        var parts: [StyledText] = []
        if let stake {
            let look: StyledText.Look = stake.amount > .zero ? .alarm : stake.amount < .zero ? .green : .plain
            parts.append(StyledText("\(stake.signed)/month at stake", look))
        }
        for change in Comparison.Change.inOrder {
            let count = comparison.count(change)
            if count > 0 { parts.append(StyledText("\(count) \(change.rawValue)", change.look)) }
        }
        var lines = comparison.isEmpty ? [StyledText("nothing changes", .green)] : []
        if !comparison.isEmpty || parts.count > (stake == nil ? 0 : 1) { lines.append(parts.joined(separator: " · ")) }
        let fixable = comparison.changes(.new, .changed).count { $0.after?.isFixable == true }
        if fixable > 0 { lines.append(StyledText("[*] \(fixable) can be fixed: ", .dim) + "bursar plan") }
        if isPartial { lines.append(StyledText("partial: not everything could be observed, see the problems above", .alarm)) }
        lines.append(
            StyledText("\(context.shortRevision) against \(comparison.shownBase), as of \(context.evaluatedAt)", .dim))
        return lines.map { $0.rendered(style) + "\n" }.joined()
    }
}

extension Comparison {
    /// `origin/main (9f2c1ab04e5d)`
    var shownBase: String { base == baseName ? String(base.prefix(12)) : "\(baseName) (\(base.prefix(12)))" }
}

extension Comparison.Change {
    static let inOrder: [Comparison.Change] = [.new, .changed, .fixed, .unchanged]

    var title: String {
        switch self {
        case .new: "New"
        case .changed: "Changed"
        case .fixed: "Fixed"
        case .unchanged: "Unchanged"
        }
    }

    fileprivate var look: StyledText.Look {
        switch self {
        case .new: .red
        case .changed: .yellow
        case .fixed: .green
        case .unchanged: .dim
        }
    }
}

extension Comparison.TeamChange {
    fileprivate var scoreLook: StyledText.Look {
        guard let scoreBefore, let scoreAfter, scoreStep >= 100 else { return .dim }
        return scoreAfter < scoreBefore ? .red : .green
    }
}
