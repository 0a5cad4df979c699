package import JSON

/// What a command has to say. Every report can be written as JSON and as text; other forms are protocols beside their `ReportFormat`.
package protocol Report: Sendable {
    /// For machines: stable, exact and complete.
    func json() -> JSONValue
    /// That written out, with a newline behind it. Its own verb, because what is large is not made as a value first.
    func jsonBytes() -> [UInt8]
    /// For people at a terminal, or in a pipe.
    func text(_ style: TextStyle) -> String
}

extension Report {
    package func jsonBytes() -> [UInt8] { JSONWriter.write(json()) }
}
