internal import CostModel

/// What a workspace's ledger says, counted for `/metrics`.
struct WorkspaceFigures {
    let workspace: String
    private(set) var isReadable = false
    /// The newest first.
    private(set) var runs: [Run] = []
    private var summary: RunSummary?
    private var findings: [FindingLife] = []
    private var scores: [ScoreDay] = []
    private let today: Day
    private var requests: [RequestRecord] = []
    private var savings: [SavingsRecord] = []

    /// Runs that are looked at for the newest figures.
    private static let runLimit = 100
    /// A team that was not scored for so many days is not shown.
    private static let scoreDays = 35

    init(of workspace: String, _ context: ServerContext) {
        self.workspace = workspace
        today = context.clock().day
        do throws(ServerError) {
            let archive = context.archive
            runs = try archive.runs(of: workspace, limit: Self.runLimit, before: nil)
            findings = try archive.findings(of: workspace).filter { $0.state != .fixed }
            scores = try archive.scores(of: workspace, team: nil, since: Day(today.number - Int32(Self.scoreDays)))
            requests = try archive.requests(of: workspace)
            savings = try archive.savings(of: workspace)
            summary = runs.lazy.compactMap(\.summary).first
            isReadable = true
        } catch {
            // 'bursar_ledger_readable' says so; half of the figures would look like all of them.
            (runs, findings, scores, requests, savings) = ([], [], [], [], [])
        }
    }

    static func add(_ all: [WorkspaceFigures], to page: inout Exposition) {
        page.add(
            "bursar_findings", .gauge, "Findings that are not fixed, by severity and result.", all.flatMap(\.findingSamples))
        page.add(
            "bursar_at_stake", .gauge, "Money a month that failing findings put at stake.",
            all.compactMap { figures in figures.summary?.atStake.map(figures.money) })
        page.add(
            "bursar_potential_savings", .gauge, "Money a month that fixing every finding would save.",
            all.compactMap { figures in figures.summary?.potentialSavings.map(figures.money) })
        page.add(
            "bursar_realised_savings", .gauge, "Money a month that merged changes saved, as far as bills tell.",
            all.flatMap { $0.sums(\.realised) })
        page.add(
            "bursar_verified_savings", .gauge, "Of the realised savings what counts for scores: no more than was promised.",
            all.flatMap { $0.sums(\.verified) })
        page.add("bursar_team_score", .gauge, "A team's newest score, 0 to 100.", all.flatMap(\.scoreSamples))
        page.add("bursar_requests", .gauge, "Remediation requests by what became of them.", all.flatMap(\.requestSamples))
        page.add(
            "bursar_recommendations", .gauge, "Changes in remediation requests: all that were offered, and what became of them.",
            all.flatMap(\.recommendationSamples))
    }

    private var label: (name: String, value: String) { ("workspace", workspace) }

    private func money(_ money: Money) -> Exposition.Sample {
        .init([label, ("currency", money.currency.code)], money.amount.description)
    }

    private func sums(_ amount: (SavingsRecord) -> Money?) -> [Exposition.Sample] {
        let counted = savings.filter { $0.standing == .measured || $0.standing == .vested }
        let amounts = Dictionary(grouping: counted.compactMap(amount), by: \.currency)
        return amounts.sorted { $0.key < $1.key }.map { currency, amounts in money(amounts.reduce(.zero(currency), +)) }
    }

    private var findingSamples: [Exposition.Sample] {
        guard isReadable else { return [] }
        return Severity.allCases.flatMap { severity in
            ["fail", "unknown", "exempt"].map { result in
                let count = findings.count { life in
                    life.severity == severity && (life.isExempt ? result == "exempt" : result == life.verdict.rawValue)
                }
                return .init([label, ("severity", severity.rawValue), ("result", result)], count)
            }
        }
    }

    private var scoreSamples: [Exposition.Sample] {
        ScoreDay.latest(of: scores, until: today).compactMap { day in
            day.score.map { .init([label, ("team", day.team)], $0.description) }
        }
    }

    private var requestSamples: [Exposition.Sample] {
        guard isReadable else { return [] }
        return RequestRecord.State.allCases.map { state in
            .init([label, ("state", state.rawValue)], requests.count { $0.state == state })
        }
    }

    private var recommendationSamples: [Exposition.Sample] {
        guard isReadable else { return [] }
        func changes(_ states: Set<RequestRecord.State>) -> Int {
            requests.filter { states.contains($0.state) }.reduce(0) { $0 + $1.plan.changes.count }
        }
        let offered = changes(Set(RequestRecord.State.allCases))
        return [("offered", offered), ("merged", changes([.merged])), ("dismissed", changes([.dismissed]))].map { state, count in
            .init([label, ("state", state)], count)
        }
    }
}
