/// What an evaluation says of a finding that an earlier one had, where it does not have it.
///
/// That a finding is not there does not mean that it was fixed. Whatever closes, credits or scores asks for this, and nothing is made of
/// what was *unseen*.
package enum Sighting: Hashable, Sendable {
    /// Judged, and it passes.
    case passes
    /// The code passes; what runs has not followed yet.
    case pending
    /// Nobody asks for it any more: its policy is gone, or does not speak about the resource.
    case notAsked
    /// A guard rail holds its fix back: it stays, and weighs as if exempt. With what it puts at stake now, where that is known, and whether
    /// its clock stands still: not where the team itself says so by a tag, and nobody agreed to that.
    case heldBack(atStake: Money?, pauses: Bool)
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
    private let lives: [FindingLife]
    private let matches: LifeMatches
    private let resources: Set<ResourceIdentity>
    private let asking: Set<PolicyReference>
    private let judged: Set<Question>
    /// Budgets that were judged, with the last period in which they were.
    private let budgets: [PolicyReference: String]
    private let suppressed: [Question: Int]
    /// The deployed names of what has its place taken outside the code.
    private let replaced: Set<String>

    /// - Parameters:
    ///   - asking: the policies that make findings that count.
    ///   - successors: see `LifeMatches`.
    package init(
        _ result: EvaluationResult, of lives: [FindingLife], asking: Set<PolicyReference>,
        successors: @escaping (ResourceIdentity) -> [ResourceIdentity] = { _ in [] }
    ) {
        self.init(result, of: lives, LifeMatches(result.findings, lives, held: result.suppressed, successors: successors), asking: asking)
    }

    /// - Parameter matches: of the evaluation's findings and these lives.
    package init(_ result: EvaluationResult, of lives: [FindingLife], _ matches: LifeMatches, asking: Set<PolicyReference>) {
        self.result = result
        self.lives = lives
        self.matches = matches
        resources = Set(result.resources)
        replaced = result.replacedOutside(lives)
        self.asking = asking
        var judged: Set<Question> = []
        var budgets: [PolicyReference: String] = [:]
        for index in result.findings.indices where result.findings[index].enforcement.counts {
            if let period = result.findings[index].period {
                budgets[result.findings[index].policy] = max(budgets[result.findings[index].policy] ?? period, period)
            }
            if let resource = result.findings[index].resource?.identity {
                judged.insert(Question(policy: result.findings[index].policy, resource: resource))
            }
        }
        self.judged = judged
        self.budgets = budgets
        suppressed = Dictionary(
            result.suppressed.enumerated().map { (Question(policy: $1.policy, resource: $1.resource.identity), $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// - Parameter number: of a life, among all.
    package func sighting(ofLife number: Int) -> Sighting {
        let life = lives[number]
        if let index = matches.finding(ofLife: number) {
            let finding = result.findings[index]
            if finding.verdict == .pass { return finding.awaitsApply ? .pending : .passes }
            return .unseen(reason: finding.reason ?? finding.message)
        }
        guard asking.contains(life.policy) else { return .notAsked }
        // The end of a budget's period fixes nothing: nobody asks about that period any more.
        if life.period != nil, budgets[life.policy] != nil { return .notAsked }
        if let held = matches.held(ofLife: number) { return result.suppressed[held].sighting }
        guard let resource = matches.resource(of: life, among: resources) else { return .unseen(reason: "it was not judged") }
        let question = Question(policy: life.policy, resource: resource)
        if let index = suppressed[question] { return result.suppressed[index].sighting }
        // What is still billed is still there, whatever the code says.
        guard resources.contains(resource) else {
            return result.isBilled(life.deployed) || life.deployed.map(replaced.contains) ?? false ? .pending : .left
        }
        if judged.contains(question) { return .notAsked }
        return result.undeployed[resource].map { .unseen(reason: $0) } ?? .notAsked
    }

    /// Whether a finding is about a budget's period that is over: a later one was judged.
    package func hasEnded(_ number: Int) -> Bool {
        guard let period = lives[number].period, let judged = budgets[lives[number].policy] else { return false }
        return period < judged
    }

    /// The names of findings that a request may be about and that were not judged: those that are remembered, and recommendations that could
    /// not be made.
    package var unseen: Set<String> {
        let remembered = lives.indices.lazy.filter { lives[$0].state != .fixed && sighting(ofLife: $0).isUnseen }.flatMap {
            lives[$0].names
        }
        let held = result.suppressed.lazy.filter { $0.sighting.isUnseen }.flatMap {
            Finding.names(policy: $0.policy, resource: $0.resource, subject: nil)
        }
        return Set(remembered).union(held)
    }
}

extension Suppression {
    /// What it says of a finding that was there before.
    fileprivate var sighting: Sighting {
        switch reason {
        case .exclude: .heldBack(atStake: atStake, pauses: false)
        case .maxStep, .serviceLevel, .minimumSavings: .heldBack(atStake: atStake, pauses: true)
        case .unknownServiceLevel: .unseen(reason: detail)
        case .missingCPU, .missingMemory, .tooFewSamples:
            switch fix {
            case .done: .passes
            case .pending: .pending
            case nil: .unseen(reason: detail)
            }
        }
    }
}
