import CostModel

/// What a change does to the monthly cost of one scope.
struct ScopedChange {
    /// Those that count, with those of which nobody knows; the largest difference first.
    private(set) var entries: [EstimateChange.Entry] = []
    /// What is known of it.
    private(set) var monthly = FixedDecimal.zero
    /// Why it is not all: an address and what is not known of it.
    private(set) var obstacles: [(address: String, reason: String)] = []
    /// Parts that cost by use and have no amount.
    private(set) var openUsage = 0

    init(_ change: EstimateChange, _ scope: ChangeScope) {
        for entry in change.entries {
            let answer = scope.answer(entry)
            guard answer.isIncluded else { continue }
            entries.append(entry)
            let resource = entry.resource
            if resource.status == .usage || resource.openUsage > 0 { openUsage += 1 }
            guard let difference = entry.difference else {
                let side = entry.after?.monthly == nil ? entry.after ?? resource : entry.before ?? resource
                obstacles.append((resource.identity.address, side.reason ?? "what it costs is not known"))
                continue
            }
            if case .unsure(let reason) = answer {
                // What takes money away and may not count must not make room for something else.
                if difference > .zero { obstacles.append((resource.identity.address, "whether it counts is not known: \(reason)")) }
                continue
            }
            monthly += difference
        }
    }

    /// `aws_foo.bar is not priced: …, and 2 more`; nil where all is known.
    var obstacleText: String? {
        guard let first = obstacles.first else { return nil }
        let more = obstacles.count > 1 ? ", and \(obstacles.count - 1) more" : ""
        return "\(first.address): \(first.reason)\(more)"
    }

    /// The entry that adds most, at which findings point.
    var largest: EstimateChange.Entry? {
        let known = entries.filter { ($0.difference ?? .zero) > .zero }
        return known.max { ($0.difference ?? .zero, $1.resource.identity) < ($1.difference ?? .zero, $0.resource.identity) }
            ?? entries.first
    }

    /// Whose all of it is; nil: several teams', or nobody's.
    var team: String? {
        let teams = Set(entries.map(\.resource.team))
        return teams.count == 1 ? teams.first ?? nil : nil
    }
}
