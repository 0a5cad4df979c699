import CostModel
import Diagnostics
import Server

/// Lines of a loop's and a server's log on stderr: for people, or a JSON object each. Of the loop's events it shows problems.
struct LoopLog: LogSink, LoopObserver {
    let name = "log"
    let console: Console
    let format: LoopOptions.LogFormat
    /// Errors only.
    let isQuiet: Bool

    func observe(_ event: LoopEvent) {
        guard case .problem(let problem) = event.kind else { return }
        let level: LogEntry.Level =
            switch problem.severity {
            case .warning: .warning
            case .error: .error
            }
        write(LogEntry(level, problem.message, time: event.time, workspace: event.workspace, run: event.run, stage: problem.stage))
    }

    func write(_ entry: LogEntry) {
        guard !isQuiet || entry.level == .error else { return }
        switch format {
        case .text:
            let place = [entry.workspace, entry.stage?.rawValue].compactMap { $0 }.map { " \($0):" }.joined()
            // Over a line of progress, not behind it.
            console.eraseLine()
            console.say("\(entry.time) \(entry.level.rawValue):\(place) \(Redactor.redact(entry.message))".printable)
        case .json: console.writeError(String(decoding: JSONLog.line(entry), as: UTF8.self))
        }
    }
}
