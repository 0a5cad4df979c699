extension Command {
    static let completions = Command(
        "completions", "writes completions for a shell",
        discussion: "Commands, options, words, files, and branches and tags where a revision is expected.",
        arguments: [.init("SHELL", "which", choices: Shell.allCases.map(\.rawValue))],
        examples: [
            .init("source <(bursar completions bash)", "in ~/.bashrc"),
            .init("bursar completions zsh > \"${fpath[1]}/_bursar\"", "once; compinit finds it"),
            .init("bursar completions fish > ~/.config/fish/completions/bursar.fish", "once"),
        ]
    ) { invocation, console throws(CommandFailure) in
        guard let shell = Shell(rawValue: invocation.arguments[0]) else { preconditionFailure("the parser takes the choices only") }
        try console.print(shell.script(for: Registry.commands))
        return .clean
    }
}
