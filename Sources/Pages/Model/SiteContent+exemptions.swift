package import CostModel

extension SiteContent {
    /// What a ledger remembers of exemptions, for where nothing was evaluated: those that cover a finding which is open. Why they were agreed to
    /// and by whom is not among it.
    package mutating func addExemptions(_ uses: [ExemptionUse], of lives: [FindingLife]) {
        let open = Dictionary(
            lives.filter { $0.state != .fixed && $0.isExempt }.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        let inForce = uses.filter { open[$0.identity] != nil }
        let longest = Dictionary(inForce.map { ($0.identity, $0.expires) }, uniquingKeysWith: max)
        exemptions = Dictionary(grouping: inForce, by: \.exemption).map { name, uses in
            let expires = uses.map(\.expires).max() ?? today
            // What another exemption covers for longer does not count again.
            let returning = uses.filter { longest[$0.identity] == expires }
            let days = today.distance(to: expires)
            return ExemptionEntry(
                name: name, standing: days < 0 ? .expired : days <= 14 ? .expiring : .active, reason: "", approvedBy: "", expires: expires,
                place: nil, covered: uses.count, returning: returning.count,
                returningStake: sum(returning.compactMap { open[$0.identity]?.atStake.monthly }))
        }.sorted { ($0.expires, $0.name) < ($1.expires, $1.name) }
    }
}
