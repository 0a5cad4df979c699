extension ReportFormat {
    package static let json = ReportFormat(
        "json", is: "everything, exactly: see <doc:CommandLine>", readBy: "scripts", accepts: { _ in true },
        write: { report, _ in report.jsonBytes() })
}
