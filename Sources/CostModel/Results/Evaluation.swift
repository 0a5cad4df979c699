/// Everything one evaluation found. Same revision, same observations, same time: the same value.
package struct EvaluationResult: Hashable, Sendable {
    /// The counts of findings are read from it directly: `summary.fail`.
    @dynamicMemberLookup
    package struct Summary: Hashable, Sendable {
        package var resources: Int
        package var findings: FindingCounts
        package var suppressed: Int

        package init(resources: Int = 0, findings: FindingCounts = FindingCounts(), suppressed: Int = 0) {
            self.resources = resources
            self.findings = findings
            self.suppressed = suppressed
        }

        package subscript<Count>(dynamicMember count: KeyPath<FindingCounts, Count>) -> Count { findings[keyPath: count] }
    }

    package var now: Instant
    /// All of them, passes too, in the order in which they are shown.
    package var findings: [Finding]
    package var suppressed: [Suppression]
    package var budgets: [BudgetStatus]
    package var exemptions: [ExemptionResult]
    package var ineffective: [IneffectiveExemption]
    /// Nil without a baseline.
    package var baseline: BaselineStatus?
    package var summary: Summary
    /// The owner of each resource; unowned ones are absent.
    package var owners: [ResourceIdentity: String]
    /// Effective cost of the 28 closed days, by resource; resources without cost rows are absent.
    package var spend: [ResourceIdentity: Money]
    /// Of the 28 days before; empty where the bill does not cover them.
    package var previousSpend: [ResourceIdentity: Money]
    /// What scoring divides by.
    package var spendByScope: SpendByScope
    /// Events that go on or have just ended, by policy; first those that go on, then the most money.
    package var anomalies: [Anomaly] = []
    /// All that providers advise about resources of the code, by resource; then what is about no resource.
    package var advice: [ResourceAdvice] = []
    /// False: no amount is known. Sums of it are then zero, and nothing may be made of them.
    package var hasBill = true
    /// Why no sum of 28 days is known although there is a bill: it lacks more than half of them.
    package var spendGap: String?
    /// Which days of the bill are there; nil where nobody knows.
    package var coverage: BillCoverage?
    /// What is worth knowing about the policies in the light of what was observed.
    package var notes: [ObservationProblem] = []
    /// Every resource of the code, sorted.
    package var resources: [ResourceIdentity] = []
    /// See `ObservedState`.
    package var undeployed: [ResourceIdentity: String] = [:]
    /// What the newest whole day of the bill charges for and no resource of the code claims, by the names on the bill.
    package var billedWithoutCode: Set<String> = []
    /// What else the bill charges for, or did, that is in no code.
    package var outside = OutsideCharges()
    /// Of resources with something to recommend about their size: what they cost in each earlier window, newest first.
    package var earlierSpend: [ResourceIdentity: [FixedDecimal]] = [:]
    /// Of resources whose first charge is in the 28 days: what they cost in 28 days at the rate since then.
    package var runRates: [ResourceIdentity: Money] = [:]
    /// How the objectives of each ServiceLevel stand, by policy.
    package var serviceLevels: [ServiceLevelStatus] = []
    /// What resources are charged by the hour; nothing where no policy asks.
    package var usageCost = UsageCost()

    /// Whether a resource is in the code and was not charged yet, so that what it puts at stake is not known: one that was made a day ago.
    package func isUnbilled(_ finding: Finding) -> Bool { finding.resource.map { isUnbilled($0.identity) } ?? false }

    private func isUnbilled(_ resource: ResourceIdentity) -> Bool {
        guard !spend.isEmpty, spend[resource] == nil else { return false }
        return previousSpend[resource].map(\.amount.isZero) ?? true
    }

    /// Whether a resource was not charged yet, or first in the 28 days.
    package func isNew(_ resource: ResourceIdentity) -> Bool { runRates[resource] != nil || isUnbilled(resource) }

    /// Whether something deployed is on the newest day of the bill, though not in the code.
    ///
    /// - Parameter name: see `Resource.deployedName`: `type:arn`, or `type:account:region:id`.
    package func isBilled(_ name: String?) -> Bool { Self.isNamed(name, in: billedWithoutCode) }

    /// The deployed names of lives whose resource is gone from code and bill, where something else outside the code took its place.
    package func replacedOutside(_ lives: [FindingLife]) -> Set<String> {
        outside.replaced(lives, present: Set(resources), today: now.day)
    }

    private static func isNamed(_ name: String?, in names: Set<String>) -> Bool {
        guard let name, !names.isEmpty else { return false }
        return billedNames(name).contains(where: names.contains)
    }

    /// What a bill may call something deployed.
    static func billedNames(_ name: String) -> [String] {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        return [1, 3].filter { $0 < parts.count }.map { parts[$0...].joined(separator: ":") }
    }

    /// Why nobody knows what was spent in 28 days, so that nothing is scored; nil: it is known.
    package var unknownSpend: String? { hasBill ? spendGap : ObservationProblem.noBillReason }

    package init(
        now: Instant, findings: [Finding], suppressed: [Suppression], budgets: [BudgetStatus], exemptions: [ExemptionResult],
        ineffective: [IneffectiveExemption] = [], baseline: BaselineStatus? = nil, summary: Summary, owners: [ResourceIdentity: String],
        spend: [ResourceIdentity: Money],
        previousSpend: [ResourceIdentity: Money] = [:], spendByScope: SpendByScope
    ) {
        self.now = now
        self.findings = findings
        self.suppressed = suppressed
        self.budgets = budgets
        self.exemptions = exemptions
        self.ineffective = ineffective
        self.baseline = baseline
        self.summary = summary
        self.owners = owners
        self.spend = spend
        self.previousSpend = previousSpend
        self.spendByScope = spendByScope
    }
}

/// The money that scoring holds findings against. All sums are effective cost, per 28 days.
package struct SpendByScope: Hashable, Sendable {
    /// Spend of one team, or of one team under one control, in the windows of 28 closed days before now.
    package struct Spend: Hashable, Sendable {
        /// The 28 closed days before now.
        package var current: FixedDecimal
        /// Up to three windows before that, newest first, that the bill covers fully.
        package var past: [FixedDecimal]

        package init(current: FixedDecimal = .zero, past: [FixedDecimal] = []) {
            self.current = current
            self.past = past
        }
    }

    /// A policy that makes findings, as scoring sees it.
    package struct Control: Hashable, Sendable {
        package var policy: PolicyReference
        /// Shadow policies show what would be: they take no part in scores.
        package var enforcement: Enforcement
        /// For a budget that of its highest alert.
        package var severity: Severity
        package var level: Int
        /// By team name; the workspace's own (unowned) part is under `workspaceKey`.
        package var spend: [String: Spend]

        package init(policy: PolicyReference, enforcement: Enforcement, severity: Severity, level: Int, spend: [String: Spend]) {
            self.policy = policy
            self.enforcement = enforcement
            self.severity = severity
            self.level = level
            self.spend = spend
        }
    }

    /// Where a control's spend is that belongs to no team. No team has this name.
    package static let workspaceKey = ""

    /// Whole effective spend by team, taxes and credits included.
    package var teams: [String: Spend]
    package var unowned: Spend
    /// Of the whole bill.
    package var workspace: Spend
    package var controls: [Control]
    /// The first charge day of each team's spend; absent without spend.
    package var firstDay: [String: Day]
    /// What each team spent in the earlier periods on what has left since: neither the code has it nor the newest day of the bill.
    package var left: [String: FixedDecimal] = [:]

    package init(
        teams: [String: Spend], unowned: Spend, workspace: Spend, controls: [Control], firstDay: [String: Day]
    ) {
        self.teams = teams
        self.unowned = unowned
        self.workspace = workspace
        self.controls = controls
        self.firstDay = firstDay
    }
}

extension EvaluationResult {
    /// Adds what was found of a change, each where its order puts it.
    package mutating func add(_ others: [Finding]) {
        for finding in others {
            let order = Finding.Order(finding)
            let place = findings.indices.first { order < Finding.Order(findings[$0]) } ?? findings.endIndex
            findings.insert(finding, at: place)
        }
        summary.findings = FindingCounts(findings)
    }
}
