package import CostModel
import Diagnostics
package import JSON

/// What `egress` says: what transfer cost each team, by where it went.
package struct EgressReport: CSVReport {
    package var context: ReportContext
    package var statement: TransferStatement
    package var problems: [Problem]
    /// Whether texts are written into CSV so that no spreadsheet takes one for a formula.
    package var isGuarded = true

    package init(context: ReportContext, statement: TransferStatement, problems: [Problem]) {
        self.context = context
        self.statement = statement
        self.problems = problems.sorted()
    }

    package func json() -> JSONValue {
        context.header.appending([
            "from": .string(statement.days.lowerBound.description),
            "to": .string(statement.days.upperBound.advanced(by: -1).description), "currency": .string(statement.currency.code),
            "cost": .string(statement.cost.rawValue),
            "rows": .array(
                statement.rows.map { row in
                    [
                        "team": JSONValue(row.team), "kind": .string(row.kind.name), "amount": .string(row.amount.description),
                        "resources": .array(
                            row.resources.map { ["resource": .string($0.name), "amount": .string($0.amount.description)] }),
                    ]
                }),
            "kinds": .object(TransferKind.kinds.map { .init($0.name, known(statement.total(of: $0))) }),
            "total": known(statement.total), "gap": JSONValue(statement.gap),
            "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }

    /// Nothing known is not nothing charged.
    private func known(_ sum: FixedDecimal) -> JSONValue { statement.gap == nil ? .string(sum.description) : .null }

    /// RFC 4180 with a header; amounts are exact. Where nothing is known, one row without an amount says why.
    package func csv() -> String {
        func cell(_ text: String?) -> String { CSVCell.written(text ?? "", isGuarded: isGuarded) }
        var rows = statement.rows.map { row in
            [
                cell(row.team), row.kind.name, row.amount.description, statement.currency.code, cell(row.resources.first?.name),
                cell(context.gap),
            ]
        }
        if let gap = statement.gap { rows = [["", "", "", statement.currency.code, "", cell(gap)]] }
        return ([["team", "kind", "amount", "currency", "resource", "gap"]] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    package func text(_ style: TextStyle) -> String {
        let problems = problems.besideSums(context, style)
        let tail = problems.isEmpty ? "" : "\n" + problems
        let days = "\(statement.days.lowerBound) to \(statement.days.upperBound.advanced(by: -1))"
        if let gap = statement.gap { return "what transfer costs is not known: \(gap)\n" + tail }
        guard !statement.rows.isEmpty else { return "nothing was charged for transfer from \(days)\n" + tail }
        var table = TextTable([
            .init("team", .leading, .shrinks), .init("kind"), .init("cost", .trailing), .init("first resource", .leading, .shrinks),
        ])
        for row in statement.rows {
            let first = row.resources.first.map { "\($0.name) (\(money($0.amount)))" } ?? "–"
            table.append([
                StyledText(row.team ?? "unowned", row.team == nil ? .dim : .plain), StyledText(row.kind.name),
                StyledText(money(row.amount)), StyledText(first),
            ])
        }
        table.append([StyledText("all"), StyledText(""), StyledText(money(statement.total)), StyledText("")])
        return table.render(style) + tail + "\n\(statement.cost.rawValue) cost from \(days)\n"
    }

    private func money(_ amount: FixedDecimal) -> String { Money(amount, statement.currency).cents }
}
