import CostModel
import Scoring

/// Evaluations written by hand: a team `a` beside the rest of a workspace, as scoring sees them.
struct Account {
    var spend = spend(10_000)
    var workspace = spend(20_000)
    var controls: [(PolicyHeader, SpendByScope.Spend)] = [(tagging, spend(10_000))]
    var findings: [Finding] = []
    var resources: [ResourceIdentity: Money] = [:]
    var firstDay = Day("2026-01-01")
    var teams = [team("a")]
    var materiality = 1_000

    static let now = Instant("2026-11-01T00:00:00Z")!
    static let tagging = header(.tagging, "tags", .high, level: 1)

    static func spend(_ current: Int, past: [Int]? = nil) -> SpendByScope.Spend {
        SpendByScope.Spend(current: FixedDecimal(current), past: (past ?? [current, current, current]).map { FixedDecimal($0) })
    }

    static func team(_ name: String, parent: String? = nil) -> Team {
        Team(name: name, place: Place(file: "teams/\(name).yaml", line: 1), parent: parent)
    }

    static func header(
        _ kind: PolicyKind, _ name: String, _ severity: Severity, level: Int, _ enforcement: Enforcement = .warn
    ) -> PolicyHeader {
        PolicyHeader(
            reference: PolicyReference(kind, name), place: Place(file: "policies/\(name).yaml", line: 1), severity: severity,
            enforcement: enforcement, level: level)
    }

    /// A failing finding about the resource of a name.
    static func finding(
        _ name: String, _ dollars: Int, by policy: PolicyHeader = tagging, verdict: Verdict = .fail, exemption: String? = nil,
        savings: Int? = nil
    ) -> Finding {
        let identity = ResourceIdentity(root: "infra", address: "aws_instance.\(name)")
        return Finding(
            policy: policy, rule: "a-rule", verdict: verdict, team: "a", message: "", subject: nil,
            resource: .init(identity: identity, id: nil, type: "aws_instance", provider: "aws"), location: nil,
            monthlySavings: savings.map { Money(FixedDecimal($0), .usd) }, atStake: Money(FixedDecimal(dollars), .usd),
            exemption: exemption)
    }

    func score() -> Leaderboard {
        let spendByScope = SpendByScope(
            teams: ["a": spend], unowned: .init(), workspace: workspace,
            controls: controls.map { header, spend in
                .init(
                    policy: header.reference, enforcement: header.enforcement, severity: header.severity, level: header.level,
                    spend: ["a": spend])
            }, firstDay: firstDay.map { ["a": $0] } ?? [:])
        return Scorer.score(policies: Self.policies(teams, materiality), result: Self.result(findings, resources, spendByScope))
    }

    var card: Scorecard { score().teams[0] }

    static func policies(_ teams: [Team], _ materiality: Int = 1_000) -> PolicySet {
        PolicySet(
            workspace: Workspace(
                name: "acme", place: Place(file: "bursar.yaml", line: 1), currency: .usd, policyPaths: [],
                scoring: ScoringSettings(materiality: Money(FixedDecimal(materiality), .usd))), teams: teams)
    }

    static func result(_ findings: [Finding], _ resources: [ResourceIdentity: Money], _ spendByScope: SpendByScope) -> EvaluationResult {
        EvaluationResult(
            now: now, findings: findings, suppressed: [], budgets: [], exemptions: [], summary: .init(), owners: [:], spend: resources,
            spendByScope: spendByScope)
    }
}
