import CostModel
import Testing

@testable import Commands

@Suite("command line")
struct CommandLineTests {
    static let depth = Option<Int>("--depth", value: "N", "how deep", expected: "a whole number", parse: { Int($0) })
    static let file = Option<String>("--file", value: "FILE", "what to read", repeats: true)
    static let level = Option<Severity>("--fail-on", choice: "LEVEL", "what fails")
    static let all = Option<Bool>.flag("--all", "-a", help: "everything")
    static let folder = Option<String>("-C", value: "DIR", "where")

    static let command = Command(
        "walk", "walks a tree", discussion: "Goes down, then up.\n\nNever sideways.",
        arguments: [.init("ROOT", "where to start"), .init("LEAF", "where to end", isRequired: false)],
        options: [depth.description, file.description, level.description, all.description], common: [folder.description],
        conflicts: [("--all", "--depth")], examples: [.init("bursar walk . --depth 3", "three levels down")]
    ) { _, _ throws(CommandFailure) in .clean }

    private func parse(_ line: String) throws(CommandFailure) -> Invocation {
        try CommandLineParser.parse(line.split(separator: " ").map(String.init), for: Self.command)
    }

    @Test(
        "reads options in every spelling, anywhere",
        arguments: [
            "root --depth 3 -C there", "--depth=3 root -Cthere", "-C there --depth 3 root", "-C there root --depth=3",
            "--depth 3 -C there -- root",
        ])
    func spellings(line: String) throws {
        let invocation = try parse(line)
        #expect(invocation.arguments == ["root"])
        #expect(invocation[Self.depth] == 3)
        #expect(invocation[Self.folder] == "there")
        #expect(!invocation.has(Self.all))
    }

    @Test("keeps every value of an option that may be repeated")
    func repeated() throws {
        let invocation = try parse("root --file a --file=b -a --fail-on high")
        #expect(invocation.all(Self.file) == ["a", "b"])
        #expect(invocation.has(Self.all))
        #expect(invocation[Self.level] == .high)
    }

    @Test("behind -- everything is an argument")
    func dashes() throws {
        #expect(try parse("-- --depth -C").arguments == ["--depth", "-C"])
        #expect(try parse("-").arguments == ["-"])
    }

    @Test(
        "says what is wrong and where to look",
        arguments: [
            ("root --dept 3", "unknown option '--dept'; did you mean '--depth'?"), ("root --zzz", "unknown option '--zzz'"),
            ("root -x", "unknown option '-x'"), ("root --depth", "'--depth' needs a value: --depth N"),
            ("root --depth --all", "'--depth' needs a value: --depth N"),
            ("root --depth x", "'--depth' cannot be 'x': expected a whole number"),
            ("root --all=yes", "'--all' takes no value"), ("root --depth 1 --depth 2", "'--depth' is given twice"),
            ("root --fail-on hihg", "'--fail-on' cannot be 'hihg': expected low, medium, high, critical; did you mean 'high'?"),
            ("root --all --depth 1", "'--all' and '--depth' exclude each other"), ("--all", "ROOT is missing"),
            ("a b c", "unexpected argument 'c'"), ("root -aC", "unknown option '-aC'"), ("root \u{1B}[31m x", #"unexpected argument 'x'"#),
        ])
    func errors(line: String, message: String) {
        #expect(throws: CommandFailure(message, .invalid, hint: "see 'bursar walk --help'")) { try parse(line) }
    }

    @Test("help says everything that the description says")
    func help() {
        #expect(
            HelpPrinter.help(for: Self.command) == """
                bursar walk: walks a tree

                Usage: bursar walk [options] ROOT [LEAF]

                Goes down, then up.

                Never sideways.

                Arguments:
                  ROOT  where to start
                  LEAF  where to end

                Options:
                  --depth N        how deep
                  --file FILE      what to read (may be repeated)
                  --fail-on LEVEL  what fails: low, medium, high, critical
                  -a, --all        everything

                Common options:
                  -C DIR      where
                  -h, --help  show this help

                Examples:
                  bursar walk . --depth 3
                      three levels down

                """)
    }
}
