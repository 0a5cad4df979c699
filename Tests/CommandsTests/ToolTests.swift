import CostModel
import Synchronization
import Testing

@testable import Commands

@Suite("the tool")
struct ToolTests {
    @Test("knows its commands by name, sorted, each explaining itself")
    func registry() {
        let names = Registry.commands.map(\.name)
        #expect(names == names.sorted())
        for command in Registry.commands {
            let said = Said(command.name, "--help")
            #expect(said.code == 0 && said.error.isEmpty)
            #expect(said.output.contains("Usage: bursar \(command.name)"))
            #expect(said.output == Said("help", command.name).output)
            #expect(command.summary.first?.isLowercase == true && !command.summary.hasSuffix("."))
        }
    }

    @Test("help never promises a line longer than a screen")
    func width() {
        for command in Registry.commands {
            for line in HelpPrinter.help(for: command).split(separator: "\n") { #expect(line.count <= 104, "\(line)") }
        }
    }

    @Test(
        "an unknown command or option is an error with a suggestion, on stderr",
        arguments: [
            (["chekc"], "bursar: unknown command 'chekc'; did you mean 'check'?\nsee 'bursar --help'\n"),
            (["frobnicate"], "bursar: unknown command 'frobnicate'\nsee 'bursar --help'\n"),
            (["--frob", "check"], "bursar: unknown option '--frob' before a command\nsee 'bursar --help'\n"),
            (["check", "--formt", "json"], "bursar: unknown option '--formt'; did you mean '--format'?\nsee 'bursar check --help'\n"),
            (
                ["check", "--now", "tomorrow"],
                "bursar: '--now' cannot be 'tomorrow': expected a time such as 2026-11-01T00:00:00Z\nsee 'bursar check --help'\n"
            ),
            (["check\u{1B}[2J"], "bursar: unknown command 'check\\u{1B}[2J'\nsee 'bursar --help'\n"),
        ])
    func unknown(words: [String], error: String) {
        let said = Said(words)
        #expect(said.code == 2)
        #expect(said.output.isEmpty)
        #expect(said.error == error)
    }

    @Test(
        "'-h' in the place of a value is a value that is missing, and no request for help",
        arguments: [
            ["check", "--base", "-h"], ["check", "--rev", "--help"], ["check", "-C", "-h"], ["check", "--now", "-h"],
            ["check", "--output", "-h"], ["-C", "-h", "check"], ["-C", "-h"], ["cost", "--by", "-h"],
        ])
    func helpAsValue(words: [String]) {
        let said = Said(words)
        #expect(said.code == 2 && said.output.isEmpty, "\(said.output.prefix(200))")
        #expect(!said.error.isEmpty)
    }

    @Test(
        "help is shown wherever else it is asked for, also on a line that is wrong",
        arguments: [
            ["check", "-h"], ["check", "--base", "main", "-h"], ["check", "--nonsense", "--help"], ["check", "--base=-h", "-h"],
            ["-C", "x", "check", "--help"], ["check", "--strict", "-h", "--base"],
        ])
    func help(words: [String]) {
        let said = Said(words)
        #expect(said.code == 0 && said.output == Said("check", "--help").output)
    }

    @Test("a result that cannot be written is never a success")
    func lostOutput() {
        let errors = Mutex("")
        let console = Console(
            writeOutput: { _ throws(CommandFailure) in throw CommandFailure("stdout: No space left on device", .partial) },
            writeError: { text in errors.withLock { $0 += text } }, clock: { Instant(seconds: 0) })
        #expect(Tool.run(["version"], console: console) == 3)
        #expect(errors.withLock { $0 } == "bursar: stdout: No space left on device\n")
    }

    @Test("says its version, two ways")
    func version() {
        #expect(Said("version").output == "bursar \(Version.current)\n")
        #expect(Said("--version").output == Said("version").output)
    }

    @Test("without a command shows what there is, as an error")
    func nothing() {
        let said = Said()
        #expect(said.code == 2)
        #expect(said.output.isEmpty)
        #expect(said.error == Said("--help").output)
    }
}
