import CostModel
import Diagnostics

extension CommitmentReport {
    package func text(_ style: TextStyle) -> String {
        let problems = problems.besideSums(context, style)
        let tail = problems.isEmpty ? "" : "\n" + problems
        if let gap = statement.gap { return "how commitments did is not known: \(gap)\n" + tail }
        guard !statement.commitments.isEmpty else { return "no commitment is on the bill in \(period)\(known)\n" + tail }
        return commitments.render(style) + "\n" + teams.render(style) + (proposals.isEmpty ? "" : "\n" + proposalText) + tail + "\n" + note
    }

    private var period: String {
        let (first, last) = (statement.days.lowerBound, statement.days.upperBound.advanced(by: -1))
        return first.month == last.month ? first.month.description : "\(first) to \(last)"
    }

    /// ` (30 of 31 days)`
    private var known: String { statement.coverage.flatMap { $0.isWhole ? nil : " (\($0.sentence))" } ?? "" }

    private var commitments: TextTable {
        var table = TextTable(
            [.init("commitment", .leading, .shrinks), .init("type", .leading, .shrinks)]
                + ["used", "unused", "utilisation", "saves", "rate"].map { .init($0, .trailing) } + [.init("ends")])
        for one in statement.commitments {
            let isKnown = one.unstated.isZero
            table.append([
                StyledText(one.name), StyledText(one.type), StyledText(isKnown ? money(one.used) : "–"),
                StyledText(isKnown ? money(one.unused) : "–", one.unused > .zero ? .yellow : .plain),
                StyledText(percent(one.utilization)),
                savings(one.savings),
                StyledText(percent(one.savingsRate)), one.end.map { StyledText($0.description) } ?? StyledText("not stated", .dim),
            ])
        }
        return table
    }

    private var teams: TextTable {
        var table = TextTable(
            [.init("team", .leading, .shrinks)]
                + ["covered", "on demand", "coverage", "unused", "saves", "effective savings rate"].map { .init($0, .trailing) })
        for row in statement.teams { table.append(cells(StyledText(row.team ?? "unowned", row.team == nil ? .dim : .plain), row.use)) }
        table.append(cells(StyledText("all"), statement.total))
        return table
    }

    private func cells(_ name: StyledText, _ use: CommitmentStatement.Use) -> [StyledText] {
        [
            name, StyledText(money(use.covered)), StyledText(money(use.uncovered)), StyledText(percent(use.coverage)),
            StyledText(money(use.unused)), savings(use.savings),
            StyledText(percent(use.effectiveSavingsRate)),
        ]
    }

    private var note: String {
        let price = statement.price == .list ? "list" : "contracted"
        let whose = statement.unusedBelongsTo == .users ? "divided among those who used the rest" : "the buyer's"
        let shown = statement.services.prefix(4).map(\.name)
        let more = statement.services.count > shown.count ? " and \(statement.services.count - shown.count) more" : ""
        let unstated =
            statement.unstated.isZero
            ? ""
            : "\(money(statement.unstated)) of usage does not say whether a commitment paid for it, or at which kind of price: it is in no sum\n"
        let coverage =
            shown.isEmpty
            ? "coverage is not known: no row says that a commitment paid for it\n"
            : "coverage: of use in services that commitments paid for, at on-demand prices (\(shown.joined(separator: ", ").printable)\(more))\n"
        return "\(period)\(known), effective cost; on-demand prices are \(price) prices; what nobody used is \(whose)\n" + coverage
            + unstated
    }

    private func savings(_ amount: FixedDecimal?) -> StyledText {
        amount.map { StyledText(money($0), $0.isNegative ? .red : .plain) } ?? StyledText("–")
    }

    private func money(_ amount: FixedDecimal) -> String { Money(amount, statement.currency).cents }

    private func percent(_ rate: CommitmentStatement.Rate?) -> String {
        rate.map { $0.share.scaled(by: 100, over: 1).rounded(to: 1) + "%" } ?? "–"
    }
}
