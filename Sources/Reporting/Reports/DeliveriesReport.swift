package import CostModel
package import JSON

/// What `cost --deliveries` says: the files of the bill that were found, and what became of each.
package struct DeliveriesReport: Report {
    package var context: ReportContext
    package var files: [BillDelivery]
    package var problems: [Problem]

    package init(context: ReportContext, files: [BillDelivery], problems: [Problem]) {
        self.context = context
        self.files = files
        self.problems = problems.sorted()
    }

    package func json() -> JSONValue {
        context.header.appending([
            "files": .array(
                files.map { file in
                    [
                        "source": .string(file.source), "file": .string(file.file), "status": .string(file.status.rawValue),
                        "reason": JSONValue(file.reason), "format": JSONValue(file.format), "dataset": JSONValue(file.dataset),
                        "months": JSONValue(file.months.map(\.description)), "rows": JSONValue(file.rows),
                    ]
                }),
            "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }

    package func text(_ style: TextStyle) -> String {
        var table = TextTable([.init(), .init(), .init("", .trailing), .init(), .init()])
        for file in files {
            table.append([
                StyledText(file.status.rawValue, file.status == .used ? .plain : .dim), StyledText(file.file), StyledText("\(file.rows)"),
                StyledText(file.months.isEmpty ? "–" : Self.span(file.months)),
                StyledText(file.reason ?? file.dataset ?? file.format ?? ""),
            ])
        }
        // Paths and reasons are what one looks for: nothing is cut.
        let listed = files.isEmpty ? "no file was found\n" : table.render(TextStyle(color: style.color))
        let problems = problems.filter { $0.severity != .note }.text(style)
        return listed + (problems.isEmpty ? "" : "\n" + problems)
    }

    private static func span(_ months: [Month]) -> String {
        guard let first = months.min(), let last = months.max() else { return "" }
        return first == last ? first.description : "\(first)..\(last)"
    }
}
