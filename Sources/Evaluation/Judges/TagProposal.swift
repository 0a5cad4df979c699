import CostModel

/// The value a tag should be set to, or why there is none to offer.
enum TagProposal: Hashable {
    case value(String)
    case none(reason: String)

    /// An alias's value is kept when it is allowed; else the policy's default counts, when it yields an allowed value.
    init(for required: RequiredTag, on subject: EvaluatedResource, allowed: inout AllowedValues) {
        let tags = subject.resource.tags.tags
        for alias in required.aliases {
            guard let tag = tags[alias] else { continue }
            guard let value = tag.value else {
                self = .none(reason: "the value of '\(alias)' is known only after apply")
                return
            }
            if allowed.contains(value) {
                self = .value(value)
                return
            }
        }
        guard let preset = required.defaultValue else {
            self = .none(reason: "the policy has no default for '\(required.key)'")
            return
        }
        switch Self.resolve(preset, on: subject) {
        case .value(let value) where !allowed.contains(value):
            self = .none(reason: "the default '\(value)' is not an allowed value of '\(required.key)'")
        case let resolved: self = resolved
        }
    }

    private static func resolve(_ preset: RequiredTag.Default, on subject: EvaluatedResource) -> TagProposal {
        switch preset {
        case .literal(let value): return .value(value)
        case .teamName: return field("name", of: subject.owner) { $0.name }
        case .teamCostCenter: return field("costCenter", of: subject.owner) { $0.costCenter }
        case .teamContact: return field("contact", of: subject.owner) { $0.contact }
        case .pathSegment(let number): return segment(number, of: subject.resource)
        }
    }

    private static func field(_ name: String, of owner: Team?, _ value: (Team) -> String?) -> TagProposal {
        guard let owner else { return .none(reason: "the resource has no owner to take '\(name)' from") }
        guard let value = value(owner) else { return .none(reason: "team '\(owner.name)' has no \(name)") }
        return .value(value)
    }

    /// A folder of the resource's place, counted from 1: of its root's folder, or of the declaring file's where that reaches deeper.
    private static func segment(_ number: Int, of resource: Resource) -> TagProposal {
        for folder in [resource.identity.root, resource.location.file.folder] {
            let names = folder.split(separator: "/")
            if number >= 1, number <= names.count { return .value(String(names[number - 1])) }
        }
        return .none(reason: "the path '\(resource.identity.root)' has no segment \(number)")
    }
}
