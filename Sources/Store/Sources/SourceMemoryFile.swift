package import CostModel
internal import JSON
internal import Synchronization

/// How a workspace's sources fare, in a small file of its state folder. It may be deleted at any time; what is no such file is as if it were not
/// there, and what cannot be written is forgotten.
package final class SourceMemoryFile: SourceMemory {
    package let breaks: Bool
    private let path: String
    private let statuses: Mutex<[String: SourceStatus]>
    private static let sizeLimit = 1 << 20

    /// - Parameter breaks: see `SourceMemory`.
    package init(_ path: String, breaks: Bool) {
        self.path = path
        self.breaks = breaks
        statuses = Mutex(Dictionary(Self.read(path).map { (Self.key($0.kind, $0.name), $0) }, uniquingKeysWith: { first, _ in first }))
    }

    package func status(of kind: String, _ name: String) -> SourceStatus? { statuses.withLock { $0[Self.key(kind, name)] } }

    package func record(_ status: SourceStatus) {
        statuses.withLock { statuses in
            statuses[Self.key(status.kind, status.name)] = status
            write(statuses.values.sorted { ($0.kind, $0.name) < ($1.kind, $1.name) })
        }
    }

    private static func key(_ kind: String, _ name: String) -> String { "\(kind) \(name)" }

    // MARK: The file

    /// By kind, then name; none where there is no such file.
    package static func read(_ path: String) -> [SourceStatus] {
        guard let bytes = SmallFile.contents(of: path, limit: sizeLimit), let document = try? JSONReader.read(bytes),
            case .array(let items)? = document["sources"]
        else {
            return []
        }
        return items.compactMap { item in
            guard case .string(let kind)? = item["kind"], case .string(let name)? = item["name"] else { return nil }
            func time(_ key: String) -> Instant? { if case .string(let text)? = item[key] { Instant(text) } else { nil } }
            var status = SourceStatus(kind: kind, name: name, lastAttempt: time("lastAttempt"), lastSuccess: time("lastSuccess"))
            if case .number(let text)? = item["failures"], let failures = Int(text), (0...1_000_000).contains(failures) {
                status.failures = failures
            }
            if case .string(let problem)? = item["problem"] { status.problem = problem }
            if case .bool(let isStalled)? = item["stalled"] { status.isStalled = isStalled }
            return status
        }
    }

    /// A new file takes the place of the old one at once or not at all.
    private func write(_ statuses: [SourceStatus]) {
        let document: JSONValue = [
            "sources": .array(
                statuses.map { status in
                    [
                        "kind": .string(status.kind), "name": .string(status.name),
                        "lastAttempt": JSONValue(status.lastAttempt?.description),
                        "lastSuccess": JSONValue(status.lastSuccess?.description),
                        "failures": JSONValue(status.failures), "problem": JSONValue(status.problem),
                        "stalled": JSONValue(status.isStalled),
                    ]
                })
        ]
        let bytes = JSONWriter.bytes(of: document, .compact, escaping: .standard) + [UInt8(ascii: "\n")]
        // What cannot be written is forgotten.
        try? SmallFile.replace(path, with: bytes)
    }
}
