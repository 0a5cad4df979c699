import CostModel
import Diagnostics
import Evaluation
import Reconciliation
import Reporting

extension Command {
    private static let dimensions = Option<[CostDimension]>(
        "--by", value: "LIST", "what to add up by, separated by commas: \(CostDimension.names.joined(separator: ", ")) (default: team)",
        expected: "words such as team,service or tag:environment", parse: parseDimensions)
    private static let period = Option<Range<Day>>(
        "--period", value: "PERIOD", "2026, 2026-Q4, 2026-10, 2026-10-31 or FROM..TO, both inclusive (default: the whole bill)",
        expected: "a period such as 2026-10 or 2026-10-01..2026-10-15", parse: parsePeriod)
    private static let basis = Option<CostBasis>("--cost", choice: "COST", "which of the bill's costs (default: effective)")

    static let cost = Command(
        "cost", "breaks the bill down by team, service, account, day and more",
        discussion: """
            Amounts are exact: every row of the bill counts once, taxes and credits too. A row belongs to a team by its own tags, else by \
            its resource's place in the code, else by its account; what is left is unowned.
            """,
        options: [dimensions.description, period.description, basis.description], common: CommonOptions.reading(),
        examples: [
            .init("bursar cost --by team,service --period 2026-10", "October, by team and service"),
            .init("bursar cost --by day --cost billed --format json", "what is billed, day by day"),
            .init("bursar cost --by tag:environment", "by a tag that a team or a budget asks for"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let pass = try session.pass(try session.open())
        let table = pass.observed.cost
        let by = invocation[dimensions] ?? [.team]
        let basis = invocation[basis] ?? .effective
        let period = invocation[period]
        try session.checkTags(by, in: table)
        let ownership = Ownership(teams: pass.policies.teams, resources: pass.observed.resources)
        let breakdown = CostBreakdown(table, by: by, basis: basis) { line in
            let (account, resource) = (table.name(line.key.account), table.name(line.key.resource))
            return ownership.owner(
                account: account.isEmpty ? nil : account, tags: table.tagSets[Int(line.key.tagSet)],
                resourceID: resource.isEmpty ? nil : resource)
        }
        let (rows, total) = breakdown.rows(in: period)
        try session.write(
            CostReport(
                context: session.context(of: pass.workspace), dimensions: by, basis: basis,
                days: period ?? table.days.map { $0.lowerBound..<$0.upperBound.advanced(by: 1) }, rows: rows, total: total,
                problems: session.problems(of: pass)))
        return session.exitCode(of: pass)
    }

    /// `team,service`; each word once.
    static func parseDimensions(_ text: String) -> [CostDimension]? {
        let words = text.split(separator: ",", omittingEmptySubsequences: false).map { CostDimension(String($0)) }
        let known = words.compactMap(\.self)
        return known.count == words.count && Set(known).count == known.count ? known : nil
    }

    /// A calendar period, or days from `2026-10-01..2026-10-15`.
    static func parsePeriod(_ text: String) -> Range<Day>? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 3, parts[1].isEmpty {
            guard let first = Day(String(parts[0])), let last = Day(String(parts[2])), first <= last else { return nil }
            return first..<last.advanced(by: 1)
        }
        return PeriodLength.allCases.lazy.compactMap { BudgetPeriod($0, text)?.days }.first
    }
}

extension Session {
    /// Only tags that a team or a budget asks for are kept of the bill; another one would look like a bill without tags.
    fileprivate func checkTags(_ dimensions: [CostDimension], in table: CostTable) throws(CommandFailure) {
        let known = Set(table.tagSets.flatMap(\.keys))
        for case .tag(let key) in dimensions where !known.contains(key) {
            throw CommandFailure(
                "no row of the bill has a tag '\(key.printable)' that a team or a budget asks for" + DidYouMean.hint(for: key, in: known),
                .invalid, hint: known.isEmpty ? nil : "tags: \(known.sorted().joined(separator: ", ").printable)")
        }
    }
}
