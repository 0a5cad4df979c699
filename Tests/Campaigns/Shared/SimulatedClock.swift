import CostModel
import Synchronization

/// The time of a simulation, and when its runs are killed.
final class SimulatedClock: Sendable {
    private let time: Mutex<Instant>
    private let steps = Mutex<Int?>(nil)

    init(_ now: Instant) { time = Mutex(now) }

    var now: Instant { time.withLock { $0 } }
    func advance(_ span: TimeSpan) { time.withLock { $0 = $0.adding(span) } }

    /// Kills the run after so many steps that write; nil: not at all.
    func kill(afterSteps count: Int?) { steps.withLock { $0 = count } }

    func isKilled() -> Bool {
        steps.withLock { steps in
            steps = steps.map { $0 - 1 }
            return steps == 0
        }
    }
}
