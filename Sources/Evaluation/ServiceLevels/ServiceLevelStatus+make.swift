import Conditions
import CostModel
import Diagnostics

extension ServiceLevelStatus {
    /// How all ServiceLevels stand.
    ///
    /// - Parameter records: the resources as expressions see them.
    static func all(
        _ policies: [ServiceLevel], _ subjects: [EvaluatedResource], _ records: ResourceRecords, _ meter: ObjectiveMeter
    ) -> [ServiceLevelStatus] {
        policies.map { policy in
            var scope = ResourceScope(policy.match)
            var machines: [Judgement] = []
            var count = 0
            var owners: Set<String?> = []
            for (index, subject) in subjects.enumerated() {
                if WorkLimit.isReached { break }
                let answer = scope.answer(subject.resource) { records[index] }
                guard answer.isIncluded else { continue }
                count += 1
                owners.insert(subject.owner?.name)
                guard let wanted = policy.headroom, subject.resource.isMachine else { continue }
                var judgement = meter.headroom(wanted, of: subject.resource, over: policy.timeWindow)
                judgement.text = "\(subject.resource.identity.address): \(judgement.text)"
                if case .unsure(let doubt) = answer, judgement.state == .broken {
                    judgement.state = .unknown
                    judgement.text += " (\(doubt))"
                }
                machines.append(judgement)
            }
            let meter = meter
            return ServiceLevelStatus(
                policy: policy.header.reference, team: owners.count == 1 ? owners.first ?? nil : nil, resources: count,
                judgements: policy.objectives.map { objective in
                    meter.judge(objective, of: policy) ?? Self.joined(machines)
                })
        }
    }

    /// A service has as much headroom as its fullest machine.
    private static func joined(_ machines: [Judgement]) -> Judgement {
        for state in [Judgement.State.broken, .unknown] {
            let some = machines.filter { $0.state == state }
            guard let first = some.first else { continue }
            let more = some.count > 1 ? ", and \(some.count - 1) more" : ""
            return Judgement(.headroom, state, first.text + more)
        }
        guard !machines.isEmpty else { return Judgement(.headroom, .unknown, "no resource with a size is in its scope") }
        return Judgement(.headroom, .met, machines.count == 1 ? machines[0].text : "\(machines.count) machines have what is asked for")
    }
}

extension Resource {
    /// Whether it has a size.
    var isMachine: Bool { size != nil || deployed?.size != nil }
}
