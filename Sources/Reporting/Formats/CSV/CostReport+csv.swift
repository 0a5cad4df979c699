import CostModel

/// A report that is a table, for spreadsheets and scripts.
package protocol CSVReport: Report {
    func csv() -> String
}

extension ReportFormat {
    static let csv = ReportFormat(
        "csv", is: "a table: `cost` only", readBy: "spreadsheets, scripts", accepts: { $0 is any CSVReport.Type },
        write: { report, _ in (report as? any CSVReport).map { Array($0.csv().utf8) } })
}

extension CostReport {
    /// RFC 4180 with a header: the dimensions asked for, then `amount`, exact, and `currency`. What a row does not have is empty.
    package func csv() -> String {
        let header = breakdown.dimensions.map(\.description) + ["amount", "currency"]
        let rows = breakdown.rows.map { row in
            row.values.map { $0 ?? "" } + [row.amount.description, row.currency?.code ?? ""]
        }
        return ([header] + rows).map { $0.map(Self.field).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func field(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
