import CostModel
import Testing

@testable import Reconciliation

/// What may happen to a request between two looks at it.
@Suite("the life of requests")
struct RequestLifeTests {
    private func group(_ team: String, _ findings: [String], policies: [String] = ["cost"]) -> RequestGroup {
        var group = RequestCase.group(team, findings: findings)
        group.subject.policies = policies.map { PolicyReference(.tagging, $0) }
        return group
    }

    private func settled(_ record: RequestRecord, _ state: RequestRecord.State, at ended: Instant, in situation: RequestCase)
        -> RequestRecord
    {
        var record = record
        (record.state, record.ended, record.updated) = (state, ended, situation.now)
        return record
    }

    // MARK: Drift

    @Test("one more policy at the same place, or another name of the team, goes on with the same request")
    func drifts() {
        var situation = RequestCase()
        situation.isOpen(group("payments", ["f-1"]))
        let grown = group("payments", ["f-1", "f-2"], policies: ["cost", "owner"])
        situation.groups = [grown]
        #expect(situation.actions == [.describe(situation.records[0], grown, tip: "c1")])
        let renamed = group("checkout", ["f-1"])
        situation.groups = [renamed]
        #expect(situation.actions == [.describe(situation.records[0], renamed, tip: "c1")])
    }

    @Test("of two requests that became one group, one goes on and the other is closed, naming it")
    func merged() {
        var situation = RequestCase()
        situation.isOpen(group("payments", ["f-1"]))
        situation.isOpen(group("search", ["f-2"]))
        let both = group("payments", ["f-1", "f-2"])
        situation.groups = [both]
        let (first, second) = (situation.records[0], situation.records[1])
        #expect(situation.actions == [.describe(first, both, tip: "c1"), .close(second, .takenOver(by: first.branch))])
        // A person's work is not closed for it, and nothing is while the other one waits.
        situation.records[1].isEdited = true
        #expect(situation.actions == [.describe(first, both, tip: "c1")])
        situation.records[1].isEdited = false
        situation.isPartial = true
        #expect(situation.actions.isEmpty)
    }

    @Test("a request that stays open though its branch was deleted gets it back")
    func lostBranch() {
        var situation = RequestCase()
        let group = group("payments", ["f-1", "f-2"])
        situation.isOpen(group)
        situation.branches = [:]
        situation.groups = [group]
        #expect(situation.actions == [RequestCase.opening(group, resuming: situation.records[0])])
        situation.isPartial = true
        #expect(situation.actions.isEmpty)
    }

    @Test("what a person has taken over gets no second request, though its subject drifted away")
    func held() {
        var situation = RequestCase()
        situation.isOpen(group("payments", ["f-1", "f-2"]))
        situation.records[0].isEdited = true
        // One finding's change is of two policies by now, the other one stays as it was.
        let (same, drifted) = (group("payments", ["f-2"]), group("payments", ["f-1", "f-3"], policies: ["cost", "owner"]))
        situation.groups = [same, drifted]
        #expect(situation.actions == [.wait(drifted, .held(by: situation.records[0].branch))])
        situation.groups = [same, group("search", ["f-9"])]
        #expect(situation.actions == [RequestCase.opening(situation.groups[1])])
    }

    @Test("what a person closed stays closed when its file has another name, and comes back when it saves over a quarter more")
    func renamed() {
        var situation = RequestCase()
        let ended = RequestCase.noon.subtracting(.days(1))
        situation.records = [RequestCase.record(RequestCase.group(findings: ["f-1"], file: "b.tf", savings: 100), .dismissed, ended: ended)]
        let until = ended.adding(.days(90))
        situation.groups = [RequestCase.group(findings: ["f-1"], file: "c.tf", savings: 125)]
        #expect(situation.actions == [.wait(situation.groups[0], .dismissed(until: until))])
        situation.groups = [RequestCase.group(findings: ["f-1"], file: "c.tf", savings: 126)]
        #expect(situation.actions == [RequestCase.opening(situation.groups[0])])
    }

    @Test("what a person closed stays closed, whatever it is grouped with later")
    func dismissedElsewhere() {
        var situation = RequestCase()
        situation.records = [
            RequestCase.record(group("payments", ["f-1"]), .dismissed, ended: RequestCase.noon.subtracting(.days(3))),
            RequestCase.record(group("search", ["f-2"]), .dismissed, ended: RequestCase.noon.subtracting(.days(1))),
        ]
        situation.groups = [group("platform", ["f-1", "f-2"])]
        #expect(situation.actions == [.wait(situation.groups[0], .dismissed(until: RequestCase.noon.adding(.days(87))))])
        situation.groups = [group("platform", ["f-1", "f-3"])]
        #expect(situation.actions == [RequestCase.opening(situation.groups[0])])
    }

    // MARK: Ends

    @Test("what was merged after the revision that is looked at gets no twin, and is looked at again at once")
    func mergedMeanwhile() {
        var situation = RequestCase()
        let group = RequestCase.group()
        situation.isOpen(group)
        situation.groups = [group]
        let time = situation.now.subtracting(TimeSpan(seconds: 5))
        situation.statuses[group.identity] = .merged(commit: "m1", at: time, isFetched: false)
        var record = settled(situation.records[0], .merged, at: time, in: situation)
        record.mergeCommit = "m1"
        #expect(situation.actions == [.settle(record), .wait(group, .mergedMeanwhile)])
        #expect(situation.again == situation.now)
    }

    @Test("merged and undone since anybody looked counts as turned down", arguments: ["plan", "commit", "request"])
    func undone(by sign: String) {
        var situation = RequestCase()
        let group = RequestCase.group()
        situation.isOpen(group)
        situation.records[0].url = "https://git.example/acme/infra/pull/1"
        situation.groups = [group]
        situation.statuses[group.identity] = .merged(commit: "m1", at: situation.now, isFetched: true)
        situation.undo(sign == "plan" ? situation.records[0].plan.digest : sign == "commit" ? "m1" : "acme/infra#1")
        var record = settled(situation.records[0], .dismissed, at: situation.now, in: situation)
        record.mergeCommit = "m1"
        #expect(situation.actions == [.settle(record), .wait(group, .dismissed(until: situation.now.adding(.days(90))))])
        situation.history.undone = [:]
        situation.undo("acme/infra#11", "other/infra#1", "m2")
        #expect(situation.actions.first != .settle(record))
    }

    @Test("sentences that undo a commit are read at the beginning of a line only")
    func sentences() {
        let id = String(repeating: "a1", count: 20)
        #expect(CommitReferences.undone(by: "Revert \"x\"\n\nThis reverts commit \(id), reversing\nchanges made to b.\n") == [id])
        #expect(CommitReferences.undone(by: "Revert \"x\" (#6)\n\nReverts acme/infra#5\n") == ["acme/infra#5"])
        #expect(CommitReferences.undone(by: "see: This reverts commit \(id)\nThis reverts commit abc.\nReverts the change of #5") == [])
    }

    @Test("what we began to close is closed to its end, also when data is missing; what a person closed waits for the data")
    func closing() {
        var situation = RequestCase()
        let group = RequestCase.group()
        situation.isOpen(group)
        situation.isPartial = true
        situation.statuses[group.identity] = .closed(at: situation.now, isOurs: true)
        #expect(situation.actions == [.close(situation.records[0], .fixed)])
        situation.statuses[group.identity] = .closed(at: situation.now, isOurs: false)
        #expect(situation.actions.isEmpty)
        situation.isPartial = false
        #expect(situation.actions == [.settle(settled(situation.records[0], .dismissed, at: situation.now, in: situation))])
        // Nobody turned down what has nothing left in it.
        situation.present = []
        #expect(situation.actions == [.close(situation.records[0], .fixed)])
    }

    @Test("a request that a person opened again goes on")
    func reopened() {
        var situation = RequestCase()
        let group = RequestCase.group()
        situation.isOpen(group)
        situation.groups = [group]
        situation.records[0].state = .dismissed
        situation.records[0].ended = situation.now.subtracting(.days(1))
        var record = situation.records[0]
        (record.state, record.ended, record.updated, record.url) = (.open, nil, situation.now, "u")
        #expect(situation.actions == [.settle(record), .describe(record, group, tip: "c1")])
    }

    @Test("branches of what has ended are deleted, unless something of them is needed")
    func prunes() {
        var situation = RequestCase()
        let group = RequestCase.group()
        let record = RequestCase.record(group, .merged, ended: situation.now.subtracting(.days(1)))
        situation.records = [record]
        situation.branches[record.branch] = .ours(tip: "c1")
        #expect(situation.actions == [.prune(record, tip: "c1")])
        // Some hosts rebase the branch before they merge it.
        situation.branches[record.branch] = .contained(tip: "c3")
        #expect(situation.actions == [.prune(record, tip: "c3")])
        situation.branches[record.branch] = .edited(tip: "c2")
        #expect(situation.actions.isEmpty)
        situation.branches[record.branch] = .ours(tip: "c1")
        situation.isPartial = true
        #expect(situation.actions.isEmpty)
        situation.isPartial = false
        situation.records[0].state = .dismissed
        situation.present = ["f-1"]
        #expect(situation.actions.isEmpty, "it may be opened again")
        situation.records[0].state = .merged
        situation.groups = [group]
        #expect(situation.actions == [RequestCase.opening(group, replacing: "c1")])
    }

    @Test("a person's branch on a host that has no request for it is theirs, and ends the attempt")
    func editedElsewhere() {
        var situation = RequestCase()
        let group = RequestCase.group()
        situation.records = [RequestCase.record(group, .writing)]
        situation.records[0].isEdited = true
        situation.statuses[group.identity] = .unheard
        situation.branches[situation.records[0].branch] = .edited(tip: "c2")
        situation.groups = [group]
        situation.present = ["f-1"]
        #expect(situation.actions == [.handOver(situation.records[0])])
    }

    @Test("the last request of a group is the newest, also when a clock was ahead at the one before")
    func clockAhead() {
        var situation = RequestCase()
        let group = RequestCase.group()
        situation.records = [
            RequestCase.record(group, .dismissed, opened: situation.now.adding(.days(9)), ended: situation.now.subtracting(.days(200)))
        ]
        situation.isOpen(group)
        situation.statuses[group.identity] = .closed(at: situation.now, isOurs: false)
        #expect(situation.actions == [.settle(settled(situation.records[1], .dismissed, at: situation.now, in: situation))])
    }

    // MARK: Times

    @Test("what the schedule holds back is looked at again when its next window begins")
    func nextWindow() {
        var situation = RequestCase()
        situation.settings.schedule = [.init(days: [1], from: 8 * 60, until: 9 * 60), .init(days: [4], from: 30, until: 60)]
        situation.isOpen(RequestCase.group())
        situation.groups = [RequestCase.group(new: "b2")]
        #expect(situation.actions == [.wait(situation.groups[0], .schedule)])
        // It is a Wednesday: the Friday comes before the Tuesday.
        #expect(situation.again == Instant("2026-11-27T00:30:00Z"))
        situation.settings.schedule.removeLast()
        #expect(situation.again == Instant("2026-12-01T08:00:00Z"))
        situation.settings.schedule = []
        #expect(situation.again == nil)
    }

    @Test("an attempt that was cut off is not taken up with half the data, nor outside of the schedule")
    func resumesInTime() {
        var situation = RequestCase()
        let group = RequestCase.group()
        situation.groups = [group]
        situation.records = [RequestCase.record(group, .writing)]
        situation.isPartial = true
        #expect(situation.actions == [.wait(group, .partial)])
        situation.isPartial = false
        situation.settings.schedule = [.init(days: [0])]
        #expect(situation.actions == [.wait(group, .schedule)])
    }

    @Test("an attempt that was cut off and is not offered any more is given up; without a code host its branch is the request")
    func givenUp() {
        var situation = RequestCase()
        let group = RequestCase.group()
        situation.records = [RequestCase.record(group, .writing)]
        situation.present = ["f-1"]
        situation.statuses[group.identity] = .unheard
        #expect(situation.actions == [.close(situation.records[0], .fixed)])
        situation.statuses[group.identity] = .open(number: nil, url: nil)
        situation.branches[situation.records[0].branch] = .edited(tip: "c2")
        situation.groups = [group]
        var record = situation.records[0]
        (record.state, record.number, record.updated) = (.open, nil, situation.now)
        #expect(situation.actions == [.settle(record), .handOver(record)])
    }

    @Test("the limit of an hour is looked at again when its oldest opening is an hour old")
    func nextHour() {
        var situation = RequestCase()
        situation.settings.maxNewPerHour = 2
        situation.isOpen(RequestCase.group("a"), at: situation.now.subtracting(TimeSpan(seconds: 50 * 60)))
        situation.groups = [RequestCase.group("b"), RequestCase.group("c")]
        #expect(situation.actions.last == .wait(situation.groups[1], .maxNewPerHour(2)))
        #expect(situation.again == situation.now.adding(TimeSpan(seconds: 10 * 60)))
    }
}
