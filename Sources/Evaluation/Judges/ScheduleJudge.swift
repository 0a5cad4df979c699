import Conditions
import CostModel

/// Holds machines against the hours in which they are needed.
struct ScheduleJudge: ResourceJudge {
    private let policy: SchedulePolicy
    private let currency: Currency
    private let utilization: UtilizationTable
    private let cost: UsageCost
    private let hours: NeededHours
    private let now: Instant
    private let tag: RequiredTag?
    private var allowed: AllowedValues?
    private var objectives: ObjectiveGuard

    static let findingTypes = [IdleOutOfHours.description]

    init(_ policy: SchedulePolicy, _ context: JudgingContext) {
        self.policy = policy
        currency = context.currency
        utilization = context.state.utilization
        cost = context.usageCost
        hours = NeededHours(policy.needed, until: context.now)
        now = context.now
        // Any value is a schedule: the scheduler may know several.
        tag = policy.tag.map { RequiredTag(key: $0.key, place: $0.place, defaultValue: .literal($0.value)) }
        allowed = tag.map { AllowedValues(of: $0, teams: context.teams) }
        objectives = ObjectiveGuard(context)
    }

    static func applies(to resource: Resource) -> Bool { resource.isMachine || resource.type == autoscalingGroup }

    mutating func judge(_ subject: EvaluatedResource, _ record: @autoclosure () -> ResourceRecord) -> ResourceOutcome {
        if let settled = settledByCode(subject) { return .findings([settled]) }
        guard subject.resource.deployed != nil else { return .findings([unknown(subject, IdleOutOfHours.undeployed)]) }
        guard utilization.holdsSamples else { return .findings([unknown(subject, IdleOutOfHours.summaries)]) }
        guard let use = OutOfHoursUse(utilization.samples(of: subject.resource, .cpu, within: hours.window), hours) else {
            return .findings([unknown(subject, IdleOutOfHours.noSamples)])
        }
        if let settled = settled(subject, by: use) { return .findings([settled]) }
        let found = priced(subject, use)
        guard found.verdict == .fail, !objectives.isEmpty else { return .findings([found]) }
        let services = objectives.services(of: subject.resource, record)
        guard let objection = objectives.objection(to: nil, of: subject.resource, in: services, since: nil) else {
            return .findings([found])
        }
        var held = Suppression(
            policy: policy.header.reference, resource: subject.reference, location: subject.resource.location, reason: objection.reason,
            detail: objection.text)
        held.atStake = found.atStake
        return .suppressed(held)
    }

    // MARK: What makes a machine pass

    /// What stands in the code: a schedule, or the scheduler's tag. Nil: neither does.
    private mutating func settledByCode(_ subject: EvaluatedResource) -> Finding? {
        let resource = subject.resource
        let schedule = resource.referencedBy.filter { Self.schedules.contains($0.type) }.map(\.address).min()
        if let schedule { return finding(.pass, subject, IdleOutOfHours.scheduled(schedule)) }
        guard let tag, var allowed else { return nil }
        defer { self.allowed = allowed }
        switch TagState(of: tag, in: resource.tags, allowed: &allowed) {
        case .satisfied(let value):
            var finding = finding(.pass, subject, IdleOutOfHours.tagged(tag.key, value))
            if let deployed = resource.deployed?.tags { finding.awaitsApply = !allowed.contains(deployed[tag.key] ?? "") }
            return finding
        case .unknown(let reason): return unknown(subject, "whether it has the tag '\(tag.key)': \(reason)")
        case .missing, .empty, .wrong, .aliased: return nil
        }
    }

    /// What the samples leave no doubt of, and where they are not enough. Nil: it ran for nothing.
    private func settled(_ subject: EvaluatedResource, by use: OutOfHoursUse) -> Finding? {
        if use.last < now.subtracting(Self.longestSilence) { return unknown(subject, IdleOutOfHours.late(use.last.day)) }
        if use.isCoarse { return unknown(subject, IdleOutOfHours.coarse) }
        if let value = use.percentile(policy.percentile), value >= policy.cpuBelow.approximation {
            return finding(.pass, subject, IdleOutOfHours.used(policy, value))
        }
        guard use.ran < policy.minimumHours * 3_600 else { return nil }
        guard use.isMeasured else { return unknown(subject, IdleOutOfHours.few(use)) }
        return finding(.pass, subject, IdleOutOfHours.off(policy, use))
    }

    /// A machine that is off at weekends has no newer sample on a Monday.
    private static let longestSilence = TimeSpan.days(3)
    private static let autoscalingGroup = "aws_autoscaling_group"
    /// Types of resources that switch another one off at times.
    private static let schedules: Set = ["aws_autoscaling_schedule", "azurerm_dev_test_global_vm_shutdown_schedule"]
    /// Machines whose disks are resources of their own on the bill.
    private static let alone: Set = [
        "aws_instance", autoscalingGroup, "google_compute_instance", "azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine",
        "azurerm_virtual_machine",
    ]

    // MARK: What it costs

    /// The finding, with what would be saved.
    private func priced(_ subject: EvaluatedResource, _ use: OutOfHoursUse) -> Finding {
        // Without a bill no finding has an amount.
        if subject.unknownSpend != nil { return failure(subject, use, UsageCost.Amounts()) }
        if !Self.alone.contains(subject.resource.type) { return unknownCost(subject, use, IdleOutOfHours.otherParts) }
        if let gap = cost.gap { return unknownCost(subject, use, gap) }
        guard let amounts = cost.resources[subject.resource.identity], let spend = subject.spend else {
            return unknownCost(subject, use, IdleOutOfHours.noCharge)
        }
        guard amounts.unstated.isZero else { return unknownCost(subject, use, IdleOutOfHours.unstated) }
        guard amounts.byTheHour > .zero, spend.amount > .zero else {
            let text = amounts.committed > .zero ? IdleOutOfHours.committed(policy, use) : IdleOutOfHours.free(policy, use)
            return finding(.pass, subject, text)
        }
        var found = failure(subject, use, amounts)
        // Of a resource whose credits make it cheaper than its hours, no more than it costs.
        let saved = min(amounts.byTheHour.scaled(by: use.share.of, over: use.share.whole), spend.amount)
        found.stake(saved.raw, of: spend.amount.raw, on: subject, in: currency)
        found.monthlySavings = subject.monthlyRate?.scaled(by: saved.raw, over: spend.amount.raw)
        return found
    }

    private func failure(_ subject: EvaluatedResource, _ use: OutOfHoursUse, _ amounts: UsageCost.Amounts) -> Finding {
        var finding = finding(.fail, subject, IdleOutOfHours.message(policy, use, amounts))
        guard let tag = policy.tag else {
            if subject.resource.type == Self.autoscalingGroup {
                switch GroupSchedule.of(subject.resource, needed: policy.needed) {
                case .schedule(let schedule):
                    finding.proposal = [
                        GroupSchedule.type: "\(schedule.stop) to 0, \(schedule.start) to \(schedule.sizes.wanted) (\(schedule.timeZone))"
                    ]
                    finding.fix = max(finding.fix, .review)
                    return finding
                case .impossible(let reason):
                    finding.reason = "\(IdleOutOfHours.advice(policy, subject.resource.type)): \(reason)"
                    finding.fix = .advisory
                    return finding
                }
            }
            finding.reason = IdleOutOfHours.advice(policy, subject.resource.type)
            finding.fix = .advisory
            return finding
        }
        if let reason = refusal(of: tag, on: subject.resource) {
            finding.reason = reason
            finding.fix = .advisory
        } else {
            finding.proposal = [tag.key: tag.value]
            // Whether a machine may be off is for a person to say.
            finding.fix = max(finding.fix, .review)
        }
        return finding
    }

    /// Why the tag cannot be written; nil: it can.
    private func refusal(of tag: SchedulePolicy.ScheduleTag, on resource: Resource) -> String? {
        guard resource.tags.supported != false else { return "\(resource.type) takes no tags" }
        let rules = ServiceTagRules(resource.type)
        if let reason = rules.refusal(key: tag.key, value: tag.value) { return reason }
        guard resource.tags.tags[tag.key] == nil, resource.tags.tags.count >= rules.mostTags else { return nil }
        return "the resource has \(resource.tags.tags.count) tags, and the service allows \(rules.mostTags)"
    }

    private func unknownCost(_ subject: EvaluatedResource, _ use: OutOfHoursUse, _ reason: String) -> Finding {
        var finding = finding(.unknown, subject, IdleOutOfHours.unknownCost(policy, use, reason))
        finding.reason = reason
        return finding
    }

    private func unknown(_ subject: EvaluatedResource, _ reason: String) -> Finding {
        var finding = finding(.unknown, subject, IdleOutOfHours.unknown(policy, reason))
        finding.reason = reason
        return finding
    }

    private func finding(_ verdict: Verdict, _ subject: EvaluatedResource, _ message: String) -> Finding {
        Finding(
            policy: policy.header, rule: IdleOutOfHours.id, verdict: verdict, team: subject.owner?.name, message: message,
            subject: policy.tag?.key, resource: subject.reference, location: subject.resource.location, monthlyCost: subject.monthlyCost,
            atStake: subject.unknownSpend == nil ? .zero(currency) : nil)
    }
}
