/// All subcommands, by name.
enum Registry {
    static let commands: [Command] = [
        .apply, .check, .cost, .eval, .explain, .initialize, .inventory, .plan, .scorecard, .test, .validate, .version,
    ]
}
