/// All subcommands, by name.
enum Registry {
    static let commands: [Command] = [
        .apply, .baseline, .check, .completions, .cost, .eval, .explain, .initialize, .inventory, .man, .observe, .plan, .reconcile,
        .schema, .scorecard, .serve, .test, .validate, .version,
    ]
}
