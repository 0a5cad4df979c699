/// What judging a resource (or a budget) by a policy gave.
package enum Verdict: String, Hashable, Sendable, CaseIterable {
    case pass, fail, unknown, error
}

/// A resource, or a part of the bill, held against one policy.
package struct Finding: Hashable, Sendable {
    /// The short form of what it is about, for people and contracts: it survives edits and re-runs. `f-6c1d0a52e4b3`
    ///
    /// Within an evaluation it names one finding, see `tellApart`; across evaluations the `key` does.
    /// Most findings are passes, and nobody asks for the id of one: only what does not pass keeps it.
    package var id: String {
        get { keptID ?? Self.identifier(policy: policy, resource: resource?.identity, subject: subject) }
        set { keptID = newValue }
    }
    private var keptID: String?
    package var policy: PolicyReference
    /// What was found: `missing-tag`, `wrong-tag-value`, `oversized-instance`, `over-budget`, …
    package var rule: String
    package var verdict: Verdict
    package var severity: Severity
    package var enforcement: Enforcement
    /// Whether its policy lets a new unknown fail a change.
    package var blocksUnknown: Bool
    /// Whether it is such a one: then it counts like a failing finding where a check ends.
    package var isNewUnknown = false
    /// The owner; nil: unowned.
    package var team: String?
    package var message: String
    /// What inside the resource it is about: a tag's key; nil for the resource as a whole.
    package var subject: String?
    /// Of a budget: the period that was judged.
    package var period: String?
    /// Arguments and the values that would fix it: `["instance_type": "m5.large"]`.
    package var proposal: [String: String]
    /// Why the result is unknown, or why there is no proposal.
    package var reason: String?
    package var resource: ResourceReference?
    package var location: Place?
    /// Effective cost of the 28 closed days before now · 365/336: a twelfth of a year.
    package var monthlyCost: Money?
    package var monthlySavings: Money?
    /// Dollars at stake in 28 days: scoring's s(f). Nil: there is no bill to tell.
    package var atStake: Money?
    /// What would be at stake by what its resource cost in the earlier periods; nil: it is new, or not all follows from its cost.
    package var usualStake: Money?
    /// What is at stake in a month by estimate, where no bill tells; in no sum of dollars at stake.
    package var estimatedMonthly: Money?
    /// The name of the exemption that covers it.
    package var exemption: String?
    /// Whether the baseline holds it: it does not fail a check.
    package var baseline = false
    /// Whether `bursar plan` offers a change that fixes it. Only the planner knows, so that it is false until one was asked.
    package var isFixable = false
    /// It passes because the code was changed already; what runs is what it was. Until that follows, nothing is made of the pass.
    package var awaitsApply = false
    package var fix: Applicability
    /// What the provider advises about the resource, where the policy is about its size.
    package var advice: [ProviderAdvice] = []

    /// A class, because all findings on one resource share it.
    package final class ResourceReference: Hashable, Sendable {
        package let identity: ResourceIdentity
        package let id: String?
        package let type: String
        package let provider: String
        /// See `Resource.deployedName`; nil also where several resources claim the same.
        package let deployedName: String?

        package init(identity: ResourceIdentity, id: String?, type: String, provider: String, deployedName: String? = nil) {
            self.identity = identity
            self.id = id
            self.type = type
            self.provider = provider
            self.deployedName = deployedName
        }

        package static func == (a: ResourceReference, b: ResourceReference) -> Bool {
            a === b
                || (a.identity, a.id, a.type, a.provider, a.deployedName) == (b.identity, b.id, b.type, b.provider, b.deployedName)
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(identity)
            hasher.combine(id)
        }
    }

    package init(
        policy: PolicyHeader, rule: String, verdict: Verdict, severity: Severity? = nil, team: String?, message: String,
        subject: String? = nil,
        proposal: [String: String] = [:], reason: String? = nil, resource: ResourceReference? = nil, location: Place?,
        monthlyCost: Money? = nil, monthlySavings: Money? = nil, atStake: Money?, exemption: String? = nil
    ) {
        if verdict != .pass { keptID = Self.identifier(policy: policy.reference, resource: resource?.identity, subject: subject) }
        self.policy = policy.reference
        self.rule = rule
        self.verdict = verdict
        self.severity = severity ?? policy.severity
        enforcement = policy.enforcement
        blocksUnknown = policy.blockUnknown
        self.team = team
        self.message = message
        self.subject = subject
        self.proposal = proposal
        self.reason = reason
        self.resource = resource
        self.location = location
        self.monthlyCost = monthlyCost
        self.monthlySavings = monthlySavings
        self.atStake = atStake
        self.exemption = exemption
        fix = policy.fix
    }

    /// A hash of policy, resource and subject: the same question has the same id, whatever its answer. It is short, for people; what decides
    /// anything goes by the `key`.
    package static func identifier(policy: PolicyReference, resource: ResourceIdentity?, subject: String?) -> String {
        identifier(policy: policy, resource: resource, subject: subject, digits: 12)
    }

    /// The id with 128 bits, for where two short ones agree.
    var longID: String { Self.identifier(policy: policy, resource: resource?.identity, subject: subject, digits: 32) }

    private static func identifier(policy: PolicyReference, resource: ResourceIdentity?, subject: String?, digits: Int) -> String {
        var hash = SHA256()
        for field in [policy.kind.rawValue, policy.name, resource?.root ?? "", resource?.address ?? "", subject ?? ""] {
            hash.update(field: field)
        }
        return "f-" + hash.hexDigest().prefix(digits)
    }

    /// Whether a service does not keep what it promises: that stands before any saving.
    package var breaksObjective: Bool { policy.kind == .serviceLevel && verdict == .fail }

    /// The order in which findings are shown: broken objectives first, then the most severe, then the most expensive, then by what it is about. Taken out of a finding once,
    /// because findings are large.
    package struct Order: Comparable, Sendable {
        private let breaksObjective: Bool
        private let severity: Severity
        private let stake: FixedDecimal
        private let policy: PolicyReference
        private let resource: ResourceIdentity?
        private let subject: String?
        private let id: String?

        package init(_ finding: Finding) {
            breaksObjective = finding.breaksObjective
            severity = finding.severity
            stake = finding.atStake?.amount ?? .zero
            policy = finding.policy
            resource = finding.resource?.identity
            subject = finding.subject
            // Made of the policy, the resource and the subject, so that it says nothing more where it was not given.
            id = finding.keptID
        }

        package static func < (a: Order, b: Order) -> Bool {
            if a.breaksObjective != b.breaksObjective { return a.breaksObjective }
            if a.severity != b.severity { return a.severity > b.severity }
            if a.stake != b.stake { return a.stake > b.stake }
            if a.policy != b.policy { return a.policy < b.policy }
            if a.resource != b.resource {
                guard let left = a.resource, let right = b.resource else { return a.resource == nil }
                // Written out, a root and an address compare as one text.
                return left.root == right.root ? left.address < right.address : left.description < right.description
            }
            return (a.subject ?? "", a.id ?? "") < (b.subject ?? "", b.id ?? "")
        }
    }
}

/// A recommendation that was held back, and what held it back.
package struct Suppression: Hashable, Sendable {
    /// In order of precedence.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        case exclude
        case missingCPU = "missing-cpu"
        case missingMemory = "missing-memory"
        case tooFewSamples = "too-few-samples"
        case maxStep = "max-step"
        /// It would break an objective, or one is broken.
        case serviceLevel = "service-level"
        /// Whether it would break an objective is not known.
        case unknownServiceLevel = "unknown-service-level"
        case minimumSavings = "minimum-savings"
    }

    /// How far a merged change is that fixes what could be recommended. Samples of before say nothing of what runs now.
    package enum Fix: Hashable, Sendable {
        /// The code has it; what runs does not.
        case pending
        case done
    }

    package var policy: PolicyReference
    package var resource: Finding.ResourceReference
    package var location: Place
    package var reason: Reason
    /// Nil: nothing was merged that would explain why samples are missing.
    package var fix: Fix?
    /// What exactly: `40 samples, 100 are asked for`.
    package var detail: String
    /// What the recommendation would put at stake in 28 days; nil: none could be made.
    package var atStake: Money?

    package init(policy: PolicyReference, resource: Finding.ResourceReference, location: Place, reason: Reason, detail: String) {
        self.policy = policy
        self.resource = resource
        self.location = location
        self.reason = reason
        self.detail = detail
    }
}

/// A budget's standing in one period.
package struct BudgetStatus: Hashable, Sendable {
    package var name: String
    package var period: BudgetPeriod
    /// Whether the period is over and all of its days are there.
    package var closed: Bool
    package var cost: CostBasis
    package var amount: Money
    package var actual: Money
    /// Nil for a closed period, and where there is no history to forecast from.
    package var forecast: Money?
    /// How the forecast was made, or why there is none.
    package var forecastMethod: String?
    /// True for the judged period, false for the one before it.
    package var judged: Bool
    /// How much of the period is known.
    package var coverage: DayCoverage
    /// Whether days of the period that are over are not there.
    package var lacksDays = false
    /// Whether all days of the period are over, there or not.
    package var isOver = false
    /// What the forecast may come to, by the scope's cheapest and dearest week of late; nil without one.
    package var forecastLow: Money?
    package var forecastHigh: Money?
    /// Whether the scope ever matched a row of the bill, in whatever period.
    package var matched = true
    /// How fast the reserve burns; nil: nobody asked, or it is not known.
    package var burn: Burn?
    /// What the amount is made of; nil: it is the budget's own.
    package var perUnit: PerUnit?

    /// The count by which an amount grows, over the days that the bill and the metric both have.
    package struct PerUnit: Hashable, Sendable {
        /// What one is called: `order`.
        package var unit: String
        /// What one may cost.
        package var amount: Money
        package var count: FixedDecimal

        package init(unit: String, amount: Money, count: FixedDecimal) {
            self.unit = unit
            self.amount = amount
            self.count = count
        }
    }

    /// How much of what the plan leaves of the amount went, and how fast.
    package struct Burn: Hashable, Sendable {
        /// Which window burned too much.
        package struct Page: Hashable, Sendable {
            package var days: Int
            /// Above the plan.
            package var burned: Money
            /// Of the reserve.
            package var share: Double

            package init(days: Int, burned: Money, share: Double) {
                self.days = days
                self.burned = burned
                self.share = share
            }
        }

        /// What the whole period costs if nothing happens.
        package var plan: Money
        /// The amount less the plan.
        package var reserve: Money
        /// Since the period began; below zero where less was spent than planned.
        package var burned: Money
        package var page: Page?
        /// Whether usual days stray so far that no rule can warn early.
        package var isTooNoisy: Bool

        package init(plan: Money, reserve: Money, burned: Money, page: Page?, isTooNoisy: Bool) {
            self.plan = plan
            self.reserve = reserve
            self.burned = burned
            self.page = page
            self.isTooNoisy = isTooNoisy
        }
    }

    /// What the period costs as far as it is there; nil where no row was ever in the scope, or no day of the period is there: then nobody knows.
    package var known: Money? { matched && (coverage.known > 0 || !actual.amount.isZero) ? actual : nil }
    /// Of the amount.
    package var share: Double? { known?.amount.ratio(to: amount.amount) }
    /// What one costs, of a budget per unit; nil where nothing was counted or nothing is known.
    package var unitCost: Money? {
        guard let perUnit, perUnit.count > .zero, let known else { return nil }
        return Money(known.amount.scaled(by: FixedDecimal.unit, over: perUnit.count.raw), known.currency)
    }

    /// `0.05421 of 0.05 USD per order`; nil: the amount is the budget's own.
    package var unitText: String? {
        guard let perUnit else { return nil }
        let limit = "\(perUnit.amount.exact) per \(perUnit.unit)"
        return unitCost.map { "\($0.amount.roundedAsPrice) of \(limit)" } ?? limit
    }

    package init(
        name: String, period: BudgetPeriod, closed: Bool, cost: CostBasis, amount: Money, actual: Money, forecast: Money?,
        forecastMethod: String?, judged: Bool
    ) {
        self.name = name
        self.period = period
        self.closed = closed
        self.cost = cost
        self.amount = amount
        self.actual = actual
        self.forecast = forecast
        self.forecastMethod = forecastMethod
        self.judged = judged
        coverage = .whole(period.days.count)
    }
}

/// Whether an exemption holds.
package enum ExemptionStatus: String, Hashable, Sendable {
    case active
    /// Ends within 14 days.
    case expiring
    case expired
    /// Valid, but covers no finding.
    case unused
    /// A comment that the change under check brings along: it counts once that is merged.
    case pending
}

/// How an exemption fared in one evaluation.
package struct ExemptionResult: Hashable, Sendable {
    package var name: String
    package var place: Place
    package var standing: ExemptionStatus
    package var expires: Day
    /// The findings it covers, or for an expired or pending one would cover.
    package var findings: [String]
    /// Of those the ones that nothing else covers longer: they count again when it ends.
    package var returning: [String]

    package init(name: String, place: Place, standing: ExemptionStatus, expires: Day, findings: [String], returning: [String]? = nil) {
        self.name = name
        self.place = place
        self.standing = standing
        self.expires = expires
        self.findings = findings
        self.returning = returning ?? findings
    }
}

/// A comment that was meant to exempt and does not.
package struct IneffectiveExemption: Hashable, Sendable, Comparable {
    package var place: Place
    /// `policy 'cost-allocation' takes no inline exemptions`
    package var reason: String

    package init(place: Place, reason: String) {
        self.place = place
        self.reason = reason
    }

    package static func < (a: Self, b: Self) -> Bool { (a.place, a.reason) < (b.place, b.reason) }
}

/// How the baseline fared in one evaluation.
package struct BaselineStatus: Hashable, Sendable {
    package var place: Place
    /// How many entries it has.
    package var entries: Int
    /// Entries whose finding is gone, sorted.
    package var lapsed: [Baseline.Entry]

    package init(place: Place, entries: Int, lapsed: [Baseline.Entry]) {
        self.place = place
        self.entries = entries
        self.lapsed = lapsed
    }
}
