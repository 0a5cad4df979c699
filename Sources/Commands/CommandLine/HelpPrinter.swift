/// Writes help from the descriptions of commands and options.
struct HelpPrinter {
    private static let width = 100

    /// What the tool is for, in a sentence.
    static let purpose =
        "Policy as code for cloud cost: reads policies from Git, holds bill and infrastructure against them, and writes the fixes."

    /// The list of all commands.
    static func overview(of commands: [Command]) -> String {
        let rows = commands.map { ($0.name, $0.summary) }
        return """
            \(purpose)

            Usage: bursar COMMAND [options]

            Commands:
            \(list(rows))
            Every command explains itself: bursar COMMAND --help

            Exit codes:
            \(list(ExitCode.allCases.map { (String($0.rawValue), $0.meaning) }))
            """
    }

    static func help(for command: Command) -> String {
        var text = "bursar \(command.name): \(command.summary)\n\nUsage: \(usage(of: command))\n"
        if !command.discussion.isEmpty {
            text += "\n" + command.discussion.split(separator: "\n\n").map { wrapped(String($0)) }.joined(separator: "\n")
        }
        if !command.arguments.isEmpty { text += "\nArguments:\n" + list(command.arguments.map { ($0.name, meaning(of: $0)) }) }
        if !command.options.isEmpty { text += "\nOptions:\n" + list(command.options.map(row)) }
        text += "\nCommon options:\n" + list((command.commonOptions + [Command.help]).map(row))
        if !command.examples.isEmpty {
            text += "\nExamples:\n" + command.examples.map { "  \($0.line)\n      \($0.meaning)\n" }.joined()
        }
        return text
    }

    static func usage(of command: Command) -> String {
        let arguments = command.arguments.map { argument in
            let name = argument.name + (argument.repeats ? "…" : "")
            return argument.isRequired ? name : "[\(name)]"
        }
        return (["bursar", command.name, "[options]"] + arguments).joined(separator: " ")
    }

    private static func row(_ option: OptionDescription) -> (String, String) {
        (names(of: option) + (option.placeholder.map { " \($0)" } ?? ""), meaning(of: option))
    }

    /// All names, the shortest first.
    static func names(of option: OptionDescription) -> String { option.names.sorted { $0.count < $1.count }.joined(separator: ", ") }

    static func meaning(of option: OptionDescription) -> String {
        option.help + choices(option.choices) + (option.repeats ? " (may be repeated)" : "")
    }

    static func meaning(of argument: Command.Argument) -> String { argument.help + choices(argument.choices) }

    private static func choices(_ words: [String]) -> String { words.isEmpty ? "" : ": " + words.joined(separator: ", ") }

    /// Two columns; the second is wrapped and stays in its column.
    private static func list(_ rows: [(String, String)]) -> String {
        let first = min(24, rows.map(\.0.count).max() ?? 0)
        return rows.map { name, meaning in
            let lines = lines(of: meaning, width: width - first - 4)
            let head = name.count <= first ? name + String(repeating: " ", count: first - name.count) : name
            let isLong = name.count > first
            let indent = "\n" + String(repeating: " ", count: first + 4)
            return "  \(head)\(isLong ? indent : "  ")\(lines.joined(separator: indent))\n"
        }.joined()
    }

    private static func wrapped(_ paragraph: String) -> String {
        lines(of: paragraph, width: width).joined(separator: "\n") + "\n"
    }

    private static func lines(of text: String, width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
