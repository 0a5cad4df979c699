import Testing

@testable import CostModel

@Suite("what happened to a request")
struct RequestChangeTests {
    private static let now = Instant(seconds: 1_793_491_200)

    private static func record(_ state: RequestRecord.State, commit: String = "c1", isEdited: Bool = false) -> RequestRecord {
        RequestRecord(
            group: "g-1", team: "payments", state: state, branch: "bursar/payments", title: "t",
            plan: PlanRecord(digest: "d", baseCommit: "", policyDigest: "", observedDigest: "", made: now, changes: []), commit: commit,
            opened: now, updated: now, isEdited: isEdited)
    }

    @Test(
        "is told by its state before and after",
        arguments: [
            (nil, .writing, nil), (nil, .open, .opened), (.writing, .open, .opened), (.open, .open, nil), (.open, .merged, .merged),
            (.writing, .merged, .merged), (.open, .dismissed, .dismissed), (.merged, .dismissed, .dismissed), (.open, .obsolete, .closed),
            (.writing, .abandoned, .abandoned), (.open, .abandoned, .abandoned), (.dismissed, .open, .reopened),
            (.obsolete, .open, .reopened), (.dismissed, .merged, .merged), (.merged, .merged, nil), (.open, .writing, nil),
        ] as [(RequestRecord.State?, RequestRecord.State, RequestChange.Kind?)])
    func states(before: RequestRecord.State?, after: RequestRecord.State, kind: RequestChange.Kind?) {
        #expect(RequestChange(from: before.map { Self.record($0) }, to: Self.record(after))?.kind == kind)
    }

    @Test("is an update where its commit, plan or title is another, and a person's once they edited it")
    func open() {
        let before = Self.record(.open)
        #expect(RequestChange(from: before, to: Self.record(.open, commit: "c2"))?.kind == .updated)
        #expect(RequestChange(from: before, to: Self.record(.open, isEdited: true))?.kind == .handedOver)
        #expect(RequestChange(from: Self.record(.open, isEdited: true), to: Self.record(.open, isEdited: true)) == nil)
        var later = before
        later.updated = Self.now.adding(.hours(1))
        #expect(RequestChange(from: before, to: later) == nil)
    }

    @Test("a team's score is held against the newest one before it")
    func scores() {
        func day(_ team: String, _ day: Int, _ points: Int) -> ScoreDay {
            ScoreDay(
                team: team, day: Day(year: 2026, month: 11, day: day), score: Points(hundredths: points), reachedLevel: .none, level: .none,
                cost: .zero(.usd), potentialSavings: .zero(.usd), waste: .zero(.usd), policyDigest: "p")
        }
        let changes = ScoreChange.changes(to: [day("b", 3, 10), day("a", 3, 20)], from: [day("a", 2, 30), day("a", 1, 40)])
        #expect(changes.map(\.team) == ["a", "b"])
        #expect(changes.map { $0.before?.day.description } == ["2026-11-02", nil])
    }
}
