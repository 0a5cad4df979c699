/// All subcommands, by name.
enum Registry {
    static let commands: [Command] = [
        .apply, .backtest, .baseline, .blame, .check, .commitments, .completions, .cost, .egress, .estimate, .eval, .explain, .forecast,
        .history, .importing, .initialize, .inventory, .man, .notify, .observe, .plan, .reconcile, .report, .revert, .schema, .scorecard,
        .seasonal, .serve, .simulate, .state, .test, .top, .validate, .version,
    ]
}
