import Conditions
import CostModel

/// Holds proposals against the objectives of the services that their resources belong to.
struct ObjectiveGuard {
    /// A service that a resource belongs to.
    struct Service {
        let policy: ServiceLevel
        let status: ServiceLevelStatus
        /// Why it may not belong to it; nil: it does.
        let doubt: String?
    }

    /// Why a proposal is not made.
    struct Objection: Hashable {
        /// Whether nobody knows that an objective would break, and the policy does not take the chance.
        let isUnknown: Bool
        /// `checkout: p95 CPU 62 % → 124 % of m5.large; objective: headroom 20 %`
        let text: String

        var reason: Suppression.Reason { isUnknown ? .unknownServiceLevel : .serviceLevel }
    }

    private var levels: [(policy: ServiceLevel, status: ServiceLevelStatus, scope: ResourceScope)]
    private let meter: ObjectiveMeter

    init(_ context: JudgingContext) {
        // What only shows what would be holds nothing back.
        levels = context.serviceLevels.filter { $0.policy.header.enforcement.counts }.map {
            ($0.policy, $0.status, ResourceScope($0.policy.match))
        }
        meter = ObjectiveMeter(context.state, now: context.now)
    }

    var isEmpty: Bool { levels.isEmpty }

    mutating func services(of resource: Resource, _ record: () -> ResourceRecord) -> [Service] {
        levels.indices.compactMap { index in
            switch levels[index].scope.answer(resource, record) {
            case .outside: nil
            case .inside: Service(policy: levels[index].policy, status: levels[index].status, doubt: nil)
            case .unsure(let doubt): Service(policy: levels[index].policy, status: levels[index].status, doubt: doubt)
            }
        }
    }

    /// What stands against a change of a machine; nil: nothing.
    ///
    /// - Parameters:
    ///   - change: its other size; nil: it goes.
    ///   - resized: when it got the size that it has, where somebody remembers.
    func objection(
        to change: CapacityChange?, of resource: Resource, in services: [Service], since resized: Instant?
    ) -> Objection? {
        var unknown: Objection?
        for service in services {
            var judgements = service.status.judgements
            if let headroom = service.policy.headroom, let change {
                // What the machine itself would have left says more than how the service stands.
                let own = meter.headroom(headroom, of: resource, over: service.policy.timeWindow, since: resized, after: change)
                judgements = [own] + judgements.filter { $0.objective != .headroom || $0.state == .broken }
            } else {
                judgements.removeAll { $0.objective == .headroom && $0.state == .unknown }
            }
            if let broken = judgements.first(where: { $0.state == .broken }) {
                guard let doubt = service.doubt else { return Objection(isUnknown: false, text: Self.text(service, broken)) }
                if service.policy.whenUnknown == .hold {
                    unknown = unknown ?? Objection(isUnknown: true, text: "\(Self.text(service, broken)) (\(doubt))")
                }
            }
            guard unknown == nil, service.policy.whenUnknown == .hold, let open = judgements.first(where: { $0.state == .unknown })
            else { continue }
            unknown = Objection(isUnknown: true, text: ServiceLevelFinding.unknown(service.policy.name, open))
        }
        return unknown
    }

    /// Of the machine itself the numbers say enough.
    private static func text(_ service: Service, _ judgement: ServiceLevelStatus.Judgement) -> String {
        judgement.objective == .headroom
            ? "\(service.policy.name): \(judgement.text)" : ServiceLevelFinding.broken(service.policy.name, judgement)
    }
}

extension Finding {
    /// Takes back what a rule would set where that is a size that an objective is against. The finding stays.
    ///
    /// - Parameter running: the type that runs.
    mutating func hold(
        by watch: inout ObjectiveGuard, on subject: EvaluatedResource, _ catalog: InstanceCatalog, _ record: () -> ResourceRecord
    ) {
        let resource = subject.resource
        guard verdict == .fail, policy.kind == .rule, let size = resource.size, let next = proposal[size.name],
            let present = resource.deployed?.size ?? size.value, next != present
        else { return }
        let change = CapacityChange(catalog, from: present, to: next)
        guard !change.onlyGrows,
            let objection = watch.objection(to: change, of: resource, in: watch.services(of: resource, record), since: nil)
        else { return }
        reason = "held back: \(objection.text)"
        proposal = [:]
        monthlySavings = nil
        fix = .advisory
    }
}
