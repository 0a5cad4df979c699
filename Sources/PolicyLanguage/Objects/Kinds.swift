package import CostModel

/// The kinds of the language.
///
/// A new kind is a file in this folder, a case in `PolicyKind` and `DecodedObject`, and a line here.
package enum Kinds {
    /// The keys of a kind's `spec`, each with its sentence.
    package static func spec(of kind: PolicyKind) -> ObjectDescription { describe(object(of: kind)) }

    /// A document of the kind that is right, in YAML; nil where nobody wrote one.
    package static func example(of kind: PolicyKind) -> String? { object(of: kind).example }

    /// What `apiVersion` must say.
    package static var version: String { EnvelopeObject.version }

    /// The keys that every document begins with.
    package static var envelope: ObjectDescription { EnvelopeObject.description }

    static func object(of kind: PolicyKind) -> any KindObject.Type {
        switch kind {
        case .workspace: WorkspaceObject.self
        case .team: TeamObject.self
        case .budget: BudgetObject.self
        case .tagging: TaggingObject.self
        case .rightsizing: RightsizingObject.self
        case .rule: RuleObject.self
        case .exemption: ExemptionObject.self
        case .baseline: BaselineObject.self
        case .test: TestObject.self
        }
    }

    private static func describe(_ object: any KindObject.Type) -> ObjectDescription { object.description }
}
