import CostModel
import Testing

@testable import Reconciliation

/// What may happen to a request between two looks at it.
@Suite("the life of requests")
struct RequestLifeTests {
    private func group(_ team: String, _ findings: [String], policies: [String] = ["cost"]) -> RequestGroup {
        var group = Board.group(team, findings: findings)
        group.subject.policies = policies.map { PolicyReference(.tagging, $0) }
        return group
    }

    private func settled(_ record: RequestRecord, _ state: RequestRecord.State, at ended: Instant, in board: Board) -> RequestRecord {
        var record = record
        (record.state, record.ended, record.updated) = (state, ended, board.now)
        return record
    }

    // MARK: Drift

    @Test("one more policy at the same place, or another name of the team, goes on with the same request")
    func drifts() {
        var board = Board()
        board.isOpen(group("payments", ["f-1"]))
        let grown = group("payments", ["f-1", "f-2"], policies: ["cost", "owner"])
        board.groups = [grown]
        #expect(board.actions == [.describe(board.records[0], grown, tip: "c1")])
        let renamed = group("checkout", ["f-1"])
        board.groups = [renamed]
        #expect(board.actions == [.describe(board.records[0], renamed, tip: "c1")])
    }

    @Test("of two requests that became one group, one goes on and the other is closed, naming it")
    func merged() {
        var board = Board()
        board.isOpen(group("payments", ["f-1"]))
        board.isOpen(group("search", ["f-2"]))
        let both = group("payments", ["f-1", "f-2"])
        board.groups = [both]
        let (first, second) = (board.records[0], board.records[1])
        #expect(board.actions == [.describe(first, both, tip: "c1"), .close(second, .takenOver(by: first.branch))])
        // A person's work is not closed for it, and nothing is while the other one waits.
        board.records[1].isEdited = true
        #expect(board.actions == [.describe(first, both, tip: "c1")])
        board.records[1].isEdited = false
        board.isPartial = true
        #expect(board.actions.isEmpty)
    }

    @Test("what a person has taken over gets no second request, though its subject drifted away", arguments: [true, false])
    func held(isEdited: Bool) {
        var board = Board()
        board.isOpen(group("payments", ["f-1", "f-2"]))
        board.records[0].isEdited = isEdited
        // Not edited: somebody deleted the branch under it.
        if !isEdited { board.branches = [:] }
        // One finding's change is of two policies by now, the other one stays as it was.
        let (same, drifted) = (group("payments", ["f-2"]), group("payments", ["f-1", "f-3"], policies: ["cost", "owner"]))
        board.groups = [same, drifted]
        #expect(board.actions == [.wait(drifted, .held(by: board.records[0].branch))])
        board.groups = [same, group("search", ["f-9"])]
        #expect(board.actions == [Board.opening(board.groups[1])])
    }

    @Test("what a person closed stays closed when its file has another name, and comes back when it saves over a quarter more")
    func renamed() {
        var board = Board()
        let ended = Board.noon.subtracting(.days(1))
        board.records = [Board.record(Board.group(findings: ["f-1"], file: "b.tf", savings: 100), .dismissed, ended: ended)]
        let until = ended.adding(.days(90))
        board.groups = [Board.group(findings: ["f-1"], file: "c.tf", savings: 125)]
        #expect(board.actions == [.wait(board.groups[0], .dismissed(until: until))])
        board.groups = [Board.group(findings: ["f-1"], file: "c.tf", savings: 126)]
        #expect(board.actions == [Board.opening(board.groups[0])])
    }

    @Test("what a person closed stays closed, whatever it is grouped with later")
    func dismissedElsewhere() {
        var board = Board()
        board.records = [
            Board.record(group("payments", ["f-1"]), .dismissed, ended: Board.noon.subtracting(.days(3))),
            Board.record(group("search", ["f-2"]), .dismissed, ended: Board.noon.subtracting(.days(1))),
        ]
        board.groups = [group("platform", ["f-1", "f-2"])]
        #expect(board.actions == [.wait(board.groups[0], .dismissed(until: Board.noon.adding(.days(87))))])
        board.groups = [group("platform", ["f-1", "f-3"])]
        #expect(board.actions == [Board.opening(board.groups[0])])
    }

    // MARK: Ends

    @Test("what was merged after the revision that is looked at gets no twin, and is looked at again at once")
    func mergedMeanwhile() {
        var board = Board()
        let group = Board.group()
        board.isOpen(group)
        board.groups = [group]
        let time = board.now.subtracting(TimeSpan(seconds: 5))
        board.standings[group.identity] = .merged(commit: "m1", at: time, isFetched: false)
        var record = settled(board.records[0], .merged, at: time, in: board)
        record.mergeCommit = "m1"
        #expect(board.actions == [.settle(record), .wait(group, .mergedMeanwhile)])
        #expect(board.again == board.now)
    }

    @Test("merged and undone since anybody looked counts as turned down", arguments: ["plan", "commit", "request"])
    func undone(by sign: String) {
        var board = Board()
        let group = Board.group()
        board.isOpen(group)
        board.records[0].url = "https://git.example/acme/infra/pull/1"
        board.groups = [group]
        board.standings[group.identity] = .merged(commit: "m1", at: board.now, isFetched: true)
        board.undo(sign == "plan" ? board.records[0].plan.digest : sign == "commit" ? "m1" : "acme/infra#1")
        var record = settled(board.records[0], .dismissed, at: board.now, in: board)
        record.mergeCommit = "m1"
        #expect(board.actions == [.settle(record), .wait(group, .dismissed(until: board.now.adding(.days(90))))])
        board.history.undone = [:]
        board.undo("acme/infra#11", "other/infra#1", "m2")
        #expect(board.actions.first != .settle(record))
    }

    @Test("sentences that undo a commit are read at the beginning of a line only")
    func sentences() {
        let id = String(repeating: "a1", count: 20)
        #expect(Saying.undone(by: "Revert \"x\"\n\nThis reverts commit \(id), reversing\nchanges made to b.\n") == [id])
        #expect(Saying.undone(by: "Revert \"x\" (#6)\n\nReverts acme/infra#5\n") == ["acme/infra#5"])
        #expect(Saying.undone(by: "see: This reverts commit \(id)\nThis reverts commit abc.\nReverts the change of #5") == [])
    }

    @Test("what we began to close is closed to its end, also when data is missing; what a person closed waits for the data")
    func closing() {
        var board = Board()
        let group = Board.group()
        board.isOpen(group)
        board.isPartial = true
        board.standings[group.identity] = .closed(at: board.now, isOurs: true)
        #expect(board.actions == [.close(board.records[0], .fixed)])
        board.standings[group.identity] = .closed(at: board.now, isOurs: false)
        #expect(board.actions.isEmpty)
        board.isPartial = false
        #expect(board.actions == [.settle(settled(board.records[0], .dismissed, at: board.now, in: board))])
        // Nobody turned down what has nothing left in it.
        board.present = []
        #expect(board.actions == [.close(board.records[0], .fixed)])
    }

    @Test("a request that a person opened again goes on")
    func reopened() {
        var board = Board()
        let group = Board.group()
        board.isOpen(group)
        board.groups = [group]
        board.records[0].state = .dismissed
        board.records[0].ended = board.now.subtracting(.days(1))
        var record = board.records[0]
        (record.state, record.ended, record.updated, record.url) = (.open, nil, board.now, "u")
        #expect(board.actions == [.settle(record), .describe(record, group, tip: "c1")])
    }

    @Test("branches of what has ended are deleted, unless something of them is needed")
    func prunes() {
        var board = Board()
        let group = Board.group()
        let record = Board.record(group, .merged, ended: board.now.subtracting(.days(1)))
        board.records = [record]
        board.branches[record.branch] = .ours(tip: "c1")
        #expect(board.actions == [.prune(record, tip: "c1")])
        // Some hosts rebase the branch before they merge it.
        board.branches[record.branch] = .contained(tip: "c3")
        #expect(board.actions == [.prune(record, tip: "c3")])
        board.branches[record.branch] = .edited(tip: "c2")
        #expect(board.actions.isEmpty)
        board.branches[record.branch] = .ours(tip: "c1")
        board.isPartial = true
        #expect(board.actions.isEmpty)
        board.isPartial = false
        board.records[0].state = .dismissed
        board.present = ["f-1"]
        #expect(board.actions.isEmpty, "it may be opened again")
        board.records[0].state = .merged
        board.groups = [group]
        #expect(board.actions == [Board.opening(group, replacing: "c1")])
    }

    @Test("a person's branch on a host that has no request for it is theirs, and ends the attempt")
    func editedElsewhere() {
        var board = Board()
        let group = Board.group()
        board.records = [Board.record(group, .writing)]
        board.records[0].isEdited = true
        board.standings[group.identity] = .unheard
        board.branches[board.records[0].branch] = .edited(tip: "c2")
        board.groups = [group]
        board.present = ["f-1"]
        #expect(board.actions == [.handOver(board.records[0])])
    }

    @Test("the last request of a group is the newest, also when a clock was ahead at the one before")
    func clockAhead() {
        var board = Board()
        let group = Board.group()
        board.records = [Board.record(group, .dismissed, opened: board.now.adding(.days(9)), ended: board.now.subtracting(.days(200)))]
        board.isOpen(group)
        board.standings[group.identity] = .closed(at: board.now, isOurs: false)
        #expect(board.actions == [.settle(settled(board.records[1], .dismissed, at: board.now, in: board))])
    }

    // MARK: Times

    @Test("what the schedule holds back is looked at again when its next window begins")
    func nextWindow() {
        var board = Board()
        board.settings.schedule = [.init(days: [1], from: 8 * 60, until: 9 * 60), .init(days: [4], from: 30, until: 60)]
        board.isOpen(Board.group())
        board.groups = [Board.group(new: "b2")]
        #expect(board.actions == [.wait(board.groups[0], .schedule)])
        // It is a Wednesday: the Friday comes before the Tuesday.
        #expect(board.again == Instant("2026-11-27T00:30:00Z"))
        board.settings.schedule.removeLast()
        #expect(board.again == Instant("2026-12-01T08:00:00Z"))
        board.settings.schedule = []
        #expect(board.again == nil)
    }

    @Test("an attempt that was cut off is not taken up with half the data, nor outside of the schedule")
    func resumesInTime() {
        var board = Board()
        let group = Board.group()
        board.groups = [group]
        board.records = [Board.record(group, .writing)]
        board.isPartial = true
        #expect(board.actions == [.wait(group, .partial)])
        board.isPartial = false
        board.settings.schedule = [.init(days: [0])]
        #expect(board.actions == [.wait(group, .schedule)])
    }

    @Test("an attempt that was cut off and is not offered any more is given up; without a code host its branch is the request")
    func givenUp() {
        var board = Board()
        let group = Board.group()
        board.records = [Board.record(group, .writing)]
        board.present = ["f-1"]
        board.standings[group.identity] = .unheard
        #expect(board.actions == [.close(board.records[0], .fixed)])
        board.standings[group.identity] = .open(number: nil, url: nil)
        board.branches[board.records[0].branch] = .edited(tip: "c2")
        board.groups = [group]
        var record = board.records[0]
        (record.state, record.number, record.updated) = (.open, nil, board.now)
        #expect(board.actions == [.settle(record), .handOver(record)])
    }

    @Test("the limit of an hour is looked at again when its oldest opening is an hour old")
    func nextHour() {
        var board = Board()
        board.settings.maxNewPerHour = 2
        board.isOpen(Board.group("a"), at: board.now.subtracting(TimeSpan(seconds: 50 * 60)))
        board.groups = [Board.group("b"), Board.group("c")]
        #expect(board.actions.last == .wait(board.groups[1], .maxNewPerHour(2)))
        #expect(board.again == board.now.adding(TimeSpan(seconds: 10 * 60)))
    }
}
