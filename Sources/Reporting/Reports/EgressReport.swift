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
            "pairs": .array(
                statement.pairs.map { pair in
                    [
                        "from": end(pair.source), "to": end(pair.target), "kind": .string(pair.kind.name),
                        "amount": .string(pair.amount.description), "bytes": .string(pair.bytes.description),
                        "bytesBefore": JSONValue(pair.bytesBefore?.description),
                    ]
                }),
            "pairCount": JSONValue(statement.pairCount), "loggedDays": JSONValue(statement.loggedDays),
            "total": known(statement.total), "gap": JSONValue(statement.gap),
            "coverage": statement.coverage.map { JSONValue($0) } ?? .null,
            "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }

    /// Nothing known is not nothing charged.
    private func known(_ sum: FixedDecimal) -> JSONValue { statement.gap == nil ? .string(sum.description) : .null }

    private func end(_ end: TransferStatement.Pair.End) -> JSONValue {
        [
            "name": .string(end.name), "resource": JSONValue(end.resource?.description), "location": JSONValue(end.place?.description),
            "team": JSONValue(end.team),
        ]
    }

    /// RFC 4180 with a header; amounts are exact. Where nothing is known, one row without an amount says why.
    package func csv() -> String {
        func cell(_ text: String?) -> String { CSVCell.written(text ?? "", isGuarded: isGuarded) }
        var rows = statement.rows.map { row in
            [
                cell(row.team), row.kind.name, row.amount.description, statement.currency.code, cell(row.resources.first?.name),
                cell(statement.coverage?.gap ?? context.gap),
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
        let known = statement.coverage.flatMap { $0.isWhole ? nil : " · \($0.sentence)" } ?? ""
        guard !statement.rows.isEmpty else { return "nothing was charged for transfer from \(days)\(known)\n" + tail }
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
        return table.render(style) + pairs(style) + tail + "\n\(statement.cost.rawValue) cost from \(days)\(known)\n"
    }

    /// How many pairs are shown; JSON has more.
    private static let mostPairs = 10

    private func pairs(_ style: TextStyle) -> String {
        guard !statement.pairs.isEmpty else { return "" }
        var table = TextTable([
            .init("from", .leading, .shrinks), .init("to", .leading, .shrinks), .init("kind"), .init("bytes", .trailing),
            .init("before", .trailing), .init("cost", .trailing),
        ])
        for pair in statement.pairs.prefix(Self.mostPairs) {
            table.append([
                StyledText(name(pair.source)), StyledText(name(pair.target)), StyledText(pair.kind.name), StyledText(size(pair.bytes)),
                StyledText(pair.bytesBefore.map(size) ?? "–"), StyledText(money(pair.amount)),
            ])
        }
        let (shown, count) = (min(Self.mostPairs, statement.pairs.count), statement.pairCount)
        let more = count > shown ? "\(shown) of \(count) pairs; " : ""
        return "\n" + table.render(style)
            + "\n\(more)by logs of \(statement.loggedDays) of \(statement.days.count) days: what the bill says of a kind, by bytes\n"
    }

    private func name(_ end: TransferStatement.Pair.End) -> String {
        end.resource.map { "\($0.address) (\(end.name)\(end.place.map { ", \($0)" } ?? ""))" } ?? end.name
    }

    /// `1.5 GB`: decimal, as transfer is charged.
    private func size(_ bytes: UInt64) -> String {
        var (value, unit) = (Double(bytes), 0)
        while value >= 1000, unit < Self.units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
        let tenths = Int((value * 10).rounded())
        return unit == 0 ? "\(bytes) B" : "\(tenths / 10).\(tenths % 10) \(Self.units[unit])"
    }

    private static let units = ["B", "kB", "MB", "GB", "TB", "PB"]

    private func money(_ amount: FixedDecimal) -> String { Money(amount, statement.currency).cents }
}
