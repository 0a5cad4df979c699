import CostModel
import Diagnostics
import Evaluation
import Reconciliation
import Reporting

extension Command {
    private static let names = SpendForecast.dimensions.map(\.description)
    private static let dimensions = Option<[CostBreakdown.Dimension]>(
        "--by", value: "LIST",
        "what to tell apart, separated by commas: \(names.joined(separator: ", ")) (default: team; with '--budget' nothing)",
        expected: "words such as team,service", words: names, parse: parseParts)
    private static let until = Option<Day>(
        "--until", value: "DAY", "the last day (default: the end of the month, or of the budget's period)",
        expected: "a day such as 2026-12-31", parse: { Day($0) })
    private static let budget = Option<String>("--budget", value: "NAME", "what this budget counts, to the end of its period")

    static let forecast = Command(
        "forecast", "says what the bill will cost, how sure that is, and how the method has done so far",
        discussion: """
            The bill's leaves (team, account, service, region, SKU) are forecast one by one and added up: what costs something every day by \
            a mix of three plain methods that is weighed by their errors on this very series, fees and batches by the months before, what is \
            new for as long again as it has lasted. What was unusual and has ended is not expected again. Eight of ten times the cost is \
            between low and high. The method's own error over 28 days, tried on the past of each part, stands beside that of the plainest \
            method.

            Effective cost without taxes, credits included; with --budget what the budget counts, with the changes that its 'plan' announces.
            """,
        options: [dimensions.description, until.description, budget.description],
        common: CommonOptions.judging(CommonOptions.format(of: ForecastReport.self).description),
        examples: [
            .init("bursar forecast", "this month, by team"),
            .init("bursar forecast --by service --until 2026-12-31 --format csv", "the year's rest, by service, for a spreadsheet"),
            .init("bursar forecast --budget payments-monthly", "what a budget will come to"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        return try session.forecast(invocation[dimensions], until: invocation[until], budget: invocation[budget])
    }

    private static func parseParts(_ text: String) -> [CostBreakdown.Dimension]? {
        parseDimensions(text).flatMap { $0.allSatisfy { SpendForecast.dimensions.contains($0) } ? $0 : nil }
    }
}

extension Session {
    fileprivate func forecast(
        _ dimensions: [CostBreakdown.Dimension]?, until: Day?, budget name: String?
    ) throws(CommandFailure) -> ExitCode {
        let workspace = try open()
        let policies = workspace.policies
        guard !policies.workspace.hasNoBill else {
            throw CommandFailure("\(ObservationProblem.noBillReason): nothing can be forecast", .invalid)
        }
        let budget = try name.map { (name) throws(CommandFailure) in try self.budget(name, policies) }
        let today = now.day
        let usual = budget.map { BudgetPeriod($0.period, holding: today, in: $0.calendar).days.upperBound.advanced(by: -1) }
        let until = until ?? usual ?? today.month.days.upperBound.advanced(by: -1)
        guard until >= today, today.distance(to: until) <= PolicyEvaluator.longestForecast else {
            throw .usage(
                "'--until' must be a day from \(today) on, within \(PolicyEvaluator.longestForecast) days", of: "forecast")
        }
        let read =
            try observations()
            ?? .read(for: [policies], directory: workspace.folder, now: now, clients: workspace.clients, leaves: true)
        let evaluated = try evaluate(workspace, read)
        var problems = observationProblems(of: evaluated)
        let found = PolicyEvaluator.forecast(
            policies: evaluated.policies, state: evaluated.observed, now: now, by: dimensions ?? (budget == nil ? [.team] : []),
            until: until, budget: budget)
        guard let found else {
            problems += evaluated.observed.problems.map { Problem($0) }
            throw CommandFailure("the bill has no day of usage before \(today): nothing can be forecast", .partial)
        }
        guard found.methods.count <= PolicyEvaluator.mostForecasts else {
            throw .usage(
                "'--by' tells \(found.methods.count) parts apart; at most \(PolicyEvaluator.mostForecasts) are forecast", of: "forecast")
        }
        var amounts: [String: Money] = [:]
        for period in found.periods {
            guard let budget, budget.per == nil, let days = BudgetPeriod(budget.period, period.name, in: budget.calendar) else { continue }
            amounts[period.name] = budget.amount(of: days)
        }
        try write(ForecastReport(context: context(of: evaluated), forecast: found, amounts: amounts, problems: problems))
        return exitCode(of: evaluated)
    }

    private func budget(_ name: String, _ policies: PolicySet) throws(CommandFailure) -> Budget {
        if let budget = policies.policy(PolicyReference(.budget, name), Budget.self) { return budget }
        let hint = DidYouMean.hint(for: name, in: policies.budgets.map(\.header.reference.name))
        throw .usage("there is no budget '\(name.printable)'\(hint)", of: "forecast")
    }
}
