import CostModel
import Testing

@testable import Reconciliation

/// Requests that had ended and go on, and what reaches the watched branch without the host.
@Suite("requests that come back")
struct RequestReturnTests {
    private func ended(_ state: RequestRecord.State, in board: inout Board) -> RequestRecord {
        board.isOpen(Board.group())
        board.records[0].state = state
        board.records[0].ended = board.now.subtracting(.days(1))
        return board.records[0]
    }

    private func changed(_ record: RequestRecord, in board: Board, _ change: (inout RequestRecord) -> Void) -> RequestRecord {
        var record = record
        record.updated = board.now
        change(&record)
        return record
    }

    // MARK: Open on the host

    @Test("what was left to people and is open still goes on as theirs when its finding is back, and gets no twin")
    func abandoned() {
        var board = Board()
        board.groups = [Board.group()]
        var record = ended(.abandoned, in: &board)
        board.records[0].isEdited = true
        record.isEdited = true
        board.branches[record.branch] = .edited(tip: "c2")
        board.openBranches = [record.branch]
        let back = changed(record, in: board) { ($0.state, $0.ended, $0.url) = (.open, nil, "u") }
        #expect(board.actions == [.settle(back)])
        // Nor does it stand beside another of its team and policies that was opened meanwhile.
        let meanwhile = Board.group(findings: ["f-2"], file: "other.tf")
        board.isOpen(meanwhile)
        #expect(board.actions.allSatisfy { $0 != .settle(back) })
        board.records.removeLast()
        // Without its finding it stays as it is.
        board.present = []
        board.groups = []
        #expect(board.actions.isEmpty)
    }

    @Test("what we closed and a person opened again goes on once there is something in it; until then its branch stays")
    func obsolete() {
        var board = Board()
        let group = Board.group()
        let record = ended(.obsolete, in: &board)
        board.openBranches = [record.branch]
        board.present = []
        #expect(board.actions.isEmpty)
        board.openBranches = []
        #expect(board.actions == [.prune(record, tip: "c1")])
        board.openBranches = [record.branch]
        (board.present, board.groups) = (["f-1"], [group])
        let back = changed(record, in: board) { ($0.state, $0.ended, $0.url) = (.open, nil, "u") }
        #expect(board.actions == [.settle(back), .describe(back, group, tip: "c1")])
    }

    @Test("no second request is opened for what a merged one is about that is open on the host still, nor on its branch")
    func mergedAndOpen() {
        var board = Board()
        let record = ended(.merged, in: &board)
        board.groups = [Board.group()]
        board.openBranches = [record.branch]
        #expect(board.actions == [.wait(board.groups[0], .held(by: record.branch))])
        // Of a request that nobody knows the branch is left alone.
        board.records = []
        board.standings = [:]
        #expect(board.actions == [.open(board.groups[0], branch: record.branch + "-2", replacing: nil, resuming: nil)])
    }

    @Test("a left request holds what is new in its own files too; one that ended long before the open one of its group holds nothing")
    func leftOpen() {
        var board = Board()
        let record = ended(.abandoned, in: &board)
        board.openBranches = [record.branch]
        board.present = ["f-2"]
        board.groups = [Board.group(findings: ["f-2"])]
        #expect(board.actions == [.wait(board.groups[0], .held(by: record.branch))])
        // A later request of the group is open on the same branch, about something else.
        board.records[0].state = .merged
        board.isOpen(Board.group(findings: ["f-2"]), at: board.now.subtracting(.hours(9)))
        board.groups.append(Board.group("search", findings: ["f-1"]))
        #expect(board.actions.last == Board.opening(board.groups[1]))
    }

    @Test("what a person had worked on and then closed is turned down, though we were about to close it")
    func closedByBoth() {
        var board = Board()
        board.isOpen(Board.group())
        board.records[0].isEdited = true
        let record = board.records[0]
        board.branches[record.branch] = .edited(tip: "c2")
        board.groups = [Board.group()]
        board.standings[record.group] = .closed(at: board.now, isOurs: true)
        let turnedDown = changed(record, in: board) { ($0.state, $0.ended) = (.dismissed, board.now) }
        #expect(board.actions.first == .settle(turnedDown))
        #expect(board.actions.count == 2, "and its group waits")
        // Also where the branch went with it.
        board.branches = [:]
        #expect(board.actions.first == .settle(turnedDown))
    }

    @Test("a branch that somebody was faster with is looked at again at once: its group gets another")
    func fasterBranch() {
        var board = Board()
        board.groups = [Board.group()]
        let record = Board.record(board.groups[0], .writing)
        board.records = [record]
        board.standings[record.group] = .unheard
        board.branches[record.branch] = .edited(tip: "c2")
        #expect(board.actions == [.handOver(record)])
        #expect(board.again == board.now)
    }

    // MARK: Merged without the host

    @Test("what reached the branch by hand is closed as merged, and what is left over waits until that is done")
    func byHand() {
        var board = Board()
        board.isOpen(Board.group())
        board.merge(board.records[0])
        board.groups = [Board.group(findings: ["f-1", "f-2"], new: "b2")]
        let merged = changed(board.records[0], in: board) {
            ($0.mergeCommit, $0.ended) = ("m1", board.now.subtracting(.hours(1)))
        }
        #expect(
            board.actions == [
                .settle(merged), .close(merged, .merged(by: "m1")), .wait(board.groups[0], .ending(merged.branch)),
            ])
        #expect(board.again == board.now)
        // The ledger knows by the next look; with data missing it waits.
        board.records = [merged]
        board.history = MergeHistory()
        #expect(board.actions.first == .close(merged, .merged(by: "m1")))
        board.isPartial = true
        #expect(board.actions.isEmpty)
        // Undone meanwhile: it is a proposal again.
        board.isPartial = false
        board.undo("m1")
        let undone = changed(merged, in: board) { ($0.mergeCommit, $0.ended) = (nil, nil) }
        #expect(board.actions == [.settle(undone), .update(undone, board.groups[0], tip: "c1")])
    }

    @Test("an edited request whose plan reached the branch by hand is merged however it ends")
    func editedByHand() {
        var board = Board()
        board.isOpen(Board.group())
        board.records[0].isEdited = true
        board.branches[board.records[0].branch] = .edited(tip: "c2")
        board.merge(board.records[0])
        let time = board.now.subtracting(.hours(1))
        let merged = changed(board.records[0], in: board) { ($0.mergeCommit, $0.ended) = ("m1", time) }
        #expect(board.actions == [.settle(merged)])
        board.records = [merged]
        board.history = MergeHistory()
        board.standings[merged.group] = .closed(at: board.now, isOurs: false)
        #expect(board.actions == [.settle(changed(merged, in: board) { $0.state = .merged })])
        board.standings[merged.group] = .open(number: 1, url: "u")
        board.present = []
        #expect(board.actions == [.abandon(merged)])
    }

    @Test(
        "what had ended counts as merged once its plan is in the branch",
        arguments: [RequestRecord.State.dismissed, .abandoned, .obsolete])
    func takenUp(state: RequestRecord.State) {
        var board = Board()
        let record = ended(state, in: &board)
        board.standings = [:]
        board.merge(record)
        board.present = []
        let merged = changed(record, in: board) {
            ($0.state, $0.mergeCommit, $0.ended) = (.merged, "m1", board.now.subtracting(.hours(1)))
        }
        #expect(board.actions.first == .settle(merged))
        // Also where a later request of the group has taken its place, unless that is of the same plan: then it is the later one's.
        board.isOpen(Board.group(new: "b2"))
        board.records[1].opened = board.now.subtracting(.hours(3))
        #expect(board.actions.first == .settle(merged))
        board.records[1].plan = record.plan
        board.standings[record.group] = .merged(commit: "x", at: board.now, isFetched: true)
        let later = changed(board.records[1], in: board) { ($0.state, $0.mergeCommit, $0.ended) = (.merged, "x", board.now) }
        #expect(board.actions.filter(\.isSettling) == [.settle(later)])
    }

    @Test("closed, opened again and merged between two looks: it is merged")
    func mergedAfterAll() {
        var board = Board()
        let record = ended(.dismissed, in: &board)
        board.standings[record.group] = .merged(commit: "m1", at: board.now.subtracting(.hours(1)), isFetched: true)
        board.present = []
        let merged = changed(record, in: board) {
            ($0.state, $0.mergeCommit, $0.ended) = (.merged, "m1", board.now.subtracting(.hours(1)))
        }
        #expect(board.actions.first == .settle(merged))
    }

    @Test("a commit that says an earlier time than its request was opened at came later")
    func earlyCommit() {
        var board = Board()
        let record = ended(.dismissed, in: &board)
        board.standings = [:]
        board.merge(record)
        board.records[0].opened = board.now.subtracting(TimeSpan(seconds: 60))
        #expect(
            board.actions.first
                == .settle(
                    changed(board.records[0], in: board) {
                        ($0.state, $0.mergeCommit, $0.ended) = (.merged, "m1", $0.opened)
                    }))
    }

    // MARK: Undone

    @Test("a merge that is newer than what undid one before it counts")
    func mergedAgain() {
        var board = Board()
        var record = ended(.merged, in: &board)
        record.mergeCommit = "m1"
        board.records = [record]
        board.standings = [:]
        board.present = []
        board.branches = [:]
        board.undo("m1", age: 3)
        #expect(board.actions == [.settle(changed(record, in: board) { ($0.state, $0.ended) = (.dismissed, board.now) })])
        board.merge(record, as: "m2", age: 2)
        #expect(board.actions.isEmpty)
        board.merge(record, as: "m1", age: 4)
        #expect(board.actions.count == 1)
    }

    @Test("what undoes the undoing brings the merge back")
    func redone() {
        var board = Board()
        var record = ended(.dismissed, in: &board)
        record.mergeCommit = "m1"
        board.records = [record]
        board.standings = [:]
        board.branches = [:]
        board.redo("m1", age: 2)
        let merged = changed(record, in: board) {
            ($0.state, $0.mergeCommit, $0.ended) = (.merged, "m1", Board.noon.subtracting(.hours(1)))
        }
        #expect(board.actions == [.settle(merged)])
        board.undo("m1", age: 1)
        #expect(board.actions.isEmpty)
    }
}

extension RequestAction {
    fileprivate var isSettling: Bool { if case .settle = self { true } else { false } }
}
