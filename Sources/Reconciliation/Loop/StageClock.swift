import CostModel
import Glibc

/// Goes through the stages of a run, one after the other, and writes down how each came off.
///
/// A deadline cannot stop what is being computed: a stage that took longer than it may counts as failed when it returns, and whoever
/// watches sees from `current` for how long one has been at work. What waits for others (Git, code hosts) is stopped in time by itself.
struct StageClock {
    private let deadlines: StageDeadlines
    private let now: @Sendable () -> Instant
    private let report: @Sendable (StageStatus) -> Void
    private(set) var stages: [StageStatus] = []

    init(deadlines: StageDeadlines, now: @escaping @Sendable () -> Instant, report: @escaping @Sendable (StageStatus) -> Void) {
        self.deadlines = deadlines
        self.now = now
        self.report = report
    }

    /// What a stage that came through has to say.
    struct Note {
        var reason = StageStatus.Reason.succeeded
        var message = ""
    }

    mutating func run<Value>(_ stage: Stage, _ body: (inout Note) throws(StageError) -> Value) throws(StageError) -> Value {
        let started = now()
        let begin = Self.milliseconds()
        report(StageStatus(stage: stage, condition: .reconciling, reason: .progressing, started: started))
        var note = Note()
        do throws(StageError) {
            let value = try body(&note)
            let spent = Self.milliseconds() - begin
            guard Int64(spent) <= deadlines[stage].seconds * 1_000 else {
                throw StageError(.reconciling, .deadlineExceeded, "\(stage.rawValue) took \(spent) ms; it may take \(deadlines[stage])")
            }
            finish(
                StageStatus(
                    stage: stage, condition: .ready, reason: note.reason, message: note.message, started: started, milliseconds: spent))
            return value
        } catch {
            finish(
                StageStatus(
                    stage: stage, condition: error.condition, reason: error.reason, message: error.message, started: started,
                    milliseconds: Self.milliseconds() - begin))
            throw error
        }
    }

    private mutating func finish(_ status: StageStatus) {
        stages.append(status)
        report(status)
    }

    /// Of a clock that nobody sets.
    private static func milliseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    }
}
