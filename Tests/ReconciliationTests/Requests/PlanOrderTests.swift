import CostModel
import Testing

@testable import Reconciliation

@Suite("which changes go into a plan first")
struct PlanOrderTests {
    @Test("what is proposed stays in, what people turned down or took over keeps nothing else out")
    func ranks() {
        var edited = RequestCase.record(RequestCase.group(findings: ["f-3"]))
        edited.isEdited = true
        let order = PlanOrder(
            [
                RequestCase.record(RequestCase.group(findings: ["f-1"])),
                RequestCase.record(RequestCase.group(findings: ["f-2"]), .dismissed), edited,
                RequestCase.record(RequestCase.group(findings: ["f-4"]), .merged),
                RequestCase.record(RequestCase.group(findings: ["f-6"]), .dismissed),
            ], dismissed: { $0 == "f-2" })
        #expect(order.rank(of: [["f-5"], ["f-1"]]) == 0)
        #expect(order.rank(of: [["f-4"]]) == 1)
        #expect(order.rank(of: [["f-2"], ["f-5"]]) == 1, "something new stands in it")
        #expect(order.rank(of: [["f-2"], ["f-3"]]) == 2)
        #expect(order.rank(of: [["f-6"]]) == 1, "its dismissal has expired")
    }
}
