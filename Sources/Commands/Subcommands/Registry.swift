/// All subcommands, by name.
enum Registry {
    static let commands: [Command] = [
        .apply, .check, .completions, .cost, .explain, .initialize, .inventory, .man, .plan, .schema, .scorecard, .validate, .version,
    ]
}
