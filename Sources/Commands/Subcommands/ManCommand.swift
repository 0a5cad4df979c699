extension Command {
    static let man = Command(
        "man", "writes the manual page",
        discussion: "In the language that 'man' reads. Without a COMMAND: one page of everything.",
        arguments: [.init("COMMAND", "a command", isRequired: false)],
        examples: [
            .init("bursar man | man -l -", "read it"),
            .init("bursar man > /usr/local/share/man/man1/bursar.1", "install it"),
        ]
    ) { invocation, console throws(CommandFailure) in
        guard let name = invocation.arguments.first else {
            try console.print(ManualPage.all(Registry.commands))
            return .clean
        }
        try console.print(ManualPage.page(of: Tool.command(named: name)))
        return .clean
    }
}
