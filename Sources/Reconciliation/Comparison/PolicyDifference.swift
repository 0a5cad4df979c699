import CostModel

/// What a change does to the objects of the policies, key by key.
enum PolicyDifference {
    static func changes(from base: [PolicyObject], to head: [PolicyObject]) -> [Comparison.PolicyChange] {
        let before = Dictionary(base.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(head.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
        return Set(before.keys).union(after.keys).sorted().compactMap { reference in
            switch (before[reference], after[reference]) {
            case (let old?, let new?):
                old.says(theSameAs: new)
                    ? nil : Comparison.PolicyChange(policy: reference, kind: .changed, place: new.place, fields: fields(old, new))
            case (nil, let new?): Comparison.PolicyChange(policy: reference, kind: .added, place: new.place)
            case (let old?, nil): Comparison.PolicyChange(policy: reference, kind: .removed, place: old.place)
            case (nil, nil): nil
            }
        }
    }

    private static func fields(_ old: PolicyObject, _ new: PolicyObject) -> [Comparison.PolicyChange.Field] {
        let before = Dictionary(old.fields.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.fields.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        return Set(before.keys).union(after.keys).sorted().compactMap { path in
            guard let place = after[path]?.place ?? before[path]?.place, before[path]?.text != after[path]?.text else { return nil }
            return .init(path: path, before: before[path]?.text, after: after[path]?.text, place: place)
        }
    }
}
