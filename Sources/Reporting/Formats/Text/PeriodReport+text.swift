import CostModel

extension PeriodReport {
    package func text(_ style: TextStyle) -> String {
        var parts = sections.map { section($0, style) }
        if sections.count > 1 { parts.append(sums(style)) }
        parts.append(problems.besideSums(context, style))
        parts.append(StyledText("\(context.shortRevision) as of \(context.evaluatedAt)", .dim).rendered(style) + "\n")
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// `all teams`, `payments`
    static func name(_ section: PeriodSection) -> String { section.team ?? "all teams" }

    private func section(_ section: PeriodSection, _ style: TextStyle) -> String {
        let title = StyledText(Self.name(section), .bold) + StyledText(" · \(span.title)")
        var text = title.rendered(style) + "\n" + section.lines.map { "  " + StyledText($0).rendered(style) + "\n" }.joined()
        if !section.movers.isEmpty {
            text += StyledText("Who moved", .bold).rendered(style) + "\n"
            var table = TextTable([.init("", .leading, .shrinks), .init("", .leading, .wraps)])
            for mover in section.movers { table.append([StyledText(mover.team), StyledText(mover.sentence)]) }
            text += table.render(style)
        }
        if !section.next.isEmpty {
            text += StyledText("Next", .bold).rendered(style) + "\n"
            var table = TextTable([.init("", .trailing), .init(), .init("", .leading, .wraps)])
            for step in section.next { table.append([StyledText(step.worth), StyledText(step.command, .cyan), StyledText(step.message)]) }
            text += table.render(style)
        }
        if let statement = section.statement, section.team != nil { text += self.text(of: statement, style) }
        return text
    }

    private func text(of statement: SpendStatement, _ style: TextStyle) -> String {
        var table = TextTable([.init(), .init("", .leading, .shrinks), .init("", .trailing), .init("", .leading, .wraps)])
        for line in statement.lines {
            table.append([
                StyledText(line.part.rawValue), StyledText(line.words), StyledText(statement.shown(line.amount)),
                StyledText(line.trace, .dim),
            ])
        }
        table.append([StyledText("sum", .bold), "", StyledText(statement.shownTotal, .bold), StyledText(statement.gap ?? "")])
        return StyledText("Statement", .bold).rendered(style) + "\n" + table.render(style)
    }

    /// What all teams and what is nobody's add up to: the bill.
    private func sums(_ style: TextStyle) -> String {
        let statements = sections.compactMap(\.statement)
        guard !statements.isEmpty else { return "" }
        var table = TextTable(
            [.init("", .leading, .shrinks)] + ["direct", "shared", "given", "sum"].map { .init($0, .trailing) }
                + [.init("", .leading, .wraps)])
        for statement in statements.ordered {
            table.append(
                [StyledText(statement.name, statement.team == nil ? .dim : .plain)]
                    + SpendStatement.Line.Part.allCases.map { StyledText(statement.shownSum($0)) }
                    + [StyledText(statement.shownTotal), StyledText(statement.mark)])
        }
        let all = statements.map(\.total).reduce(.zero, +)
        let shown = statements.allSatisfy(\.isKnown) ? statements[0].shown(all) : "not known"
        table.append([StyledText("all", .bold), "", "", "", StyledText(shown, .bold), StyledText(statements[0].gap ?? "")])
        let undivided = statements.flatMap(\.undivided).map { "  \(statements[0].sentence(of: $0))\n" }
        return StyledText("What each has to pay for", .bold).rendered(style) + "\n" + table.render(style)
            + undivided.map { StyledText(String($0.dropLast())).rendered(style) + "\n" }.joined()
    }
}

extension PeriodSection.Step {
    /// `$84/month`
    var worth: String { atStake.map { "\($0.short)/month" } ?? "not known" }
}

extension SpendStatement {
    /// Exact, and with at least two decimals; people add these up.
    func shown(_ amount: FixedDecimal) -> String { Money(amount, currency).exactText }

    func shownSum(_ part: Line.Part) -> String { isKnown ? shown(sum(part)) : "not known" }
    var shownTotal: String { isKnown ? shown(total) : "not known" }

    /// What stands beside a sum in a table whose last line says why.
    var mark: String { gap == nil ? "" : isKnown ? "a part" : "not known" }

    func sentence(of part: Showback.Undivided) -> String {
        "\(shown(part.amount)) of \(part.month) stay undivided by '\(part.allocation)': \(part.reason)"
    }
}

extension Money {
    /// Whole: no digit is cut, so that what stands in a column adds up by hand.
    fileprivate var exactText: String {
        let text = amount.description
        let fraction = text.split(separator: ".", maxSplits: 1).dropFirst().first?.count ?? 0
        return "\(fraction <= 2 ? amount.rounded(to: 2) : text) \(currency)"
    }
}

extension [SpendStatement] {
    /// Teams by name, and what is nobody's last.
    var ordered: [SpendStatement] { filter { $0.team != nil } + filter { $0.team == nil } }
}
