import CostModel
import Evaluation
import Reconciliation
import Reporting

extension Command {
    private static let period = Option<Range<Day>>(
        "--period", value: "PERIOD", "2026, 2026-Q4, 2026-10, 2026-10-31 or FROM..TO (default: the newest 28 whole days)",
        expected: "a period such as 2026-10 or 2026-10-01..2026-10-15", parse: parsePeriod)
    private static let basis = Option<CostBasis>("--cost", choice: "COST", "which of the bill's costs (default: effective)")

    static let egress = Command(
        "egress", "says what transfer costs each team, by where it goes",
        discussion: """
            Peering, VPN, other regions, Direct Connect, CDN, the internet, other zones, transit gateways and NAT gateways, in this order: a \
            charge is of the first kind that fits. AWS names it by usage type and operation; of other providers, and of bills without \
            those, the name of the meter or SKU says it, else the description. What says that it is transfer and not of which kind is 'unknown'.
            """,
        options: [period.description, basis.description],
        common: CommonOptions.judging(CommonOptions.format(of: EgressReport.self).description),
        examples: [
            .init("bursar egress", "the newest 28 days"),
            .init("bursar egress --period 2026-10 --format csv", "October, for a spreadsheet"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        return try session.showTransfer(invocation[period], cost: invocation[basis] ?? .effective)
    }
}

extension Session {
    fileprivate func showTransfer(_ period: Range<Day>?, cost: CostBasis) throws(CommandFailure) -> ExitCode {
        let workspace = try open()
        guard !workspace.policies.workspace.hasNoBill else {
            throw CommandFailure("\(ObservationProblem.noBillReason): nothing is known of transfer", .invalid)
        }
        let read =
            try observations()
            ?? .read(for: [workspace.policies], directory: workspace.folder, now: now, clients: workspace.clients, transfer: true)
        guard read.costs.contains(cost) else {
            throw CommandFailure("the bill does not state every \(cost.rawValue) cost", .partial)
        }
        let evaluated = try evaluate(workspace, read)
        let found = PolicyEvaluator.transfer(
            policies: evaluated.policies, state: evaluated.observed, now: now, cost: cost, days: period)
        try write(
            EgressReport(
                context: context(of: evaluated), statement: found, problems: observationProblems(of: evaluated)))
        return found.gap == nil ? exitCode(of: evaluated) : .partial
    }
}
