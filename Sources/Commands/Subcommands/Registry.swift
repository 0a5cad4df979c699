/// All subcommands, by name.
enum Registry {
    static let commands: [Command] = [
        .apply, .check, .cost, .explain, .initialize, .inventory, .observe, .plan, .scorecard, .validate, .version,
    ]
}
