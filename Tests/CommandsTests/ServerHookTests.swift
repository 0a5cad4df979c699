import Foundation
import TestSupport
import Testing

@testable import Commands

/// Real pushes to a bare repository, whose hook runs the tool as it was built, on objects that are still in quarantine.
@Suite("hooks on the server")
struct ServerHookTests {
    private func push(_ estate: HookEstate, _ arguments: String..., environment: [String: String] = [:]) throws -> Program.Result {
        try estate.repository.attempt(
            ["push", "--no-verify", "origin"] + arguments, environment: ["BURSAR": Program.bursar.path].merging(environment) { $1 })
    }

    /// Few objects are unpacked, many stay a pack: both lie in the quarantine.
    @Test("a push that breaks a policy of ours is refused, and nothing of it is taken", arguments: ["1", "1000"], ["", "live/acme team"])
    func refused(unpackLimit: String, folder: String) throws {
        let estate = try HookEstate(folder: folder)
        try estate.server.git(["config", "receive.unpackLimit", unpackLimit])
        let first = try push(estate, "main")
        #expect(first.code == 0, "\(first.error)")
        let good = try estate.head()
        let prefix = folder.isEmpty ? "" : folder + "/"

        try estate.commit(HookEstate.untagged, to: prefix + "infra/main.tf")
        let finding = try push(estate, "main")
        #expect(finding.code == 1)
        #expect(finding.error.contains("infra/main.tf:1") && finding.error.contains("required tag 'team' is missing"))
        #expect(finding.error.contains("(code 1)") && finding.error.contains("the push is refused"))
        #expect(try estate.tip("main") == good)
        #expect(try estate.server.attempt(["cat-file", "-e", try estate.head()]).code != 0, "the objects stayed")

        try estate.commit(HookEstate.volume, to: prefix + "infra/main.tf")
        #expect(try push(estate, "main").code == 0)
        try estate.commit(HookEstate.broken, to: prefix + "policies/tags.yaml")
        let broken = try push(estate, "main")
        #expect(broken.code == 1)
        #expect(broken.error.contains("policies/tags.yaml:4:3: error: unknown key 'enforcment'") && broken.error.contains("(code 2)"))
    }

    @Test("a repository whose path needs quotes in Git's own list of folders is read, too")
    func quotedAlternates() throws {
        let estate = try HookEstate(hooks: false)
        let path = estate.outside.path + "/a:b \"c\".git"
        try estate.server.git(["init", "--quiet", "--bare", "--initial-branch=main", path])
        #expect(Said("init", "--hooks", "--server", "--quiet", "-C", path).code == 0)
        let url = "file://" + path.replacing("\"", with: "%22").replacing(" ", with: "%20")
        func push() throws -> Program.Result { try estate.git("push", "--no-verify", url, "main") }
        let first = try push()
        #expect(first.code == 0, "\(first.error)")
        // Now what was there before comes from the repository, and what is new from the quarantine.
        try estate.commit(HookEstate.untagged, to: "infra/main.tf")
        let second = try push()
        #expect(second.code == 1 && second.error.contains("required tag 'team' is missing"), "\(second.error)")
    }

    @Test("only the default branch is checked, or those that are named")
    func branches() throws {
        let estate = try HookEstate()
        try estate.commit(HookEstate.untagged, to: "infra/main.tf")
        #expect(try push(estate, "main:feature").code == 0)
        #expect(try push(estate, "main:refs/heads/release/1", environment: ["BURSAR_BRANCHES": "main release/*"]).code == 1)
        #expect(try push(estate, "main:refs/heads/released", environment: ["BURSAR_BRANCHES": "main release/*"]).code == 0)
        #expect(try push(estate, "main", environment: ["BURSAR_BRANCHES": "main release/*"]).code == 1)
        try estate.server.git(["symbolic-ref", "HEAD", "refs/heads/trunk"])
        #expect(try push(estate, "main").code == 0)
        #expect(try push(estate, "main:trunk").code == 1)
    }

    @Test("one branch that does not hold refuses the whole push")
    func together() throws {
        let estate = try HookEstate()
        try estate.repository.git(["branch", "good"])
        try estate.commit(HookEstate.untagged, to: "infra/main.tf")
        #expect(try push(estate, "good", "main").code == 1)
        #expect(try estate.tip("good") == nil && estate.tip("main") == nil)
    }

    @Test("what cannot be observed is said, and refuses only where that is asked for")
    func partial() throws {
        let estate = try HookEstate(hasBill: false)
        let strict = try push(estate, "main", environment: ["BURSAR_STRICT": "1"])
        #expect(strict.code == 1)
        let taken = try push(estate, "main")
        #expect(taken.code == 0)
        #expect(taken.error.contains("not everything could be observed on main"))
    }

    @Test("a workspace that is removed is said to be checked no longer")
    func removed() throws {
        let estate = try HookEstate()
        #expect(try push(estate, "main").code == 0)
        try estate.repository.git(["rm", "--quiet", "bursar.yaml"])
        try estate.repository.git(["commit", "--quiet", "--no-verify", "--message", "x"])
        let strict = try push(estate, "main", environment: ["BURSAR_STRICT": "1"])
        #expect(strict.code == 1 && strict.error.contains("no longer checked, for it is removed: bursar.yaml"))
        #expect(try push(estate, "main").code == 0)
    }

    @Test("a repository without a workspace, and a deleted branch, need no tool")
    func nothingToCheck() throws {
        let estate = try HookEstate()
        #expect(try push(estate, "main:old", "main").code == 0)
        #expect(try push(estate, ":old", environment: ["BURSAR": "/gone", "BURSAR_BRANCHES": "*"]).code == 0)
        #expect(try push(estate, "main:new", environment: ["BURSAR": "/gone", "BURSAR_BRANCHES": "*"]).code == 1)
        try estate.repository.git(["checkout", "--quiet", "--orphan", "empty"])
        try estate.repository.git(["rm", "-rfq", "bursar.yaml"])
        try estate.repository.git(["commit", "--quiet", "--no-verify", "--message", "x"])
        #expect(try push(estate, "empty", environment: ["BURSAR": "/gone", "BURSAR_BRANCHES": "*"]).code == 0)
    }

    @Test("names are names, whatever they look like", arguments: ["-x", "$(touch${IFS}hacked)", "a`touch${IFS}hacked`", "a\"b"])
    func hostileNames(branch: String) throws {
        let estate = try HookEstate()
        let trigger = estate.outside.path + "/trigger"
        let result = try push(estate, "main:refs/heads/" + branch, environment: ["BURSAR_BRANCHES": "*", "BURSAR_TRIGGER": trigger])
        #expect(result.code == 0, "\(result.error)")
        #expect(try estate.tip(branch) == estate.head())
        #expect(FileManager.default.fileExists(atPath: trigger))
        #expect(!FileManager.default.fileExists(atPath: estate.server.path + "/hacked"))
        try estate.commit(HookEstate.untagged, to: "infra/main.tf")
        #expect(try push(estate, "main:refs/heads/" + branch, environment: ["BURSAR_BRANCHES": "*"]).code == 1)
    }

    // MARK: post-receive

    @Test("the loop is told the names of what was pushed and nothing else")
    func webhook() throws {
        let estate = try HookEstate()
        let tools = TemporaryDirectory()
        try tools.writeProgram(
            "#!/bin/sh\ncat >'\(tools.path)/body'\nprintf '%s\\n' \"$*\" >'\(tools.path)/arguments'\nexit \"${CURL:-0}\"\n", to: "curl")
        let path = "\(tools.path):" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
        let environment = ["PATH": path, "BURSAR_WEBHOOK": "http://127.0.0.1:1/hook"]
        #expect(try push(estate, "main", "main:a\"b", environment: environment).code == 0)
        #expect(try tools.read("body") == Array("refs/heads/main\nrefs/heads/a\"b\n".utf8))
        let arguments = String(decoding: try tools.read("arguments"), as: UTF8.self)
        #expect(arguments.hasSuffix("--url http://127.0.0.1:1/hook\n") && !arguments.contains("--location"))
        try estate.commit("# more\n", to: "README.md")
        let failed = try push(estate, "main", environment: environment.merging(["CURL": "7"]) { $1 })
        #expect(failed.code == 0 && failed.error.contains("the webhook did not answer"))
    }

    @Test("a loop that cannot be told fails no push")
    func triggerFails() throws {
        let estate = try HookEstate()
        let result = try push(estate, "main", environment: ["BURSAR_TRIGGER": "/gone/trigger"])
        #expect(result.code == 0 && result.error.contains("the loop was not told: '/gone/trigger' cannot be touched"))
        #expect(try estate.tip("main") == estate.head())
    }
}
