/// All subcommands, by name.
enum Registry {
    static let commands: [Command] = [
        .apply, .baseline, .check, .cost, .explain, .initialize, .inventory, .plan, .scorecard, .validate, .version,
    ]
}
