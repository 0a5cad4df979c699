import CostModel
import Diagnostics

/// What rules of tags say together: of one scope only one rule sets a key.
enum TagRuleCheck {
    /// More than this are not looked at: each distinct row is held against all of them.
    static let most = 500

    static func run(_ decoder: PolicyDecoder) {
        let rules = decoder.objects.compactMap { if case .tagRule(let rule) = $0 { rule } else { nil } }.sorted { $0.name < $1.name }
        let places = Dictionary(
            decoder.envelopes.filter { $0.kind == .tagRule }.map { ($0.name.value, $0.name.range) }, uniquingKeysWith: { first, _ in first }
        )
        guard rules.count <= most else {
            let message = "\(rules.count) rules of tags: at most \(most) are applied"
            return decoder.report(Diagnostic(.error, id: "limit", message, at: rules.first.flatMap { places[$0.name] }))
        }
        struct SetKey: Hashable {
            var scope: TagRule.Scope
            var key: String
        }
        var seen: [SetKey: String] = [:]
        for rule in rules {
            for key in rule.settings.keys.sorted() {
                guard let first = seen.updateValue(rule.name, forKey: SetKey(scope: rule.scope, key: key)), let place = places[rule.name]
                else { continue }
                decoder.report(
                    Diagnostic(
                        .error, id: "duplicate-tag-rule", "rule '\(rule.name)' sets '\(key)' where '\(first)' sets it already", at: place,
                        notes: places[first].map { [.init("the other is here", at: $0)] } ?? []))
            }
        }
    }
}
