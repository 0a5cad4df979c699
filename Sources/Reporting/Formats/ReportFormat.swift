/// A form in which reports can be written: one file or folder beside this one, and one line in the registry.
///
/// What `--format` takes, help, completions, the tables of the documentation and the tests with hostile names follow from the registry.
package struct ReportFormat: Sendable {
    /// The word of `--format`.
    package let name: String
    /// What it is, for the documentation: `SARIF 2.1.0, with fixes`.
    package let summary: String
    /// Who reads it, for the documentation.
    package let readers: String
    /// Whether it shows patches: a `CheckReport` then needs its `fixes`, which take time to plan.
    package let showsFixes: Bool
    /// Whether it marks findings that a plan fixes: the planner is then asked which those are.
    package let marksFixable: Bool
    /// The environment variable by which its reader names a file for a summary in Markdown, written beside the report.
    package let summaryVariable: String?

    private let accepts: @Sendable (any Report.Type) -> Bool
    private let writer: @Sendable (any Report, TextStyle) -> [UInt8]?

    /// A format of all reports that `accepts` says it can write.
    ///
    /// - Parameter write: nil for a report that the format cannot write.
    init(
        _ name: String, is summary: String, readBy readers: String, marksFixable: Bool = false,
        accepts: @escaping @Sendable (any Report.Type) -> Bool,
        write: @escaping @Sendable (any Report, TextStyle) -> [UInt8]?
    ) {
        self.name = name
        self.summary = summary
        self.readers = readers
        showsFixes = false
        self.marksFixable = marksFixable
        summaryVariable = nil
        self.accepts = accepts
        writer = write
    }

    /// A format of `check`.
    init(
        _ name: String, is summary: String, readBy readers: String, showsFixes: Bool = false, marksFixable: Bool = false,
        summaryVariable: String? = nil,
        check write: @escaping @Sendable (CheckReport) -> [UInt8]
    ) {
        self.name = name
        self.summary = summary
        self.readers = readers
        self.showsFixes = showsFixes
        self.marksFixable = marksFixable
        self.summaryVariable = summaryVariable
        accepts = { $0 is CheckReport.Type }
        writer = { report, _ in (report as? CheckReport).map(write) }
    }

    /// Whether reports of this type can be written in it.
    package func writes(_ type: any Report.Type) -> Bool { accepts(type) }

    /// Nil for a report that has no such form.
    ///
    /// - Parameter style: what the place it goes to can show; only text looks at it.
    package func bytes(of report: some Report, _ style: TextStyle = .plain) -> [UInt8]? { writer(report, style) }
}
