import CostModel

extension PlanReport {
    package func text(_ style: TextStyle) -> String {
        var sections: [String] = []
        if !written.isEmpty { sections.append(changesText(style)) }
        if showsPatches, !plan.patch.isEmpty { sections.append(patchText(plan.patch, style)) }
        if !advisory.isEmpty { sections.append(advisoryText(style)) }
        let problems = problems.weighty.text(style)
        if !problems.isEmpty { sections.append(problems) }
        return (sections + [summaryText(style)]).joined(separator: "\n")
    }

    private func changesText(_ style: TextStyle) -> String {
        var table = TextTable([
            .init(), .init("", .trailing), .init("", .leading, .shrinks), .init("", .leading, .stacks), .init("", .leading, .drops),
            .init("", .leading, .drops),
        ])
        for change in written {
            table.append([
                StyledText(change.applicability.rawValue, change.applicability == .automatic ? .green : .yellow),
                change.monthlySavings.map { StyledText($0.short, .bold) } ?? StyledText("–", .dim),
                StyledText(change.shownPlace, .cyan), StyledText(change.title), StyledText(change.team ?? "unowned"),
                StyledText("fixes \(counted(change.findings.count, "finding"))", .dim),
            ])
        }
        return StyledText("Changes, with what they save in a month", .bold).rendered(style) + "\n" + table.render(style)
    }

    private func advisoryText(_ style: TextStyle) -> String {
        var table = TextTable([.init(), .init("", .leading, .stacks), .init("", .leading, .stacks)])
        for change in advisory {
            table.append([StyledText(change.shownPlace, .cyan), StyledText(change.title), StyledText(change.reason ?? "", .dim)])
        }
        return StyledText("Advice, never written by itself", .bold).rendered(style) + "\n" + table.render(style)
    }

    /// The patch as it is; only what would drive a terminal is made visible, tabs stay.
    private func patchText(_ patch: String, _ style: TextStyle) -> String {
        patch.split(separator: "\n", omittingEmptySubsequences: false).dropLast(patch.hasSuffix("\n") ? 1 : 0).map { line in
            let look: StyledText.Look =
                line.hasPrefix("+++") || line.hasPrefix("---") || line.hasPrefix("diff ")
                ? .bold : line.hasPrefix("+") ? .green : line.hasPrefix("-") ? .red : line.hasPrefix("@@") ? .cyan : .plain
            let pieces = line.split(separator: "\t", omittingEmptySubsequences: false)
            return pieces.map { StyledText(String($0), look).rendered(style) }.joined(separator: "\t") + "\n"
        }.joined()
    }

    private func summaryText(_ style: TextStyle) -> String {
        let head = StyledText(
            "plan \(digest.prefix(12)) on \(context.shortRevision) as of \(plan.evaluatedAt), good until \(plan.expires)", .dim)
        guard !written.isEmpty else {
            return StyledText("nothing to change", .green).rendered(style) + "\n" + head.lines(style).joined()
        }
        var text = StyledText("\(counted(written.count, "change")) in \(counted(plan.files.count, "file"))", .bold)
        let automatic = written.count { $0.applicability == .automatic }
        text += StyledText(" · \(automatic) automatic, \(written.count - automatic) for review, \(advisory.count) advisory")
        if !savings.amount.isZero { text += StyledText(" · saves \(savings.short)/month", .bold) }
        return text.lines(style).joined() + head.lines(style).joined()
    }
}
