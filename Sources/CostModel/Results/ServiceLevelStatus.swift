/// How the objectives of a service stand.
package struct ServiceLevelStatus: Hashable, Sendable {
    /// How one objective stands, with its numbers.
    package struct Judgement: Hashable, Sendable {
        package enum State: String, Hashable, Sendable {
            case met, broken, unknown
        }

        package var objective: ServiceLevel.Objective
        package var state: State
        /// `0.82 % of 150000 in the last 14 days; objective: at most 0.5 %`; where it is unknown the reason.
        package var text: String

        package init(_ objective: ServiceLevel.Objective, _ state: State, _ text: String) {
            self.objective = objective
            self.state = state
            self.text = text
        }
    }

    package var policy: PolicyReference
    /// The one team that owns all its resources; nil: none, or several.
    package var team: String?
    /// How many resources it runs on.
    package var resources: Int
    /// One for each objective that is stated, in their order.
    package var judgements: [Judgement]

    package init(policy: PolicyReference, team: String?, resources: Int, judgements: [Judgement]) {
        self.policy = policy
        self.team = team
        self.resources = resources
        self.judgements = judgements
    }

    package subscript(objective: ServiceLevel.Objective) -> Judgement? { judgements.first { $0.objective == objective } }
}
