import CostModel
import Reporting

/// The options that commands share, so that one name means one thing everywhere.
enum CommonOptions {
    static let directory = Option<String>("-C", value: "DIR", "the workspace, or a folder inside it (default: the current folder)")
    static let revision = Option<String>("--rev", value: "REV", "judge this revision, as Git spells it, and not the working tree")
    static let now = Option<Instant>(
        "--now", value: "TIME", "evaluate as of this time (default: the clock)", expected: "a time such as 2026-11-01T00:00:00Z",
        parse: { Instant($0) })
    static let observations = Option<String>(
        "--observations", value: "FILE", "judge by this snapshot of 'bursar observe', and read neither bill, states nor metrics")
    static let noCache = Option<Bool>.flag(
        "--no-cache", help: "read every bill, also where it has not changed, and keep nothing of what it adds up to")
    static let clients = Option<String>(
        "--clients", value: "FILE",
        "ask these engines, commands and servers, and tell these channels: a document of kind Clients, outside of the repository"
    )
    static let state = Option<String>(
        "--state", value: "DIR",
        "the workspace's state folder (default: $BURSAR_STATE, else bursar/NAME in $XDG_STATE_HOME, else in ~/.local/state)")
    static let output = Option<String>("--output", value: "FILE", "write the result into a file and not to stdout")
    static let quiet = Option<Bool>.flag("--quiet", "-q", help: "say nothing on stderr but errors, and nothing of what to do next")
    static let color = Option<ColorChoice>("--color", choice: "WHEN", "colour text; NO_COLOR is respected")

    /// Text or JSON, which every report can be written in.
    static let format = format(among: [.text, .json])

    /// Every format that a command's report can be written in.
    static func format(of report: any Report.Type) -> Option<ReportFormat> { format(among: ReportFormat.formats(of: report)) }

    private static func format(among formats: [ReportFormat]) -> Option<ReportFormat> {
        Option("--format", choice: "FORMAT", "how the result is written", among: formats, named: \.name)
    }

    /// What every command that reads a workspace takes.
    static func reading(_ format: OptionDescription = format.description) -> [OptionDescription] {
        [directory.description, revision.description, now.description] + writing(format)
    }

    /// What every command takes that holds a workspace against what is observed, or was.
    static func judging(_ format: OptionDescription = format.description) -> [OptionDescription] {
        [observations.description] + readingBills(format)
    }

    /// What every command takes that reads a workspace's bills.
    static func readingBills(_ format: OptionDescription = format.description) -> [OptionDescription] {
        [noCache.description, clients.description] + reading(format)
    }

    static func writing(_ format: OptionDescription = format.description) -> [OptionDescription] {
        [format, output.description, quiet.description, color.description]
    }
}
