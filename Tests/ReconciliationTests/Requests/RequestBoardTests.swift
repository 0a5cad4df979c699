import CostModel
import Testing

@testable import Reconciliation

@Suite("the board of requests")
struct RequestBoardTests {
    @Test("opens one request for a new group, and none for one that is open and right")
    func opens() {
        var board = Board()
        let group = Board.group()
        board.groups = [group]
        #expect(board.actions == [Board.opening(group)])
        board.isOpen(group)
        #expect(board.actions == [.describe(board.records[0], group, tip: "c1")])
    }

    @Test("the identity knows team, policies and files, and no values")
    func identity() {
        let group = Board.group()
        #expect(group.identity == Board.group(findings: ["f-2"], savings: 7, new: "b2").identity)
        #expect(group.identity != Board.group(file: "other.tf").identity)
        #expect(group.identity != Board.group("search").identity)
        var elsewhere = group
        elsewhere.subject.workspace = "acme on release"
        #expect(elsewhere.branch(prefix: "bursar/") != group.branch(prefix: "bursar/"))
        #expect(group.branch(prefix: "bursar/").hasPrefix("bursar/payments-cost-"))
        #expect(Board.record(group).subject == group.subject.key)
    }

    @Test("other edits move the branch, also when files come and go: in place, never a second request")
    func updates() {
        var board = Board()
        board.isOpen(Board.group())
        let other = Board.group(file: "other.tf")
        board.groups = [other]
        #expect(board.actions == [.update(board.records[0], other, tip: "c1")])
    }

    @Test("a branch that a person edited is handed over once, and then left alone")
    func edited() {
        var board = Board()
        board.isOpen(Board.group())
        board.branches[board.records[0].branch] = .edited(tip: "c2")
        board.groups = [Board.group(new: "b2")]
        #expect(board.actions == [.handOver(board.records[0])])
        board.records[0].isEdited = true
        #expect(board.actions.isEmpty)
    }

    @Test("what is fixed elsewhere is closed, unless a person worked on it")
    func fixedElsewhere() {
        var board = Board()
        board.isOpen(Board.group())
        board.present = []
        #expect(board.actions == [.close(board.records[0], .fixed)])
        board.branches[board.records[0].branch] = .edited(tip: "c2")
        #expect(board.actions == [.abandon(board.records[0])])
    }

    @Test("nothing is closed because data was missing, or because no fix is offered any more")
    func partial() {
        var board = Board()
        board.isOpen(Board.group())
        #expect(board.actions.isEmpty)
        board.present = []
        board.isPartial = true
        #expect(board.actions.isEmpty)
        board.groups = [Board.group("search")]
        #expect(board.actions == [.wait(Board.group("search"), .partial)])
    }

    @Test("a request that a person closed stays closed until something new stands in it")
    func dismissed() throws {
        var board = Board()
        let group = Board.group(findings: ["f-1", "f-2"])
        let ended = Board.noon.subtracting(.days(1))
        board.isOpen(group)
        board.standings[board.records[0].group] = .closed(at: ended, isOurs: false)
        board.groups = [group]
        var settled = board.records[0]
        settled.state = .dismissed
        settled.ended = ended
        settled.updated = board.now
        let until = ended.adding(.days(90))
        #expect(board.actions == [.settle(settled), .wait(group, .dismissed(until: until))])

        board.records = [settled]
        func isOpened(_ group: RequestGroup) -> Bool {
            board.groups = [group]
            return board.actions == [Board.opening(group, replacing: "c1", resuming: nil)]
                || board.actions == [Board.opening(group)]
        }
        // One finding less is nothing new, in whatever file set; one more is.
        #expect(!isOpened(Board.group(findings: ["f-2"])))
        #expect(isOpened(Board.group(findings: ["f-1", "f-2", "f-3"])))
        // A quarter more is not over a quarter more.
        #expect(!isOpened(Board.group(findings: ["f-1"], savings: 125)))
        #expect(isOpened(Board.group(findings: ["f-1"], savings: 126)))
        board.now = until
        #expect(isOpened(group))
        board.settings.dismissal = nil
        board.now = until.adding(.days(4_000))
        #expect(!isOpened(group))
    }

    @Test("limits hold back what is worth least, and say so")
    func limits() {
        var board = Board()
        board.groups = [Board.group("a", stake: 1), Board.group("b", stake: 3), Board.group("c", stake: 2)]
        #expect(
            board.actions == [
                Board.opening(board.groups[1]), Board.opening(board.groups[2]),
                .wait(board.groups[0], .maxNewPerHour(2)),
            ])
        board.settings.maxOpen = 1
        #expect(board.actions[1] == .wait(board.groups[2], .maxOpen(1)))
        // One that is closed now makes room.
        board.settings.maxOpen = 1
        board.isOpen(Board.group("z"))
        board.present = []
        board.groups = [Board.group("b")]
        #expect(board.actions == [.close(board.records[0], .fixed), Board.opening(board.groups[0])])
    }

    @Test("a clock that jumped back opens no more than the limit")
    func clockJumpsBack() {
        var board = Board()
        board.settings.maxNewPerHour = 1
        board.isOpen(Board.group("a"), at: Board.noon.adding(.hours(5)))
        board.groups = [Board.group("b")]
        #expect(board.actions.contains(.wait(board.groups[0], .maxNewPerHour(1))))
    }

    @Test("outside of the schedule nothing is opened or moved, but what is fixed is closed")
    func schedule() {
        var board = Board()
        board.settings.schedule = [.init(days: [2], from: 8 * 60, until: 12 * 60)]
        board.groups = [Board.group()]
        #expect(board.actions == [.wait(board.groups[0], .schedule)])
        board.now = Board.noon.subtracting(TimeSpan(seconds: 1))
        #expect(board.actions == [Board.opening(board.groups[0])])
        board.now = Board.noon.adding(.days(1)).subtracting(TimeSpan(seconds: 1))
        #expect(board.actions == [.wait(board.groups[0], .schedule)])
        board.groups = []
        board.isOpen(Board.group())
        board.present = []
        #expect(board.actions == [.close(board.records[0], .fixed)])
    }

    @Test("what was merged three times and undone each time is not proposed a fourth time")
    func fights() {
        var board = Board()
        let group = Board.group()
        board.groups = [group]
        for day in 1...3 {
            let time = Board.noon.subtracting(.days(day))
            board.records.append(Board.record(group, .merged, opened: time, ended: time))
        }
        #expect(board.actions == [.wait(group, .fighting)])
        board.records.removeLast()
        #expect(board.actions == [Board.opening(group)])
    }

    @Test("an attempt that was cut off is taken up where it stopped")
    func resumes() {
        var board = Board()
        let group = Board.group()
        board.groups = [group]
        board.records = [Board.record(group, .writing)]
        board.standings[group.identity] = .unheard
        #expect(board.actions == [Board.opening(group, replacing: nil, resuming: board.records[0])])
        board.branches[board.records[0].branch] = .ours(tip: "c1")
        #expect(board.actions == [Board.opening(group, replacing: "c1", resuming: board.records[0])])
        // The code host has it: only the ledger did not hear of it.
        board.standings[group.identity] = .open(number: 1, url: "u")
        var settled = board.records[0]
        settled.state = .open
        settled.url = "u"
        settled.updated = board.now
        board.changes["c1"] = Set(group.plan.files)
        #expect(board.actions == [.settle(settled), .describe(settled, group, tip: "c1")])
    }

    @Test("what is taken up late counts among what is opened within the hour")
    func resumesLate() {
        var board = Board()
        board.settings.maxNewPerHour = 1
        board.groups = [Board.group("a"), Board.group("b")]
        board.records = [Board.record(board.groups[0], .writing)]
        #expect(
            board.actions == [
                Board.opening(board.groups[0], replacing: nil, resuming: board.records[0]), .wait(board.groups[1], .maxNewPerHour(1)),
            ])
    }

    @Test("a branch of somebody else's is not taken")
    func foreignBranch() {
        var board = Board()
        let group = Board.group()
        board.groups = [group]
        let name = group.branch(prefix: "bursar/")
        board.branches[name] = .edited(tip: "c9")
        #expect(board.actions == [.open(group, branch: name + "-2", replacing: nil, resuming: nil)])
        board.branches[name + "-2"] = .contained(tip: "c8")
        #expect(board.actions == [.open(group, branch: name + "-2", replacing: "c8", resuming: nil)])
        for other in group.branchNames(prefix: "bursar/") { board.branches[other] = .edited(tip: "c9") }
        #expect(board.actions == [.wait(group, .foreignBranch(name))])
    }
}
