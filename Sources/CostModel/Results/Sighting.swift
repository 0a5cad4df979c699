/// What an evaluation says of a finding that an earlier one had, where it does not have it.
///
/// That a finding is not there does not mean that it was fixed. Whatever closes, credits or scores asks for this, and nothing is made of
/// what was *unseen*.
package enum Sighting: Hashable, Sendable {
    /// Judged, and it passes.
    case passes
    /// The code passes; what runs has not followed yet.
    case pending
    /// Nobody asks for it any more: its policy is gone, or does not speak about the resource, or a guard rail holds its fix back.
    case notAsked
    /// Its resource has left the code.
    case left
    /// It was there before and was not judged now. Nothing is known of it, so that it stays what it was.
    case unseen(reason: String)

    /// Whether nothing is known of the finding, and it may be there still.
    package var isUnseen: Bool { if case .unseen = self { true } else { false } }
}

/// What one evaluation says of findings of earlier ones.
package struct Sightings {
    private struct Question: Hashable {
        var policy: PolicyReference
        var resource: ResourceIdentity
    }

    private let result: EvaluationResult
    private let resources: Set<ResourceIdentity>
    private let asking: Set<PolicyReference>
    /// By id: where it is among the evaluation's findings.
    private let places: [String: Int]
    private let judged: Set<Question>
    private let suppressed: [Question: Int]

    /// - Parameter asking: the policies that make findings that count.
    package init(_ result: EvaluationResult, asking: Set<PolicyReference>) {
        self.result = result
        resources = Set(result.resources)
        self.asking = asking
        var places: [String: Int] = [:]
        var judged: Set<Question> = []
        for index in result.findings.indices where result.findings[index].enforcement.counts {
            places[result.findings[index].id] = index
            if let resource = result.findings[index].resource?.identity {
                judged.insert(Question(policy: result.findings[index].policy, resource: resource))
            }
        }
        self.places = places
        self.judged = judged
        suppressed = Dictionary(
            result.suppressed.enumerated().map { (Question(policy: $1.policy, resource: $1.resource.identity), $0) },
            uniquingKeysWith: { first, _ in first })
    }

    package func sighting(of life: FindingLife) -> Sighting {
        if let index = places[life.id] {
            let finding = result.findings[index]
            if finding.verdict == .pass { return finding.awaitsApply ? .pending : .passes }
            return .unseen(reason: finding.reason ?? finding.message)
        }
        guard asking.contains(life.policy) else { return .notAsked }
        guard let resource = life.resource.map(ResourceIdentity.init(text:)) else { return .unseen(reason: "it was not judged") }
        let question = Question(policy: life.policy, resource: resource)
        if let index = suppressed[question] { return result.suppressed[index].sighting }
        guard resources.contains(resource) else { return .left }
        if judged.contains(question) { return .notAsked }
        return result.undeployed[resource].map { .unseen(reason: $0) } ?? .notAsked
    }

    /// Ids of findings that a request may be about and that were not judged: those that are remembered, and recommendations that could not
    /// be made.
    package func unseen(among lives: [FindingLife]) -> Set<String> {
        let remembered = lives.lazy.filter { $0.state != .fixed && sighting(of: $0).isUnseen }.map(\.id)
        let held = result.suppressed.lazy.filter { $0.sighting.isUnseen }.map {
            Finding.identifier(policy: $0.policy, resource: $0.resource.identity, subject: nil)
        }
        return Set(remembered).union(held)
    }
}

extension Suppression {
    /// What it says of a finding that was there before.
    fileprivate var sighting: Sighting {
        switch reason {
        case .exclude, .maxStep, .minimumSavings: .notAsked
        case .missingCPU, .missingMemory, .tooFewSamples:
            switch fix {
            case .done: .passes
            case .pending: .pending
            case nil: .unseen(reason: detail)
            }
        }
    }
}
