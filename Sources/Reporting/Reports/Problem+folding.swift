extension [Problem] {
    /// Without remarks, which belong to `check` and `inventory`.
    var weighty: [Problem] { filter { $0.severity != .note } }

    /// Those that matter, and the notes that say how a sum came about.
    var aboutSums: [Problem] {
        filter {
            $0.severity != .note
                || ["unreadable-field", "rounded-amount", "not-utf8", "delivery", "odd-day", "closed-account", "missing-days"].contains(
                    $0.id)
        }
    }

    /// Remarks of one kind come in numbers, one for every resource that is not applied yet: a few show what is meant.
    private static var notesOfAKind: Int { 3 }

    /// Everything but notes that are more of the same.
    var shown: [Problem] {
        var counts: [String: Int] = [:]
        return filter { problem in
            guard problem.severity == .note else { return true }
            counts[problem.id, default: 0] += 1
            return counts[problem.id, default: 0] <= Self.notesOfAKind
        }
    }

    /// How many notes of which kinds are not shown.
    var further: [(id: String, count: Int)] {
        let kinds = Dictionary(grouping: filter { $0.severity == .note }, by: \.id)
        return kinds.compactMap { $1.count > Self.notesOfAKind ? ($0, $1.count - Self.notesOfAKind) : nil }.sorted { $0.id < $1.id }
    }
}
