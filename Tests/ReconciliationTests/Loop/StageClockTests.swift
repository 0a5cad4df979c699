import CostModel
import Diagnostics
import Synchronization
import Testing

@testable import Reconciliation

@Suite("the clock of a run's stages")
struct StageClockTests {
    private static let now = Instant(seconds: 1_793_491_200)

    private func clock(_ stage: Stage, seconds: Int64 = 600, isStopping: @escaping @Sendable () -> Bool = { false }) -> StageClock {
        StageClock(
            deadlines: StageDeadlines(limits: [stage: TimeSpan(seconds: seconds)]), now: { Self.now }, isStopping: isStopping,
            report: { _ in })
    }

    /// Work that has no end of its own.
    private func work() { while !WorkLimit.isReached {} }

    @Test("ends a computation at its deadline, and what it made counts for nothing", arguments: [Stage.observe, .evaluate, .plan])
    func deadline(stage: Stage) throws {
        var clock = clock(stage, seconds: 0)
        let error = try #require(throws: StageError.self) { _ = try clock.run(stage) { _ in work() } }
        #expect(error.reason == .deadlineExceeded && error.condition == .reconciling)
        #expect(clock.stages.map(\.reason) == [.deadlineExceeded])
        let failed = try #require(throws: StageError.self) {
            _ = try clock.run(stage) { _ throws(StageError) in
                work()
                throw StageError(.stalled, .evaluationFailed, "half-way")
            }
        }
        #expect(failed.reason == .deadlineExceeded, "what went wrong after it is of no account")
    }

    @Test("ends a computation when the loop is asked to stop", arguments: [Stage.observe, .evaluate, .plan])
    func stopping(stage: Stage) throws {
        let looks = Atomic(0)
        var clock = clock(stage) { looks.add(1, ordering: .relaxed).newValue > 1_000 }
        let error = try #require(throws: StageError.self) { _ = try clock.run(stage) { _ in work() } }
        #expect(error.reason == .interrupted && error.message == "stopped during \(stage.rawValue)")
    }

    @Test("breaks off nothing that reaches out or writes", arguments: [Stage.fetch, .score, .write])
    func writing(stage: Stage) throws {
        var clock = clock(stage, isStopping: { true })
        #expect(try clock.run(stage) { _ in WorkLimit.current == nil })
    }

    @Test("lets through what is in time, with its errors")
    func inTime() throws {
        var clock = clock(.evaluate)
        #expect(try clock.run(.evaluate) { _ in 7 } == 7)
        let error = try #require(throws: StageError.self) {
            _ = try clock.run(.evaluate) { _ throws(StageError) in throw StageError(.stalled, .evaluationFailed, "x") }
        }
        #expect(error.message == "x")
        #expect(WorkLimit.current == nil)
    }
}
