import CostModel
import Diagnostics
import Observation

/// Snapshots of `observe` that somebody kept, by when they were taken.
package struct StoredSnapshots: Hashable, Sendable {
    private struct Entry: Hashable, Sendable {
        var observedAt: Instant
        var path: String
    }

    package static let none = StoredSnapshots(entries: [])
    /// More files are nobody's collection of snapshots.
    package static let most = 5_000

    private let entries: [Entry]

    private init(entries: [Entry]) {
        self.entries = entries.sorted { ($0.observedAt.seconds, $0.path) < ($1.observedAt.seconds, $1.path) }
    }

    /// - Parameter paths: of the files.
    /// - Throws: for one that is torn, edited or none.
    package init(_ paths: [String]) throws(WorkspaceError) {
        var entries: [Entry] = []
        for path in paths { entries.append(Entry(observedAt: try Self.read(path).observedAt, path: path)) }
        self.init(entries: entries)
    }

    package var isEmpty: Bool { entries.isEmpty }

    /// The newest one that was taken after a moment and not after another; nil where there is none.
    func observations(after earliest: Instant, upTo latest: Instant) throws(WorkspaceError) -> Observations? {
        guard let entry = entries.last(where: { earliest < $0.observedAt && $0.observedAt <= latest }) else { return nil }
        return Observations(try Self.read(entry.path), file: entry.path)
    }

    private static func read(_ path: String) throws(WorkspaceError) -> Snapshot {
        do throws(SnapshotError) { return try SnapshotReader.read(path) } catch {
            throw .failed("the snapshot '\(path.printable)' is refused: \(error)")
        }
    }
}
