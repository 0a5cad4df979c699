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
        #expect(try push(estate, "main").code == 0)
        try estate.commit(HookEstate.untagged, to: "infra/main.tf")
        #expect(try push(estate, "main:feature").code == 0)
        #expect(try push(estate, "main:refs/heads/release/1", environment: ["BURSAR_BRANCHES": "main release/*"]).code == 1)
        #expect(try push(estate, "main:refs/heads/released", environment: ["BURSAR_BRANCHES": "main release/*"]).code == 0)
        #expect(try push(estate, "main", environment: ["BURSAR_BRANCHES": "main release/*"]).code == 1)
        // A default branch that is not there is none: what people push is another one.
        try estate.server.git(["symbolic-ref", "HEAD", "refs/heads/trunk"])
        #expect(try push(estate, "main").code == 1)
        #expect(try push(estate, "main:trunk").code == 1)
    }

    @Test(
        "blanks alone name no branch, a whole name is one, and a list that cannot be meant refuses the push",
        arguments: [
            (" ", "does not hold"), ("\n", "does not hold"), ("\t ", "does not hold"), ("refs/heads/main", "does not hold"),
            ("refs/heads/*", "does not hold"), ("release/* refs/heads/main", "does not hold"), ("main,release/*", "names no branch"),
            (",main", "names no branch"), ("release/*, main", "names no branch"), ("refs/heads/", "names no branch"),
            ("refs/tags/x", "names no branch"),
        ])
    func spelled(branches: String, reason: String) throws {
        let estate = try HookEstate()
        try estate.commit(HookEstate.untagged, to: "infra/main.tf")
        let refused = try push(estate, "main", environment: ["BURSAR_BRANCHES": branches])
        #expect(refused.code == 1 && refused.error.contains(reason), "\(refused.error)")
        #expect(try estate.tip("main") == nil)
    }

    @Test(
        "a push of which nothing is checked by the names that were given says so, and no other does",
        arguments: ["Main", "master", "origin/main"])
    func unchecked(branches: String) throws {
        let estate = try HookEstate()
        try estate.repository.git(["tag", "v1"])
        let taken = try push(estate, "main", environment: ["BURSAR_BRANCHES": branches])
        #expect(taken.code == 0 && taken.error.contains("bursar: not checked: main; BURSAR_BRANCHES names \(branches)"), "\(taken.error)")
        for refs in [["v1"], ["main:feature", "main:\(branches)"]] {
            let other = try estate.repository.attempt(
                ["push", "--no-verify", "origin"] + refs, environment: ["BURSAR": Program.bursar.path, "BURSAR_BRANCHES": branches])
            #expect(other.code == 0 && !other.error.contains("not checked"), "\(other.error)")
        }
        #expect(try !push(estate, "main:another").error.contains("not checked"))
    }

    @Test("objects count as they are, whatever was pushed in their place")
    func replacements() throws {
        let estate = try HookEstate()
        #expect(try push(estate, "main").code == 0)
        let (old, empty) = (try estate.head(), try estate.repository.git(["mktree"]))
        try estate.commit(HookEstate.untagged, to: "infra/main.tf")
        let new = try estate.head()
        let commit = try estate.repository.git(["commit-tree", "-m", "nothing", empty])
        #expect(try push(estate, "\(commit):refs/replace/\(old)", "\(commit):refs/replace/\(new)").code == 0)
        let refused = try push(estate, "main")
        #expect(refused.code == 1 && refused.error.contains("required tag 'team' is missing"), "\(refused.error)")
        #expect(try estate.tip("main") == old)
    }

    @Test("a tag that is called like the old tip stops nothing and hides nothing")
    func tagOfDigits() throws {
        let estate = try HookEstate()
        #expect(try push(estate, "main").code == 0)
        let old = try estate.head()
        try estate.commit(HookEstate.untagged, to: "infra/main.tf")
        #expect(try push(estate, "HEAD:refs/tags/\(old)").code == 0)
        let refused = try push(estate, "main")
        #expect(refused.code == 1 && refused.error.contains("required tag 'team' is missing"), "\(refused.error)")
        try estate.commit(HookEstate.volume, to: "infra/main.tf")
        let taken = try push(estate, "main")
        #expect(taken.code == 0, "\(taken.error)")
    }

    @Test("one branch that does not hold refuses the whole push")
    func together() throws {
        let estate = try HookEstate()
        try estate.repository.git(["branch", "good"])
        try estate.commit(HookEstate.untagged, to: "infra/main.tf")
        #expect(try push(estate, "good", "main").code == 1)
        #expect(try estate.tip("good") == nil && estate.tip("main") == nil)
    }

    @Test("what cannot be observed is said, and refuses only where that is asked for; what fails without it refuses all the same")
    func partial() throws {
        let estate = try HookEstate(hasBill: false)
        let strict = try push(estate, "main", environment: ["BURSAR_STRICT": "1"])
        #expect(strict.code == 1)
        let taken = try push(estate, "main")
        #expect(taken.code == 0)
        #expect(taken.error.contains("not everything could be observed"))
        try estate.commit(HookEstate.untagged, to: "infra/main.tf")
        let refused = try push(estate, "main")
        #expect(refused.code == 1 && refused.error.contains("(code 1)"), "\(refused.error)")
    }

    @Test(
        "what the push itself makes unreadable refuses it, with the bill and without",
        arguments: [
            ("infra/main.tf", "resource \"aws_ebs_volume\" {"), ("infra/new.tf", "x = "), ("infra/new.tf.json", "{\"resource\": "),
            ("bursar.yaml", "kind: Workspace\n"), ("policies/tags.yaml", "a: [\n"),
            ("infra/main.tf", "resource \"aws_ebs_volume\" \"a\" { x = \u{FFFE} ( }"),
        ], [true, false])
    func unreadable(file: (name: String, text: String), hasBill: Bool) throws {
        let estate = try HookEstate(hasBill: hasBill)
        #expect(try push(estate, "main").code == 0)
        let good = try estate.head()
        try estate.commit(file.text, to: file.name)
        let result = try push(estate, "main")
        #expect(result.code == 1, "\(result.error)")
        #expect(try estate.tip("main") == good)
    }

    @Test("a folder that nobody could read stays as it is, and nothing hides in it")
    func unreadableBefore() throws {
        let estate = try HookEstate(hooks: false)
        try estate.commit("x = ", to: "infra/broken/main.tf")
        #expect(try push(estate, "main").code == 0)
        try estate.install()
        try estate.commit("# more\n", to: "infra/other.tf")
        #expect(try push(estate, "main").code == 0)
        try estate.commit(HookEstate.untagged, to: "infra/broken/hidden.tf")
        let hidden = try push(estate, "main")
        #expect(hidden.code == 1 && hidden.error.contains("the change itself makes this missing: infra/broken/main.tf"), "\(hidden.error)")
    }

    @Test("a forced push is held against the tip that it takes back, not against what both come from")
    func forced() throws {
        let estate = try HookEstate(hooks: false)
        // First the policy only warned, and there was a volume without a tag.
        try estate.commit(HookEstate.tags.replacing("enforcement: block", with: "enforcement: warn"), to: "policies/tags.yaml")
        try estate.commit(HookEstate.untagged, to: "infra/main.tf")
        let old = try estate.head()
        try estate.commit(HookEstate.volume, to: "infra/main.tf")
        try estate.commit(HookEstate.tags, to: "policies/tags.yaml")
        #expect(try push(estate, "main").code == 0)
        try estate.install()
        let tip = try estate.head()
        let back = try push(estate, "--force", "\(old):refs/heads/main")
        #expect(back.code == 1 && back.error.contains("required tag 'team' is missing"), "\(back.error)")
        // What was tagged when it branched off gets no more slack than a push on top.
        try estate.repository.git(["checkout", "--quiet", "--detach", "\(old)"])
        try estate.commit(HookEstate.untagged.replacing("data", with: "more"), to: "infra/new.tf")
        #expect(try push(estate, "--force", "HEAD:refs/heads/main").code == 1)
        #expect(try estate.tip("main") == tip)
        try estate.repository.git(["checkout", "--quiet", "main"])
        try estate.repository.git(["commit", "--quiet", "--amend", "--no-verify", "--message", "the same again"])
        let same = try push(estate, "--force", "main")
        #expect(same.code == 0, "\(same.error)")
    }

    /// Of the folders that a gap touches, not only its own.
    @Test(
        "nothing hides behind a folder that nobody could read before",
        arguments: [
            // A module that cannot be read, and the root that calls it.
            ("module \"m\" {\n  source = \"./m\"\n}\n", "infra/called/m/main.tf", "x = ", "infra/called/more.tf"),
            // A limit that is said of the root's folder.
            ("module \"m\" {\n  source = \"./m\"\n  count = 10001\n}\n", "infra/called/m/main.tf", "locals {}\n", "infra/called/m/more.tf"),
        ])
    func behindGaps(root: String, module: String, text: String, hidden: String) throws {
        let estate = try HookEstate(hooks: false)
        try estate.commit(root, to: "infra/called/main.tf")
        try estate.commit(text, to: module)
        #expect(try push(estate, "main").code == 0)
        try estate.install()
        try estate.commit("# more\n", to: "infra/other/main.tf")
        let other = try push(estate, "main")
        #expect(other.code == 0, "\(other.error)")
        try estate.commit(HookEstate.untagged, to: hidden)
        let refused = try push(estate, "main")
        #expect(refused.code == 1, "\(refused.error)")
    }

    @Test("nothing hides behind an old link: neither in the file that it leads to nor in the folder", arguments: [true, false])
    func behindLinks(isFolder: Bool) throws {
        let estate = try HookEstate(hooks: false)
        try estate.commit("# none\n", to: "elsewhere/more.txt")
        try FileSystem.link(isFolder ? "../elsewhere" : "../elsewhere/more.txt", at: estate.repository.path + "/infra/linked.tf")
        try estate.commit("# hello\n", to: "README.md")
        #expect(try push(estate, "main").code == 0)
        try estate.install()
        try estate.commit("# more\n", to: "README.md")
        let other = try push(estate, "main")
        #expect(other.code == 0, "\(other.error)")
        try estate.commit(HookEstate.untagged, to: "elsewhere/more.txt")
        let refused = try push(estate, "main")
        #expect(refused.code == 1 && refused.error.contains("the change itself makes this missing: infra/linked.tf"), "\(refused.error)")
    }

    @Test("a submodule that was there is another one once it is at another commit")
    func submodule() throws {
        let estate = try HookEstate(hooks: false)
        func commit(_ digit: String) throws {
            let id = String(repeating: digit, count: 40)
            try estate.repository.git(["update-index", "--add", "--cacheinfo", "160000,\(id),infra/sub"])
            try estate.repository.git(["commit", "--quiet", "--no-verify", "--message", "a submodule"])
        }
        try commit("1")
        #expect(try push(estate, "main").code == 0)
        try estate.install()
        try estate.repository.git(["commit", "--quiet", "--no-verify", "--allow-empty", "--message", "nothing"])
        #expect(try push(estate, "main").code == 0)
        try commit("2")
        let refused = try push(estate, "main")
        #expect(refused.code == 1 && refused.error.contains("the change itself makes this missing: infra/sub"), "\(refused.error)")
    }

    @Test("what was there before stops nothing, and no exemption that the push brings counts")
    func oldTip() throws {
        let estate = try HookEstate(hooks: false)
        try estate.commit(HookEstate.untagged, to: "infra/old/main.tf")
        #expect(try push(estate, "main").code == 0)
        try estate.install()
        try estate.commit("# more\n", to: "README.md")
        #expect(try push(estate, "main").code == 0)
        let exemption = """
            kind: Exemption
            metadata: {name: mine}
            spec: {policies: [tags], reason: "no time", approvedBy: me, expires: 2026-12-01}

            """
        try estate.commit(exemption, to: "policies/mine.yaml")
        try estate.commit(HookEstate.untagged.replacing("data", with: "more"), to: "infra/new.tf")
        #expect(try push(estate, "main").code == 1)
        // Neither as a branch of its own, where those are checked, nor without a history in common.
        #expect(try push(estate, "main:fresh", environment: ["BURSAR_BRANCHES": "*"]).code == 1)
        try estate.repository.git(["checkout", "--quiet", "--orphan", "apart"])
        try estate.repository.git(["commit", "--quiet", "--no-verify", "--message", "x"])
        #expect(try push(estate, "apart", environment: ["BURSAR_BRANCHES": "*"]).code == 1)
        #expect(try push(estate, "--force", "apart:main").code == 1)
    }

    @Test("a branch counts under every name that it has, and all do where HEAD is at none")
    func names() throws {
        let estate = try HookEstate()
        #expect(try push(estate, "main").code == 0)
        try estate.commit(HookEstate.untagged, to: "infra/main.tf")
        try estate.server.git(["symbolic-ref", "refs/heads/alias", "refs/heads/main"])
        #expect(try push(estate, "main:alias").code == 1)
        try estate.server.git(["update-ref", "--no-deref", "HEAD", "refs/heads/main"])
        #expect(try push(estate, "main:other").code == 1)
    }

    @Test(
        "a workspace that is taken away, moved or replaced refuses the push, unless the server allows it",
        arguments: [
            ["rm", "--quiet", "bursar.yaml"], ["mv", "bursar.yaml", "infra/bursar.yaml"], ["mv", "bursar.yaml", "Bursar.yaml"],
            ["mv", "bursar.yaml", "bursar.yml"], ["rm", "-r", "--quiet", "bursar.yaml", "policies", "infra"],
        ])
    func removed(change: [String]) throws {
        let estate = try HookEstate()
        #expect(try push(estate, "main").code == 0)
        try estate.repository.git(change)
        try estate.repository.git(["commit", "--quiet", "--no-verify", "--message", "x"])
        let refused = try push(estate, "main")
        #expect(refused.code == 1 && refused.error.contains("no longer checked, for it is removed: bursar.yaml"), "\(refused.error)")
        if change.first == "rm" { #expect(try push(estate, "main", environment: ["BURSAR_ALLOW_REMOVAL": "1"]).code == 0) }
    }

    @Test("a workspace that becomes a link, a folder or a submodule is not one that holds")
    func replaced() throws {
        for kind in ["120000", "160000"] {
            let estate = try HookEstate()
            #expect(try push(estate, "main").code == 0)
            let object =
                kind == "160000"
                ? try estate.head() : try estate.repository.git(["hash-object", "-w", "--stdin"], input: Array("README.md".utf8))
            try estate.repository.git(["update-index", "--cacheinfo", "\(kind),\(object),bursar.yaml"])
            try estate.repository.git(["commit", "--quiet", "--no-verify", "--message", "x"])
            #expect(try push(estate, "main").code == 1, "\(kind)")
        }
    }

    @Test("a push that takes too long is refused, and a limit that is none is said")
    func budget() throws {
        let estate = try HookEstate()
        let slow = TemporaryDirectory()
        try slow.writeProgram("#!/bin/sh\nsleep 2\nexit 0\n", to: "bursar")
        try estate.commit("kind: Workspace\n", to: "second/bursar.yaml")
        let late = try push(estate, "main", environment: ["BURSAR": slow.path + "/bursar", "BURSAR_TIME_LIMIT": "1"])
        #expect(late.code == 1 && late.error.contains("was not checked: 1 seconds are over (BURSAR_TIME_LIMIT)"), "\(late.error)")
        for limit in ["x", "-1", "0", "1 2", "$(id)"] {
            let result = try push(estate, "main", environment: ["BURSAR_TIME_LIMIT": limit])
            #expect(result.code == 1 && result.error.contains("which is no number of seconds"), "\(result.error)")
        }
        let stub = try StubTool()
        #expect(try push(estate, "main", environment: ["BURSAR": stub.path, "BURSAR_TIME_LIMIT": "60"]).code == 0)
        #expect(try stub.calls().allSatisfy { $0.contains("--time-limit 60s") || $0.contains("--time-limit 59s") })
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
