import CostModel
import Glibc
import Testing

@testable import Reconciliation

@Suite("the thread of a run")
struct WorkerThreadTests {
    /// What libraries keep for a thread is freed by the thread's last steps, long after it has said its result.
    private final class Keepsake: @unchecked Sendable {  // Written by one thread before it ends, read by another after that.
        private var key = pthread_key_t()
        let flag = UnsafeMutablePointer<Int32>.allocate(capacity: 1)

        init() {
            flag.pointee = 0
            pthread_key_create(&key) { value in
                usleep(20_000)
                value?.assumingMemoryBound(to: Int32.self).pointee = 1
            }
        }

        deinit {
            pthread_key_delete(key)
            flag.deallocate()
        }

        func leave() { pthread_setspecific(key, flag) }
    }

    @Test("is over to its last step when single runs are handed over")
    func single() {
        let keepsakes = (0..<3).map { _ in Keepsake() }
        let workspaces = (0..<3).map { WatchedWorkspace(name: "w\($0)", repository: "/nowhere") }
        let names = SingleRuns.perform(workspaces, atOnce: 3) { workspace in
            keepsakes[Int(workspace.name.dropFirst()) ?? 0].leave()
            return workspace.name
        }
        #expect(names == ["w0", "w1", "w2"])
        #expect(keepsakes.allSatisfy { $0.flag.pointee == 1 })
    }

    @Test("is over to its last step when a loop has stopped")
    func loop() async {
        let keepsake = Keepsake()
        let board = StatusBoard(workspaces: ["w"])
        let settings = ReconcilerSettings(name: "", workspaces: [WatchedWorkspace(name: "w", repository: "/nowhere")])
        let now = Day(year: 2026, month: 3, day: 2).start
        let reconciler = Reconciler(settings, board: board, now: { now }) { _, cause in
            keepsake.leave()
            board.stop()
            return Reconciler.RunOutcome(run: Run(id: "r-1", trigger: cause.trigger, started: now, isDryRun: true))
        }
        await reconciler.loop()
        #expect(keepsake.flag.pointee == 1)
    }
}
