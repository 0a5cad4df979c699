import CostModel
import Testing

@testable import Reconciliation

@Suite("what is to happen to requests")
struct RequestReconcilerTests {
    @Test("opens one request for a new group, and none for one that is open and right")
    func opens() {
        var situation = RequestCase()
        let group = RequestCase.group()
        situation.groups = [group]
        #expect(situation.actions == [RequestCase.opening(group)])
        situation.isOpen(group)
        #expect(situation.actions == [.describe(situation.records[0], group, tip: "c1")])
    }

    @Test("the identity knows team, policies and files, and no values")
    func identity() {
        let group = RequestCase.group()
        #expect(group.identity == RequestCase.group(findings: ["f-2"], savings: 7, new: "b2").identity)
        #expect(group.identity != RequestCase.group(file: "other.tf").identity)
        #expect(group.identity != RequestCase.group("search").identity)
        var elsewhere = group
        elsewhere.subject.workspace = "acme on release"
        #expect(elsewhere.branch(prefix: "bursar/") != group.branch(prefix: "bursar/"))
        #expect(group.branch(prefix: "bursar/").hasPrefix("bursar/payments-cost-"))
        #expect(RequestCase.record(group).subject == group.subject.key)
    }

    @Test("other edits move the branch, also when files come and go: in place, never a second request")
    func updates() {
        var situation = RequestCase()
        situation.isOpen(RequestCase.group())
        let other = RequestCase.group(file: "other.tf")
        situation.groups = [other]
        #expect(situation.actions == [.update(situation.records[0], other, tip: "c1")])
    }

    @Test("a branch that a person edited is handed over once, and then left alone")
    func edited() {
        var situation = RequestCase()
        situation.isOpen(RequestCase.group())
        situation.branches[situation.records[0].branch] = .edited(tip: "c2")
        situation.groups = [RequestCase.group(new: "b2")]
        #expect(situation.actions == [.handOver(situation.records[0])])
        situation.records[0].isEdited = true
        #expect(situation.actions.isEmpty)
    }

    @Test("what is fixed elsewhere is closed, unless a person worked on it")
    func fixedElsewhere() {
        var situation = RequestCase()
        situation.isOpen(RequestCase.group())
        situation.present = []
        #expect(situation.actions == [.close(situation.records[0], .fixed)])
        situation.branches[situation.records[0].branch] = .edited(tip: "c2")
        #expect(situation.actions == [.abandon(situation.records[0])])
    }

    @Test("nothing is closed because data was missing, or because no fix is offered any more")
    func partial() {
        var situation = RequestCase()
        situation.isOpen(RequestCase.group())
        #expect(situation.actions.isEmpty)
        situation.present = []
        situation.isPartial = true
        #expect(situation.actions.isEmpty)
        situation.groups = [RequestCase.group("search")]
        #expect(situation.actions == [.wait(RequestCase.group("search"), .partial)])
    }

    @Test("what is put off waits until then, or until something new stands in it")
    func snoozed() throws {
        var situation = RequestCase()
        let group = RequestCase.group(findings: ["f-1", "f-2"])
        let until = situation.now.adding(.days(30))
        situation.snoozes = [
            Snooze(
                group: group.identity, since: situation.now, until: until, team: "payments", title: "t", findings: ["f-1", "f-2"],
                monthlySavings: RequestCase.usd(100), person: "ada", reason: "r")
        ]
        func isOpened(_ group: RequestGroup) -> Bool {
            situation.groups = [group]
            return situation.actions == [RequestCase.opening(group)]
        }
        #expect(!isOpened(group))
        #expect(situation.actions == [.wait(group, .snoozed(until: until, by: "ada"))] && situation.again == until)
        #expect(!isOpened(RequestCase.group(findings: ["f-2"], file: "other.tf")))
        #expect(isOpened(RequestCase.group(findings: ["f-1", "f-2", "f-3"])))
        #expect(!isOpened(RequestCase.group(findings: ["f-1"], savings: 125)))
        #expect(isOpened(RequestCase.group(findings: ["f-1"], savings: 126)))
        // A request that is open already goes on.
        situation.isOpen(group)
        #expect(!isOpened(group) && situation.actions == [.describe(situation.records[0], group, tip: "c1")])
        (situation.records, situation.statuses, situation.branches) = ([], [:], [:])
        situation.now = until
        #expect(isOpened(group))
    }

    @Test("what somebody asks for is opened whatever limits, times and an earlier closing say, and nothing else")
    func asked() {
        var situation = RequestCase()
        let (group, other) = (RequestCase.group(), RequestCase.group("search", stake: 900))
        situation.groups = [group, other]
        (situation.settings.maxOpen, situation.settings.maxNewPerHour) = (1, 1)
        situation.settings.schedule = [.init(days: [6])]
        situation.records = [RequestCase.record(RequestCase.group(file: "old.tf"), .dismissed, ended: situation.now.subtracting(.days(1)))]
        situation.asked = [group.identity]
        #expect(situation.actions == [.wait(other, .schedule), RequestCase.opening(group)])
        // Not beside another that is about the same, and not with data missing.
        situation.isPartial = true
        #expect(situation.actions == [.wait(other, .partial), .wait(group, .partial)])
    }

    @Test("a request that a person closed stays closed until something new stands in it")
    func dismissed() throws {
        var situation = RequestCase()
        let group = RequestCase.group(findings: ["f-1", "f-2"])
        let ended = RequestCase.noon.subtracting(.days(1))
        situation.isOpen(group)
        situation.statuses[situation.records[0].group] = .closed(at: ended, isOurs: false)
        situation.groups = [group]
        var settled = situation.records[0]
        settled.state = .dismissed
        settled.ended = ended
        settled.updated = situation.now
        let until = ended.adding(.days(90))
        #expect(situation.actions == [.settle(settled), .wait(group, .dismissed(until: until))])

        situation.records = [settled]
        func isOpened(_ group: RequestGroup) -> Bool {
            situation.groups = [group]
            return situation.actions == [RequestCase.opening(group, replacing: "c1", resuming: nil)]
                || situation.actions == [RequestCase.opening(group)]
        }
        // One finding less is nothing new, in whatever file set; one more is.
        #expect(!isOpened(RequestCase.group(findings: ["f-2"])))
        #expect(isOpened(RequestCase.group(findings: ["f-1", "f-2", "f-3"])))
        // A quarter more is not over a quarter more.
        #expect(!isOpened(RequestCase.group(findings: ["f-1"], savings: 125)))
        #expect(isOpened(RequestCase.group(findings: ["f-1"], savings: 126)))
        situation.now = until
        #expect(isOpened(group))
        situation.settings.dismissal = nil
        situation.now = until.adding(.days(4_000))
        #expect(!isOpened(group))
    }

    @Test("limits hold back what is worth least, and say so")
    func limits() {
        var situation = RequestCase()
        situation.groups = [RequestCase.group("a", stake: 1), RequestCase.group("b", stake: 3), RequestCase.group("c", stake: 2)]
        #expect(
            situation.actions == [
                RequestCase.opening(situation.groups[1]), RequestCase.opening(situation.groups[2]),
                .wait(situation.groups[0], .maxNewPerHour(2)),
            ])
        situation.settings.maxOpen = 1
        #expect(situation.actions[1] == .wait(situation.groups[2], .maxOpen(1)))
        // One that is closed now makes room.
        situation.settings.maxOpen = 1
        situation.isOpen(RequestCase.group("z"))
        situation.present = []
        situation.groups = [RequestCase.group("b")]
        #expect(situation.actions == [.close(situation.records[0], .fixed), RequestCase.opening(situation.groups[0])])
    }

    @Test("a clock that jumped back opens no more than the limit")
    func clockJumpsBack() {
        var situation = RequestCase()
        situation.settings.maxNewPerHour = 1
        situation.isOpen(RequestCase.group("a"), at: RequestCase.noon.adding(.hours(5)))
        situation.groups = [RequestCase.group("b")]
        #expect(situation.actions.contains(.wait(situation.groups[0], .maxNewPerHour(1))))
    }

    @Test("outside of the schedule nothing is opened or moved, but what is fixed is closed")
    func schedule() {
        var situation = RequestCase()
        situation.settings.schedule = [.init(days: [2], from: 8 * 60, until: 12 * 60)]
        situation.groups = [RequestCase.group()]
        #expect(situation.actions == [.wait(situation.groups[0], .schedule)])
        situation.now = RequestCase.noon.subtracting(TimeSpan(seconds: 1))
        #expect(situation.actions == [RequestCase.opening(situation.groups[0])])
        situation.now = RequestCase.noon.adding(.days(1)).subtracting(TimeSpan(seconds: 1))
        #expect(situation.actions == [.wait(situation.groups[0], .schedule)])
        situation.groups = []
        situation.isOpen(RequestCase.group())
        situation.present = []
        #expect(situation.actions == [.close(situation.records[0], .fixed)])
    }

    @Test("what was merged three times and undone each time is not proposed a fourth time")
    func fights() {
        var situation = RequestCase()
        let group = RequestCase.group()
        situation.groups = [group]
        for day in 1...3 {
            let time = RequestCase.noon.subtracting(.days(day))
            situation.records.append(RequestCase.record(group, .merged, opened: time, ended: time))
        }
        #expect(situation.actions == [.wait(group, .fighting)])
        situation.records.removeLast()
        #expect(situation.actions == [RequestCase.opening(group)])
    }

    @Test("an attempt that was cut off is taken up where it stopped")
    func resumes() {
        var situation = RequestCase()
        let group = RequestCase.group()
        situation.groups = [group]
        situation.records = [RequestCase.record(group, .writing)]
        situation.statuses[group.identity] = .unheard
        #expect(situation.actions == [RequestCase.opening(group, replacing: nil, resuming: situation.records[0])])
        situation.branches[situation.records[0].branch] = .ours(tip: "c1")
        #expect(situation.actions == [RequestCase.opening(group, replacing: "c1", resuming: situation.records[0])])
        // The code host has it: only the ledger did not hear of it.
        situation.statuses[group.identity] = .open(number: 1, url: "u")
        var settled = situation.records[0]
        settled.state = .open
        settled.url = "u"
        settled.updated = situation.now
        situation.changes["c1"] = Set(group.plan.files)
        #expect(situation.actions == [.settle(settled), .describe(settled, group, tip: "c1")])
    }

    @Test("what is taken up late counts among what is opened within the hour")
    func resumesLate() {
        var situation = RequestCase()
        situation.settings.maxNewPerHour = 1
        situation.groups = [RequestCase.group("a"), RequestCase.group("b")]
        situation.records = [RequestCase.record(situation.groups[0], .writing)]
        #expect(
            situation.actions == [
                RequestCase.opening(situation.groups[0], replacing: nil, resuming: situation.records[0]),
                .wait(situation.groups[1], .maxNewPerHour(1)),
            ])
    }

    @Test("a branch of somebody else's is not taken")
    func foreignBranch() {
        var situation = RequestCase()
        let group = RequestCase.group()
        situation.groups = [group]
        let name = group.branch(prefix: "bursar/")
        situation.branches[name] = .edited(tip: "c9")
        #expect(situation.actions == [.open(group, branch: name + "-2", replacing: nil, resuming: nil)])
        situation.branches[name + "-2"] = .contained(tip: "c8")
        #expect(situation.actions == [.open(group, branch: name + "-2", replacing: "c8", resuming: nil)])
        for other in group.branchNames(prefix: "bursar/") { situation.branches[other] = .edited(tip: "c9") }
        #expect(situation.actions == [.wait(group, .foreignBranch(name))])
    }

    @Test("what somebody asked for comes first, and within the same limits")
    func wanted() {
        var situation = RequestCase()
        situation.settings.maxNewPerHour = 1
        let (dear, cheap) = (RequestCase.group("payments", stake: 100), RequestCase.group("search", stake: 10))
        situation.groups = [dear, cheap]
        situation.present = ["f-1", "f-search"]
        #expect(situation.actions == [RequestCase.opening(dear), .wait(cheap, .maxNewPerHour(1))])
        situation.wanted = [cheap.identity]
        #expect(situation.actions == [RequestCase.opening(cheap), .wait(dear, .maxNewPerHour(1))])
    }
}
