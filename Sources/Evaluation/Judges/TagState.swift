import CostModel
import Patterns

/// How one required tag stands on one resource.
enum TagState: Hashable {
    case satisfied(value: String)
    case missing
    /// The key is there without a value.
    case empty
    /// The key is there with a value that is not allowed.
    case wrong(value: String)
    /// The key itself is missing; this other spelling of it is there.
    case aliased(String)
    /// It cannot be known before apply.
    case unknown(reason: String)

    init(of required: RequiredTag, in set: TagSet, allowed: inout AllowedValues) {
        guard let tag = set.tags[required.key] else {
            if let reason = set.reason(hiding: required.key)
                ?? required.aliases.lazy.filter({ set.tags[$0] == nil }).compactMap({ set.reason(hiding: $0) }).first
            {
                self = .unknown(reason: reason)
            } else if set.supported == nil, set.tags.isEmpty {
                self = .unknown(reason: "it is not known whether this type takes tags")
            } else if let alias = required.aliases.first(where: { set.tags[$0] != nil }) {
                self = .aliased(alias)
            } else {
                self = .missing
            }
            return
        }
        // A provider's default gives way to the resource's own tags, and what those say is not known in full.
        if let reason = set.reason(hiding: required.key), tag.isProviderDefault {
            self = .unknown(reason: reason)
        } else if let value = tag.value {
            self = value.isEmpty ? .empty : allowed.contains(value) ? .satisfied(value: value) : .wrong(value: value)
        } else {
            self = .unknown(reason: tag.unknownReason ?? "its value is known only after apply")
        }
    }
}

/// Which values a required tag may have. Remembers its answers: estates repeat few values many times.
struct AllowedValues {
    private let required: RequiredTag
    private let listed: Set<String>?
    private var answers: [String: Bool] = [:]

    init(of required: RequiredTag, teams: [Team]) {
        self.required = required
        listed =
            switch required.allowed {
            case .any: nil
            case .list(let values): Set(values)
            case .teams: Set(teams.map(\.name))
            }
    }

    /// Whether the value is allowed; the empty one never is.
    mutating func contains(_ value: String) -> Bool {
        if let known = answers[value] { return known }
        let answer = !value.isEmpty && listed?.contains(value) ?? true && required.pattern?.matchesWhole(value) ?? true
        answers[value] = answer
        return answer
    }
}
