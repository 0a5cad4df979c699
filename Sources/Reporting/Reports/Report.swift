package import JSON

/// What a command has to say, in every form it can be said in. Each form stands in its own folder of `Formats`.
package protocol Report: Sendable {
    /// For machines: stable, exact and complete.
    func json() -> JSONValue
    /// For people at a terminal, or in a pipe.
    func text(_ style: TextStyle) -> String
}

/// A report that is also read in pull requests.
package protocol MarkdownReport: Report {
    func markdown() -> String
}

/// A report that is a table, for spreadsheets and scripts.
package protocol CSVReport: Report {
    func csv() -> String
}

/// A report of tests, for build servers.
package protocol JUnitReport: Report {
    func junit() -> String
}

/// A report that build servers and code hosts read.
package protocol PipelineReport: MarkdownReport, JUnitReport {
    /// - Parameter limit: bytes; whole rows are left out, and counted, to keep to it.
    func markdown(limit: Int?) -> String
    func sarif() -> JSONValue
    /// Workflow commands.
    func github() -> String
    func gitlab() -> JSONValue
    func checkstyle() -> String
}
