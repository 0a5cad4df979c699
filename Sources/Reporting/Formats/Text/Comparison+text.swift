import CostModel

extension CheckReport {
    /// What a change does: teams, then findings that are new, gone with their root, changed and fixed, then what of the policies did it; the sum last.
    func text(of comparison: Comparison, _ style: TextStyle) -> String {
        let sections =
            [costsText(style), teamsText(comparison, style)] + findingsTexts(comparison, style)
            + [
                policiesText(comparison, style), pendingText(comparison, style), problems.text(style), sumText(comparison, style),
                nextText(style),
            ]
        return sections.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// What the change costs, before anything else.
    private func costsText(_ style: TextStyle) -> String {
        guard let estimate, !estimate.entries.isEmpty else { return "" }
        let head = StyledText(estimate.headline, .bold).lines(style).joined()
        let rest = estimate.makers.map(\.text) + [estimate.openText].filter { !$0.isEmpty } + estimate.budgets.map(\.text)
        return head + rest.flatMap { StyledText($0).lines(style, indent: 2) }.joined()
    }

    private func teamsText(_ comparison: Comparison, _ style: TextStyle) -> String {
        let touched = comparison.touched
        guard !touched.isEmpty else { return "" }
        var table = TextTable([
            .init("", .leading, .shrinks), .init(), .init("", .trailing), .init("", .leading, .moves), .init("", .leading, .wraps),
        ])
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
        let kinds: [Comparison.Change] = [.new, .gone, .changed, .fixed] + (showsAll ? [.unchanged] : [])
        let sections = kinds.compactMap { kind -> FindingList.Section? in
            let groups = FindingGroup.groups(of: comparison.changes(kind), joinsInstances: style.isTerminal)
            guard !groups.isEmpty else { return nil }
            return .init(title: StyledText(kind.title, .bold), parts: [.init(title: nil, groups: groups)], isGone: kind == .fixed)
        }
        return FindingList(style, isWhole: showsAll || showsFull).text(of: sections)
    }

    private func policiesText(_ comparison: Comparison, _ style: TextStyle) -> String {
        guard !comparison.policies.isEmpty else { return "" }
        var table = TextTable([.init("", .leading, .shrinks), .init("", .leading, .wraps)])
        for policy in comparison.policies {
            let effects = comparison.effects(of: policy.policy)
            let places = policy.kind == .changed && !policy.fields.isEmpty ? policy.fields.map(\.place) : [policy.place]
            for (index, sentence) in policy.sentences.enumerated() {
                var line = StyledText("\(policy.policy.name): \(sentence)")
                if index == policy.sentences.count - 1, !effects.isEmpty { line += StyledText(" · causes \(effects)", .magenta) }
                table.append([StyledText(places[index].description, .cyan), line])
            }
        }
        let past = backtest.map { StyledText($0.line, .bold).lines(style, indent: 2).joined() } ?? ""
        let next = comparison.rollout.map { StyledText($0.line, .bold).lines(style, indent: 2).joined() } ?? ""
        return StyledText("Policies", .bold).rendered(style) + "\n" + table.render(style) + past + next
    }

    private func pendingText(_ comparison: Comparison, _ style: TextStyle) -> String {
        guard !comparison.pending.isEmpty else { return "" }
        var table = TextTable([.init("", .leading, .shrinks), .init("", .leading, .shrinks), .init("", .leading, .wraps)])
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
        if let fixableText { lines.append(fixableText) }
        if isPartial { lines.append(StyledText("partial: not everything could be observed, see the problems above", .alarm)) }
        lines.append(
            StyledText("\(context.shortRevision) against \(comparison.shownBase), as of \(context.evaluatedAt)", .dim))
        return lines.flatMap { $0.lines(style) }.joined()
    }
}

extension Comparison {
    /// `origin/main (9f2c1ab04e5d)`
    var shownBase: String { base == baseName ? String(base.prefix(12)) : "\(baseName) (\(base.prefix(12)))" }
}

extension Comparison.Change {
    static let inOrder: [Comparison.Change] = [.new, .gone, .changed, .fixed, .unchanged]

    var title: String {
        switch self {
        case .new: "New"
        case .gone: "Gone with their root"
        case .changed: "Changed"
        case .fixed: "Fixed"
        case .unchanged: "Unchanged"
        }
    }

    fileprivate var look: StyledText.Look {
        switch self {
        case .new, .gone: .red
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
