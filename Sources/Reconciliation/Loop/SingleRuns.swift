package import CostModel
import Foundation
import Synchronization

/// One run of each of several workspaces, on threads of their own. Blocks until the last one has ended.
package enum SingleRuns {
    /// - Parameter atOnce: how many run at one time; each holds a workspace in memory.
    package static func perform<Outcome: Sendable>(
        _ workspaces: [WatchedWorkspace], atOnce: Int = 2, run: @escaping @Sendable (WatchedWorkspace) -> Outcome
    ) -> [Outcome] {
        let queue = Queue<Outcome>(Array(workspaces.indices.reversed()))
        let ended = DispatchSemaphore(value: 0)
        let count = min(atOnce, workspaces.count)
        for _ in 0..<count {
            Thread.detachNewThread {
                while let index = queue.waiting.withLock({ $0.popLast() }) {
                    let outcome = run(workspaces[index])
                    queue.outcomes.withLock { $0[index] = outcome }
                }
                ended.signal()
            }
        }
        for _ in 0..<count { ended.wait() }
        return queue.outcomes.withLock { outcomes in workspaces.indices.compactMap { outcomes[$0] } }
    }

    private final class Queue<Outcome: Sendable>: Sendable {
        let waiting: Mutex<[Int]>
        let outcomes = Mutex<[Int: Outcome]>([:])

        init(_ waiting: [Int]) { self.waiting = Mutex(waiting) }
    }
}
