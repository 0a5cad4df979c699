import CostModel
import Foundation
import Git
import Store
import TestSupport
import Testing

@testable import Reconciliation

@Suite("the branch of badges")
struct BadgeBranchTests {
    private static let branch = "bursar-badges"

    /// Behind a mirror of a bare repository, as a remote is.
    private static func loop(_ badges: String = "{branch: \(branch)}") throws -> HostedLoop {
        let loop = try HostedLoop(.github)
        loop.hasHost = false
        try loop.commit(SmallEstate.workspace(more: "  scoring: {badges: \(badges)}\n"), to: "bursar.yaml")
        return loop
    }

    private static func commits(_ loop: HostedLoop) throws -> Int {
        Int(try loop.bare.git(["rev-list", "--count", branch])) ?? -1
    }

    private static func file(_ path: String, _ loop: HostedLoop) throws -> String {
        try loop.bare.git(["show", "\(branch):\(path)"])
    }

    @Test("is made without a parent, shows percentages only, and gets no commit while the pictures are the same")
    func once() throws {
        let loop = try Self.loop()
        let result = try loop.run()
        #expect(result.run.outcome == .succeeded, "\(result.run.stages.map(\.message))")
        #expect(try Self.commits(loop) == 1)
        let files = try loop.bare.git(["ls-tree", "-r", "--name-only", Self.branch]).split(separator: "\n").map(String.init)
        let pictures = ["card", "level", "saved", "score", "streak"].map { "small/payments/\($0).svg" }
        #expect(files == ["small/README.md", "small/leaderboard.svg"] + pictures)
        for file in files { #expect(try !Self.file(file, loop).contains("$"), "\(file)") }
        let score = try #require(result.leaderboard?.teams.first?.score).hundredths / 100
        #expect(try Self.file("small/payments/score.svg", loop).contains("<title id=\"t\">score: \(score)</title>"))
        #expect(try Self.file("small/README.md", loop).contains("](payments/score.svg)"))
        #expect(try loop.bare.git(["log", "-1", "--format=%(trailers:key=Bursar-Badges,valueonly)", Self.branch]) == "small\n")
        try loop.bare.git(["fsck", "--strict"])

        #expect(try loop.run().run.outcome == .unchanged)
        try loop.commit("x", to: "README")
        #expect(try loop.run().run.outcome == .succeeded)
        #expect(try Self.commits(loop) == 1)
        #expect(try loop.ledger().audits().filter { $0.object == Self.branch }.map(\.action) == [.branchWritten])
    }

    @Test("goes on from where it stands when a score changes, and is made anew when somebody deletes it")
    func moves() throws {
        let loop = try Self.loop()
        try loop.run()
        let first = try loop.bare.git(["rev-parse", Self.branch])
        try loop.mendByHand()
        // A finding is fixed once two evaluations lack it.
        for _ in 1...2 {
            loop.clock.advance(.days(1))
            try loop.run()
        }
        #expect(try loop.bare.git(["rev-list", Self.branch]).split(separator: "\n").last.map(String.init) == first)
        #expect(try Self.commits(loop) > 1)
        try loop.bare.git(["branch", "-D", Self.branch])
        try loop.run()
        #expect(try Self.commits(loop) == 1)
    }

    @Test("that is somebody else's is left alone, and the run says so; requests are written all the same")
    func foreign() throws {
        let loop = try Self.loop()
        try loop.bare.git(["branch", Self.branch, "main"])
        let tip = try loop.bare.git(["rev-parse", Self.branch])
        for _ in 1...2 {
            let result = try loop.run()
            #expect(result.run.outcome == .stalled)
            #expect(result.run.stages.last?.message.contains("'bursar-badges' of 'scoring.badges' is not ours") == true)
        }
        #expect(try loop.bare.git(["rev-parse", Self.branch]) == tip)
        #expect(try loop.ledger().requests().map(\.state) == [.open])
        try loop.bare.git(["branch", "-D", Self.branch])
        #expect(try loop.run().run.outcome == .succeeded)
        #expect(try Self.commits(loop) == 1)
    }

    @Test("may not be the one that is watched")
    func watched() throws {
        let loop = try Self.loop("{branch: main}")
        let tip = try loop.bare.git(["rev-parse", "main"])
        let result = try loop.run()
        #expect(result.run.outcome == .stalled)
        #expect(result.run.stages.last?.message.contains("is the one that is watched") == true)
        #expect(try loop.bare.git(["rev-parse", "main"]) == tip)
    }

    @Test("that the remote refuses is said with its words, and tried again")
    func refused() throws {
        let loop = try Self.loop()
        try loop.bare.git(["config", "receive.hideRefs", "refs/heads/\(Self.branch)"])
        let result = try loop.run()
        #expect(result.run.outcome == .stalled)
        let message = try #require(result.run.stages.last?.message)
        #expect(message.contains("'bursar-badges' is refused") && message.contains("deny updating a hidden ref"), "\(message)")
        #expect(try loop.ledger().requests().map(\.state) == [.open])
        try loop.bare.git(["config", "--unset", "receive.hideRefs"])
        #expect(try loop.run().run.outcome == .succeeded)
        #expect(try Self.commits(loop) == 1)
    }

    @Test("is complete after a run that was killed behind it, with nothing twice")
    func killed() throws {
        let loop = try Self.loop()
        loop.kill(after: .badges)
        #expect(try loop.run().run.outcome == .failed)
        loop.kill(after: nil)
        #expect(try loop.run(.retry).run.outcome == .succeeded)
        #expect(try Self.commits(loop) == 1)
        #expect(try loop.run().run.outcome == .unchanged)
    }

    @Test("shows amounts of money where the workspace says so")
    func amounts() throws {
        let loop = try Self.loop("{branch: \(Self.branch), amounts: true}")
        try loop.run()
        #expect(try Self.file("small/payments/saved.svg", loop).contains("saved: $0/month"))
        #expect(try Self.file("small/payments/card.svg", loop).contains("$0/month saved, verified"))
    }

    @Test("is not written by a dry run, which says that it would be")
    func dryRun() throws {
        let estate = try SmallEstate()
        try estate.repository.write(SmallEstate.workspace(more: "  scoring: {badges: {branch: \(Self.branch)}}\n"), to: "bursar.yaml")
        try estate.repository.commit()
        let loop = try LocalLoop(estate)
        let result = try loop.run(isDryRun: true)
        #expect(result.run.stages.last?.message == "dry run: nothing is written; the badges would be renewed")
        #expect(try estate.repository.attempt(["rev-parse", "--verify", "--quiet", Self.branch]).code != 0)
        try loop.run()
        #expect(try loop.run(isDryRun: true).run.stages.last?.message == "dry run: nothing is written")
    }

    @Test("has a folder for each workspace: what is another's stays, and a team that is gone takes its pictures along")
    func folders() throws {
        let temporary = try TemporaryRepository()
        try temporary.write("theirs", to: "other/search/score.svg")
        try temporary.write("old", to: "small/gone/score.svg")
        try temporary.write("kept", to: "small/README.md")
        let tip = try #require(ObjectID(try temporary.commit("Renew the badges\n\nBursar-Badges: other")))
        let badges = try #require(BadgeBranch(BadgeSettings(branch: Self.branch), of: "small"))
        let repository = try Repository.discover(from: temporary.path)
        try badges.checkOwner(of: tip, watched: "main", in: repository)
        let files = ["README.md": Array("kept".utf8), "payments/score.svg": Array("new".utf8)]
        func draft(_ tip: ObjectID) throws -> CommitDraft? {
            try badges.draft(files, at: tip, in: repository, by: Identity(name: "Ada", email: "ada@example.com"), now: SmallEstate.now)
        }
        let commit = try repository.write(try #require(try draft(tip)))
        let listed = try temporary.git(["ls-tree", "-r", "-t", "--name-only", commit.description])
        #expect(
            listed.split(separator: "\n").map(String.init) == [
                "other", "other/search", "other/search/score.svg", "small", "small/README.md", "small/payments", "small/payments/score.svg",
            ])
        #expect(try draft(commit) == nil)
    }
}
