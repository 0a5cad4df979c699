import CostModel
import Scoring

/// A workspace of one team `a` that is judged again and again, day by day, and remembers.
struct Calendar {
    static let start = Instant("2026-03-02T08:00:00Z")!  // a Monday

    var policies: PolicySet
    var history = History()
    var now = start
    var board = Leaderboard(teams: [], unowned: .zero(.usd))
    /// The team's whole spend in each window.
    var spend = 100_000

    init(
        _ controls: [PolicyHeader] = [tags, sizes], teams: [String] = ["a"], freeze: [ClosedRange<Day>] = [], digest: String = "one"
    ) {
        policies = Self.policies(controls, teams: teams, freeze: freeze, digest: digest)
    }

    static let tags = header(.tagging, "tags", .high, level: 1)
    static let sizes = header(.rightsizing, "sizes", .medium, level: 2)
    static let urgent = header(.tagging, "urgent", .critical, level: 1)

    /// Every policy wants its findings fixed within 14 days.
    static func header(
        _ kind: PolicyKind, _ name: String, _ severity: Severity, level: Int, within: TimeSpan? = .days(14)
    ) -> PolicyHeader {
        var header = Account.header(kind, name, severity, level: level)
        header.fixWithin = within
        return header
    }

    static func policies(_ controls: [PolicyHeader], teams: [String], freeze: [ClosedRange<Day>], digest: String) -> PolicySet {
        PolicySet(
            workspace: Workspace(
                name: "acme", place: Place(file: "bursar.yaml", line: 1), currency: .usd, policyPaths: [],
                scoring: ScoringSettings(materiality: Money(FixedDecimal(1_000), .usd), freeze: freeze)),
            teams: teams.map { Account.team($0) },
            policies: controls.map { header -> any PolicyBody in
                header.reference.kind == .tagging
                    ? TaggingPolicy(header: header, match: .init(), requires: [])
                    : RightsizingPolicy(header: header, match: .init(), minimumSamples: 1)
            }, digest: digest)
    }

    static func finding(
        _ name: String, _ dollars: Int = 1_000, by policy: PolicyHeader = tags, team: String = "a", verdict: Verdict = .fail,
        exemption: String? = nil
    ) -> Finding {
        var finding = Account.finding(name, dollars, by: policy, verdict: verdict, exemption: exemption)
        finding.team = team
        return finding
    }

    func result(_ findings: [Finding]) -> EvaluationResult {
        let teams = policies.teams.map(\.name)
        let each = Account.spend(spend)
        let spends = Dictionary(uniqueKeysWithValues: teams.map { ($0, each) })
        let spendByScope = SpendByScope(
            teams: spends, unowned: .init(), workspace: Account.spend(spend * teams.count),
            controls: policies.headers.map {
                .init(policy: $0.reference, enforcement: $0.enforcement, severity: $0.severity, level: $0.level, spend: spends)
            }, firstDay: Dictionary(uniqueKeysWithValues: teams.map { ($0, Day("2025-01-01")!) }))
        var result = Account.result(findings, [:], spendByScope)
        result.now = now
        return result
    }

    /// One more evaluation; the changes are remembered.
    @discardableResult
    mutating func judge(_ findings: [Finding] = [], revision: String = "c1", isPartial: Bool = false) -> History {
        let (changes, board) = ScoreHistory.advance(
            policies: policies, result: result(findings), history: history, now: now, revision: revision, isPartial: isPartial)
        history = history.adding(changes)
        self.board = board
        return changes
    }

    /// One more evaluation, of any kind.
    mutating func judge(_ result: EvaluationResult, revision: String = "c1", isPartial: Bool = false, touched: Set<String>? = nil) {
        let (changes, board) = ScoreHistory.advance(
            policies: policies, result: result, history: history, now: now, revision: revision, isPartial: isPartial, touched: touched)
        history = history.adding(changes)
        self.board = board
    }

    /// An evaluation on each of so many days, the first of them tomorrow.
    mutating func days(_ count: Int, _ findings: [Finding] = [], revision: String = "c1", isPartial: Bool = false) {
        for _ in 0..<count {
            pass(1)
            judge(findings, revision: revision, isPartial: isPartial)
        }
    }

    mutating func pass(_ days: Int) { now = now.adding(.days(days)) }

    func card(_ team: String = "a") -> Scorecard { board.teams.first { $0.team == team }! }
    func life(_ name: String, by policy: PolicyHeader = tags) -> FindingLife? {
        let id = Self.finding(name, by: policy).id
        return history.lives.first { $0.id == id }
    }
    var today: ScoreDay { history.scores.last { $0.team == "a" && $0.day == now.day }! }
}
