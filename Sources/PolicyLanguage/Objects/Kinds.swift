package import CostModel

/// The kinds of the language.
///
/// A new kind is a file in this folder, a case in `PolicyKind`, and a line here; one that makes findings has a judge, too.
package enum Kinds {
    /// The keys of a kind's `spec`, each with its sentence.
    package static func spec(of kind: PolicyKind) -> ObjectDescription { describe(object(of: kind).type) }

    /// A document of the kind that is right, in YAML; nil where nobody wrote one.
    package static func example(of kind: PolicyKind) -> String? { object(of: kind).type.example }

    /// What `apiVersion` must say.
    package static var version: String { EnvelopeObject.version }

    /// The keys that every document begins with.
    package static var envelope: ObjectDescription { EnvelopeObject.description }

    enum Object {
        case policy(any PolicyKindObject.Type)
        case supporting(any SupportingKindObject.Type)

        var type: any KindObject.Type {
            switch self {
            case .policy(let type): type
            case .supporting(let type): type
            }
        }
    }

    static func object(of kind: PolicyKind) -> Object {
        switch kind {
        case .workspace: .supporting(WorkspaceObject.self)
        case .team: .supporting(TeamObject.self)
        case .budget: .policy(BudgetObject.self)
        case .anomaly: .policy(AnomalyObject.self)
        case .commitment: .policy(CommitmentObject.self)
        case .egress: .policy(EgressObject.self)
        case .guardrail: .policy(GuardrailObject.self)
        case .tagging: .policy(TaggingObject.self)
        case .rightsizing: .policy(RightsizingObject.self)
        case .rule: .policy(RuleObject.self)
        case .drift: .policy(DriftObject.self)
        case .schedule: .policy(ScheduleObject.self)
        case .serviceLevel: .policy(ServiceLevelObject.self)
        case .allocation: .supporting(AllocationObject.self)
        case .metric: .supporting(MetricObject.self)
        case .tagRule: .supporting(TagRuleObject.self)
        case .exemption: .supporting(ExemptionObject.self)
        case .baseline: .supporting(BaselineObject.self)
        case .notification: .supporting(NotificationObject.self)
        case .scenario: .supporting(ScenarioObject.self)
        case .campaign: .supporting(CampaignObject.self)
        case .test: .supporting(TestObject.self)
        }
    }

    /// The kinds that make findings.
    static let policies: Set<PolicyKind> = Set(
        PolicyKind.allCases.filter { if case .policy = object(of: $0) { true } else { false } })

    private static func describe(_ object: any KindObject.Type) -> ObjectDescription { object.description }
}
