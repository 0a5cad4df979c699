import CostModel
import Diagnostics
import Evaluation
import Observation
import Reconciliation
import Reporting

extension Command {
    private static let names = CostBreakdown.Dimension.plain.map(\.description) + ["tag:KEY"]
    private static let dimensions = Option<[CostBreakdown.Dimension]>(
        "--by", value: "LIST", "what to add up by, separated by commas: \(names.joined(separator: ", ")) (default: team)",
        expected: "words such as team,service or tag:environment", words: names, parse: parseDimensions)
    private static let period = Option<Range<Day>>(
        "--period", value: "PERIOD", "2026, 2026-Q4, 2026-10, 2026-10-31 or FROM..TO, both inclusive (default: the whole bill)",
        expected: "a period such as 2026-10 or 2026-10-01..2026-10-15", parse: parsePeriod)
    private static let basis = Option<CostBasis>("--cost", choice: "COST", "which of the bill's costs (default: effective)")
    private static let file = Option<String>("--file", value: "FILE", "break down this bill, without a workspace", repeats: true)

    private static let rawCells = Option<Bool>.flag(
        "--raw-cells",
        help: "with --format csv: write names as the bill has them, also those that a spreadsheet takes for a formula")

    private static let deliveries = Option<Bool>.flag(
        "--deliveries", help: "list the bill's files, and which of them count: used, superseded, copies, and why")

    private static let showback = Option<Bool>.flag(
        "--showback", help: "what each team spends itself, gives and is given by the workspace's allocations; '--by' takes day or month")

    private static let per = Option<String>(
        "--per", value: "METRIC",
        "what one of a metric of the workspace costs, such as an order; '--by' takes team, and day or month (default: month)")

    private static let showsSQL = Option<Bool>.flag(
        "--show-sql", help: "print what query engines are asked, for this and for policies, and ask nobody")

    static let cost = Command(
        "cost", "breaks the bill down by team, service, account, day and more",
        discussion: """
            Amounts are exact: every row of the bill counts once, taxes and credits too. A row belongs to a team by its own tags, else by \
            its resource's place in the code, else by its account; what is left is unowned.

            With --showback objects of kind Allocation divide what is shared: effective cost of the days that are over. Budgets and scores \
            count what teams spend themselves. With --per effective cost is held against what a Metric counts, on the days that both have.
            """,
        arguments: [.init("FILE", "further files of '--file'", isRequired: false, repeats: true)],
        options: [
            dimensions.description, period.description, basis.description, file.description, deliveries.description, showback.description,
            per.description, rawCells.description, showsSQL.description,
        ],
        common: CommonOptions.readingBills(CommonOptions.format(of: CostReport.self).description),
        conflicts: [
            ("--file", "--rev"), ("--file", "-C"), ("--deliveries", "--by"), ("--deliveries", "--period"), ("--deliveries", "--cost"),
            ("--showback", "--file"), ("--showback", "--cost"), ("--showback", "--deliveries"),
            ("--showback", "--show-sql"), ("--showback", "--per"), ("--per", "--file"), ("--per", "--cost"), ("--per", "--deliveries"),
            ("--per", "--show-sql"), ("--show-sql", "--file"), ("--show-sql", "--deliveries"),
        ],
        examples: [
            .init("bursar cost --by team,service --period 2026-10", "October, by team and service"),
            .init("bursar cost --by day --cost billed --format json", "what is billed, day by day"),
            .init("bursar cost --file bill.csv.gz --by service,region", "a bill in any format, wherever it lies"),
            .init("bursar cost --showback --by month", "direct, given and received cost of each team"),
            .init("bursar cost --per orders --by team,month", "what an order costs each team, and how that changes"),
            .init("bursar cost --by service --show-sql", "what the query engine that holds the bill would be asked"),
            .init("bursar cost --deliveries --file exports", "which files of a folder count, and why others do not"),
            .init("bursar cost --file bills/*.csv.gz --by month --format csv", "several files, the parts of one bill"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        let named = invocation.all(file)
        guard !named.isEmpty || invocation.arguments.isEmpty else {
            throw .usage("unexpected argument '\(invocation.arguments[0].printable)'", of: "cost")
        }
        let files = named + invocation.arguments
        if invocation.has(deliveries) { return try session.listDeliveries(files) }
        if invocation.has(showback) {
            let unit = try TeamQuestion(invocation[dimensions] ?? [], option: "--showback").unit
            return try session.showBack(by: unit, invocation[period], rawCells: invocation.has(rawCells))
        }
        if let metric = invocation[per] {
            let question = try TeamQuestion(invocation[dimensions] ?? [.month], option: "--per")
            return try session.breakDown(per: metric, question, invocation[period], rawCells: invocation.has(rawCells))
        }
        let by = invocation[dimensions] ?? [files.isEmpty ? .team : .service]
        let question = CostQuestion(
            dimensions: by, basis: invocation[basis] ?? .effective, period: invocation[period], rawCells: invocation.has(rawCells))
        if question.basis == .billed, let days = question.period, !isWholeMonths(days) {
            throw .usage(
                "billed cost belongs to billing periods, not to days: '--period' must be whole months, such as "
                    + "\(days.lowerBound.month)", of: "cost")
        }
        if invocation.has(showsSQL) { return try session.showStatements(question) }
        return files.isEmpty ? try session.breakDown(question) : try session.breakDown(question, files: files)
    }

    /// `team,service`; each word once.
    static func parseDimensions(_ text: String) -> [CostBreakdown.Dimension]? {
        let words = text.split(separator: ",", omittingEmptySubsequences: false).map { CostBreakdown.Dimension(String($0)) }
        let known = words.compactMap(\.self)
        return known.count == words.count && Set(known).count == known.count ? known : nil
    }

    private static func isWholeMonths(_ days: Range<Day>) -> Bool {
        days.lowerBound == days.lowerBound.month.firstDay && days.upperBound == days.upperBound.month.firstDay
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

/// What is asked of a bill.
private struct CostQuestion {
    var dimensions: [CostBreakdown.Dimension]
    var basis: CostBasis
    var period: Range<Day>?
    var rawCells: Bool
}

extension Session {
    /// The files of the workspace's bill, or those that are named.
    fileprivate func listDeliveries(_ files: [String]) throws(CommandFailure) -> ExitCode {
        let reader: BillReader
        var revision = "none"
        if files.isEmpty {
            let workspace = try open()
            reader = BillReader(
                sources: workspace.policies.workspace.cost, directory: workspace.folder, now: now, clients: workspace.clients)
            revision = workspace.revision
        } else {
            reader = BillReader(files: files, directory: ".", now: now, clients: try clients(outside: []))
        }
        let (found, problems) = reader.deliveries()
        try write(
            DeliveriesReport(
                context: ReportContext(revision: revision, evaluatedAt: now), files: found, problems: problems.map { Problem($0) }))
        return problems.contains { $0.severity == .partial } ? .partial : .clean
    }

    /// The workspace's bill. Whose a row is depends on the code too, so asking for teams observes everything.
    fileprivate func breakDown(_ question: CostQuestion) throws(CommandFailure) -> ExitCode {
        let workspace = try open()
        let policies = workspace.policies
        guard !policies.workspace.hasNoBill else {
            throw CommandFailure(
                "\(ObservationProblem.noBillReason): nothing can be broken down", .invalid, hint: "'--file FILE' takes a bill from anywhere"
            )
        }
        let reader = BillReader(
            sources: policies.workspace.cost, rates: policies.workspace.rates, directory: workspace.folder, now: now,
            clients: workspace.clients)
        var problems = workspace.diagnostics.map { Problem($0) }
        var owner: ChargeOwner?
        if question.dimensions.contains(.team) {
            let evaluated = try evaluate(workspace)
            problems += evaluated.observed.problems.map { Problem($0) }
            owner = Ownership(teams: policies.teams, resources: evaluated.observed.resources).owner(account:tags:resourceID:)
        }
        let (breakdown, found) = reader.breakdown(
            by: question.dimensions, cost: question.basis, period: question.period, currency: policies.workspace.currency,
            ownerTagKeys: policies.costTagKeys, owner: owner, tagRules: policies.tagRules)
        return try write(breakdown, question, problems + found.map { Problem($0) }, revision: workspace.revision)
    }

    fileprivate func breakDown(_ question: CostQuestion, files: [String]) throws(CommandFailure) -> ExitCode {
        guard !question.dimensions.contains(.team) else {
            throw .usage("'team' needs a workspace, which '--file' goes without", of: "cost")
        }
        let reader = BillReader(files: files, directory: ".", now: now, clients: try clients(outside: []))
        let (breakdown, found) = reader.breakdown(
            by: question.dimensions, cost: question.basis, period: question.period, currency: nil)
        return try write(breakdown, question, found.map { Problem($0) }, revision: "none")
    }

    /// What the workspace's query engines would be asked.
    fileprivate func showStatements(_ question: CostQuestion) throws(CommandFailure) -> ExitCode {
        let workspace = try open()
        let policies = workspace.policies
        let needs = ObservationNeeds([policies])
        let reader = BillReader(
            sources: policies.workspace.cost, directory: workspace.folder, now: now, clients: workspace.clients)
        let statements = reader.statements(
            by: question.dimensions, cost: question.basis, period: question.period, currency: policies.workspace.currency,
            ownerTagKeys: policies.costTagKeys,
            judging: (needs.tagKeys, needs.bases, needs.leaves, needs.terms, needs.transfer, needs.units),
            tagRules: policies.tagRules)
        guard !statements.isEmpty else {
            throw CommandFailure("no bill of this workspace lies in a query engine: there is nothing to ask", .invalid)
        }
        let text = statements.map { "-- \($0.source), asked of \($0.engine.rawValue) for \($0.purpose)\n\($0.text)" }
        try write(Array(text.joined(separator: "\n").utf8))
        return .clean
    }

    private func write(
        _ breakdown: CostBreakdown, _ question: CostQuestion, _ problems: [Problem], revision: String
    ) throws(CommandFailure) -> ExitCode {
        // What an evaluation and the breakdown both met is said once.
        let problems = Array(Set(problems))
        var report = CostReport(
            context: ReportContext(revision: revision, evaluatedAt: now), breakdown: breakdown, period: question.period, problems: problems)
        report.isGuarded = !question.rawCells
        try write(report)
        let partial = problems.count { $0.severity == .partial }
        sayPartial(partial)
        return partial > 0 ? .partial : .clean
    }
}
