import CostModel
import Diagnostics
import Reconciliation
import Reporting

/// Lines of a loop's log on stderr: for people, or a JSON object each.
struct LoopLog: Sendable {
    let console: Console
    let format: LoopOptions.LogFormat
    /// Errors only.
    let isQuiet: Bool

    func write(_ event: LoopEvent) {
        guard !isQuiet || event.level == .error else { return }
        switch format {
        case .text:
            let stage = event.stage.map { " \($0.rawValue):" } ?? ""
            console.say("\(event.time) \(event.level.rawValue): \(event.workspace):\(stage) \(event.message)".printable)
        case .json: console.writeError(String(decoding: JSONWriter.line(event.json), as: UTF8.self))
        }
    }
}

extension LoopEvent {
    fileprivate var json: JSONValue {
        [
            "time": .string(time.description), "level": .string(level.rawValue), "workspace": .string(workspace), "run": JSONValue(run),
            "stage": JSONValue(stage?.rawValue), "message": .string(message),
        ]
    }
}
