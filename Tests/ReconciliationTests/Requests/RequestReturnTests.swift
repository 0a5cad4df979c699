import CostModel
import Testing

@testable import Reconciliation

/// Requests that had ended and go on, and what reaches the watched branch without the host.
@Suite("requests that come back")
struct RequestReturnTests {
    private func ended(_ state: RequestRecord.State, in situation: inout RequestCase) -> RequestRecord {
        situation.isOpen(RequestCase.group())
        situation.records[0].state = state
        situation.records[0].ended = situation.now.subtracting(.days(1))
        return situation.records[0]
    }

    private func changed(_ record: RequestRecord, in situation: RequestCase, _ change: (inout RequestRecord) -> Void) -> RequestRecord {
        var record = record
        record.updated = situation.now
        change(&record)
        return record
    }

    // MARK: Open on the host

    @Test("what was left to people and is open still goes on as theirs when its finding is back, and gets no twin")
    func abandoned() {
        var situation = RequestCase()
        situation.groups = [RequestCase.group()]
        var record = ended(.abandoned, in: &situation)
        situation.records[0].isEdited = true
        record.isEdited = true
        situation.branches[record.branch] = .edited(tip: "c2")
        situation.openBranches = [record.branch]
        let back = changed(record, in: situation) { ($0.state, $0.ended, $0.url) = (.open, nil, "u") }
        #expect(situation.actions == [.settle(back)])
        // Nor does it stand beside another of its team and policies that was opened meanwhile.
        let meanwhile = RequestCase.group(findings: ["f-2"], file: "other.tf")
        situation.isOpen(meanwhile)
        #expect(situation.actions.allSatisfy { $0 != .settle(back) })
        situation.records.removeLast()
        // Without its finding it stays as it is.
        situation.present = []
        situation.groups = []
        #expect(situation.actions.isEmpty)
    }

    @Test("what we closed and a person opened again goes on once there is something in it; until then its branch stays")
    func obsolete() {
        var situation = RequestCase()
        let group = RequestCase.group()
        let record = ended(.obsolete, in: &situation)
        situation.openBranches = [record.branch]
        situation.present = []
        #expect(situation.actions.isEmpty)
        situation.openBranches = []
        #expect(situation.actions == [.prune(record, tip: "c1")])
        situation.openBranches = [record.branch]
        (situation.present, situation.groups) = (["f-1"], [group])
        let back = changed(record, in: situation) { ($0.state, $0.ended, $0.url) = (.open, nil, "u") }
        #expect(situation.actions == [.settle(back), .describe(back, group, tip: "c1")])
    }

    @Test("no second request is opened for what a merged one is about that is open on the host still, nor on its branch")
    func mergedAndOpen() {
        var situation = RequestCase()
        let record = ended(.merged, in: &situation)
        situation.groups = [RequestCase.group()]
        situation.openBranches = [record.branch]
        #expect(situation.actions == [.wait(situation.groups[0], .held(by: record.branch))])
        // Of a request that nobody knows the branch is left alone.
        situation.records = []
        situation.statuses = [:]
        #expect(situation.actions == [.open(situation.groups[0], branch: record.branch + "-2", replacing: nil, resuming: nil)])
    }

    @Test("a left request holds what is new in its own files too; one that ended long before the open one of its group holds nothing")
    func leftOpen() {
        var situation = RequestCase()
        let record = ended(.abandoned, in: &situation)
        situation.openBranches = [record.branch]
        situation.present = ["f-2"]
        situation.groups = [RequestCase.group(findings: ["f-2"])]
        #expect(situation.actions == [.wait(situation.groups[0], .held(by: record.branch))])
        // A later request of the group is open on the same branch, about something else.
        situation.records[0].state = .merged
        situation.isOpen(RequestCase.group(findings: ["f-2"]), at: situation.now.subtracting(.hours(9)))
        situation.groups.append(RequestCase.group("search", findings: ["f-1"]))
        #expect(situation.actions.last == RequestCase.opening(situation.groups[1]))
    }

    @Test("what a person had worked on and then closed is turned down, though we were about to close it")
    func closedByBoth() {
        var situation = RequestCase()
        situation.isOpen(RequestCase.group())
        situation.records[0].isEdited = true
        let record = situation.records[0]
        situation.branches[record.branch] = .edited(tip: "c2")
        situation.groups = [RequestCase.group()]
        situation.statuses[record.group] = .closed(at: situation.now, isOurs: true)
        let turnedDown = changed(record, in: situation) { ($0.state, $0.ended) = (.dismissed, situation.now) }
        #expect(situation.actions.first == .settle(turnedDown))
        #expect(situation.actions.count == 2, "and its group waits")
        // Also where the branch went with it.
        situation.branches = [:]
        #expect(situation.actions.first == .settle(turnedDown))
    }

    @Test("a branch that somebody was faster with is looked at again at once: its group gets another")
    func fasterBranch() {
        var situation = RequestCase()
        situation.groups = [RequestCase.group()]
        let record = RequestCase.record(situation.groups[0], .writing)
        situation.records = [record]
        situation.statuses[record.group] = .unheard
        situation.branches[record.branch] = .edited(tip: "c2")
        #expect(situation.actions == [.handOver(record)])
        #expect(situation.again == situation.now)
    }

    // MARK: Merged without the host

    @Test("what reached the branch by hand is closed as merged, and what is left over waits until that is done")
    func byHand() {
        var situation = RequestCase()
        situation.isOpen(RequestCase.group())
        situation.merge(situation.records[0])
        situation.groups = [RequestCase.group(findings: ["f-1", "f-2"], new: "b2")]
        let merged = changed(situation.records[0], in: situation) {
            ($0.mergeCommit, $0.ended) = ("m1", situation.now.subtracting(.hours(1)))
        }
        #expect(
            situation.actions == [
                .settle(merged), .close(merged, .merged(by: "m1")), .wait(situation.groups[0], .ending(merged.branch)),
            ])
        #expect(situation.again == situation.now)
        // The ledger knows by the next look; with data missing it waits.
        situation.records = [merged]
        situation.history = MergeHistory()
        #expect(situation.actions.first == .close(merged, .merged(by: "m1")))
        situation.isPartial = true
        #expect(situation.actions.isEmpty)
        // Undone meanwhile: it is a proposal again.
        situation.isPartial = false
        situation.undo("m1")
        let undone = changed(merged, in: situation) { ($0.mergeCommit, $0.ended) = (nil, nil) }
        #expect(situation.actions == [.settle(undone), .update(undone, situation.groups[0], tip: "c1")])
    }

    @Test("an edited request whose plan reached the branch by hand is merged however it ends")
    func editedByHand() {
        var situation = RequestCase()
        situation.isOpen(RequestCase.group())
        situation.records[0].isEdited = true
        situation.branches[situation.records[0].branch] = .edited(tip: "c2")
        situation.merge(situation.records[0])
        let time = situation.now.subtracting(.hours(1))
        let merged = changed(situation.records[0], in: situation) { ($0.mergeCommit, $0.ended) = ("m1", time) }
        #expect(situation.actions == [.settle(merged)])
        situation.records = [merged]
        situation.history = MergeHistory()
        situation.statuses[merged.group] = .closed(at: situation.now, isOurs: false)
        #expect(situation.actions == [.settle(changed(merged, in: situation) { $0.state = .merged })])
        situation.statuses[merged.group] = .open(number: 1, url: "u")
        situation.present = []
        #expect(situation.actions == [.abandon(merged)])
    }

    @Test(
        "what had ended counts as merged once its plan is in the branch",
        arguments: [RequestRecord.State.dismissed, .abandoned, .obsolete])
    func takenUp(state: RequestRecord.State) {
        var situation = RequestCase()
        let record = ended(state, in: &situation)
        situation.statuses = [:]
        situation.merge(record)
        situation.present = []
        let merged = changed(record, in: situation) {
            ($0.state, $0.mergeCommit, $0.ended) = (.merged, "m1", situation.now.subtracting(.hours(1)))
        }
        #expect(situation.actions.first == .settle(merged))
        // Also where a later request of the group has taken its place, unless that is of the same plan: then it is the later one's.
        situation.isOpen(RequestCase.group(new: "b2"))
        situation.records[1].opened = situation.now.subtracting(.hours(3))
        #expect(situation.actions.first == .settle(merged))
        situation.records[1].plan = record.plan
        situation.statuses[record.group] = .merged(commit: "x", at: situation.now, isFetched: true)
        let later = changed(situation.records[1], in: situation) { ($0.state, $0.mergeCommit, $0.ended) = (.merged, "x", situation.now) }
        #expect(situation.actions.filter(\.isSettling) == [.settle(later)])
    }

    @Test("closed, opened again and merged between two looks: it is merged")
    func mergedAfterAll() {
        var situation = RequestCase()
        let record = ended(.dismissed, in: &situation)
        situation.statuses[record.group] = .merged(commit: "m1", at: situation.now.subtracting(.hours(1)), isFetched: true)
        situation.present = []
        let merged = changed(record, in: situation) {
            ($0.state, $0.mergeCommit, $0.ended) = (.merged, "m1", situation.now.subtracting(.hours(1)))
        }
        #expect(situation.actions.first == .settle(merged))
    }

    @Test("a commit that says an earlier time than its request was opened at came later")
    func earlyCommit() {
        var situation = RequestCase()
        let record = ended(.dismissed, in: &situation)
        situation.statuses = [:]
        situation.merge(record)
        situation.records[0].opened = situation.now.subtracting(TimeSpan(seconds: 60))
        #expect(
            situation.actions.first
                == .settle(
                    changed(situation.records[0], in: situation) {
                        ($0.state, $0.mergeCommit, $0.ended) = (.merged, "m1", $0.opened)
                    }))
    }

    // MARK: Undone

    @Test("a merge that is newer than what undid one before it counts")
    func mergedAgain() {
        var situation = RequestCase()
        var record = ended(.merged, in: &situation)
        record.mergeCommit = "m1"
        situation.records = [record]
        situation.statuses = [:]
        situation.present = []
        situation.branches = [:]
        situation.undo("m1", age: 3)
        #expect(situation.actions == [.settle(changed(record, in: situation) { ($0.state, $0.ended) = (.dismissed, situation.now) })])
        situation.merge(record, as: "m2", age: 2)
        #expect(situation.actions.isEmpty)
        situation.merge(record, as: "m1", age: 4)
        #expect(situation.actions.count == 1)
    }

    @Test("what undoes the undoing brings the merge back")
    func redone() {
        var situation = RequestCase()
        var record = ended(.dismissed, in: &situation)
        record.mergeCommit = "m1"
        situation.records = [record]
        situation.statuses = [:]
        situation.branches = [:]
        situation.redo("m1", age: 2)
        let merged = changed(record, in: situation) {
            ($0.state, $0.mergeCommit, $0.ended) = (.merged, "m1", RequestCase.noon.subtracting(.hours(1)))
        }
        #expect(situation.actions == [.settle(merged)])
        situation.undo("m1", age: 1)
        #expect(situation.actions.isEmpty)
    }
}

extension RequestAction {
    fileprivate var isSettling: Bool { if case .settle = self { true } else { false } }
}
