package import Conditions
package import CostModel

/// Holds what was observed against the policies. The only place where that is done: a check of a pull request, a plan and the loop
/// ask the same question here and get the same answer.
///
/// No clock, no disk, no network: the same policies, observations and time give the same value.
package enum PolicyEvaluator {
    /// - Parameter coverage: is told which ways through the policies' expressions are taken.
    package static func evaluate(
        policies: PolicySet, state: ObservedState, now: Instant, coverage: BranchCoverage? = nil
    ) -> EvaluationResult {
        var evaluation = Evaluation(policies: policies, state: state, now: now, coverage: coverage)
        evaluation.judgeBill()
        evaluation.judgeServiceLevels()
        evaluation.judgeResources()
        evaluation.judgeUnownedSpend()
        return evaluation.result()
    }

    /// Judges resources as edits of their code would leave them.
    ///
    /// The bill stays what it is, so what each resource spends is taken from an evaluation of the same observations. Findings on budgets
    /// and on unowned spend do not depend on the code and are not among the result.
    package static func judge(
        _ resources: [Resource], policies: PolicySet, state: ObservedState, like result: EvaluationResult
    ) -> [Finding] {
        let ownership = Ownership(teams: policies.teams, resources: resources)
        let subjects = EvaluatedResource.all(
            resources, policies.teams, ownership, spend: { result.spend[$1.identity] }, runRate: { result.runRates[$1.identity] },
            previousSpend: { result.previousSpend[$1.identity] },
            unknownSpend: result.unknownSpend)
        var context = JudgingContext(policies, state, result.now)
        context.setServiceLevels(policies.serviceLevels, result.serviceLevels)
        context.usageCost = result.usageCost
        var findings = ResourceJudgement(subjects, policies: policies, budgets: result.budgets, context, known: result.findings).findings
        policies.campaigns.soften(&findings, on: result.now.day)
        return findings
    }
}

extension PolicyEvaluator {
    /// A resource as the expressions of rules see it.
    package static func record(
        of resource: Resource, policies: PolicySet, state: ObservedState, like result: EvaluationResult
    ) -> ResourceRecord {
        let ownership = Ownership(teams: policies.teams, resources: state.resources)
        let subjects = EvaluatedResource.all(
            [resource], policies.teams, ownership, spend: { result.spend[$1.identity] },
            previousSpend: { result.previousSpend[$1.identity] }, unknownSpend: result.unknownSpend)
        let budgets = ResourceRecords.budgets(policies, result.budgets)
        return ResourceRecords(
            subjects, budgets: budgets, now: result.now, currency: policies.workspace.currency, estimates: state.estimates)[0]
    }
}

/// One evaluation under way.
private struct Evaluation {
    private let policies: PolicySet
    private let state: ObservedState
    private let now: Instant
    private let currency: Currency
    private let hasBill: Bool
    private let unknownSpend: String?
    private let windows: Windows
    private let attribution: CostAttribution
    private var context: JudgingContext
    private var spend: SpendTotals
    private let subjects: [EvaluatedResource]

    private var findings: [Finding] = []
    private var suppressed: [Suppression] = []
    private var budgets: [BudgetStatus] = []
    private var anomalies: [Anomaly] = []
    private var controls: [SpendByScope.Control] = []
    /// Policies about resources that speak about none.
    private var idle: [PolicyHeader] = []
    private var silent: [ObservationProblem] = []
    private var serviceLevels: [ServiceLevelStatus] = []

    init(policies: PolicySet, state: ObservedState, now: Instant, coverage: BranchCoverage?) {
        self.policies = policies
        self.state = state
        self.now = now
        currency = policies.workspace.currency
        let hasBill = state.hasBill
        self.hasBill = hasBill
        context = JudgingContext(policies, state, now, coverage: coverage)
        windows = Windows(now: now, bill: state.cost)
        let ownership = Ownership(teams: policies.teams, resources: state.resources)
        attribution = CostAttribution(
            table: state.cost, teams: policies.teams.map(\.name), ownership: ownership, resources: state.resources)
        if hasBill, !policies.schedules.isEmpty {
            context.usageCost = UsageCost(state.cost, attribution, windows, state.resources)
        }
        let spend = SpendTotals(table: state.cost, attribution: attribution, windows: windows, resourceCount: state.resources.count)
        self.spend = spend
        let currency = self.currency
        let unknownSpend = hasBill ? windows.gap : ObservationProblem.noBillReason
        self.unknownSpend = unknownSpend
        subjects = EvaluatedResource.all(
            state.resources, policies.teams, ownership,
            spend: { index, _ in unknownSpend == nil ? spend.resources[index].map { Money($0, currency) } : nil },
            runRate: { index, _ in spend.runRates[index].map { Money($0, currency) } },
            previousSpend: { index, _ in spend.previous.map { Money($0[index], currency) } },
            usualSpend: { index in spend.usual[index].map { Money($0, currency) } }, unknownSpend: unknownSpend)
    }

    /// Before any plan is thought of.
    mutating func judgeServiceLevels() {
        let levels = policies.serviceLevels
        guard !levels.isEmpty else { return }
        let records = ResourceRecords(
            subjects, budgets: ResourceRecords.budgets(policies, budgets), now: now, currency: currency, estimates: state.estimates)
        serviceLevels = ServiceLevelStatus.all(levels, subjects, records, ObjectiveMeter(state, now: now))
        context.setServiceLevels(levels, serviceLevels)
        for (policy, status) in context.serviceLevels { findings += status.findings(policy, currency) }
    }

    mutating func judgeResources() {
        var judgement = ResourceJudgement(subjects, policies: policies, budgets: budgets, context)
        let questions = judgement.questions
        let earlier = findings
        findings = judgement.takeFindings()
        findings += earlier
        suppressed += judgement.suppressed
        silent = SilentNames(policies: policies, subjects: subjects, questions: questions, charged: charged).notes
        if !subjects.isEmpty { idle = questions.filter { !$0.scope.contains(where: \.isIncluded) }.map(\.header) }
        spend.addControls(measuring(questions), table: state.cost, attribution: attribution, windows: windows)
        // Who states objectives gets no better score by it: no dollar is at stake where they are broken.
        let constant = Set(
            policies.rules.filter { !CompiledRule.canFail($0) }.map(\.header.reference) + policies.serviceLevels.map(\.header.reference))
        for (question, sums) in zip(questions, spend.controls) {
            let sums = constant.contains(question.header.reference) ? sums.nothing : sums
            add(control: question.header, severity: question.header.severity, sums: sums)
        }
    }

    /// The scopes of policies about resources without those of which the policy's condition could not be answered: a rule that fails to run can
    /// never find anything wrong, and measures nobody by it.
    private func measuring(_ questions: [ResourceJudgement.Question]) -> [[ScopeAnswer]] {
        var broken: [PolicyReference: Set<ResourceIdentity>] = [:]
        for finding in findings where finding.verdict == .error {
            if let resource = finding.resource?.identity { broken[finding.policy, default: []].insert(resource) }
        }
        guard !broken.isEmpty else { return questions.map(\.scope) }
        return questions.map { question in
            guard let resources = broken[question.header.reference] else { return question.scope }
            return question.scope.enumerated().map { resources.contains(subjects[$0].resource.identity) ? .outside : $1 }
        }
    }

    /// The teams that anything was ever charged to.
    private var charged: Set<String> {
        Set(attribution.teams.indices.lazy.filter { spend.firstDays[$0] != nil }.map { attribution.teams[$0] })
    }

    /// Shows each line of the bill to every policy about the bill once.
    mutating func judgeBill() {
        let bill = BillContext(judging: context, windows: windows, attribution: attribution, lineage: Lineage(policies.teams))
        var judges = policies.policies.compactMap { $0.billJudge(bill) }
        guard hasBill else {
            findings += judges.map { $0.withoutBill() }
            return
        }
        for line in state.cost.lines {
            let team = attribution.team(of: line.key)
            for index in judges.indices { judges[index].add(line, team: team) }
        }
        for index in judges.indices {
            let outcome = judges[index].outcome()
            findings += outcome.findings
            budgets += outcome.budgets
            anomalies += outcome.anomalies
            controls.append(outcome.control)
        }
    }

    /// A workspace without teams has not begun to say whose its spend is; there it would only say that.
    mutating func judgeUnownedSpend() {
        guard !policies.teams.isEmpty else { return }
        let header = PolicyHeader(
            reference: PolicyReference(.workspace, policies.workspace.name), place: policies.workspace.place, severity: .low,
            enforcement: .warn, level: 1, exemptible: false, fix: .advisory)
        let unowned = spend.teams.spend(of: attribution.teams.count)
        let amount = Money(unowned.current, currency)
        let fails = amount.amount > .zero
        var finding = Finding(
            policy: header, rule: UnownedSpend.id, verdict: fails ? .fail : .pass, team: nil,
            message: fails ? UnownedSpend.message(amount) : UnownedSpend.none, location: header.place,
            atStake: fails ? amount : .zero(currency))
        if let reason = unknownSpend ?? (fails ? nil : state.cost.coverage?.fault) {
            finding.verdict = .unknown
            finding.message = UnownedSpend.unknown
            finding.reason = reason
            finding.atStake = nil
        }
        findings.append(finding)
        controls.append(
            SpendByScope.Control(
                policy: header.reference, enforcement: header.enforcement, severity: header.severity, level: header.level,
                spend: [SpendByScope.workspaceKey: unowned]))
    }

    mutating func result() -> EvaluationResult {
        findings.tellApart()
        policies.campaigns.soften(&findings, on: now.day)
        let exemptions = Exemptions(policies, state, today: windows.today)
        let statuses = exemptions.apply(to: &findings)
        let baseline = policies.baseline.map { BaselineMarks($0, moved: state.moved).apply(to: &findings, allows: exemptions.allows) }
        Self.order(&findings)
        suppressed.sort { ($0.policy, $0.resource.identity) < ($1.policy, $1.resource.identity) }
        let owned = subjects.compactMap { subject in subject.owner.map { (subject.resource.identity, $0.name) } }
        let spent = subjects.compactMap { subject in subject.spend.map { (subject.resource.identity, $0) } }
        let before = subjects.compactMap { subject in subject.previousSpend.map { (subject.resource.identity, $0) } }
        var result = EvaluationResult(
            now: now, findings: findings, suppressed: suppressed, budgets: budgets, exemptions: statuses,
            ineffective: exemptions.ineffective, baseline: baseline, summary: summary,
            owners: Dictionary(owned, uniquingKeysWith: { first, _ in first }),
            spend: Dictionary(spent, uniquingKeysWith: { first, _ in first }),
            previousSpend: Dictionary(before, uniquingKeysWith: { first, _ in first }), spendByScope: spendByScope)
        result.anomalies = anomalies
        result.serviceLevels = serviceLevels
        result.usageCost = context.usageCost
        result.advice = advice
        result.hasBill = hasBill
        result.spendGap = hasBill ? unknownSpend : nil
        result.coverage = state.cost.coverage
        result.notes = (hasBill ? unmatchedBudgets + missingDays + youngBills : []) + unmatchedPolicies + silent
        result.resources = state.resources.map(\.identity)
        result.undeployed = state.undeployed
        result.billedWithoutCode = billedWithoutCode
        result.outside = OutsideCharges(state.cost, attribution, windows)
        result.earlierSpend = earlierSpend
        result.runRates = Dictionary(
            subjects.compactMap { subject in subject.runRate.map { (subject.resource.identity, $0) } },
            uniquingKeysWith: { first, _ in first })
        return result
    }

    /// By resource, then what is about none.
    private var advice: [ResourceAdvice] {
        guard !state.advice.isEmpty else { return [] }
        return subjects.flatMap { subject in
            state.advice.advice(of: subject.resource).map {
                ResourceAdvice(resource: subject.reference, location: subject.resource.location, advice: $0)
            }
        } + (state.advice.entries[""] ?? []).map { ResourceAdvice(resource: nil, location: nil, advice: $0) }
    }

    /// What the newest whole day charges for that the code does not have: it was removed there, and runs on.
    private var billedWithoutCode: Set<String> {
        let newest = windows.end.advanced(by: -1)
        let lines = state.cost.lines.lazy.filter { line in
            line.key.day == newest && line.key.category == .usage && line.key.resource != 0 && line.amounts.effective > .zero
        }
        return Set(lines.filter { attribution.resource(of: $0.key) == nil }.map { state.cost.name($0.key.resource) })
    }

    /// Of what a recommendation is about, or one that was held back.
    private var earlierSpend: [ResourceIdentity: [FixedDecimal]] {
        let failing = findings.lazy.filter { $0.policy.kind == .rightsizing && $0.verdict != .pass }.compactMap { $0.resource?.identity }
        let wanted = Set(failing).union(suppressed.map(\.resource.identity))
        guard !wanted.isEmpty else { return [:] }
        var earlier: [ResourceIdentity: [FixedDecimal]] = [:]
        for (index, resource) in state.resources.enumerated() where wanted.contains(resource.identity) {
            earlier[resource.identity] = spend.earlier(of: index)
        }
        return earlier
    }

    /// A budget whose scope never matched would be green for ever: a misspelt service costs nothing.
    private var unmatchedBudgets: [ObservationProblem] {
        let unmatched = Set(budgets.filter { !$0.matched }.map(\.name))
        return policies.budgets.filter { unmatched.contains($0.header.reference.name) }.map { budget in
            unmatchedScope(budget.header, OverBudget.unmatched(budget.header.reference.name))
        }
    }

    /// A sum of 28 days, and a score that is made of them, says which days it goes without.
    private var missingDays: [ObservationProblem] {
        let place = policies.workspace.place
        func note(_ days: [Range<Day>], _ effect: String) -> [ObservationProblem] {
            let (runs, shown) = (days.texts, 3)
            guard !runs.isEmpty else { return [] }
            let more = runs.count > shown ? " and \(runs.count - shown) more" : ""
            return [
                ObservationProblem(
                    .note, id: "missing-days", file: place.file, line: place.line, column: place.column,
                    "the bill lacks rows of \(runs.prefix(shown).joined(separator: ", "))\(more)\(effect)")
            ]
        }
        let effect = unknownSpend == nil ? "go by the other days" : "are unknown"
        let end = windows.end.advanced(by: -1)
        return note(windows.gaps, ": spend of 28 days, and scores, \(effect)")
            + note(windows.holes, ", and has some of later days: spend of 28 days, and scores, end with \(end)")
    }

    /// A source that begins within the windows of 28 days is new, or what was before is lost: nobody can tell, and the sums hold what is there.
    private var youngBills: [ObservationProblem] {
        let place = policies.workspace.place
        let days = windows.end.advanced(by: -Windows.length * windows.count).advanced(by: 1)..<windows.end
        return (state.cost.coverage?.sources ?? []).compactMap { source in
            guard let first = source.firstDay, days.contains(first) else { return nil }
            return ObservationProblem(
                .note, id: "young-bill", file: place.file, line: place.line, column: place.column,
                "the bill '\(source.name)' begins with \(first): spend before that, and scores, hold nothing of it")
        }
    }

    /// A policy that speaks about no resource passes for ever, too: a misspelt type or path has nothing that could fail.
    private var unmatchedPolicies: [ObservationProblem] {
        idle.map { unmatchedScope($0, "\($0.reference): no resource is in its scope") }
    }

    private func unmatchedScope(_ header: PolicyHeader, _ message: String) -> ObservationProblem {
        let place = header.place
        return ObservationProblem(.note, id: "unmatched-scope", file: place.file, line: place.line, column: place.column, message)
    }

    /// Puts the findings in the order in which they are shown. A finding is large: what is compared is taken out of each once, and then
    /// they change places.
    private static func order(_ findings: inout [Finding]) {
        // Policies are asked one after the other and resources come in their order: without a bill nothing is left to do.
        var last: Finding.Order?
        let isOrdered = findings.indices.allSatisfy { index in
            let order = Finding.Order(findings[index])
            defer { last = order }
            return last.map { $0 <= order } ?? true
        }
        guard !isOrdered else { return }
        let order = findings.indices.map { (key: Finding.Order(findings[$0]), index: $0) }.sorted { $0.key < $1.key }.map(\.index)
        findings.arrange(by: order)
    }

    private var summary: EvaluationResult.Summary {
        .init(resources: state.resources.count, findings: FindingCounts(findings), suppressed: suppressed.count)
    }

    private var spendByScope: SpendByScope {
        let names = attribution.teams
        let teams = names.indices.map { (names[$0], spend.teams.spend(of: $0)) }
        let days = names.indices.compactMap { index in spend.firstDays[index].map { (names[index], $0) } }
        var scope = SpendByScope(
            teams: Dictionary(teams, uniquingKeysWith: { first, _ in first }), unowned: spend.teams.spend(of: names.count),
            workspace: spend.workspace, controls: controls.sorted { $0.policy < $1.policy },
            firstDay: Dictionary(days, uniquingKeysWith: { first, _ in first }))
        scope.left = Dictionary(names.indices.map { (names[$0], spend.left[$0]) }, uniquingKeysWith: { first, _ in first })
        return scope
    }

    private mutating func add(control header: PolicyHeader, severity: Severity, sums: SpendTotals.Sums) {
        let count = attribution.teams.count
        var spend: [String: SpendByScope.Spend] = [:]
        for index in 0..<count { spend[attribution.teams[index]] = sums.spend(of: index) }
        spend[SpendByScope.workspaceKey] = sums.spend(of: count)
        controls.append(
            SpendByScope.Control(
                policy: header.reference, enforcement: header.enforcement, severity: severity, level: header.level, spend: spend))
    }
}
