package import CostModel
internal import Reporting
internal import Synchronization

/// Writes each entry as one line of JSON: `{"time": "…", "level": "info", "message": "…", "workspace": "…", "run": "…", "stage": "…"}`.
package final class JSONLog: LogSink {
    private let clock: @Sendable () -> Instant
    private let redactor: Redactor
    private let output: Mutex<@Sendable (String) -> Void>

    /// - Parameters:
    ///   - secrets: texts that must not be seen, should a message hold one after all.
    ///   - output: given whole lines, one call at a time.
    package init(
        clock: @escaping @Sendable () -> Instant, secrets: [String] = [], output: @escaping @Sendable (_ line: String) -> Void
    ) {
        self.clock = clock
        redactor = Redactor(secrets: secrets)
        self.output = Mutex(output)
    }

    package func write(_ entry: LogEntry) {
        let line = JSONWriter.writeLine(document(of: entry))
        output.withLock { $0(line) }
    }

    private func document(of entry: LogEntry) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("time", .string(clock().description)), .init("level", .string(entry.level.rawValue)),
            .init("message", .string(redactor.redact(entry.message))),
        ]
        if let workspace = entry.workspace { members.append(.init("workspace", .string(workspace))) }
        if let run = entry.run { members.append(.init("run", .string(run))) }
        if let stage = entry.stage { members.append(.init("stage", .string(stage.rawValue))) }
        return .object(members)
    }
}
