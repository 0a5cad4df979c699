package import CostModel
import Synchronization

/// One run of each of several workspaces, on threads of their own. Blocks until the last one has ended.
package enum SingleRuns {
    /// - Parameter atOnce: how many run at one time; each holds a workspace in memory.
    package static func perform<Outcome: Sendable>(
        _ workspaces: [WatchedWorkspace], atOnce: Int = 2, run: @escaping @Sendable (WatchedWorkspace) -> Outcome
    ) -> [Outcome] {
        let queue = Queue<Outcome>(Array(workspaces.indices.reversed()))
        let threads = (0..<min(atOnce, workspaces.count)).map { _ in
            WorkerThread {
                while let index = queue.waiting.withLock({ $0.popLast() }) {
                    let outcome = run(workspaces[index])
                    queue.outcomes.withLock { $0[index] = outcome }
                }
            }
        }
        for thread in threads { thread.join() }
        return queue.outcomes.withLock { outcomes in workspaces.indices.compactMap { outcomes[$0] } }
    }

    private final class Queue<Outcome: Sendable>: Sendable {
        let waiting: Mutex<[Int]>
        let outcomes = Mutex<[Int: Outcome]>([:])

        init(_ waiting: [Int]) { self.waiting = Mutex(waiting) }
    }
}
