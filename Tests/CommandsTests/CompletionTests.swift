import Foundation
import TestSupport
import Testing

@testable import Commands

/// The scripts, run by the shells they are for; a shell that is not there is not asked.
@Suite("completions")
struct CompletionTests {
    private let folder = TemporaryDirectory()

    private func script(_ shell: Shell) throws -> String {
        let said = Said("completions", shell.rawValue)
        #expect(said.code == 0)
        try folder.write(said.output, to: shell.rawValue)
        return "\(folder.path)/\(shell.rawValue)"
    }

    @Test("are scripts that their shell can read", arguments: Shell.allCases)
    func syntax(shell: Shell) throws {
        guard let program = Program.named(shell.rawValue) else { return }
        let result = try program.run("-n", try script(shell))
        #expect(result.code == 0 && result.error.isEmpty, "\(result.error)")
    }

    @Test("name every command and every option", arguments: Shell.allCases)
    func everything(shell: Shell) throws {
        let text = shell.script(for: Registry.commands)
        for command in Registry.commands {
            #expect(text.contains(command.name))
            for name in command.allOptions.flatMap(\.names) {
                let bare = shell == .fish ? (name.hasPrefix("--") ? " -l \(name.dropFirst(2))" : " -s \(name.dropFirst())") : name
                #expect(text.contains(bare), "\(name)")
            }
        }
    }

    @Test("of bash nothing says a linter", .enabled(if: Program.named("shellcheck") != nil))
    func shellcheck() throws {
        // 2034: the loop over words reads them by their number.
        let result = try #require(Program.named("shellcheck")).run("-s", "bash", "-e", "SC2034", try script(.bash))
        #expect(result.output == "")
    }

    /// A repository with branches, one of which is named to be run by a careless shell.
    private func repository() throws -> TemporaryRepository {
        let repository = try TemporaryRepository()
        try repository.write("", to: "infra/main.tf")
        try repository.commit()
        try repository.git(["branch", "feature/$(touch${IFS}hacked)"])
        try repository.git(["tag", "feature-1"])
        return repository
    }

    static let lines: [(line: String, expected: [String])] = [
        ("bursar ch", ["check"]), ("bursar -C infra ch", ["check"]), ("bursar check --fail-on h", ["high"]),
        ("bursar check --fail-", ["--fail-on"]), ("bursar -C infra check --fail-", ["--fail-on"]), ("bursar check --rev mai", ["main"]),
        ("bursar check --rev HE", ["HEAD"]), ("bursar check --color n", ["never"]), ("bursar schema Bud", ["Budget"]),
        ("bursar completions f", ["fish"]), ("bursar help sco", ["scorecard"]), ("bursar man sco", ["scorecard"]),
        ("bursar check --now 2", []),
    ]

    @Test("of bash complete what is typed", .enabled(if: Program.named("bash") != nil))
    func bash() throws {
        let repository = try repository()
        let bash = try #require(Program.named("bash"))
        let script = try script(.bash)
        func complete(_ words: [String]) throws -> [String] {
            let typed = words.map(Shell.bash.quoted).joined(separator: " ")
            let program =
                "set -u; source '\(script)'; COMP_WORDS=(\(typed)); COMP_CWORD=\(words.count - 1); _bursar; "
                + "[[ ${#COMPREPLY[@]} -eq 0 ]] || printf '%s\\n' \"${COMPREPLY[@]}\""
            let result = try bash.run("-c", program, in: repository.path)
            #expect(result.code == 0 && result.error.isEmpty, "\(result.error)")
            return result.output.split(separator: "\n").map(String.init)
        }
        for (line, expected) in Self.lines {
            #expect(try complete(line.split(separator: " ").map(String.init)) == expected, "\(line)")
        }
        #expect(try complete(["bursar", "check", "--fail-on", "=", "cr"]) == ["critical"])
        #expect(try complete(["bursar", "apply", "inf"]) == ["infra"])
        #expect(try complete(["bursar", "check", "-C", ""]).contains("infra"))
        #expect(try complete(["bursar", "check", "--", "--fa"]) == [])
        #expect(try complete(["bursar", ""]) == Registry.commands.map(\.name) + ["help"])
        #expect(try complete(["bursar", "check", "-"]) == Command.check.allOptions.flatMap(\.names))
        #expect(try complete(["bursar", "check", "--rev", "feature"]).sorted() == ["feature-1", #"feature/\$\(touch\$\{IFS\}hacked\)"#])
        #expect(!FileManager.default.fileExists(atPath: repository.path + "/hacked"))
    }

    @Test("of fish complete what is typed", .enabled(if: Program.named("fish") != nil))
    func fish() throws {
        let repository = try repository()
        let fish = try #require(Program.named("fish"))
        let script = try script(.fish)
        for (line, expected) in Self.lines + [("bursar apply inf", ["infra/"]), ("bursar check -C inf", ["infra/"])] {
            let result = try fish.run(
                "--no-config", "-c", "source '\(script)'; complete -C '\(line)'", in: repository.path, environment: ["HOME": folder.path])
            #expect(result.code == 0 && result.error.isEmpty, "\(result.error)")
            let found = result.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
            #expect(found == expected, "\(line)")
        }
    }
}
