package import CostModel

/// How a campaign goes, by what the ledger remembers.
///
/// What is fixed counts by money at stake, less what opened since: what is split, renamed, handed over, exempted, or opened and closed again,
/// raises nothing. What it is held against is the least that was at stake in the 28 days before the first, so that it does not help
/// to let findings in first.
package struct CampaignProgress: Hashable, Sendable {
    package enum Phase: String, Hashable, Sendable { case ahead, running, over }

    /// What was open at the end of a day.
    package struct Step: Hashable, Sendable {
        package var day: Day
        package var findings: Int
        package var atStake: Money
    }

    /// Days before the first in which the least counts.
    static let lookback = 28

    package var campaign: Campaign
    package var phase: Phase
    /// The day from which it is counted: its first, or the first on which all of its policies are known. Nil: none is yet.
    package var start: Day?
    /// What the goal is held against, in 28 days; nil: not known.
    package var base: Money?
    /// By week from the start, and the newest day last.
    package var burnDown: [Step] = []
    /// What merged changes of these days save in a month, and how many they are.
    package var verified: Money
    package var verifiedChanges: Int
    package var prevented: PreventedFindings
    /// What branches had on their way within its days and did not bring; nil: nobody has looked.
    package var caught: CaughtFindings.Count?
    /// How much is reached, in hundredths of a percent of what was at stake, or of the sum that is wanted; nil: not known.
    package var share: Int?
    /// Why it is not known.
    package var unknown: String?

    /// - Parameters:
    ///   - campaign: of a workspace's policies.
    ///   - history: with its lives and savings.
    package init(_ campaign: Campaign, history: History, today: Day, currency: Currency) {
        self.campaign = campaign
        phase = today < campaign.days.lowerBound ? .ahead : today > campaign.days.upperBound ? .over : .running
        let ofPolicies = history.lives.filter { campaign.policies.contains($0.policy.name) && $0.opened != nil }
        let lives = ofPolicies.filter { campaign.holds(policy: $0.policy.name, team: $0.team) }
        let end = min(today, campaign.days.upperBound)
        let days = campaign.days.lowerBound..<max(campaign.days.lowerBound, end.advanced(by: 1))
        prevented = PreventedFindings(
            in: days, lives: lives, since: history.lives.firstDay, comparedBy: Self.lookback, leavingOut: Self.lookback)
        caught = history.caught?.count(in: days) { campaign.holds(policy: $0.policy.name, team: $0.team) }
        let records = history.savings.filter { Self.counts($0, of: lives, in: campaign) }
        let amounts = records.compactMap(\.verified).filter { $0.currency == currency }
        verified = amounts.reduce(Money.zero(currency), +)
        verifiedChanges = amounts.count
        guard phase != .ahead else {
            unknown = "it begins on \(campaign.days.lowerBound)"
            return
        }
        switch campaign.goal {
        case .verified(let wanted):
            start = campaign.days.lowerBound
            share = Self.share(verified.amount, of: wanted.amount)
        case .fixed:
            measure(lives, knownSince: Self.firstDays(ofPolicies), end: end, today: today, currency)
        }
    }

    private mutating func measure(
        _ lives: [FindingLife], knownSince: [PolicyReference: Day], end: Day, today: Day, _ currency: Currency
    ) {
        let starts = knownSince.mapValues { max($0, campaign.days.lowerBound) }.filter { $0.value <= end }
        guard let start = starts.values.max() else {
            unknown = "the ledger knows no finding of its policies yet"
            return
        }
        self.start = start
        func atStake(_ day: Day, _ policy: PolicyReference? = nil) -> FixedDecimal {
            lives.lazy.filter { (policy == nil || $0.policy == policy) && $0.isOpen(at: day, asOf: today) }.map(\.atStake.amount)
                .reduce(.zero, +)
        }
        var base = FixedDecimal.zero
        for (policy, first) in starts {
            let from = max(knownSince[policy] ?? first, campaign.days.lowerBound.advanced(by: -Self.lookback))
            base += (from...first).map { atStake($0, policy) }.min() ?? .zero
        }
        let days = stride(from: start, to: end, by: 7).map { $0 } + [end]
        burnDown = days.map { day in
            Step(day: day, findings: lives.count { $0.isOpen(at: day, asOf: today) }, atStake: Money(atStake(day), currency))
        }
        guard base > .zero else {
            unknown = "nothing was at stake when it began, or what was is not known"
            return
        }
        self.base = Money(base, currency)
        share = Self.share(base - atStake(end), of: base)
    }

    /// The first day on which each policy found something.
    private static func firstDays(_ lives: [FindingLife]) -> [PolicyReference: Day] {
        lives.reduce(into: [:]) { days, life in
            guard let day = life.opened?.day else { return }
            days[life.policy] = min(days[life.policy] ?? day, day)
        }
    }

    /// Whether a merged change counts: it reached the branch within the campaign, the bill shows what it saves, and it fixed one of these findings.
    private static func counts(_ record: SavingsRecord, of lives: [FindingLife], in campaign: Campaign) -> Bool {
        guard [.measured, .vested].contains(record.standing), campaign.days.contains(record.change.merged.day) else { return false }
        let names = record.change.change.names
        return lives.contains { !names.isDisjoint(with: $0.names) }
    }

    /// From 0 to 10,000, rounded down.
    private static func share(_ part: FixedDecimal, of whole: FixedDecimal) -> Int? {
        guard whole > .zero else { return nil }
        guard part > .zero else { return 0 }
        return part >= whole ? 10_000 : Int(part.scaled(by: 10_000, over: 1).raw / whole.raw)
    }
}

extension CampaignProgress {
    package var isReached: Bool {
        switch campaign.goal {
        case .fixed(let wanted): share.map { FixedDecimal($0) >= wanted.scaled(by: 10_000, over: 1) } ?? false
        case .verified: share == 10_000
        }
    }

    /// `62.4 % of what was at stake is fixed, of 80 % that are wanted; 12 findings are open; 9 days left`
    package var sentence: String {
        let goal: String
        switch campaign.goal {
        case .fixed(let wanted):
            let wish = "\(wanted.scaled(by: 100, over: 1).rounded(to: 0)) % are wanted"
            goal = share.map { "\(Self.percent($0)) of what was at stake is fixed, \(wish)" } ?? "not known, \(wish): \(unknown ?? "")"
        case .verified(let wanted):
            let amount = "\(verified.amount.rounded(to: 2)) \(verified.currency) a month saved and verified"
            let wish = "\(wanted.amount.rounded(to: 2)) \(wanted.currency) are wanted"
            goal = unknown.map { "\(wish): \($0)" } ?? "\(amount), \(wish)"
        }
        let open = burnDown.last.map { "; \($0.findings) \($0.findings == 1 ? "finding is" : "findings are") open" } ?? ""
        return goal + open + (isReached ? "; reached" : "")
    }

    private static func percent(_ hundredths: Int) -> String { "\(hundredths / 100).\(hundredths / 10 % 10) %" }

    /// `right-size-autumn (2026-10-01 to 2026-11-30, running): …`
    package var line: String {
        "campaign '\(campaign.name)' (\(campaign.days.lowerBound) to \(campaign.days.upperBound), \(phase.rawValue)): \(sentence)"
    }
}
