/// Completions for zsh, as a function that `compinit` finds or that is sourced.
struct ZshCompletions {
    let commands: [Command]

    var script: String {
        """
        #compdef bursar
        # Completions of bursar \(Version.current) for zsh, written by: bursar completions zsh
        # To install them: bursar completions zsh > "${fpath[1]}/_bursar"

        _bursar_revisions() {
            local -a names
            local at=${(Q)opt_args[-C]:-${directory:-.}}
            names=(HEAD ${(f)"$(git -C "$at" for-each-ref --format='%(refname:strip=2)' refs/heads refs/remotes refs/tags 2>/dev/null)"})
            compadd -a names
        }

        _bursar_commands() {
            local -a commands
            commands=(
        \(commands.map { "        " + Shell.zsh.quoted("\($0.name):\($0.summary.replacing(":", with: #"\:"#))") }.joined(separator: "\n"))
                'help:shows help'
            )
            _describe -t commands 'command' commands
        }

        _bursar() {
            local context state state_descr line directory
            local -A opt_args
            _arguments -C \\
                '-C[the workspace, or a folder inside it]:DIR:_files -/' \\
                '(-h --help)'{-h,--help}'[show help]' \\
                '--version[say which version this is]' \\
                '1:command:_bursar_commands' \\
                '*:: :->arguments' && return
            [[ $state == arguments ]] || return
            directory=${(Q)opt_args[-C]}
            case $words[1] in
        \(commands.map(commandCase).joined(separator: "\n"))
                help) _arguments '1:command:_bursar_commands' ;;
            esac
        }

        if [[ $funcstack[1] == _bursar ]]; then
            _bursar "$@"
        else
            compdef _bursar bursar
        fi

        """
    }

    private func commandCase(_ command: Command) -> String {
        let options = command.allOptions.flatMap { option in specifications(option, conflicts: command.conflicts) }
        let arguments = command.arguments.enumerated().map { index, argument in
            let place = argument.repeats ? "*" : "\(index + 1)"
            let colon = argument.isRequired || argument.repeats ? ":" : "::"
            return Shell.zsh.quoted("\(place)\(colon)\(escaped(argument.name)):\(action(argument.completion))")
        }
        let lines = (options + arguments).map { "                    \($0)" }.joined(separator: " \\\n")
        return """
                    \(command.name))
                        _arguments -s \\
            \(lines)
                        ;;
            """
    }

    /// A line for each of an option's names; they exclude each other, and what conflicts with them.
    private func specifications(_ option: OptionDescription, conflicts: [(String, String)]) -> [String] {
        let others = conflicts.compactMap { $0.0 == option.name ? $0.1 : $0.1 == option.name ? $0.0 : nil }
        let excluded = option.repeats ? others : option.names + others
        let prefix = excluded.isEmpty ? "" : "(\(excluded.joined(separator: " ")))"
        return option.names.map { name in
            let value = option.placeholder.map { ":\(escaped($0)):\(action(option.completion ?? .nothing))" } ?? ""
            // '=' lets the value follow in the same word, too.
            let sign = option.placeholder != nil && name.hasPrefix("--") ? "=" : ""
            return Shell.zsh.quoted("\(option.repeats ? "*" : prefix)\(name)\(sign)[\(escaped(option.help))]\(value)")
        }
    }

    private func action(_ completion: Completion) -> String {
        switch completion {
        case .words(let words): "(\(words.map { escaped($0) }.joined(separator: " ")))"
        case .files: "_files"
        case .folders: "_files -/"
        case .revisions: "_bursar_revisions"
        case .commands: "_bursar_commands"
        case .nothing: " "
        }
    }

    /// What would end a part of a specification.
    private func escaped(_ text: String) -> String {
        [#"\"#, "[", "]", ":"].reduce(text) { $0.replacing($1, with: #"\"# + $1) }
    }
}
