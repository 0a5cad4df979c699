import CostModel
import Reconciliation
import Testing

@Suite("waiting")
struct BackoffTests {
    private let backoff = Backoff(workspace: "acme")

    @Test("after success is the interval, five per cent either way, and the same for the same run")
    func interval() {
        let interval = TimeSpan(seconds: 600)
        let waits = (0..<200).map { backoff.afterSuccess(interval: interval, run: "r-\($0)").seconds }
        #expect(waits.allSatisfy { (570...630).contains($0) })
        #expect(Set(waits).count > 30)
        #expect(backoff.afterSuccess(interval: interval, run: "r-1") == backoff.afterSuccess(interval: interval, run: "r-1"))
        #expect(backoff.afterSuccess(interval: TimeSpan(seconds: 1), run: "r").seconds == 1)
    }

    @Test("after failures doubles up to fifteen minutes, and never undercuts what was asked for")
    func failures() {
        for (count, most) in [(1, 1), (2, 2), (5, 16), (10, 512), (11, 900), (60, 900)] {
            let wait = backoff.afterFailure(count, run: "r-1").seconds
            #expect(wait <= Int64(most))
            #expect(wait >= Int64(max(1, most - most / 4)))
        }
        #expect(backoff.afterFailure(1, atLeast: 3_600, run: "r-1").seconds == 3_600)
    }
}
