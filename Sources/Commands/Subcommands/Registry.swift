/// All subcommands, by name.
enum Registry {
    static let commands: [Command] = [
        .apply, .check, .inventory, .plan, .scorecard, .validate, .version,
    ]
}
