/// The manual, made from the descriptions of the commands as the help is.
enum ManualPage {
    /// One page of all commands.
    static func all(_ commands: [Command]) -> String {
        var page = Roff(title: "bursar")
        page.section("NAME")
        page.line("bursar - policy as code for cloud cost")
        page.section("SYNOPSIS")
        page.synopsis([("bursar", false), ("COMMAND", true), ("[options]", true)])
        page.section("DESCRIPTION")
        page.paragraphs(HelpPrinter.purpose)
        page.section("COMMANDS")
        for command in commands { describe(command, in: &page) }
        page.section("COMMON OPTIONS")
        for option in commonOptions(of: commands) { item(option, in: &page) }
        exitStatus(in: &page)
        page.section("EXAMPLES")
        for command in commands { examples(of: command, in: &page) }
        return page.text
    }

    /// A page of one command.
    static func page(of command: Command) -> String {
        var page = Roff(title: "bursar-\(command.name)")
        page.section("NAME")
        page.line("bursar-\(command.name) - \(command.summary)")
        page.section("SYNOPSIS")
        page.synopsis(usage(of: command))
        if !command.discussion.isEmpty {
            page.section("DESCRIPTION")
            page.paragraphs(command.discussion)
        }
        if !command.arguments.isEmpty {
            page.section("ARGUMENTS")
            for argument in command.arguments { item(argument, in: &page) }
        }
        page.section("OPTIONS")
        for option in command.allOptions { item(option, in: &page) }
        exitStatus(in: &page)
        if !command.examples.isEmpty {
            page.section("EXAMPLES")
            examples(of: command, in: &page)
        }
        page.section("SEE ALSO")
        page.line("bursar(1)")
        return page.text
    }

    /// A command's part of the whole page; what is common to many is described once, below.
    private static func describe(_ command: Command, in page: inout Roff) {
        page.subsection(usage(of: command).map(\.text).joined(separator: " "))
        page.line(command.summary.prefix(1).uppercased() + command.summary.dropFirst() + ".")
        page.paragraphs(command.discussion)
        for argument in command.arguments { item(argument, in: &page) }
        for option in command.options { item(option, in: &page) }
        guard !command.commonOptions.isEmpty else { return }
        let names = command.commonOptions.map { option in
            option.name + (option.choices.isEmpty ? "" : " (\(option.choices.joined(separator: ", ")))")
        }
        page.paragraphs("Common options: \(names.joined(separator: ", ")).")
    }

    private static func usage(of command: Command) -> [(text: String, isPlaceholder: Bool)] {
        HelpPrinter.usage(of: command).split(separator: " ").enumerated().map { (String($1), $0 > 1) }
    }

    private static func item(_ argument: Command.Argument, in page: inout Roff) {
        page.item(argument.name, HelpPrinter.meaning(of: argument))
    }

    private static func item(_ option: OptionDescription, in page: inout Roff) {
        page.item(HelpPrinter.names(of: option), placeholder: option.placeholder, HelpPrinter.meaning(of: option))
    }

    /// Each name once; where commands take different words for it, the words stand with the commands.
    private static func commonOptions(of commands: [Command]) -> [OptionDescription] {
        var found: [OptionDescription] = []
        for option in commands.flatMap(\.commonOptions) + [Command.help] {
            guard let at = found.firstIndex(where: { $0.name == option.name }) else {
                found.append(option)
                continue
            }
            if found[at].choices != option.choices { found[at].choices = [] }
        }
        return found
    }

    private static func exitStatus(in page: inout Roff) {
        page.section("EXIT STATUS")
        for code in ExitCode.allCases { page.item("\(code.rawValue)", code.meaning) }
    }

    private static func examples(of command: Command, in page: inout Roff) {
        for example in command.examples { page.example(example.line, example.meaning) }
    }
}
