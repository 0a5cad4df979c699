package import JSON

/// What a command has to say. Every report can be written as JSON and as text; other forms are protocols beside their `ReportFormat`.
package protocol Report: Sendable {
    /// For machines: stable, exact and complete.
    func json() -> JSONValue
    /// For people at a terminal, or in a pipe.
    func text(_ style: TextStyle) -> String
}
