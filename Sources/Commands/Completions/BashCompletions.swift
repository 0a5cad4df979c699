/// Completions for bash, from 3.2 on: without the bash-completion package, which not everybody has.
struct BashCompletions {
    let commands: [Command]

    var script: String {
        """
        # Completions of bursar \(Version.current) for bash, written by: bursar completions bash
        # To load them: source <(bursar completions bash)

        # Those of the given words that go on from what is typed.
        _bursar_words() {
            local word
            for word; do
                if [[ $word == "$current"* ]]; then COMPREPLY+=("$word"); fi
            done
        }

        # Names of revisions. Git lets them hold what a shell acts on, so they are quoted.
        _bursar_revisions() {
            local name
            while IFS= read -r name; do
                if [[ $name == "$current"* ]]; then COMPREPLY+=("$(printf %q "$name")"); fi
            done < <(
                echo HEAD
                git -C "$directory" for-each-ref --format='%(refname:strip=2)' refs/heads refs/remotes refs/tags 2>/dev/null
            )
        }

        # -f: files and folders; -d: folders.
        _bursar_files() {
            local name
            compopt -o filenames 2>/dev/null
            while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen "$1" -- "$current")
        }

        # What a command takes.
        _bursar_options() {
            case $1 in
        \(commands.map(optionsCase).joined(separator: "\n"))
                *) options=(-C --help --version) valued=' -C ' ;;
            esac
        }

        _bursar_value() {
            case $command in
        \(commands.compactMap(valueCase).joined(separator: "\n"))
                *) [[ $expected == -C ]] && _bursar_files -d ;;
            esac
        }

        _bursar_argument() {
            case $command in
                '' | help) _bursar_words \(commandNames)\(commandNames.isEmpty ? "" : " ")help ;;
        \(commands.compactMap(argumentCase).joined(separator: "\n"))
            esac
        }

        _bursar() {
            local current=${COMP_WORDS[COMP_CWORD]} command='' directory=. expected='' onlyArguments='' count=0 options valued at word
            COMPREPLY=()
            _bursar_options ''
            # bash makes '=' a word of its own: --format=json arrives as three.
            [[ $current == = ]] && current=''
            for ((at = 1; at < COMP_CWORD; at++)); do
                word=${COMP_WORDS[at]}
                [[ $word == = ]] && continue
                if [[ -n $expected ]]; then
                    [[ $expected == -C ]] && directory=$word
                    expected=''
                elif [[ -z $onlyArguments && $word == -- ]]; then
                    onlyArguments=yes
                elif [[ -z $onlyArguments && $word == -?* ]]; then
                    if [[ $valued == *" $word "* ]]; then expected=$word; fi
                elif [[ -z $command ]]; then
                    command=$word
                    _bursar_options "$command"
                else
                    count=$((count + 1))
                fi
            done
            if [[ -n $expected ]]; then
                _bursar_value
            elif [[ -z $onlyArguments && $current == -* ]]; then
                _bursar_words "${options[@]}"
            else
                _bursar_argument
            fi
            # The status is of no interest to bash.
            return 0
        }

        complete -F _bursar bursar

        """
    }

    private var commandNames: String { commands.map(\.name).joined(separator: " ") }

    private func optionsCase(_ command: Command) -> String {
        let names = command.allOptions.flatMap(\.names).joined(separator: " ")
        let valued = command.allOptions.filter { $0.placeholder != nil }.flatMap(\.names).joined(separator: " ")
        return "        \(command.name)) options=(\(names)) valued=' \(valued) ' ;;"
    }

    private func valueCase(_ command: Command) -> String? {
        let lines = command.allOptions.compactMap { option -> String? in
            guard let call = option.completion.flatMap(call) else { return nil }
            return "                \(option.names.joined(separator: " | "))) \(call) ;;"
        }
        guard !lines.isEmpty else { return nil }
        return """
                    \(command.name))
                        case $expected in
            \(lines.joined(separator: "\n"))
                        esac
                        ;;
            """
    }

    private func argumentCase(_ command: Command) -> String? {
        let lines = command.arguments.enumerated().compactMap { index, argument -> String? in
            guard let call = call(argument.completion) else { return nil }
            return "                \(argument.repeats ? "*" : "\(index)")) \(call) ;;"
        }
        guard !lines.isEmpty else { return nil }
        return """
                    \(command.name))
                        case $count in
            \(lines.joined(separator: "\n"))
                        esac
                        ;;
            """
    }

    private func call(_ completion: Completion) -> String? {
        switch completion {
        case .words(let words): "_bursar_words " + words.map(Shell.bash.quoted).joined(separator: " ")
        case .files: "_bursar_files -f"
        case .folders: "_bursar_files -d"
        case .revisions: "_bursar_revisions"
        case .commands: "_bursar_words \(commandNames)"
        case .nothing: nil
        }
    }
}
