package import CostModel
package import JSON

/// What `cost --per` says: what one of something costs, and how that changes.
package struct UnitCostReport: CSVReport {
    package var context: ReportContext
    package var costs: UnitCosts
    package var problems: [Problem]
    /// Whether texts are written into CSV so that no spreadsheet takes one for a formula.
    package var isGuarded = true

    package init(context: ReportContext, costs: UnitCosts, problems: [Problem]) {
        self.context = context
        self.costs = costs
        self.problems = problems.sorted()
    }

    private var hasTeams: Bool { costs.rows.contains { $0.team != nil } }

    package func text(_ style: TextStyle) -> String {
        guard !costs.rows.isEmpty else {
            return "no day of the bill is over, or the metric knows no team\n" + problems.besideSums(context, style)
        }
        var columns: [TextTable.Column] = hasTeams ? [.init("team", .leading, .shrinks)] : []
        if let unit = costs.unit { columns.append(.init(unit.rawValue)) }
        columns += [.init("cost", .trailing), .init(costs.metric.name, .trailing), .init("per \(costs.metric.unit)", .trailing)]
        columns += [.init("change", .trailing), .init("days", .trailing)]
        var table = TextTable(columns)
        for (at, row) in costs.rows.enumerated() {
            let names = [hasTeams ? row.team ?? "" : nil, row.time].compactMap(\.self).map { StyledText($0) }
            let isWhole = row.days == row.daysInAll
            // Of a time that has no day on both sides nothing is known, which is not the same as nothing.
            table.append(
                names + [
                    StyledText(row.days == 0 ? "–" : Money(row.cost, costs.currency).cents),
                    StyledText(row.days == 0 ? "–" : count(row.count)), StyledText(price(row.unitCost)),
                    StyledText(change(costs.change(at: at))),
                    StyledText(isWhole ? "\(row.days)" : "\(row.days) of \(row.daysInAll)", isWhole ? .plain : .yellow),
                ])
        }
        let problems = problems.besideSums(context, style)
        return table.render(style) + (problems.isEmpty ? "" : "\n" + problems)
            + "\neffective cost of days that are whole on the bill and counted by the metric\n"
    }

    /// Four digits that say something: what one costs may be a hundredth of a cent.
    private func price(_ cost: FixedDecimal?) -> String {
        cost.map { "\($0.roundedAsPrice) \(costs.currency.code)" } ?? "–"
    }

    private func count(_ value: FixedDecimal) -> String { value.whole == nil ? value.rounded(to: 2) : value.rounded(to: 0) }

    private func change(_ share: Double?) -> String {
        guard let share else { return "–" }
        let tenths = Int((share * 1_000).rounded())
        return "\(tenths < 0 ? "-" : "+")\(abs(tenths) / 10).\(abs(tenths) % 10)%"
    }

    package func json() -> JSONValue {
        context.header.appending([
            "metric": .string(costs.metric.name), "unit": .string(costs.metric.unit), "cost": "effective",
            "by": JSONValue(costs.unit?.rawValue), "currency": .string(costs.currency.code),
            "rows": .array(
                costs.rows.enumerated().map { at, row in
                    [
                        "time": JSONValue(row.time), "team": JSONValue(row.team),
                        "amount": JSONValue(row.days == 0 ? nil : row.cost.description),
                        "count": JSONValue(row.days == 0 ? nil : row.count.description), "unitCost": JSONValue(row.unitCost?.description),
                        "change": costs.change(at: at).map { .number($0.fourDecimals) } ?? .null,
                        "days": JSONValue(row.days), "daysInAll": JSONValue(row.daysInAll),
                    ]
                }), "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }

    /// RFC 4180 with a header; amounts are exact.
    package func csv() -> String {
        let header = (hasTeams ? ["team"] : []) + (costs.unit.map { [$0.rawValue] } ?? [])
        let rows = costs.rows.map { row in
            (hasTeams ? [CSVCell.written(row.team ?? "", isGuarded: isGuarded)] : []) + (row.time.map { [$0] } ?? [])
                + [row.days == 0 ? "" : row.cost.description, costs.currency.code, row.days == 0 ? "" : row.count.description]
                + [row.unitCost?.description ?? "", "\(row.days)", "\(row.daysInAll)"]
                + [CSVCell.written(context.gap ?? "", isGuarded: isGuarded)]
        }
        return ([header + ["amount", "currency", "count", "unitCost", "days", "daysInAll", "gap"]] + rows).map {
            $0.joined(separator: ",") + "\r\n"
        }.joined()
    }
}
