package import CostModel
import Diagnostics
package import JSON

/// What `forecast` says: what parts of the bill will cost, how sure that is, and how the method has done.
package struct ForecastReport: CSVReport {
    package var context: ReportContext
    package var forecast: SpendForecast
    /// The amount of the budget that was asked for, by period.
    package var amounts: [String: Money]
    package var problems: [Problem]
    /// Whether texts are written into CSV so that no spreadsheet takes one for a formula.
    package var isGuarded = true

    package init(context: ReportContext, forecast: SpendForecast, amounts: [String: Money] = [:], problems: [Problem]) {
        self.context = context
        self.forecast = forecast
        self.amounts = amounts
        self.problems = problems.sorted()
    }

    package func json() -> JSONValue {
        context.header.appending([
            "by": JSONValue(forecast.dimensions.map(\.description)), "cost": .string(forecast.cost.rawValue),
            "currency": .string(forecast.currency.code), "from": .string(forecast.from.description),
            "until": .string(forecast.until.description), "interval": "0.8", "budget": JSONValue(forecast.budget),
            "periods": .array(forecast.periods.map(entry)), "rows": .array(forecast.rows.map(entry)),
            "methods": .array(forecast.methods.map(entry)), "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }

    private func key(_ values: [String?]) -> JSONValue {
        .object(zip(forecast.dimensions, values).map { .init($0.description, JSONValue($1)) })
    }

    private func entry(_ period: SpendForecast.Period) -> JSONValue {
        [
            "period": .string(period.name), "key": key(period.key), "actual": .string(period.actual.description),
            "expected": .string(period.range.expected.description), "low": .string(period.range.low.description),
            "high": .string(period.range.high.description), "amount": JSONValue(amounts[period.name]),
            "coverage": period.coverage.map { JSONValue($0) } ?? .null,
            "parts": .object(period.parts.map { .init($0.name, .string($0.amount.description)) }),
        ]
    }

    private func entry(_ row: SpendForecast.Row) -> JSONValue {
        [
            "day": .string(row.day.description), "key": key(row.key), "expected": .string(row.range.expected.description),
            "low": .string(row.range.low.description), "high": .string(row.range.high.description),
        ]
    }

    private func entry(_ method: SpendForecast.Method) -> JSONValue {
        [
            "key": key(method.key), "method": .string(method.text), "error": method.error.map { .number($0.fourDecimals) } ?? .null,
            "naiveError": method.naive.map { .number($0.fourDecimals) } ?? .null, "origins": JSONValue(method.origins),
        ]
    }

    /// RFC 4180 with a header; a row for each period and key.
    package func csv() -> String {
        let header =
            ["period"] + forecast.dimensions.map { CSVCell.written($0.description, isGuarded: isGuarded) }
            + ["actual", "expected", "low", "high", "currency"] + CSVCell.coverageHeader
        let rows = forecast.periods.map { period in
            [period.name] + period.key.map { CSVCell.written($0 ?? "", isGuarded: isGuarded) }
                + [period.actual, period.range.expected, period.range.low, period.range.high].map(\.description) + [forecast.currency.code]
                + CSVCell.cells(of: period.coverage, isGuarded: isGuarded)
        }
        return ([header] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    package func text(_ style: TextStyle) -> String {
        let hasBudget = forecast.periods.contains { amounts[$0.name] != nil }
        var columns = [TextTable.Column("period")] + forecast.dimensions.map { .init($0.description, .leading, .shrinks) }
        columns += ["to date", "expected", "80 % low", "80 % high"].map { .init($0, .trailing) }
        if hasBudget { columns.append(.init("budget", .trailing)) }
        columns += [.init("off by", .trailing), .init("naive", .trailing)]
        var table = TextTable(columns)
        let methods = Dictionary(forecast.methods.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        for period in forecast.periods {
            let names = period.key.enumerated().map { at, value in
                StyledText(value ?? (forecast.dimensions[at] == .team ? "unowned" : "–"), value == nil ? .dim : .plain)
            }
            let amounts = [period.actual, period.range.expected, period.range.low, period.range.high].map {
                StyledText(Money($0, forecast.currency).cents)
            }
            var cells = [StyledText(period.name)] + names + amounts
            if hasBudget {
                let amount = self.amounts[period.name]
                let isOver = amount.map { period.range.expected > $0.amount } ?? false
                cells.append(StyledText(amount?.cents ?? "–", isOver ? .red : .plain))
            }
            table.append(cells + [StyledText(percent(methods[period.key]?.error)), StyledText(percent(methods[period.key]?.naive))])
        }
        let problems = problems.besideSums(context, style)
        let until = "days from \(forecast.from) to \(forecast.until) are forecast"
        let note =
            "\(forecast.cost.rawValue) cost without \(forecast.budget == nil ? "taxes" : "what the budget leaves out"); \(until)\n"
            + "off by: the method's mean error over 28 days on this very past; naive: that of the last week again and again\n"
        let gaps = Set(
            forecast.periods.compactMap { period in period.coverage?.gap.map { "\(period.name) to date is a part: \($0.printable)\n" } })
        guard !forecast.periods.isEmpty else { return "nothing is forecast: \(until)\n" + problems }
        return table.render(style) + "\n" + methodLines + (problems.isEmpty ? "" : "\n" + problems) + "\n" + gaps.sorted().joined() + note
    }

    /// How each part is forecast, where there are few of them.
    private var methodLines: String {
        guard forecast.methods.count <= 12 else { return "" }
        return forecast.methods.map { method in
            let name = method.key.isEmpty ? "all" : method.key.map { $0 ?? "unowned" }.joined(separator: ", ")
            return "  \(name.printable): \(method.text)\n"
        }.joined()
    }
}
