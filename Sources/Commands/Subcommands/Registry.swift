/// All subcommands, by name.
enum Registry {
    static let commands: [Command] = [
        .version
    ]
}
