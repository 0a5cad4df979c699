import CostModel

extension CostReport {
    package func text(_ style: TextStyle) -> String {
        var table = TextTable(
            breakdown.dimensions.map { .init($0.description, .leading, .shrinks) } + [
                .init(breakdown.cost.rawValue, .trailing), .init("share", .trailing), .init(),
            ])
        for row in breakdown.rows {
            let share = share(of: row)
            table.append(
                zip(breakdown.dimensions, row.values).map { dimension, value in
                    StyledText(value ?? (dimension == .team ? "unowned" : "–"), value == nil ? .dim : .plain)
                } + [
                    StyledText(amount(row.amount, row.currency)), StyledText(percent(share)),
                    StyledText(share.map { Bar.of($0, width: 20) } ?? "", .cyan),
                ])
        }
        let rule = breakdown.cost == .billed ? "by billing period" : "by charge day"
        let period = days.map { "\($0.lowerBound) to \($0.upperBound.advanced(by: -1)) \(rule)\(coverage)" } ?? nothing
        let totals = breakdown.totals.map { amount($0.amount, $0.currency) }.joined(separator: ", ")
        let summary = StyledText(totals.isEmpty ? "nothing" : totals, .bold) + StyledText(" · \(period)")
        let problems = problems.besideSums(context, style)
        return [breakdown.rows.isEmpty ? "" : table.render(style), problems, summary.rendered(style) + "\n"].filter { !$0.isEmpty }
            .joined(separator: "\n")
    }

    /// ` · 28 of 31 days`, and which of them are missing: a sum of days that are not there is none of the period.
    private var coverage: String {
        breakdown.coverage.map { " · \($0.sentence)" } ?? ""
    }

    /// Why there is nothing: a bill that could not be read is not an empty one.
    private var nothing: String {
        problems.contains { $0.severity == .partial && $0.id != "empty-bill" } ? "no row of the bill could be read" : "the bill is empty"
    }

    private func amount(_ amount: FixedDecimal, _ currency: Currency?) -> String {
        currency.map { Money(amount, $0).cents } ?? amount.rounded(to: 2)
    }
}
