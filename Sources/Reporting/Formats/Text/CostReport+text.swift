import CostModel

extension CostReport {
    package func text(_ style: TextStyle) -> String {
        var table = TextTable(
            dimensions.map { .init($0, shrinks: true) } + [.init(basis.rawValue, .trailing), .init("share", .trailing), .init()])
        for row in rows {
            let share = share(of: row)
            table.append(
                zip(dimensions, row.keys).map { dimension, key in
                    StyledText(key ?? (dimension == "team" ? "unowned" : "–"), key == nil ? .dim : .plain)
                } + [
                    StyledText(row.amount.cents), StyledText(percent(share)), StyledText(share.map { Bar.of($0, width: 20) } ?? "", .cyan),
                ])
        }
        let period = days.map { "\($0.lowerBound) to \($0.upperBound.advanced(by: -1))" } ?? "the bill is empty"
        let summary = StyledText(total.cents, .bold) + StyledText(" · \(period)")
        let problems = problems.text(style)
        return [rows.isEmpty ? "" : table.render(style), problems, summary.rendered(style) + "\n"].filter { !$0.isEmpty }
            .joined(separator: "\n")
    }
}
