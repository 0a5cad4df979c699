import CostModel
import Diagnostics
import Glibc

/// Goes through the stages of a run, one after the other, and writes down how each came off.
///
/// What is being computed ends at its deadline, and when the loop is asked to stop, by a `WorkLimit`. What waits for others (Git, code hosts) is
/// stopped in time by itself.
struct StageClock {
    private let deadlines: StageDeadlines
    private let now: @Sendable () -> Instant
    private let isStopping: @Sendable () -> Bool
    private let report: @Sendable (StageStatus) -> Void
    private(set) var stages: [StageStatus] = []

    init(
        deadlines: StageDeadlines, now: @escaping @Sendable () -> Instant, isStopping: @escaping @Sendable () -> Bool = { false },
        report: @escaping @Sendable (StageStatus) -> Void
    ) {
        self.isStopping = isStopping
        self.deadlines = deadlines
        self.now = now
        self.report = report
    }

    /// What a stage that came through has to say.
    struct Note {
        var reason = StageStatus.Reason.succeeded
        var message = ""

        /// Says something more.
        mutating func add(_ text: String) { message += message.isEmpty ? text : "; " + text }
    }

    mutating func run<Value>(_ stage: Stage, _ body: (inout Note) throws(StageError) -> Value) throws(StageError) -> Value {
        let started = now()
        let begin = Self.milliseconds()
        report(StageStatus(stage: stage, condition: .reconciling, reason: .progressing, started: started))
        var note = Note()
        do throws(StageError) {
            let value = try limited(stage, since: begin) { () throws(StageError) in try body(&note) }
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

    /// Ends a computation that takes too long, or that nobody waits for. What writes is never broken off between two steps.
    private func limited<Value>(_ stage: Stage, since begin: Int, _ body: () throws(StageError) -> Value) throws(StageError) -> Value {
        guard [.observe, .evaluate, .plan].contains(stage) else { return try body() }
        let end = begin + Int(clamping: deadlines[stage].seconds) * 1_000
        let limit = WorkLimit { [isStopping] in Self.milliseconds() > end || isStopping() }
        var result: Result<Value, StageError>?
        WorkLimit.$current.withValue(limit) {
            do throws(StageError) { result = .success(try body()) } catch { result = .failure(error) }
        }
        // Whatever was made or went wrong after it is of no account.
        if limit.isReached {
            throw isStopping()
                ? StageError(.reconciling, .interrupted, "stopped during \(stage.rawValue)")
                : StageError(.reconciling, .deadlineExceeded, "\(stage.rawValue) did not end within \(deadlines[stage])")
        }
        guard let result else { throw StageError(.reconciling, .interrupted, "stopped") }
        return try result.get()
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
