/// A report that is also read in pull requests.
package protocol MarkdownReport: Report {
    func markdown() -> String
}

extension ReportFormat {
    static let markdown = ReportFormat(
        "markdown", is: "a report; against a base the comment on a pull request", readBy: "people, in pull requests and summaries",
        marksFixable: true, accepts: { $0 is any MarkdownReport.Type },
        write: { report, _ in (report as? any MarkdownReport).map { Array($0.markdown().utf8) } })
}
