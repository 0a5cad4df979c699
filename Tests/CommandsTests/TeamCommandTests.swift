import Foundation
import JSON
import Reporting
import TestSupport
import Testing

@testable import Commands

@Suite("a team's own view")
struct TeamCommandTests {
    @Test("explain TEAM says where it stands, what the next level lacks, and which patches give most points")
    func explain() throws {
        let estate = try AgreedEstate()
        let said = estate.run("explain", "payments")
        #expect(said.output.contains("payments") && said.output.contains("Standing") && said.output.contains("lacks"), "\(said.output)")
        #expect(said.output.contains("Most points for a patch") && said.output.contains("infra/app/main.tf"))
        // Nobody knows what is due without a ledger.
        #expect(said.output.contains("only a ledger knows when a finding opened"))
        #expect(estate.run("explain", "Team/payments").output == said.output)
        let document = try estate.document("explain", "payments")
        #expect(document["subject"] == "team" && document["name"] == "payments")
    }

    @Test("with a ledger it says what is due this week, too")
    func due() throws {
        let estate = try AgreedEstate(policy: "inlineExemptions: true\n  fixWithin: 5d")
        let state = TemporaryDirectory()
        let run = estate.run("reconcile", "--once", "--apply", "--state", state.path + "/state")
        try #require(run.code == 0, "\(run.error)\(run.output)")
        let said = estate.run("explain", "payments", "--state", state.path + "/state")
        #expect(said.output.contains("Due this week") && said.output.contains("due 2026-11-06"), "\(said.output)")
        let card = try estate.document("scorecard", "--history", "--state", state.path + "/state")
        let penalty = try #require(card["teams"].items.first?["penalties"].items.first)
        #expect(penalty["due"] == "2026-11-06" && penalty["overdue"] == false)
        let late = Said([
            "history", "--findings", "--state", state.path + "/state", "--now", "2026-11-10T00:00:00Z",
        ])
        #expect(late.output.contains("2026-11-06 overdue"), "\(late.output)")
    }

    @Test("a name that nothing has is answered with what was meant")
    func typo() throws {
        let said = try AgreedEstate().run("explain", "paymens")
        #expect(said.code == 2)
        #expect(said.error.contains("there is no rule, policy, team, allocation, resource or finding 'paymens'; did you mean 'payments'?"))
    }

    @Test("a list of words is answered word by word", arguments: [("cost", "teams", "team"), ("forecast", "team,servce", "service")])
    func words(command: String, list: String, meant: String) throws {
        let said = try AgreedEstate().run(command, "--by", list)
        #expect(said.code == 2 && said.error.contains("did you mean '\(meant)'?"), "\(said.error)")
    }

    @Test("init refuses a bare repository, and Git's own folder")
    func refusals() throws {
        let directory = TemporaryDirectory()
        let repository = try TemporaryRepository()
        for folder in [repository.path + "/.git", repository.path + "/.git/hooks"] {
            let said = Said("init", "-C", folder)
            #expect(said.code == 2 && said.error.contains("is Git's own folder") && said.error.contains("bursar init -C"), "\(said.error)")
            #expect(!FileManager.default.fileExists(atPath: folder + "/bursar.yaml"))
        }
        let bare = directory.path + "/bare.git"
        try FileManager.default.copyItem(atPath: repository.path + "/.git", toPath: bare)
        try Data("[core]\n\trepositoryformatversion = 0\n\tbare = true\n".utf8).write(to: URL(filePath: bare + "/config"))
        let said = Said("init", "-C", bare)
        #expect(said.code == 2 && said.error.contains("is a bare repository"), "\(said.error)")
        #expect(!FileManager.default.fileExists(atPath: bare + "/bursar.yaml"))
    }
}
