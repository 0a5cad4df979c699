package import CostModel
import Diagnostics
package import JSON

/// What `cost --showback` says: what each team spends itself, gives, and is given.
package struct ShowbackReport: CSVReport {
    package var context: ReportContext
    package var showback: Showback
    package var problems: [Problem]
    /// Whether texts are written into CSV so that no spreadsheet takes one for a formula.
    package var isGuarded = true

    package init(context: ReportContext, showback: Showback, problems: [Problem]) {
        self.context = context
        self.showback = showback
        self.problems = problems.sorted()
    }

    /// The sums of all rows.
    private var sum: Showback.Row {
        showback.rows.reduce(into: Showback.Row(time: nil, team: nil)) { sum, row in
            sum.direct += row.direct
            sum.given += row.given
            sum.received += row.received
        }
    }
}

// MARK: Text

extension ShowbackReport {
    package func text(_ style: TextStyle) -> String {
        let parts = [rows(style), shares(style), undivided + gaps, problems.besideSums(context, style), summary(style)]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func rows(_ style: TextStyle) -> String {
        guard !showback.rows.isEmpty else { return "" }
        let time = showback.unit.map { [TextTable.Column($0.rawValue)] } ?? []
        var table = TextTable(
            time + [
                .init("team", .leading, .shrinks), .init("direct", .trailing), .init("given", .trailing), .init("received", .trailing),
                .init("total", .trailing),
            ])
        for row in showback.rows {
            let amounts = [row.direct, row.given, row.received, row.total].map { StyledText($0.isZero ? "–" : cents($0)) }
            let name = StyledText(row.team ?? "unallocated", row.team == nil ? .dim : .plain)
            table.append((row.time.map { [StyledText($0)] } ?? []) + [name] + amounts)
        }
        return table.render(style)
    }

    /// Each share with the rule that it follows from.
    private func shares(_ style: TextStyle) -> String {
        guard !showback.shares.isEmpty else { return "" }
        let time = showback.unit.map { [TextTable.Column($0.rawValue)] } ?? []
        var table = TextTable(
            time + [
                .init("by", .leading, .shrinks), .init("from", .leading, .shrinks), .init("to", .leading, .shrinks),
                .init("share", .trailing),
            ])
        for share in showback.shares {
            let texts = [share.time, share.allocation, share.giver ?? "unallocated", share.receiver].compactMap(\.self)
            table.append(texts.map { StyledText($0) } + [StyledText(cents(share.amount))])
        }
        return table.render(style)
    }

    private var undivided: String {
        showback.undivided.map { "\(cents($0.amount)) of \($0.month) stay undivided by '\($0.allocation.printable)': \($0.reason)\n" }
            .joined()
    }

    private var gaps: String {
        showback.gaps.map { gap in
            "the metric '\(gap.metric.printable)' has \(gap.days) of \(gap.daysInAll) days of \(gap.month): shares go by those\n"
        }.joined()
    }

    private func summary(_ style: TextStyle) -> String {
        guard let days = showback.days, !days.isEmpty else { return "the bill has no day that is over\n" }
        let coverage = showback.coverage.map { " · \($0.description)" } ?? ""
        let text = " · \(days.lowerBound) to \(days.upperBound.advanced(by: -1)), effective cost by charge day\(coverage)"
        return (StyledText(cents(sum.total), .bold) + StyledText(text)).rendered(style) + "\n"
    }

    private func cents(_ amount: FixedDecimal) -> String { Money(amount, showback.currency).cents }
}

// MARK: For programs

extension ShowbackReport {
    package func json() -> JSONValue {
        context.header.appending([
            "cost": "effective", "by": JSONValue(showback.unit?.rawValue), "currency": .string(showback.currency.code),
            "from": JSONValue(showback.days?.lowerBound.description),
            "to": JSONValue(showback.days.flatMap { $0.isEmpty ? nil : $0.upperBound.advanced(by: -1).description }),
            "rows": .array(
                showback.rows.map { row in
                    [
                        "time": JSONValue(row.time), "team": JSONValue(row.team), "direct": exact(row.direct), "given": exact(row.given),
                        "received": exact(row.received), "total": exact(row.total),
                    ]
                }),
            "shares": .array(
                showback.shares.map { share in
                    [
                        "time": JSONValue(share.time), "allocation": .string(share.allocation), "from": JSONValue(share.giver),
                        "to": .string(share.receiver), "amount": exact(share.amount),
                    ]
                }),
            "undivided": .array(
                showback.undivided.map { part in
                    [
                        "allocation": .string(part.allocation), "month": .string(part.month.description), "amount": exact(part.amount),
                        "reason": .string(part.reason),
                    ]
                }),
            "gaps": .array(
                showback.gaps.map { gap in
                    [
                        "metric": .string(gap.metric), "month": .string(gap.month.description), "days": JSONValue(gap.days),
                        "daysInAll": JSONValue(gap.daysInAll),
                    ]
                }), "total": exact(sum.total), "coverage": showback.coverage.map { JSONValue($0) } ?? .null,
            "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }

    /// RFC 4180 with a header; amounts are exact, and the team of what is nobody's is empty.
    package func csv() -> String {
        let time = showback.unit.map { [$0.rawValue] } ?? []
        let header = time + ["team", "direct", "given", "received", "total", "currency"] + CSVCell.coverageHeader
        let rows = showback.rows.map { row in
            (row.time.map { [$0] } ?? []) + [CSVCell.written(row.team ?? "", isGuarded: isGuarded)]
                + [row.direct, row.given, row.received, row.total].map(\.description) + [showback.currency.code]
                + CSVCell.cells(of: showback.coverage(of: row), isGuarded: isGuarded)
        }
        return ([header] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    private func exact(_ amount: FixedDecimal) -> JSONValue { .string(amount.description) }
}
