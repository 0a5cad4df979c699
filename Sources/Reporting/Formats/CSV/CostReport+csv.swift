import CostModel
import Diagnostics

/// A report that is a table, for spreadsheets and scripts.
package protocol CSVReport: Report {
    func csv() -> String
}

extension ReportFormat {
    static let csv = ReportFormat(
        "csv", is: "a table: `cost`, `estimate`, `report --weekly` and `--monthly`", readBy: "spreadsheets, scripts",
        accepts: { $0 is any CSVReport.Type },
        write: { report, _ in (report as? any CSVReport).map { Array($0.csv().utf8) } })
}

extension CostReport {
    /// RFC 4180 with a header: the dimensions asked for, then `amount`, exact, and `currency`; then how many of the row's days the bill has, and
    /// why the amount is only a part. What a row does not have is empty.
    package func csv() -> String {
        let header = breakdown.dimensions.map { cell($0.description) } + ["amount", "currency"] + CSVCell.coverageHeader
        let rows = breakdown.rows.map { row in
            row.values.map { cell($0 ?? "") } + [row.amount.description, row.currency?.code ?? ""]
                + CSVCell.cells(of: breakdown.coverage(of: row), isGuarded: isGuarded)
        }
        return ([header] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    private func cell(_ text: String) -> String { CSVCell.written(text, isGuarded: isGuarded) }
}

/// A text of a bill as a cell of a table.
enum CSVCell {
    /// Of the columns behind an amount that say how much of it is there.
    static let coverageHeader = ["daysKnown", "days", "gap"]

    /// Empty where nobody knows.
    static func cells(of coverage: DayCoverage?, isGuarded: Bool) -> [String] {
        guard let coverage else { return ["", "", ""] }
        return ["\(coverage.known)", "\(coverage.days)", written(coverage.gap ?? "", isGuarded: isGuarded)]
    }

    static func written(_ text: String, isGuarded: Bool) -> String { quoted(isGuarded ? guarded(text) : text) }

    /// A text that a spreadsheet would take for a formula begins with an apostrophe, and what cannot be seen, or turns the direction of
    /// what follows, is written as `\u{1B}`: names in a bill are what anybody who can tag a resource writes. Amounts are numbers and need neither.
    ///
    /// A spreadsheet of a country that writes 1,5 separates cells by semicolons, whatever stands in quotes: what would begin a cell there has
    /// its apostrophe too.
    static func guarded(_ text: String) -> String {
        var plain = ""
        // What stands at the beginning of a cell and does not make a sign behind it harmless: blanks, and what is not printed, such as a tab.
        var lead = ""
        var isStart = true
        for scalar in text.unicodeScalars {
            let shown = scalar.isPrintable ? String(scalar) : "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            if isStart {
                let isPassed = !scalar.isPrintable || scalar.properties.isWhitespace || (scalar == "\"" && !plain.isEmpty)
                if isPassed {
                    lead += shown
                    continue
                }
                plain += (signs.contains(scalar) ? "'" : "") + lead
                (lead, isStart) = ("", false)
            }
            plain += shown
            if separators.contains(scalar) { isStart = true }
        }
        return plain + lead
    }

    /// Those that begin a formula, in their wide forms too.
    private static let signs: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"]
    private static let separators: Set<Unicode.Scalar> = [";", ","]

    static func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
