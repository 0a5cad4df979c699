import CostModel
import TestSupport
import Testing

@testable import Reconciliation

@Suite("requests about findings with one short id")
struct RequestIdentityTests {
    private static let id = Collision.id

    /// About one of the two findings that have the id.
    private func group(_ identity: String) -> RequestGroup {
        var group = RequestCase.group(findings: [Self.id])
        group.names = [Self.id: [Self.id, identity]]
        return group
    }

    @Test("one that was dismissed holds up no other")
    func dismissed() {
        let dismissals = Dismissals(
            [RequestCase.record(group("one"), .dismissed, ended: RequestCase.noon)], settings: RequestSettings(), now: RequestCase.noon)
        #expect(dismissals.end(covering: group("one")) != nil)
        #expect(dismissals.end(covering: group("other")) == nil)
        let order = PlanOrder([RequestCase.record(group("one"), .dismissed)], dismissed: { _ in true })
        #expect(order.rank(of: [[Self.id, "one"]]) == 2 && order.rank(of: [[Self.id, "other"]]) == 1)
    }

    @Test("one whose finding is fixed is closed, though another has its id")
    func closed() {
        func closes(_ present: Set<String>) -> Bool {
            var request = RequestCase()
            request.isOpen(group("one"))
            request.present = present
            return request.actions.contains { if case .close = $0 { true } else { false } }
        }
        #expect(!closes([Self.id, "one"]))
        #expect(closes([Self.id, "other"]))
    }

    @Test("of an older version is known by the short ids that it wrote down")
    func older() {
        let record = RequestCase.record(RequestCase.group(findings: [Self.id]), .dismissed, ended: RequestCase.noon)
        #expect(record.plan.changes.allSatisfy { $0.identities.isEmpty })
        let dismissals = Dismissals([record], settings: RequestSettings(), now: RequestCase.noon)
        #expect(dismissals.end(covering: group("one")) != nil)
    }

    @Test("another one goes on with another request")
    func matching() {
        let matching = RequestMatching([group("other")], [RequestCase.record(group("one"))])
        #expect(matching.pairs.count == 1, "the subject is the same")
        var moved = group("other")
        moved.subject.team = "search"
        #expect(RequestMatching([moved], [RequestCase.record(group("one"))]).pairs.isEmpty)
        moved.names = [Self.id: [Self.id, "one"]]
        #expect(RequestMatching([moved], [RequestCase.record(group("one"))]).pairs.count == 1)
    }
}
