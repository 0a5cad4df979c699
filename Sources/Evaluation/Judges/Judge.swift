import Conditions
import CostModel

/// What all judges are handed.
struct JudgingContext: Sendable {
    let teams: [Team]
    let state: ObservedState
    let currency: Currency
    let now: Instant
    /// What is counted day by day.
    let metrics: [UnitMetric]
    /// How the objectives of each ServiceLevel stand; plans are held against them.
    var serviceLevels: [(policy: ServiceLevel, status: ServiceLevelStatus)] = []
    /// What resources are charged by the hour; nothing where no policy asks.
    var usageCost = UsageCost()
    /// Is told which ways through the policies' expressions are taken.
    var coverage: BranchCoverage?

    init(_ policies: PolicySet, _ state: ObservedState, _ now: Instant, coverage: BranchCoverage? = nil) {
        teams = policies.teams
        self.state = state
        currency = policies.workspace.currency
        self.now = now
        metrics = policies.metrics
        self.coverage = coverage
    }

    /// Says how ServiceLevels stand.
    mutating func setServiceLevels(_ policies: [ServiceLevel], _ statuses: [ServiceLevelStatus]) {
        let known = Dictionary(statuses.map { ($0.policy, $0) }, uniquingKeysWith: { first, _ in first })
        serviceLevels = policies.compactMap { policy in known[policy.header.reference].map { (policy, $0) } }
    }
}

/// Holds resources against one policy.
protocol ResourceJudge {
    associatedtype Policy: ResourcePolicy

    /// What it can find.
    static var findingTypes: [FindingType] { get }

    init(_ policy: Policy, _ context: JudgingContext)

    /// Whether the policy can say anything about a resource: one that is not applicable neither passes nor fails, and its spend is not in
    /// scope.
    static func applies(to resource: Resource) -> Bool

    /// - Parameter record: the resource as expressions see it.
    mutating func judge(_ subject: EvaluatedResource, _ record: @autoclosure () -> ResourceRecord) -> ResourceOutcome
}

enum ResourceOutcome {
    case findings([Finding])
    /// A recommendation was held back.
    case suppressed(Suppression)
    /// A recommendation that saves too little by itself.
    case small(SmallSaving)
}

/// Holds the bill against one policy: it is shown each line once, then asked.
protocol BillJudge {
    associatedtype Policy: BillPolicy

    /// What it can find.
    static var findingTypes: [FindingType] { get }

    init(_ policy: Policy, _ context: BillContext)

    /// - Parameter team: the number of the team that owns the line.
    mutating func add(_ line: CostTable.Line, team: Int?)
    mutating func outcome() -> BillOutcome

    /// What it finds where the workspace says that there is no bill: nothing is known, which is neither a pass nor a failure.
    func withoutBill() -> Finding
}

/// What judges of the bill are handed beside what all are.
struct BillContext {
    let judging: JudgingContext
    let windows: Windows
    let attribution: CostAttribution
    let lineage: Lineage

    /// Why nothing passes by the bill's sums: of which day a torn row was, and whose, nobody can tell. Nil: nothing says so.
    var fault: String? { judging.state.cost.coverage?.fault }

    /// Who sent the bytes; nil: no logs of traffic say it.
    var trafficShares: TrafficShares? {
        guard !judging.state.traffic.isEmpty else { return nil }
        return TrafficShares(judging.state, ownership: Ownership(teams: judging.teams, resources: judging.state.resources))
    }

    /// How scoring sees a policy about spend.
    ///
    /// - Parameter sums: the spend in its scope, of each team and behind them of nobody.
    func control(of policy: PolicyHeader, _ sums: SpendTotals.Sums) -> SpendByScope.Control {
        let names = attribution.teams
        var spend: [String: SpendByScope.Spend] = [:]
        for index in names.indices { spend[names[index]] = sums.spend(of: index) }
        spend[SpendByScope.workspaceKey] = sums.spend(of: names.count)
        return SpendByScope.Control(
            policy: policy.reference, enforcement: policy.enforcement, severity: policy.severity, level: policy.level, spend: spend)
    }
}

struct BillOutcome {
    var findings: [Finding]
    var budgets: [BudgetStatus] = []
    /// How scoring sees the policy.
    var control: SpendByScope.Control
    var anomalies: [Anomaly] = []
}

/// The judge of each kind of policy.
enum Judges {
    enum Judge {
        case resources(any ResourceJudge.Type)
        case bill(any BillJudge.Type)
        case change(any ChangeJudge.Type)
        /// The kind makes no findings.
        case none
    }

    static func judge(of kind: PolicyKind) -> Judge {
        switch kind {
        case .budget: .bill(BudgetJudge.self)
        case .anomaly: .bill(AnomalyJudge.self)
        case .commitment: .bill(CommitmentJudge.self)
        case .egress: .bill(EgressJudge.self)
        case .guardrail: .change(GuardrailJudge.self)
        case .tagging: .resources(TaggingJudge.self)
        case .rightsizing: .resources(RightsizingJudge.self)
        case .rule: .resources(RuleJudge.self)
        case .drift: .resources(DriftJudge.self)
        case .schedule: .resources(ScheduleJudge.self)
        case .serviceLevel: .resources(ServiceLevelJudge.self)
        case .workspace, .team, .allocation, .metric, .tagRule, .exemption, .baseline, .notification, .scenario, .campaign, .test:
            .none
        }
    }

    /// What all judges can find.
    static var findingTypes: [FindingType] {
        PolicyKind.allCases.flatMap { kind -> [FindingType] in
            switch judge(of: kind) {
            case .resources(let judge): judge.findingTypes
            case .bill(let judge): judge.findingTypes
            case .change(let judge): judge.findingTypes
            case .none: []
            }
        }
    }
}

extension ResourceJudge {
    /// - Returns: nil where the policy is of another kind, which is our mistake.
    static func make(_ policy: any ResourcePolicy, _ context: JudgingContext) -> (any ResourceJudge)? {
        (policy as? Policy).map { Self($0, context) }
    }
}

extension BillJudge {
    static func make(_ policy: any BillPolicy, _ context: BillContext) -> (any BillJudge)? {
        (policy as? Policy).map { Self($0, context) }
    }
}

extension ChangeJudge {
    static func findings(_ policy: any ChangePolicy, _ context: ChangeContext) -> [Finding]? {
        (policy as? Policy).map { Self($0, context).findings() }
    }
}

extension Policy {
    /// What a policy about changes says of one; nothing of policies about something else.
    func changeFindings(_ context: ChangeContext) -> [Finding] {
        guard case .change(let policy) = body else { return [] }
        guard case .change(let type) = Judges.judge(of: reference.kind), let findings = type.findings(policy, context) else {
            preconditionFailure("\(reference) has no judge of its kind")
        }
        return findings
    }

    /// The judge of a policy about resources, and whether it applies to one; nil for policies about the bill.
    func resourceJudge(_ context: JudgingContext) -> (policy: any ResourcePolicy, judge: any ResourceJudge)? {
        guard case .resources(let policy) = body else { return nil }
        guard case .resources(let type) = Judges.judge(of: reference.kind), let judge = type.make(policy, context) else {
            preconditionFailure("\(reference) has no judge of its kind")
        }
        return (policy, judge)
    }

    /// The judge of a policy about the bill; nil for policies about resources.
    func billJudge(_ context: BillContext) -> (any BillJudge)? {
        guard case .bill(let policy) = body else { return nil }
        guard case .bill(let type) = Judges.judge(of: reference.kind), let judge = type.make(policy, context) else {
            preconditionFailure("\(reference) has no judge of its kind")
        }
        return judge
    }
}
