/// All subcommands, by name.
enum Registry {
    static let commands: [Command] = [
        .apply, .baseline, .check, .cost, .eval, .explain, .initialize, .inventory, .plan, .scorecard, .test, .validate, .version,
    ]
}
