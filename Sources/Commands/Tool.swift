import Diagnostics
import Observation

/// The whole tool: words in, an exit code out.
package enum Tool {
    /// - Parameter words: the command line without the tool's own name.
    package static func run(_ words: [String], console: Console) -> Int32 {
        do throws(CommandFailure) {
            return try dispatch(words, console).rawValue
        } catch {
            console.say("bursar: \(error.message.printable)")
            if let hint = error.hint { console.say(hint.printable) }
            return error.code.rawValue
        }
    }

    private static func dispatch(_ words: [String], _ console: Console) throws(CommandFailure) -> ExitCode {
        guard let (name, rest) = split(words) else {
            if words.contains("--version") { return try command(named: "version").run(Invocation(), console) }
            if CommandLineParser.asksForHelp(words, options: [CommonOptions.directory.description]) {
                try console.print(HelpPrinter.overview(of: Registry.commands))
                return .clean
            }
            if let option = words.first(where: { $0 != "-C" && $0.hasPrefix("-") }) {
                throw .usage("unknown option '\(option.printable)' before a command")
            }
            console.writeError(HelpPrinter.overview(of: Registry.commands))
            return .invalid
        }
        if name == "help" { return try help(rest, console) }
        let command = try command(named: name)
        if CommandLineParser.asksForHelp(rest, options: command.allOptions) {
            try console.print(HelpPrinter.help(for: command))
            return .clean
        }
        let invocation = try CommandLineParser.parse(rest, for: command)
        return try BillCache.using(BillCache.used(by: command, invocation, console)) { () throws(CommandFailure) in
            try command.run(invocation, console)
        }
    }

    private static func help(_ rest: [String], _ console: Console) throws(CommandFailure) -> ExitCode {
        let name = rest.first { !$0.hasPrefix("-") }
        try console.print(name == nil ? HelpPrinter.overview(of: Registry.commands) : HelpPrinter.help(for: command(named: name ?? "")))
        return .clean
    }

    static func command(named name: String) throws(CommandFailure) -> Command {
        if let command = Registry.commands.first(where: { $0.name == name }) { return command }
        throw .usage("unknown command '\(name.printable)'" + DidYouMean.hint(for: name, in: Registry.commands.map(\.name) + ["help"]))
    }

    /// The command's name and the words around it; `-C DIR` may stand before it, as with Git. Nil where there is no command.
    private static func split(_ words: [String]) -> (name: String, rest: [String])? {
        var at = 0
        while at < words.count, words[at].hasPrefix("-") {
            guard words[at].hasPrefix("-C") else { return nil }
            at += words[at] == "-C" ? 2 : 1
        }
        guard at < words.count else { return nil }
        return (words[at], Array(words[..<at] + words[(at + 1)...]))
    }
}
