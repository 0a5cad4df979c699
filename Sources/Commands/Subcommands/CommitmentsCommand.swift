import CostModel
import Diagnostics
import Evaluation
import Observation
import Reconciliation
import Reporting

extension Command {
    private static let policy = Option<String>(
        "--policy", value: "NAME", "the CommitmentPolicy to go by (default: the only one, else the usual rules)"
    )
    private static let period = Option<Range<Day>>(
        "--period", value: "PERIOD",
        "whole months, such as 2026-10 or 2026-Q4 (default: the newest that is whole)",
        expected: "a period such as 2026-10 or 2026-Q3", parse: parsePeriod)

    static let commitments = Command(
        "commitments", "says what commitments pay for, what nobody uses of them, and what they save whom",
        discussion: """
            From the bill's commitment columns: FOCUS CommitmentDiscountId, -Type, -Category, -Status and PricingCategory, or what AWS's and \
            Azure's own formats say of the same. Utilisation is what was used of a commitment, of all that it cost. Coverage is what \
            commitments paid for, at on-demand prices, of all use in the services in which they paid for something. The effective savings rate \
            is what is paid less than on-demand prices, of those prices; what nobody used counts against it.

            Months are judged whole: fees, and what nobody used, are on many bills once a month. When a commitment ends is on no bill; a \
            CommitmentPolicy states it.

            Where the bill has rows of hours, it says what more to commit to: up to the level that is used so much of the time that it costs no \
            more than on-demand use, bought in four steps, one a month; what that saves, and over 1,000 futures drawn from the past weeks. \
            What open findings on sizes would take off the use is taken off before. From rows of days only bounds follow.
            """,
        options: [policy.description, period.description],
        common: CommonOptions.judging(CommonOptions.format(of: CommitmentReport.self).description),
        examples: [
            .init("bursar commitments", "the newest whole month"),
            .init("bursar commitments --period 2026-Q3 --format csv", "a quarter, for a spreadsheet"),
        ]
    ) { invocation, console throws(CommandFailure) in
        let session = Session(invocation, console)
        return try session.showCommitments(by: invocation[policy], invocation[period])
    }
}

extension Session {
    fileprivate func showCommitments(by name: String?, _ period: Range<Day>?) throws(CommandFailure) -> ExitCode {
        if let period, period.lowerBound != period.lowerBound.month.firstDay || period.upperBound != period.upperBound.month.firstDay {
            throw .usage(
                "commitments are judged by whole months: '--period' must be such as \(period.lowerBound.month)", of: "commitments")
        }
        let workspace = try open()
        let policies = workspace.policies
        guard !policies.workspace.hasNoBill else {
            throw CommandFailure("\(ObservationProblem.noBillReason): nothing is known of commitments", .invalid)
        }
        let read =
            try observations()
            ?? .read(for: [policies], directory: workspace.folder, now: now, clients: workspace.clients, terms: true)
        let policy = try commitmentPolicy(name, policies, costs: read.costs)
        let evaluated = try evaluate(workspace, read)
        let found = PolicyEvaluator.commitments(
            policies: evaluated.policies, state: evaluated.observed, now: now, policy: policy, days: period)
        guard let found else { throw CommandFailure("the bill holds no whole month before \(now.day)", .partial) }
        try write(
            CommitmentReport(
                context: context(of: evaluated), statement: found, proposals: proposals(policy, found, evaluated),
                problems: observationProblems(of: evaluated)))
        return found.gap == nil ? exitCode(of: evaluated) : .partial
    }

    /// By the usual rules on-demand prices are the public ones, where the bill has them.
    private func commitmentPolicy(
        _ name: String?, _ policies: PolicySet, costs: Set<CostBasis>
    ) throws(CommandFailure) -> CommitmentPolicy {
        let all = policies.commitmentPolicies
        if let name {
            if let policy = all.first(where: { $0.header.reference.name == name }) { return policy }
            let hint = DidYouMean.hint(for: name, in: all.map(\.header.reference.name))
            throw .usage("there is no CommitmentPolicy '\(name.printable)'\(hint)", of: "commitments")
        }
        if all.count == 1 { return all[0] }
        guard let price = CommitmentPolicy.OnDemandPrice.allCases.first(where: { costs.contains($0.cost) }) else {
            throw CommandFailure(
                "the bill states neither list nor contracted costs: what use would cost without commitments is not known", .partial)
        }
        let workspace = policies.workspace
        return CommitmentPolicy(
            header: PolicyHeader(reference: PolicyReference(.workspace, workspace.name), place: workspace.place, level: 1),
            onDemandPrice: price)
    }
}
