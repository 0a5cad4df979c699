internal import CostModel
internal import JSON
internal import Reporting

/// The log as machines read it: each entry is one line of JSON, `{"time": "…", "level": "info", "message": "…", "workspace": "…", …}`.
/// Workspace, run and stage stand there where they are known.
package enum JSONLog {
    package static func line(_ entry: LogEntry) -> [UInt8] {
        var members: [JSONValue.Member] = [
            .init("time", .string(entry.time.description)), .init("level", .string(entry.level.rawValue)),
            .init("message", .string(Redactor.redact(entry.message))),
        ]
        if let workspace = entry.workspace { members.append(.init("workspace", .string(workspace))) }
        if let run = entry.run { members.append(.init("run", .string(run))) }
        if let stage = entry.stage { members.append(.init("stage", .string(stage.rawValue))) }
        return JSONWriter.line(.object(members))
    }
}
