import CostModel

extension PeriodReport: CSVReport {
    /// RFC 4180 with a header: every line of every statement, and what is nobody's with an empty team. `amount` is exact; all of them add up to
    /// the bill.
    package func csv() -> String {
        func cell(_ text: String) -> String { CSVCell.written(text, isGuarded: isGuarded) }
        let header = ["from", "to", "team", "part", "name", "other", "amount", "currency", "daysKnown", "days", "trace", "gap"]
        let days = [span.days.lowerBound.description, span.days.upperBound.advanced(by: -1).description]
        let rows = sections.compactMap(\.statement).ordered.flatMap { statement -> [[String]] in
            let known = statement.coverage.map { "\($0.known)" } ?? ""
            let gap = cell(statement.gap ?? "")
            // No row would read as nothing to pay.
            if statement.lines.isEmpty, statement.gap != nil {
                return [
                    days + [
                        cell(statement.team ?? ""), "direct", "", "", "", statement.currency.code, known, "\(span.days.count)", "", gap,
                    ]
                ]
            }
            return statement.lines.map { line in
                days + [
                    cell(statement.team ?? ""), line.part.rawValue, cell(line.name), cell(line.other ?? ""), line.amount.description,
                    statement.currency.code, known, "\(span.days.count)", cell(line.trace), gap,
                ]
            }
        }
        return ([header] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
    }
}
