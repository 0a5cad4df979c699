import CostModel
import Forge
import Foundation
import Store
import Synchronization
import TestSupport
import Testing

@testable import Reconciliation

@Suite("a run over a local repository")
struct LocalRunTests {
    @Test("writes a branch, remembers it, and does nothing more while nothing changes")
    func once() throws {
        let loop = try LocalLoop(try SmallEstate())
        let first = try loop.run()
        #expect(first.run.outcome == .succeeded)
        #expect(first.run.stages.map(\.stage) == Stage.allCases)
        #expect(first.run.stages.allSatisfy { $0.condition == .ready })
        #expect(try loop.branches.count == 1)
        let record = try #require(try loop.ledger.requests().first)
        #expect(record.state == .open)
        #expect(try loop.branches == ["\(record.branch) \(record.commit)"])
        #expect(record.plan.changes.flatMap(\.resources).map(\.address) == ["aws_sqs_queue.jobs"])
        #expect(try loop.ledger.audits().map(\.action) == [.branchWritten])

        let before = try loop.state.read("ledger.sqlite-wal")
        #expect(try loop.run().run.outcome == .unchanged)
        #expect(try loop.state.read("ledger.sqlite-wal") == before)
        #expect(try loop.ledger.runs(limit: 10).count == 1)
        #expect(loop.board.status(of: "small")?.condition == .ready)
    }

    @Test("that finds everything right removes the lock of one that was killed, after it wrote a branch or deleted one; a dry run does not")
    func leftLock() throws {
        let loop = try LocalLoop(try SmallEstate())
        try loop.run()
        let record = try #require(try loop.ledger.requests().first)
        for (branch, content) in [(record.branch, record.commit), ("bursar/deleted", "-")] {
            let lock = "refs/heads/\(branch).lock"
            try loop.estate.repository.write("\(content) \(lock)\n", to: ".git/bursar-locks/4711-1")
            try loop.estate.repository.write("", to: ".git/" + lock)
            let path = loop.estate.path + "/.git/"
            for name in ["bursar-locks/4711-1", lock] {
                try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -30)], ofItemAtPath: path + name)
            }
            try loop.run(isDryRun: true)
            #expect(FileManager.default.fileExists(atPath: path + lock))
            #expect(try loop.run().run.outcome == .succeeded)
            #expect(!FileManager.default.fileExists(atPath: path + lock))
        }
        try loop.estate.repository.git(["update-ref", "-d", "refs/heads/" + record.branch])
    }

    @Test("a dry run says what it would write, and writes no branch")
    func dryRun() throws {
        let loop = try LocalLoop(try SmallEstate())
        let result = try loop.run(isDryRun: true)
        #expect(result.run.isDryRun)
        #expect(result.requests.count == 1)
        #expect(try loop.branches.isEmpty)
        #expect(try loop.ledger.requests().isEmpty)
        // Applying is not the same run again.
        #expect(try loop.run().run.outcome == .succeeded)
        #expect(try loop.branches.count == 1)
    }

    @Test("a branch stays as it is while other commits pass below it, and moves when its own file changes")
    func updates() throws {
        let loop = try LocalLoop(try SmallEstate())
        try loop.run()
        let first = try loop.branches
        try loop.estate.repository.write("x", to: "README")
        try loop.estate.repository.commit()
        #expect(try loop.run().run.outcome == .succeeded)
        #expect(try loop.branches == first)
        try loop.estate.repository.write("# ours\n" + SmallEstate.queue, to: "infra/app/main.tf")
        try loop.estate.repository.commit()
        try loop.run()
        let second = try loop.branches
        #expect(second.count == 1 && second != first)
        #expect(try loop.ledger.requests(states: [.open]).count == 1)
    }

    private static let emptied = #"{"version": 4, "serial": 2, "lineage": "x", "outputs": {}, "resources": []}"#

    @Test("a state that was known and says nothing any more is a gap: nothing closes, nobody it touches is scored")
    func emptiedState() throws {
        let loop = try LocalLoop(try SmallEstate())
        try loop.run()
        let (scores, branches) = (try loop.ledger.scores(), try loop.branches)
        let path = "observed/state/infra/app/terraform.tfstate"
        try loop.estate.repository.write(Self.emptied, to: path)
        loop.advance(.days(1))
        let result = try loop.run()
        #expect(result.run.isPartial && result.run.outcome == .failed)
        let problem = try #require(result.evaluated?.observed.problems.first { $0.id == "lost-state" })
        #expect(problem.message.contains("the state of 'infra/app' had 1 resource"))
        #expect(result.evaluated?.touchedTeams == ["payments"])
        #expect(try loop.ledger.scores() == scores && loop.branches == branches)
        #expect(try loop.ledger.lives().allSatisfy { $0.state == .open })
        // The code left with it: it was meant.
        try loop.estate.repository.write("# gone\n", to: "infra/app/main.tf")
        try loop.estate.repository.commit()
        loop.advance(.days(1))
        #expect(try loop.run().evaluated?.observed.problems.contains { $0.id == "lost-state" } == false)
    }

    @Test("a branch in the way of ours is a refusal that a person must fix, not somebody who was faster")
    func branchInTheWay() throws {
        let loop = try LocalLoop(try SmallEstate())
        try loop.estate.repository.git(["branch", "bursar"])
        let result = try loop.run()
        #expect(result.run.outcome == .stalled)
        let failure = try #require(result.requests.compactMap(\.failure).first)
        #expect(failure.contains("the branch 'bursar' is there, and Git cannot have both"))
    }

    @Test("a merged branch is a merged request, whatever the way")
    func merged() throws {
        for way in [["merge", "--no-ff", "--no-edit"], ["merge", "--ff-only"], ["cherry-pick"], ["merge", "--squash"]] {
            let loop = try LocalLoop(try SmallEstate())
            try loop.run()
            let branch = try #require(try loop.ledger.requests().first?.branch)
            if way[0] == "cherry-pick" { try loop.estate.repository.write("x", to: "README"); try loop.estate.repository.commit() }
            try loop.estate.repository.git(way + [branch])
            if way.last == "--squash" { try loop.estate.repository.commit("squashed by hand") }
            try loop.estate.repository.git(["branch", "-D", branch])
            try loop.run()
            let record = try #require(try loop.ledger.requests().first)
            #expect(record.state == .merged, "\(way)")
            #expect(try loop.branches.isEmpty)
            #expect(try loop.run().run.outcome == .unchanged)
        }
    }

    @Test("what is fixed elsewhere takes its branch along; what a person deleted stays away")
    func ends() throws {
        let loop = try LocalLoop(try SmallEstate())
        try loop.run()
        let fixed = SmallEstate.queue.replacing("team = \"payments\"", with: "team = \"payments\"\n    cost-center = \"CC-9999\"")
        try loop.estate.repository.write(fixed, to: "infra/app/main.tf")
        try loop.estate.repository.commit()
        try loop.run()
        #expect(try loop.branches.isEmpty)
        #expect(try loop.ledger.requests().map(\.state) == [.obsolete])

        try loop.estate.repository.write(SmallEstate.queue, to: "infra/app/main.tf")
        try loop.estate.repository.commit()
        loop.advance(.hours(2))
        try loop.run()
        let record = try #require(try loop.ledger.requests(states: [.open]).first)
        try loop.estate.repository.git(["branch", "-D", record.branch])
        try loop.run()
        #expect(try loop.ledger.requests().map(\.state).contains(.dismissed))
        try loop.estate.repository.write("x", to: "README")
        try loop.estate.repository.commit()
        try loop.run()
        #expect(try loop.branches.isEmpty)
    }

    @Test("a branch that a person worked on is theirs")
    func edited() throws {
        let loop = try LocalLoop(try SmallEstate())
        try loop.run()
        let record = try #require(try loop.ledger.requests().first)
        try loop.estate.repository.git(["checkout", "--quiet", record.branch])
        try loop.estate.repository.write("mine", to: "mine")
        try loop.estate.repository.commit("mine")
        try loop.estate.repository.git(["checkout", "--quiet", "main"])
        let edited = try loop.branches
        try loop.estate.repository.write("# ours\n" + SmallEstate.queue, to: "infra/app/main.tf")
        try loop.estate.repository.commit()
        for _ in 1...3 { try loop.run() }
        #expect(try loop.branches == edited)
        #expect(try loop.ledger.requests().map(\.isEdited) == [true])
    }

    @Test("a bill that is replaced while a run is at work is looked at by the next one")
    func replacedMeanwhile() throws {
        let loop = try LocalLoop(try SmallEstate())
        let bill = loop.estate.path + "/observed/bill.csv"
        let text = SmallEstate.bill() + SmallEstate.bill(days: 1, header: false)
        // Nothing could be done about a disk that fails; the next line shows that it did not.
        loop.meanwhile.withLock { $0 = { try? Data(text.utf8).write(to: URL(filePath: bill)) } }
        #expect(try loop.run().run.outcome == .succeeded)
        loop.meanwhile.withLock { $0 = nil }
        #expect(try loop.run().run.outcome == .succeeded)
        #expect(try loop.run().run.outcome == .unchanged)
    }

    @Test("what the schedule held back is looked at again when its window begins, and not before")
    func waiting() throws {
        let loop = try LocalLoop(try SmallEstate())
        try loop.estate.repository.write(
            SmallEstate.workspace(more: "  remediation: {requests: {schedule: [{days: [mon], from: \"08:00\", to: \"09:00\"}]}}\n"),
            to: "bursar.yaml")
        try loop.estate.repository.commit()
        // The first of November 2026 is a Sunday.
        let result = try loop.run()
        #expect(result.run.outcome == .succeeded && result.requests.count == 1)
        #expect(try loop.run().run.outcome == .unchanged)
        loop.advance(.hours(24))
        #expect(try loop.run().run.outcome == .succeeded, "another day")
        loop.advance(TimeSpan(seconds: 8 * 3_600 - 1))
        #expect(try loop.run().run.outcome == .unchanged)
        #expect(try loop.branches.isEmpty)
        loop.advance(TimeSpan(seconds: 1))
        #expect(try loop.run().run.outcome == .succeeded)
        #expect(try loop.branches.count == 1)
    }

    @Test("a ledger of another branch, folder or repository is not gone on with")
    func foreignLedger() throws {
        let loop = try LocalLoop(try SmallEstate())
        try loop.run()
        let branches = try loop.branches
        try loop.estate.repository.git(["checkout", "--quiet", "-b", "feature"])
        let result = try loop.run()
        #expect(result.run.outcome == .stalled)
        let message = try #require(result.run.stages.last?.message)
        #expect(message.contains("branch 'main'") && message.contains("branch 'feature'") && message.contains("state rebind"))
        #expect(try loop.branches == branches)
        // A branch of ours holds what is only proposed.
        let own = try #require(try loop.ledger.requests().first?.branch)
        try loop.estate.repository.git(["checkout", "--quiet", own])
        #expect(try loop.run().run.stages.last?.message.contains("Bursar's own") ?? false)
        try loop.estate.repository.git(["checkout", "--quiet", "main"])
        #expect(try loop.run(.api(caller: "test")).run.outcome == .succeeded)
    }

    @Test(
        "when the ledger is lost, branches tell of themselves: none is written twice, and a person's stays a person's",
        arguments: [false, true])
    func lostLedger(isEdited: Bool) throws {
        let loop = try LocalLoop(try SmallEstate())
        try loop.run()
        let branch = try #require(try loop.ledger.requests().first?.branch)
        if isEdited {
            try loop.estate.repository.git(["checkout", "--quiet", branch])
            try loop.estate.repository.write("mine", to: "mine")
            try loop.estate.repository.commit()
            try loop.estate.repository.git(["checkout", "--quiet", "main"])
        }
        // Another file joins the group, so that its branch would have another name.
        try loop.estate.repository.write(
            SmallEstate.queue.replacing("jobs", with: "more"), to: "infra/app/more.tf")
        try loop.estate.repository.commit()
        let tip = try loop.estate.repository.git(["rev-parse", branch])
        let next = try LocalLoop(loop.estate)
        for _ in 1...2 { try next.run(.api(caller: "test")) }
        #expect(try next.branches.count == 1)
        #expect(try next.ledger.requests().map(\.branch) == [branch])
        #expect(try next.ledger.requests().map(\.isEdited) == [isEdited])
        #expect(try (loop.estate.repository.git(["rev-parse", branch]) == tip) == isEdited)
    }

    @Test("after another prefix in the settings, what is open goes on under its old name")
    func newPrefix() throws {
        let loop = try LocalLoop(try SmallEstate())
        try loop.run()
        let before = try loop.branches
        let workspace = SmallEstate.workspace(more: "  remediation: {branchPrefix: cost/}\n")
        try loop.estate.repository.write(workspace, to: "bursar.yaml")
        try loop.estate.repository.commit()
        for _ in 1...2 { try loop.run() }
        #expect(try loop.branches.map { $0.prefix { $0 != " " } } == before.map { $0.prefix { $0 != " " } })
        #expect(try loop.estate.repository.git(["for-each-ref", "refs/heads/cost"]).isEmpty)
        #expect(try loop.ledger.requests().map(\.state) == [.open])
        #expect(try loop.run().run.outcome == .unchanged)
        // Once it is merged, its branch goes, and the next one has the new name.
        let name = String(before[0].prefix { $0 != " " })
        try loop.estate.repository.git(["merge", "--quiet", "--no-edit", name])
        try loop.run()
        #expect(try loop.ledger.requests().map(\.state) == [.merged])
        #expect(try loop.branches.isEmpty)
    }

    @Test("another author in the settings does not make our branches somebody else's")
    func newAuthor() throws {
        let loop = try LocalLoop(try SmallEstate())
        try loop.run()
        try loop.estate.repository.write(
            SmallEstate.workspace(more: "  remediation: {author: \"Robot <robot@example.com>\"}\n"), to: "bursar.yaml")
        try loop.estate.repository.write("# ours\n" + SmallEstate.queue, to: "infra/app/main.tf")
        try loop.estate.repository.commit()
        try loop.run()
        let record = try #require(try loop.ledger.requests().first)
        #expect(!record.isEdited)
        #expect(try loop.branches == ["\(record.branch) \(record.commit)"])
        #expect(try loop.estate.repository.git(["log", "-1", "--format=%an", record.branch]) == "Robot")
    }

    @Test("a torn bill closes nothing, moves nothing, and is tried again")
    func partial() throws {
        let loop = try LocalLoop(try SmallEstate())
        try loop.run()
        let before = try loop.branches
        try loop.estate.repository.write("", to: "observed/bill.csv")
        let result = try loop.run()
        #expect(result.run.outcome == .failed && result.run.isPartial)
        #expect(result.run.stages.contains { $0.reason == .partialObservation })
        #expect(try loop.branches == before)
        #expect(try loop.ledger.requests().map(\.state) == [.open])
        #expect(try loop.run().run.outcome == .failed)
        try loop.estate.repository.write(SmallEstate.bill(), to: "observed/bill.csv")
        #expect(try loop.run().run.outcome == .succeeded)
    }

    @Test("invalid policies stall until they change; what was in force stays in force")
    func stalled() throws {
        let loop = try LocalLoop(try SmallEstate())
        try loop.run()
        let good = loop.board.status(of: "small")?.appliedRevision
        let before = try loop.branches
        try loop.estate.repository.write("kind: Nonsense\n", to: "policies/tags.yaml")
        try loop.estate.repository.commit()
        let result = try loop.run()
        #expect(result.run.outcome == .stalled)
        #expect(result.run.stages.last?.reason == .invalidPolicy)
        #expect(result.run.stages.last?.message.contains("policies/tags.yaml:1") == true)
        #expect(loop.board.status(of: "small")?.appliedRevision == good)
        #expect(loop.board.status(of: "small")?.observedRevision != good)
        let count = try loop.ledger.runs(limit: 10).count
        #expect(try loop.run(.retry).run.outcome == .stalled)
        #expect(loop.board.status(of: "small")?.condition == .stalled)
        #expect(try loop.ledger.runs(limit: 10).count == count)
        #expect(try loop.branches == before)
        try loop.estate.repository.write(SmallEstate.tagging, to: "policies/tags.yaml")
        try loop.estate.repository.commit()
        #expect(try loop.run().run.outcome == .succeeded)
        #expect(loop.board.status(of: "small")?.condition == .ready)
    }

    @Test("killed after any step, the next run completes it, and nothing happens twice", arguments: [WriteStep.remember, .push])
    func killed(step: WriteStep) throws {
        let loop = try LocalLoop(try SmallEstate())
        loop.kill(after: step)
        #expect(try loop.run().run.outcome == .failed)
        loop.kill(after: nil)
        #expect(try loop.run(.retry).run.outcome == .succeeded)
        #expect(try loop.branches.count == 1)
        #expect(try loop.ledger.requests().map(\.state) == [.open])
        try loop.estate.repository.git(["fsck", "--strict"])
    }
}
