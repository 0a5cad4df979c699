/// Completions for fish.
struct FishCompletions {
    let commands: [Command]

    var script: String {
        """
        # Completions of bursar \(Version.current) for fish, written by: bursar completions fish
        # To install them: bursar completions fish > ~/.config/fish/completions/bursar.fish

        # The command that is typed, and 1 where there is none yet; -C DIR may stand before it.
        function __bursar_command
            set -l tokens (commandline -opc)
            set -e tokens[1]
            while set -q tokens[1]
                switch $tokens[1]
                    case -C
                        set -e tokens[1]
                        set -q tokens[1]; and set -e tokens[1]
                    case '-*'
                        set -e tokens[1]
                    case '*'
                        echo $tokens[1]
                        return 0
                end
            end
            return 1
        end

        function __bursar_uses
            set -l command (__bursar_command)
            and contains -- $command $argv
        end

        function __bursar_revisions
            echo HEAD
            command git for-each-ref --format='%(refname:strip=2)' refs/heads refs/remotes refs/tags 2>/dev/null
        end

        complete -c bursar -f
        complete -c bursar -n 'not __bursar_command' -s C -x -a '(__fish_complete_directories)' -d 'the workspace, or a folder inside it'
        complete -c bursar -n 'not __bursar_command' -s h -l help -d 'show help'
        complete -c bursar -n 'not __bursar_command' -l version -d 'say which version this is'
        \(commands.map(summary).joined(separator: "\n"))
        complete -c bursar -n 'not __bursar_command' -a help -d 'shows help'
        complete -c bursar -n '__bursar_uses help' -a '\(commandNames)'

        \(commands.flatMap(lines).joined(separator: "\n"))

        """
    }

    private var commandNames: String { commands.map(\.name).joined(separator: " ") }

    private func summary(_ command: Command) -> String {
        "complete -c bursar -n 'not __bursar_command' -a \(command.name) -d \(Shell.fish.quoted(command.summary))"
    }

    private func lines(_ command: Command) -> [String] {
        let start = "complete -c bursar -n '__bursar_uses \(command.name)'"
        let options = command.allOptions.map { option in
            let names = option.names.map { name in
                name.hasPrefix("--") ? " -l \(name.dropFirst(2))" : " -s \(name.dropFirst())"
            }
            return start + names.joined() + value(option.completion) + " -d \(Shell.fish.quoted(option.help))"
        }
        let arguments = command.arguments.compactMap { argument -> String? in
            switch argument.completion {
            case .nothing, .revisions: nil
            case .files, .folders: start + " -F"
            case .words(let words): start + " -a \(Shell.fish.quoted(words.joined(separator: " ")))"
            case .commands: start + " -a '\(commandNames)'"
            }
        }
        return options + arguments
    }

    private func value(_ completion: Completion?) -> String {
        switch completion {
        case nil: ""
        case .nothing: " -x"
        case .words(let words): " -x -a \(Shell.fish.quoted(words.joined(separator: " ")))"
        case .files: " -r -F"
        case .folders: " -x -a '(__fish_complete_directories)'"
        case .revisions: " -x -a '(__bursar_revisions)'"
        case .commands: " -x -a '\(commandNames)'"
        }
    }
}
