import Conditions
import CostModel

/// Holds instances against one rightsizing policy: a finding, or a recommendation that a guard rail held back.
struct RightsizingJudge: ResourceJudge {
    let policy: RightsizingPolicy
    private let catalog: InstanceCatalog
    private let utilization: UtilizationTable
    private let currency: Currency
    private let now: Instant
    /// See `ObservedState.fixedAt`.
    private let fixedAt: [String: Instant]
    let advice: AdviceBook
    /// What the policy asks and the observations do not hold.
    private let gap: String?
    /// By present type: sorting a catalogue anew for each of a thousand instances costs more than all the rest.
    private var searches: [String: SizeSearch] = [:]
    private var objectives: ObjectiveGuard
    /// Those to which the resource belongs that is judged.
    private var services: [ObjectiveGuard.Service] = []

    static let findingTypes = [AdvisedSize.description, IdleInstance.description, OversizedInstance.description]

    init(_ policy: RightsizingPolicy, _ context: JudgingContext) {
        self.policy = policy
        catalog = context.state.catalog
        utilization = context.state.utilization
        currency = context.currency
        now = context.now
        fixedAt = context.state.fixedAt
        advice = context.state.advice
        gap = Samples.gap(in: context.state.utilization, for: policy)
        objectives = ObjectiveGuard(context)
    }

    /// Resources without a size cannot be resized: they neither pass nor fail, and their spend is not in scope.
    static func applies(to resource: Resource) -> Bool { resource.size != nil || resource.deployed?.size != nil }

    mutating func judge(_ subject: EvaluatedResource, _ record: @autoclosure () -> ResourceRecord) -> ResourceOutcome {
        if !objectives.isEmpty { services = objectives.services(of: subject.resource, record) }
        let outcome = judgeSize(of: subject)
        guard !advice.isEmpty else { return outcome }
        return SizeAdvice(advice, on: subject.resource).beside(outcome)
    }

    private mutating func judgeSize(of subject: EvaluatedResource) -> ResourceOutcome {
        let resource = subject.resource
        // Load, cost and steps are those of what runs; only without a state does the code say what that is.
        guard let name = resource.deployed?.size ?? resource.size?.value else {
            return .findings([unknown(subject, resource.size?.unknownReason ?? "the size is known only after apply")])
        }
        guard let present = catalog[name] else {
            let held = ResourceOutcome.findings([unknown(subject, "the instance catalogue does not hold '\(name)'")])
            guard policy.advice == .propose, case .none = exclusion(of: resource) else { return held }
            return advised(subject, running: name, in: catalog, lacking: "its type is in no catalogue") ?? held
        }
        let search = searches[name] ?? SizeSearch(present: present, in: catalog, guardrails: policy.guardrails)
        searches[name] = search
        let wantsSize = (policy.cpu != nil || policy.memory != nil) && search.hasAlternative
        guard wantsSize || policy.idle != nil else { return .findings([pass(subject, OversizedInstance.smallest(name))]) }

        switch exclusion(of: resource) {
        case .open(let reason): return .findings([unknown(subject, reason)])
        case .excluded(let detail): return suppressed(subject, .exclude, detail, search)
        case .none: break
        }
        if let gap { return .findings([unknown(subject, gap)]) }
        guard let samples = Samples(of: resource, in: utilization, over: policy.lookback, since: resized(subject), until: now) else {
            return .findings([
                unknown(subject, "it was resized meanwhile, and the observations do not tell its samples from those of before")
            ])
        }
        if let highest = idleMaximum(of: resource) { return idle(subject, highest: highest, search) }
        if let (reason, detail) = samples.shortfall(for: policy) {
            // Where a merged change waits for its samples, theirs are of the size before, too.
            if samples.isSinceFix { return suppressed(subject, reason, detail, search, fix: fix(of: resource, present: name)) }
            guard policy.advice == .propose else { return suppressed(subject, reason, detail, search) }
            return advised(subject, search, lacking: detail) ?? suppressed(subject, reason, detail, search)
        }
        guard wantsSize else { return .findings([pass(subject, OversizedInstance.smallest(name))]) }
        return resize(subject, samples.load(for: policy), search)
    }

    private func resize(_ subject: EvaluatedResource, _ load: InstanceLoad, _ search: SizeSearch) -> ResourceOutcome {
        let proposed: InstanceCatalog.Entry
        switch search.cheapest(keeping: load, { objection(to: CapacityChange(search.present, to: $0), of: subject) }) {
        case .nothing: return .findings([pass(subject, OversizedInstance.fits(search.present.name))])
        case .tooFar(let entry, let steps):
            return suppressed(
                subject, .maxStep, "\(entry.name) is \(steps) sizes down, \(policy.guardrails.maxStep ?? 0) are allowed", search)
        case .held(let entry, let objection):
            if let settled = settledByCode(subject, running: search.present.name, proposed: entry.name) { return settled }
            return held(subject, objection, share: (search.present.hourly - entry.hourly, search.present.hourly))
        case .proposal(let entry): proposed = entry
        }
        if let settled = settledByCode(subject, running: search.present.name, proposed: proposed.name) { return settled }
        let present = search.present
        let message = OversizedInstance.message(present: present.name, proposed: proposed.name, evidence: load.description)
        var finding = finding(OversizedInstance.id, .fail, subject, message)
        finding.proposal = [subject.resource.size?.name ?? "instance_type": proposed.name]
        return worthIt(
            finding, subject, share: (present.hourly - proposed.hourly, present.hourly), hasAlternative: true, present.name)
    }

    /// A merged fix changes the code before it changes what runs: the finding is gone with the code.
    ///
    /// - Returns: nil: the code says what runs, or something dearer than the proposal.
    func settledByCode(_ subject: EvaluatedResource, running: String, proposed: String) -> ResourceOutcome? {
        guard let size = subject.resource.size, !ignoresCode(subject.resource, size) else { return nil }
        guard let code = size.value else {
            return .findings([unknown(subject, size.unknownReason ?? "the size in the code is known only after apply")])
        }
        if code == running { return nil }
        if code != proposed {
            guard let written = catalog[code], let wanted = catalog[proposed] else {
                return .findings([unknown(subject, "the instance catalogue does not hold '\(code)'")])
            }
            if written.hourly > wanted.hourly { return nil }
        }
        return .findings([
            awaitingApply(subject, running: running, proposed, OversizedInstance.alreadyChanged(code: code, proposed: proposed))
        ])
    }

    /// A pass that puts at stake what it did before the code was changed, for as long as what runs has not followed.
    private func awaitingApply(_ subject: EvaluatedResource, running: String, _ proposed: String, _ message: String) -> Finding {
        var finding = pass(subject, message)
        if let present = catalog[running], let wanted = catalog[proposed], present.hourly > wanted.hourly,
            case .findings(let judged) = worthIt(
                finding, subject, share: (present.hourly - wanted.hourly, present.hourly), hasAlternative: true, running),
            let first = judged.first, first.verdict == .pass
        {
            (finding.atStake, finding.usualStake) = (first.atStake, first.usualStake)
        }
        finding.awaitsApply = true
        return finding
    }

    /// Whether what runs stays, whatever the code says.
    private func ignoresCode(_ resource: Resource, _ size: SizeArgument) -> Bool {
        resource.deployed?.size != nil && resource.ignoredChanges.coversArgument(size.name)
    }

    private func idle(_ subject: EvaluatedResource, highest: Double, _ search: SizeSearch) -> ResourceOutcome {
        guard let idle = policy.idle else { return .findings([pass(subject, OversizedInstance.fits(search.present.name))]) }
        if search.hasAlternative, let objection = objection(to: nil, of: subject) {
            return held(subject, objection, share: (FixedDecimal(1), FixedDecimal(1)))
        }
        let message = IdleInstance.message(highest: percent(highest), limit: "\(idle.cpuBelow)", duration: idle.duration)
        var finding = finding(IdleInstance.id, .fail, subject, message)
        finding.reason = "whether it may go is its owner's decision"
        finding.fix = .advisory
        return worthIt(
            finding, subject, share: (FixedDecimal(1), FixedDecimal(1)), hasAlternative: search.hasAlternative, search.present.name)
    }

    /// What stands against a change, of the services to which the resource belongs; nil: nothing.
    ///
    /// - Parameter change: nil: it goes.
    func objection(to change: CapacityChange?, of subject: EvaluatedResource) -> ObjectiveGuard.Objection? {
        guard !services.isEmpty else { return nil }
        return objectives.objection(to: change, of: subject.resource, in: services, since: resized(subject))
    }

    func held(
        _ subject: EvaluatedResource, _ objection: ObjectiveGuard.Objection, share: (of: FixedDecimal, whole: FixedDecimal)
    ) -> ResourceOutcome {
        var held = suppression(subject, objection.reason, objection.text)
        held.atStake = subject.stake(in: currency)?.scaled(by: share.of.raw, over: share.whole.raw)
        return .suppressed(held)
    }

    /// Adds what the change saves, a share of the cost, and holds it against the least that is worth a change.
    ///
    /// - Parameter hasAlternative: whether there is anything to recommend; else nothing is held back.
    func worthIt(
        _ finding: Finding, _ subject: EvaluatedResource, share: (of: FixedDecimal, whole: FixedDecimal), hasAlternative: Bool,
        _ present: String
    ) -> ResourceOutcome {
        var finding = finding
        finding.stake(share.of.raw, of: share.whole.raw, on: subject, in: currency)
        finding.monthlySavings = subject.monthlyRate?.scaled(by: share.of.raw, over: share.whole.raw)
        guard let least = policy.guardrails.minimumMonthlySavings else { return .findings([finding]) }
        guard let savings = finding.monthlySavings else {
            let why = subject.unknownSpend ?? "the bill has no charge of the last 28 days for it"
            return .findings([unknown(subject, "\(why), so the saving cannot be told")])
        }
        guard savings.amount >= least.amount else {
            let detail = "\(savings.amount.rounded(to: 2)) a month, \(least.amount.rounded(to: 2)) \(least.currency) are asked for"
            guard hasAlternative else { return .findings([pass(subject, OversizedInstance.smallest(present))]) }
            var held = suppression(subject, .minimumSavings, detail)
            held.atStake = finding.atStake
            return .small(SmallSaving(suppression: held, finding: finding, size: present, least: least))
        }
        return .findings([finding])
    }

    private func resized(_ subject: EvaluatedResource) -> Instant? {
        guard !fixedAt.isEmpty else { return nil }
        let reference = subject.reference
        return Finding.names(policy: policy.header.reference, resource: reference, subject: nil).compactMap { fixedAt[$0] }.max()
    }

    /// A recommendation that was held back is listed only where there is something to recommend.
    private func suppressed(
        _ subject: EvaluatedResource, _ reason: Suppression.Reason, _ detail: String, _ search: SizeSearch, fix: Suppression.Fix? = nil
    ) -> ResourceOutcome {
        guard search.hasAlternative else { return .findings([pass(subject, OversizedInstance.smallest(search.present.name))]) }
        var suppression = suppression(subject, reason, detail)
        suppression.fix = fix
        return .suppressed(suppression)
    }

    private func suppression(_ subject: EvaluatedResource, _ reason: Suppression.Reason, _ detail: String) -> Suppression {
        Suppression(
            policy: policy.header.reference, resource: subject.reference, location: subject.resource.location, reason: reason,
            detail: detail)
    }

    /// How far a merged change of the size is.
    private func fix(of resource: Resource, present: String) -> Suppression.Fix {
        guard let code = resource.size?.value else { return .pending }
        return code == present ? .done : .pending
    }

    private func pass(_ subject: EvaluatedResource, _ message: String) -> Finding { finding(OversizedInstance.id, .pass, subject, message) }

    private func unknown(_ subject: EvaluatedResource, _ reason: String) -> Finding {
        var finding = finding(OversizedInstance.id, .unknown, subject, OversizedInstance.unknown(reason))
        finding.reason = reason
        return finding
    }

    func finding(_ rule: String, _ verdict: Verdict, _ subject: EvaluatedResource, _ message: String) -> Finding {
        Finding(
            policy: policy.header, rule: rule, verdict: verdict, team: subject.owner?.name, message: message, resource: subject.reference,
            location: subject.resource.location, monthlyCost: subject.monthlyCost,
            atStake: subject.unknownSpend == nil ? .zero(currency) : nil)
    }
}

extension RightsizingJudge {
    private enum Exclusion {
        case none
        case excluded(String)
        /// A tag that decides cannot be known.
        case open(reason: String)
    }

    private func exclusion(of resource: Resource) -> Exclusion {
        var open: String?
        for (key, value) in policy.guardrails.excludedTags.sorted(by: { $0.key < $1.key }) {
            let tag = resource.tags.tags[key]
            if let reason = resource.tags.reason(hiding: key), tag?.isProviderDefault ?? true {
                open = open ?? reason
            } else if let tag {
                guard let known = tag.value else {
                    open = open ?? tag.unknownReason ?? "tag '\(key)' is known only after apply"
                    continue
                }
                if known == value { return .excluded("tagged \(key) = \(value)") }
            }
        }
        return open.map { .open(reason: "whether its tags exclude it cannot be known: \($0)") } ?? .none
    }

    /// The highest CPU sample, when every one of the idle time is below the limit, they are enough, and none of its days is without.
    private func idleMaximum(of resource: Resource) -> Double? {
        guard let idle = policy.idle,
            let samples = utilization.summary(of: resource, .cpu, over: idle.duration, until: now),
            samples.count >= max(1, policy.minimumSamples), samples.longestGap <= .days(1)
        else { return nil }
        let highest = samples.max
        return highest < idle.cpuBelow.approximation ? highest : nil
    }
}
