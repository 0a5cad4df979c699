import CostModel
import Testing

@testable import Notifications

@Suite("redelivery")
struct RedeliveryTests {
    @Test("waits longer after each attempt, up to six hours, and by the same times for the same message")
    func waits() {
        let waits = (1...14).map { Redelivery.wait(after: $0, of: "m-1").seconds }
        for (index, wait) in waits.enumerated() {
            let whole = min(Redelivery.longest, Redelivery.first << Int64(index))
            #expect(wait <= whole && wait >= whole * 3 / 4)
        }
        #expect(waits == (1...14).map { Redelivery.wait(after: $0, of: "m-1").seconds })
        #expect(waits != (1...14).map { Redelivery.wait(after: $0, of: "m-2").seconds })
    }

    @Test("never comes before the other side wants to be asked, and believes no clock beyond a day")
    func asked() {
        #expect(Redelivery.wait(after: 1, of: "m-1", asked: 600).seconds == 600)
        #expect(Redelivery.wait(after: 1, of: "m-1", asked: 1_000_000).seconds == 86_400)
        #expect(Redelivery.wait(after: 20, of: "m-1", asked: 1).seconds > 3_600)
    }
}
