internal import CostModel

/// What became of the changes that were offered, and what those that were merged saved.
struct AdoptionFigures {
    struct Part {
        /// Nil: all of them; of a team that owns nothing, those that are nobody's.
        var team: String?
        /// Changes in requests.
        var offered = 0
        var merged = 0
        var dismissed = 0
        /// Merged changes that later bills measured.
        var measured = 0
        /// In a month, by currency.
        var verified: [Money] = []
        var realised: [Money] = []
        /// Promised by merged changes that are not measured yet.
        var pending: [Money] = []
        /// Verified once, and gone: the findings came back.
        var clawedBack: [Money] = []

        /// Of the changes that somebody decided on those that were merged, in hundredths of a percent; nil: nobody decided yet.
        var adoption: Int? { merged + dismissed > 0 ? merged * 10_000 / (merged + dismissed) : nil }
    }

    let all: Part
    /// By name; what is nobody's is in the whole alone.
    let teams: [Part]

    init(_ requests: [RequestRecord], _ savings: [SavingsRecord]) {
        func part(_ team: String?, _ requests: [RequestRecord], _ savings: [SavingsRecord]) -> Part {
            func changes(_ requests: [RequestRecord]) -> Int { requests.reduce(0) { $0 + $1.plan.changes.count } }
            func sums(_ standings: Set<SavingsStatus>, _ amount: (SavingsRecord) -> Money?) -> [Money] {
                let amounts = savings.filter { standings.contains($0.standing) }.compactMap(amount)
                return Dictionary(grouping: amounts, by: \.currency).sorted { $0.key < $1.key }.map { $1.reduce(.zero($0), +) }
            }
            return Part(
                team: team, offered: changes(requests), merged: changes(requests.filter { $0.state == .merged }),
                dismissed: changes(requests.filter { $0.state == .dismissed }),
                measured: savings.count { [.measured, .vested].contains($0.standing) }, verified: sums([.measured, .vested], \.verified),
                realised: sums([.measured, .vested], \.realised), pending: sums([.pending], \.estimated),
                clawedBack: sums([.clawedBack], \.verified))
        }
        all = part(nil, requests, savings)
        let (byTeam, saved) = (Dictionary(grouping: requests) { $0.team }, Dictionary(grouping: savings) { $0.change.change.team })
        teams = Set(byTeam.keys).union(saved.keys).compactMap(\.self).sorted().map { part($0, byTeam[$0] ?? [], saved[$0] ?? []) }
    }
}
