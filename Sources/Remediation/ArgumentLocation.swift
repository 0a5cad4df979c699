import CostModel

/// Finds where an argument that a rule sets is, or could be, written.
enum ArgumentLocation {
    case candidate(FixRequest.Candidate)
    /// The argument already has the value.
    case holds
    case impossible(String)

    static func find(_ change: Rule.Change, in resource: Resource, _ sources: SourceLibrary) -> ArgumentLocation {
        var entries = resource.attributes
        var block = resource.block
        for (depth, name) in change.path.enumerated() {
            let isLast = depth == change.path.count - 1
            guard let found = entries[name] else {
                guard isLast else { return .impossible("there is no block '\(name)' to set \(change.name) in") }
                return .candidate(.init(location: .missingKey(name, in: block), operation: .assign(name: name, value: change.value)))
            }
            if isLast { return place(change, found, sources) }
            if let reason = found.unknownReason, case .unknown = found.value { return .impossible(reason) }
            guard case .list(let blocks) = found.value, blocks.count == 1, case .map(let inside) = blocks[0].value,
                let span = blocks[0].block
            else { return .impossible("there is not exactly one block '\(name)' to set \(change.name) in") }
            entries = inside
            block = span
        }
        return .impossible("the rule sets nothing")
    }

    private static func place(_ change: Rule.Change, _ found: ResourceAttribute, _ sources: SourceLibrary) -> ArgumentLocation {
        if holds(found.value, change.value) { return .holds }
        guard let literal = found.literal else { return .impossible("\(change.name) is " + (found.computedReason ?? "computed")) }
        return .candidate(.init(location: sources.location(of: literal), operation: .replace(literal: literal, value: change.value)))
    }

    private static func holds(_ present: ResourceAttribute.Value, _ wanted: Rule.Literal) -> Bool {
        switch (present, wanted) {
        case (.string(let a), .string(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.bool(let a), .bool(let b)): a == b
        default: false
        }
    }
}
