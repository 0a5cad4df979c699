/// All subcommands, by name.
enum Registry {
    static let commands: [Command] = [
        .apply, .check, .cost, .explain, .initialize, .inventory, .plan, .schema, .scorecard, .validate, .version,
    ]
}
