import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("init installs hooks")
struct InitHookTests {
    private let repository: TemporaryRepository
    private var hooks: String { repository.path + "/.git/hooks" }

    init() throws {
        repository = try TemporaryRepository()
        // What a template of Git's brings along.
        try? FileManager.default.removeItem(atPath: repository.path + "/.git/hooks")
    }

    private func names(_ folder: String) -> [String] { ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted() }

    @Test("beside the starter, and again without it")
    func starter() throws {
        let said = Said("init", "--hooks", "-C", repository.path)
        #expect(said.code == 0, "\(said.error)")
        #expect(
            said.output.contains("wrote bursar.yaml\n") && said.output.hasSuffix("wrote \(hooks)/pre-commit\nwrote \(hooks)/pre-push\n"))
        #expect(names(hooks) == ["pre-commit", "pre-push"])
        for name in names(hooks) { #expect(FileManager.default.isExecutableFile(atPath: "\(hooks)/\(name)")) }
        #expect(!FileManager.default.fileExists(atPath: repository.path + "/hooks"))
        #expect(Said("validate", "-C", repository.path).code == 0)
        #expect(Said("init", "--hooks", "-C", repository.path).output == "wrote \(hooks)/pre-commit\nwrote \(hooks)/pre-push\n")
    }

    @Test("and no starter where there is a workspace in some folder already")
    func elsewhere() throws {
        try repository.write("", to: "live/acme/bursar.yaml")
        #expect(Said("init", "--hooks", "-C", repository.path).code == 0)
        #expect(!FileManager.default.fileExists(atPath: repository.path + "/bursar.yaml"))
    }

    @Test("on the server without a starter, also in a bare repository")
    func server() throws {
        let bare = try TemporaryRepository(bare: true)
        try? FileManager.default.removeItem(atPath: bare.path + "/hooks")
        for path in [bare.path, repository.path] {
            let said = Said("init", "--hooks", "--server", "-C", path)
            #expect(said.code == 0, "\(said.error)")
            #expect(!FileManager.default.fileExists(atPath: path + "/bursar.yaml"))
        }
        #expect(names(bare.path + "/hooks") == ["post-receive", "pre-receive"])
        #expect(names(hooks) == ["post-receive", "pre-receive"])
    }

    @Test("where core.hooksPath says", arguments: ["shared/hooks", "shared/hooks/", "ABSOLUTE"])
    func hooksPath(configured: String) throws {
        let outside = TemporaryDirectory()
        let path = configured == "ABSOLUTE" ? outside.path + "/hooks" : configured
        try repository.git(["config", "core.hooksPath", path])
        try repository.write("", to: "sub/x")
        let said = Said("init", "--hooks", "-C", repository.path)
        #expect(said.code == 0)
        let folder = try repository.git(["rev-parse", "--git-path", "hooks"])
        #expect(names(folder.hasPrefix("/") ? folder : "\(repository.path)/\(folder)") == ["pre-commit", "pre-push"])
        #expect(said.error.contains("may serve other repositories") == (configured == "ABSOLUTE"))
        #expect(names(hooks) == [])
    }

    @Test("a hook of somebody else stays, and runs ours when it says what we say")
    func foreign() throws {
        try repository.write("#!/bin/sh\necho theirs >&2\n", to: ".git/hooks/pre-commit")
        let said = Said("init", "--hooks", "-C", repository.path)
        #expect(said.code == 0)
        #expect(names(hooks) == ["pre-commit", "pre-commit.bursar", "pre-push"])
        #expect(said.error.contains("kept \(hooks)/pre-commit, which is not bursar's"))
        let line = try #require(said.error.split(separator: "\n").first { $0.contains("\"$0.bursar\"") })
        try repository.directory.writeProgram("#!/bin/sh\n\(line)\necho theirs >&2\n", to: ".git/hooks/pre-commit")

        let environment = ["BURSAR": Program.bursar.path]
        try repository.git(["add", "--all"])
        let good = try repository.attempt(["commit", "--message", "x"], environment: environment)
        #expect(good.code == 0 && good.error.contains("theirs"), "\(good.error)")
        try repository.write("kind: Teem\n", to: "teams/x.yaml")
        try repository.git(["add", "--all"])
        let bad = try repository.attempt(["commit", "--message", "x"], environment: environment)
        #expect(bad.code != 0 && bad.error.contains("unknown kind 'Teem'") && !bad.error.contains("theirs"))
    }

    @Test("what reads lines hands them on")
    func chainedLines() throws {
        let estate = try HookEstate(hooks: false)
        try estate.server.directory.write("#!/bin/sh\nexit 0\n", to: "hooks/pre-receive")
        let said = Said("init", "--hooks", "--server", "-C", estate.server.path)
        let line = try #require(said.error.split(separator: "\n").first { $0.contains("\"$0.bursar\"") })
        try estate.server.directory.writeProgram("#!/bin/sh\n\(line)\nprintf '%s' \"$lines\" | wc -l >&2\n", to: "hooks/pre-receive")
        #expect(try estate.git("push", "--no-verify", "origin", "main").code == 0)
        try estate.commit(HookEstate.untagged, to: "infra/main.tf")
        #expect(try estate.git("push", "--no-verify", "origin", "main").code == 1)
    }

    @Test("a stranger's file at both places stays, and that is no success")
    func blocked() throws {
        try repository.write("#!/bin/sh\n", to: ".git/hooks/pre-push")
        try repository.write("#!/bin/sh\n", to: ".git/hooks/pre-push.bursar")
        let said = Said("init", "--hooks", "-C", repository.path)
        #expect(said.code == 2 && said.error.contains("no pre-push was written"))
        #expect(try repository.directory.read(".git/hooks/pre-push.bursar") == Array("#!/bin/sh\n".utf8))
        #expect(names(hooks).contains("pre-commit"))
    }

    @Test("says what is wrong")
    func wrong() throws {
        #expect(Said("init", "--server", "-C", repository.path).error.contains("'--server' goes with '--hooks'"))
        let nowhere = TemporaryDirectory()
        let said = Said("init", "--hooks", "-C", nowhere.path)
        #expect(said.code == 2 && said.error.contains("not inside a Git repository") && said.error.contains("'git init'"))
        #expect(names(nowhere.path) == [])
    }

    @Test("every hook is marked, and a linter has nothing to say", arguments: Hook.client.map(\.name) + Hook.server.map(\.name))
    func scripts(name: String) throws {
        let hook = try #require((Hook.client + Hook.server).first { $0.name == name })
        #expect(Hook.isOurs(Array(hook.text.utf8)) && hook.text.hasPrefix("#!/bin/sh\n"))
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let source = root.appending(path: "hooks/" + name)
        #expect(try String(contentsOf: source, encoding: .utf8) == hook.text)
        #expect(FileManager.default.isExecutableFile(atPath: source.path))
        guard let shellcheck = Program.named("shellcheck") else { return }
        #expect(try shellcheck.run(source.path).output == "")
    }
}
