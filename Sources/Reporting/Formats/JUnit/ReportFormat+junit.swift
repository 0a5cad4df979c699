/// A report of tests, for build servers.
package protocol JUnitReport: Report {
    func junit() -> String
}

extension ReportFormat {
    static let junit = ReportFormat(
        "junit", is: "JUnit's XML, in the strict form of Ant's schema", readBy: "nearly every build server",
        accepts: { $0 is any JUnitReport.Type },
        write: { report, _ in (report as? any JUnitReport).map { Array($0.junit().utf8) } })
}
