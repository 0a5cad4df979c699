/// What can stand in a place of the command line, as far as a shell can know it.
///
/// Placeholders say what they stand for, so that a new option completes without being told how: `DIR` is a folder everywhere.
enum Completion: Hashable, Sendable {
    case words([String])
    case files
    case folders
    /// Branches, tags and HEAD.
    case revisions
    /// The tool's own commands.
    case commands
    case nothing

    init(placeholder: String, choices: [String]) {
        guard choices.isEmpty else {
            self = .words(choices)
            return
        }
        switch placeholder {
        case "DIR": self = .folders
        case "FILE", "PLAN": self = .files
        case "REV": self = .revisions
        case "COMMAND": self = .commands
        default: self = .nothing
        }
    }
}

extension OptionDescription {
    /// Nil for a flag, which has no value.
    var completion: Completion? { placeholder.map { Completion(placeholder: $0, choices: choices) } }
}

extension Command.Argument {
    var completion: Completion { Completion(placeholder: name, choices: choices) }
}

/// The shells that completions are written for.
enum Shell: String, Sendable, CaseIterable {
    case bash, zsh, fish

    /// A script that completes the commands, in the order and the words of the help.
    func script(for commands: [Command]) -> String {
        switch self {
        case .bash: BashCompletions(commands: commands).script
        case .zsh: ZshCompletions(commands: commands).script
        case .fish: FishCompletions(commands: commands).script
        }
    }

    /// A text as one word of the shell that nothing is done to. The three agree on single quotes, but for the quote itself.
    func quoted(_ text: String) -> String {
        switch self {
        case .bash, .zsh: "'" + text.replacing("'", with: #"'\''"#) + "'"
        case .fish: "'" + text.replacing(#"\"#, with: #"\\"#).replacing("'", with: #"\'"#) + "'"
        }
    }
}
