import CostModel
import Foundation

/// Ends the process when it takes too long: whoever waits for it, such as a push, is told so and not held up.
///
/// Nothing is left half-written: what commands write is written aside and moved.
enum TimeLimit {
    static func start(_ limit: TimeSpan, _ console: Console) {
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: Double(limit.seconds))
            console.say("bursar: not done within \(limit.seconds) seconds: nothing is known, and it is given up")
            _exit(ExitCode.partial.rawValue)
        }
    }

    /// `90s`, `5m`: at least a second, at most a day.
    static func parse(_ text: String) -> TimeSpan? {
        LoopOptions.parseTimeSpan(text, in: 1...86_400)
    }
}
