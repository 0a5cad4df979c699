import CostModel

/// Adds up what commitments did, line by line.
///
/// A line of usage is what a commitment paid for, what nobody used of one, or on demand. What commitments can pay for is not on the bill before
/// FOCUS 1.4: taken for it are the services in which one paid for something in these days.
struct CommitmentTally {
    private struct ServiceKey: Hashable {
        var provider: Int32
        var service: Int32
    }

    private struct CommitmentKey: Hashable {
        var provider: Int32
        var id: String
    }

    private struct Sums {
        var statement: CommitmentStatement.Commitment
        /// What each team used of it, and whose rows state what nobody used; the last is nobody.
        var usedBy: [Int: FixedDecimal] = [:]
        var unusedOn: [Int: FixedDecimal] = [:]
    }

    private let table: CostTable
    private let teams: [String]
    private let days: Range<Day>
    private let policy: CommitmentPolicy
    private var commitments: [CommitmentKey: Sums] = [:]
    /// By service and team: what is charged on demand, and what commitments pay for.
    private var uses: [ServiceKey: [Int: CommitmentStatement.Use]] = [:]
    /// By service and category, what commitments pay for at on-demand prices.
    private var categories: [ServiceKey: [String: FixedDecimal]] = [:]
    private var unstated = FixedDecimal.zero

    init(_ policy: CommitmentPolicy, table: CostTable, teams: [String], days: Range<Day>) {
        self.policy = policy
        self.table = table
        self.teams = teams
        self.days = days
    }

    /// - Parameter team: the number of the team that owns the line.
    mutating func add(_ line: CostTable.Line, team: Int?) {
        let key = line.key
        guard days.contains(key.day) else { return }
        let terms = table.terms[Int(key.terms)]
        let owner = team ?? teams.count
        if !terms.commitment.isEmpty { add(line, terms, owner) }
        guard key.category == .usage else { return }
        let service = ServiceKey(provider: key.provider, service: key.service)
        let onDemand = line.amounts[policy.onDemandPrice.cost]
        let unpriced = isUnpriced(line) ? line.amounts.effective : .zero
        switch terms.pricing {
        case .used:
            uses[service, default: [:]][owner, default: .init()].covered += line.amounts.effective
            uses[service, default: [:]][owner, default: .init()].coveredOnDemand += onDemand
            uses[service, default: [:]][owner, default: .init()].unpriced += unpriced
            categories[service, default: [:]][terms.category, default: .zero] += onDemand
        case .onDemand:
            uses[service, default: [:]][owner, default: .init()].uncovered += line.amounts.effective
            uses[service, default: [:]][owner, default: .init()].uncoveredOnDemand += onDemand
            uses[service, default: [:]][owner, default: .init()].unpriced += unpriced
        case .unstated: unstated += line.amounts.effective
        case .unused, .dynamic, .other: break
        }
    }

    private mutating func add(_ line: CostTable.Line, _ terms: ChargeTerms, _ owner: Int) {
        let id = CommitmentKey(provider: line.key.provider, id: Self.comparable(terms.commitment))
        var sums =
            commitments[id]
            ?? Sums(
                statement: .init(
                    id: terms.commitment, provider: table.name(line.key.provider), type: terms.type, category: terms.category))
        let amounts = line.amounts
        // Of several spellings the first in order: which row came first tells nothing.
        sums.statement.id = min(sums.statement.id, terms.commitment)
        switch (line.key.category, terms.pricing) {
        case (.usage, .used):
            sums.statement.used += amounts.effective
            sums.statement.usedOnDemand += amounts[policy.onDemandPrice.cost]
            if isUnpriced(line) { sums.statement.unpriced += amounts.effective }
            sums.usedBy[owner, default: .zero] += amounts.effective
        case (.usage, .unused):
            sums.statement.unused += amounts.effective
            sums.unusedOn[owner, default: .zero] += amounts.effective
        case (.usage, _): sums.statement.unstated += amounts.effective
        case (.purchase, _): sums.statement.purchased += amounts.billed
        default: break
        }
        commitments[id] = sums
    }

    /// A price of nothing beside a cost is none: exports leave it out where they do not know it.
    private func isUnpriced(_ line: CostTable.Line) -> Bool {
        line.amounts[policy.onDemandPrice.cost].isZero && line.amounts.effective > .zero
    }

    /// Azure writes one identifier in several cases.
    private static func comparable(_ id: String) -> String { id.hasPrefix("/") ? id.lowercased() : id }

    // MARK: What it says

    func statement() -> CommitmentStatement {
        var statement = CommitmentStatement(
            days: days, currency: table.currency, price: policy.onDemandPrice, unusedBelongsTo: policy.unusedBelongsTo)
        var byTeam: [Int: CommitmentStatement.Use] = [:]
        for (service, uses) in uses {
            guard let paid = categories[service] else { continue }
            var sum = CommitmentStatement.Use()
            for (team, use) in uses {
                byTeam[team, default: .init()] += use
                sum += use
            }
            let category = paid.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
            statement.services.append(
                .init(provider: table.name(service.provider), name: table.name(service.service), category: category, use: sum))
        }
        for sums in commitments.values {
            var commitment = sums.statement
            commitment.end = policy.end(of: commitment.id)
            let shares = unused(sums)
            for (team, amount) in shares { byTeam[team, default: .init()].unused += amount }
            commitment.unusedShares = shares.filter { !$0.value.isZero }.sorted { $0.key < $1.key }.map {
                .init(team: name(of: $0.key), amount: $0.value)
            }
            statement.commitments.append(commitment)
        }
        statement.services.sort()
        statement.commitments.sort { ($0.provider, $0.id) < ($1.provider, $1.id) }
        statement.teams = byTeam.sorted { $0.key < $1.key }.map { .init(team: name(of: $0.key), use: $0.value) }
        for team in statement.teams { statement.total += team.use }
        statement.unstated = unstated
        statement.gap = gap
        return statement
    }

    private func name(of team: Int) -> String? { team < teams.count ? teams[team] : nil }

    /// By team. Where nobody used anything, or what was used comes to less than nothing after corrections, it is the buyer's.
    private func unused(_ sums: Sums) -> [Int: FixedDecimal] {
        let users = sums.usedBy.sorted { $0.key < $1.key }
        guard policy.unusedBelongsTo == .users, users.allSatisfy({ !$0.value.isNegative }),
            let parts = sums.statement.unused.divided(by: users.map(\.value))
        else { return sums.unusedOn }
        return Dictionary(zip(users.map(\.key), parts)) { $1 }
    }

    private var gap: String? {
        guard table.tellsTerms else { return "what was observed does not say on which terms anything was charged, as in a snapshot" }
        guard commitments.isEmpty, uses.isEmpty, !unstated.isZero else { return nil }
        return "the bill does not say at which kind of price anything was charged: FOCUS PricingCategory and CommitmentDiscountStatus do"
    }
}
