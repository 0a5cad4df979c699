import Conditions
import CostModel

/// Holds each machine of a service against the headroom that is asked for. What is about the service as a whole is judged once, see
/// `ServiceLevelStatus.findings`.
struct ServiceLevelJudge: ResourceJudge {
    private let policy: ServiceLevel
    private let meter: ObjectiveMeter
    private let catalog: InstanceCatalog
    private let currency: Currency

    static let findingTypes = [ServiceLevelFinding.description]

    init(_ policy: ServiceLevel, _ context: JudgingContext) {
        self.policy = policy
        meter = ObjectiveMeter(context.state, now: context.now)
        catalog = context.state.catalog
        currency = context.currency
    }

    static func applies(to resource: Resource) -> Bool { true }

    func judge(_ subject: EvaluatedResource, _ record: @autoclosure () -> ResourceRecord) -> ResourceOutcome {
        // What is not deployed yet has nothing that could be measured.
        guard let wanted = policy.headroom, subject.resource.isMachine, subject.resource.deployed != nil else { return .findings([]) }
        var judgement = meter.headroom(wanted, of: subject.resource, over: policy.timeWindow)
        if judgement.state == .met, let change = ahead(subject.resource) {
            let after = meter.headroom(wanted, of: subject.resource, over: policy.timeWindow, after: change)
            if after.state == .broken {
                judgement = after
                judgement.text += ServiceLevelFinding.onceApplied(change.next)
            }
        }
        return .findings([
            Finding(
                policy.header, judgement, team: subject.owner?.name, resource: subject.reference, location: subject.resource.location,
                monthlyCost: subject.monthlyCost, currency)
        ])
    }

    /// The size that the code says, where another one runs.
    private func ahead(_ resource: Resource) -> CapacityChange? {
        guard let size = resource.size, let code = size.value, let running = resource.deployed?.size, code != running,
            !resource.ignoredChanges.coversArgument(size.name)
        else { return nil }
        return CapacityChange(catalog, from: running, to: code)
    }
}

extension ServiceLevelStatus {
    /// What is found of the service as a whole; of its machines each says for itself what it has left.
    func findings(_ policy: ServiceLevel, _ currency: Currency) -> [Finding] {
        judgements.filter { $0.objective != .headroom }.map {
            Finding(policy.header, $0, team: team, resource: nil, location: policy.header.place, monthlyCost: nil, currency)
        }
    }
}

extension Finding {
    fileprivate init(
        _ policy: PolicyHeader, _ judgement: ServiceLevelStatus.Judgement, team: String?, resource: ResourceReference?, location: Place,
        monthlyCost: Money?, _ currency: Currency
    ) {
        let verdict: Verdict =
            switch judgement.state {
            case .met: .pass
            case .broken: .fail
            case .unknown: .unknown
            }
        // Broken promises are no dollars: no score gains or loses by them.
        self.init(
            policy: policy, rule: ServiceLevelFinding.id, verdict: verdict, team: team,
            message: ServiceLevelFinding.message(policy.reference.name, judgement), subject: judgement.objective.rawValue,
            resource: resource,
            location: location, monthlyCost: monthlyCost, atStake: .zero(currency))
        switch judgement.state {
        case .met: break
        case .broken: reason = ServiceLevelFinding.noPatch
        case .unknown: reason = judgement.text
        }
        fix = .advisory
    }
}
