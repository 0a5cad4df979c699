package import CostModel

extension PolicyEvaluator {
    /// Says how the objectives of services would stand that run on resources of a scenario, and holds that against what it expects.
    ///
    /// - Parameters:
    ///   - scenario: as it was computed.
    ///   - evaluation: of the same observations.
    package static func judge(
        _ result: ScenarioResult, of scenario: Scenario, policies: PolicySet, state: ObservedState, like evaluation: EvaluationResult
    ) -> ScenarioResult {
        var result = result
        let levels = policies.serviceLevels
        guard !levels.isEmpty else { return result.holding(scenario.expectation?.brokenObjectives) }
        let subjects = EvaluatedResource.all(
            state.resources, policies.teams, Ownership(teams: policies.teams, resources: state.resources),
            spend: { evaluation.spend[$1.identity] }, previousSpend: { evaluation.previousSpend[$1.identity] },
            unknownSpend: evaluation.unknownSpend)
        let records = ResourceRecords(
            subjects, budgets: ResourceRecords.budgets(policies, evaluation.budgets), now: evaluation.now,
            currency: policies.workspace.currency, estimates: state.estimates)
        let forecast = ObjectiveForecast(result, state, now: evaluation.now)
        for level in levels {
            guard let status = evaluation.serviceLevels.first(where: { $0.policy == level.header.reference }) else { continue }
            var scope = ResourceScope(level.match)
            let members = subjects.indices.compactMap { index -> ObjectiveForecast.Member? in
                switch scope.answer(subjects[index].resource, { records[index] }) {
                case .outside: nil
                case .inside: forecast.member(subjects[index].resource, doubt: nil)
                case .unsure(let doubt): forecast.member(subjects[index].resource, doubt: doubt)
                }
            }
            guard members.contains(where: { $0.entry != nil }) else { continue }
            result.objectives += forecast.objectives(of: level, status, members)
        }
        return result.holding(scenario.expectation?.brokenObjectives)
    }
}

extension ScenarioResult {
    /// With what the scenario expects of objectives held against them.
    fileprivate func holding(_ expected: [ObjectiveName]?) -> ScenarioResult {
        guard let expected else { return self }
        var result = self
        let wanted = Set(expected)
        for name in wanted.sorted() where !objectives.contains(where: { $0.name == name }) {
            result.checks.append(.init(.fail, "\(name) is no objective of a service that runs on resources of the scenario"))
        }
        for objective in result.objectives {
            let isExpected = wanted.contains(objective.name)
            switch objective.after {
            case .met where isExpected:
                result.checks.append(.init(.fail, "\(objective.name) would be met, and is expected to be broken: \(objective.text)"))
            case .broken where !isExpected:
                result.checks.append(.init(.fail, "\(objective.name) would be broken: \(objective.text)"))
            case .unknown:
                result.checks.append(.init(.unknown, "whether \(objective.name) would be broken is not known: \(objective.text)"))
            case .met: result.checks.append(.init(.pass, "\(objective.name) would be met"))
            case .broken: result.checks.append(.init(.pass, "\(objective.name) would be broken, as expected"))
            }
        }
        return result
    }
}

/// How objectives would stand after a scenario.
private struct ObjectiveForecast {
    typealias State = ServiceLevelStatus.Judgement.State

    /// A resource that a service runs on, with what a scenario does to it.
    struct Member {
        let resource: Resource
        /// Nil: the scenario is about others.
        let entry: ScenarioResult.Entry?
        let doubt: String?
    }

    private let entries: [ResourceIdentity: ScenarioResult.Entry]
    private let state: ObservedState
    private let now: Instant
    private static let hoursOfWeek = 168

    init(_ result: ScenarioResult, _ state: ObservedState, now: Instant) {
        entries = Dictionary(result.entries.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        self.state = state
        self.now = now
    }

    func member(_ resource: Resource, doubt: String?) -> Member {
        Member(resource: resource, entry: entries[resource.identity], doubt: doubt)
    }

    func objectives(of level: ServiceLevel, _ status: ServiceLevelStatus, _ members: [Member]) -> [ScenarioResult.Objective] {
        status.judgements.map { judgement in
            let name = ObjectiveName(service: level.name, objective: judgement.objective)
            var objective = ScenarioResult.Objective(name: name, before: judgement.state, after: judgement.state, text: judgement.text)
            switch judgement.objective {
            case .headroom: if let wanted = level.headroom { headroom(wanted, level, members, &objective) }
            case .latency, .errors: measured(members, &objective)
            case .availability:
                measured(members, &objective)
                if let target = level.availability?.target { availability(target, members, &objective) }
            }
            return objective
        }
    }

    // MARK: What a metric measures

    /// How long users wait is measured, and is computed by no size: it stays where no machine has more to do, and is open elsewhere.
    private func measured(_ members: [Member], _ objective: inout ScenarioResult.Objective) {
        let machines = members.filter { $0.resource.isMachine }
        guard members.contains(where: { $0.entry?.changesLoad == true }), objective.before != .unknown else { return }
        let isEnough = machines.allSatisfy { member in
            guard let entry = member.entry, entry.changesLoad else { return true }
            return !entry.isGone && entry.hours == nil && entry.capacity?.isEnough == true
        }
        // More capacity makes nothing worse, and may repair what is broken.
        if isEnough, objective.before == .met { return }
        objective.after = .unknown
        objective.text = "it is \(objective.before.rawValue) now; what other capacity makes of it cannot be computed"
    }

    /// What runs at no time of the week is not available then.
    private func availability(_ target: FixedDecimal, _ members: [Member], _ objective: inout ScenarioResult.Objective) {
        let machines = members.filter { $0.resource.isMachine && $0.doubt == nil }
        guard let longest = machines.map(running).max(), longest < Self.hoursOfWeek, members.allSatisfy({ $0.doubt == nil }) else { return }
        let most = FixedDecimal(longest).scaled(by: 100, over: Int128(Self.hoursOfWeek))
        guard most < target else { return }
        objective.after = .broken
        objective.text =
            "its machines run at most \(longest) of \(Self.hoursOfWeek) hours a week, \(most.rounded(to: 2)) %; objective: at least \(target) %"
        objective.chance = 1
    }

    /// The hours of a week in which a machine runs.
    private func running(_ member: Member) -> Int {
        guard let entry = member.entry else { return Self.hoursOfWeek }
        return entry.isGone ? 0 : entry.hours ?? Self.hoursOfWeek
    }

    // MARK: Headroom

    private func headroom(
        _ wanted: ServiceLevel.Headroom, _ level: ServiceLevel, _ members: [Member], _ objective: inout ScenarioResult.Objective
    ) {
        let meter = ObjectiveMeter(state, now: now)
        let machines = members.filter { $0.resource.isMachine }
        guard machines.contains(where: { $0.entry?.isGone != true }) else {
            objective.after = .broken
            objective.text = "no machine of it is left"
            objective.chance = 1
            return
        }
        var worst: (state: State, margin: Double, text: String)?
        for member in machines where member.entry?.isGone != true {
            var change: CapacityChange?
            if let entry = member.entry, entry.changesLoad { change = CapacityChange(entry) }
            let factor = member.entry?.capacity ?? .init(cpu: 1, memory: 1)
            let judgement = meter.headroom(wanted, of: member.resource, over: level.timeWindow, after: change)
            var found = (
                state: judgement.state, margin: meter.margin(wanted, of: member.resource, over: level.timeWindow, factor) ?? 0,
                text: "\(member.resource.identity.address): \(judgement.text)"
            )
            if let doubt = member.doubt, found.state == .broken { (found.state, found.text) = (.unknown, "\(found.text) (\(doubt))") }
            if worst.map({ (Self.rank($0.state), -$0.margin) < (Self.rank(found.state), -found.margin) }) ?? true { worst = found }
            let chance = meter.chance(wanted, of: member.resource, over: level.timeWindow, factor)
            objective.chance = [objective.chance, chance].compactMap(\.self).max()
        }
        guard let worst else { return }
        // Machines that are gone, or off while others run, leave their work to those: how much is not among the factors.
        if Set(machines.map { running($0) }).count > 1, worst.state != .broken {
            objective.after = .unknown
            objective.text = "how much of the work of machines that do not run the others get is not known"
            objective.chance = nil
            return
        }
        (objective.after, objective.text) = (worst.state, worst.text)
    }

    private static func rank(_ state: State) -> Int {
        switch state {
        case .met: 0
        case .unknown: 1
        case .broken: 2
        }
    }
}
