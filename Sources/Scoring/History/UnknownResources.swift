import CostModel

/// Resources of which an answer is not known that open findings ask for: whoever asks one of these more begins no new time of grace.
struct UnknownResources {
    private struct Question: Hashable {
        var policy: PolicyReference
        var resource: String
    }

    private var since: [Question: Instant] = [:]

    init(_ lives: [FindingLife]) {
        for life in lives where life.isOpen {
            guard let resource = life.resource, let since = life.unknownSince ?? life.unseenSince else { continue }
            let question = Question(policy: life.policy, resource: resource)
            self.since[question] = min(self.since[question] ?? since, since)
        }
    }

    func since(_ finding: Finding) -> Instant? {
        finding.resource.flatMap { since[Question(policy: finding.policy, resource: $0.identity.description)] }
    }
}
