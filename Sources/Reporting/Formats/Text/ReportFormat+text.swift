extension ReportFormat {
    package static let text = ReportFormat(
        "text", is: "a report for terminals and pipes", readBy: "people", marksFixable: true, accepts: { _ in true },
        write: { report, style in Array(report.text(style).utf8) })
}
