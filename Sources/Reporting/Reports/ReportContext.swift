package import CostModel

/// What every report says about itself.
package struct ReportContext: Hashable, Sendable {
    /// Counts up when a document changes in a way that its readers must know.
    package static let schemaVersion = 1
    package static let tool = "bursar"

    /// The commit that was read, with `-dirty` behind it when the working tree was.
    package var revision: String
    /// The time as of which everything was judged.
    package var evaluatedAt: Instant
    /// Why no sum of the bill is sure to be all of it: `the bill is partial: observed/2026-10.csv:8`. Nil: nothing says so.
    package var gap: String?

    package init(revision: String, evaluatedAt: Instant) {
        self.revision = revision
        self.evaluatedAt = evaluatedAt
    }

    /// What stands beside sums that are not sure to be whole.
    package var gapSentence: String? { gap.map { "sums are not whole: \($0)" } }

    /// `9f2c1ab04e5d-dirty`: enough of a commit for a person.
    package var shortRevision: String {
        let parts = revision.split(separator: "-", maxSplits: 1)
        guard let id = parts.first, id.utf8.count == 40, id.allSatisfy(\.isHexDigit) else { return revision }
        return id.prefix(12) + (parts.count > 1 ? "-\(parts[1])" : "")
    }
}
