package import CostModel

extension CheckReport {
    /// What the change does to each finding that is open in the head, by the finding's id; empty without a base.
    var changes: [String: Comparison.FindingChange] {
        let open = (comparison?.findings ?? []).filter { $0.after != nil && $0.change != .fixed }
        return Dictionary(open.map { ($0.finding.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

extension Comparison {
    func changes(_ kinds: Change...) -> [FindingChange] { findings.filter { kinds.contains($0.change) } }

    /// `+$412/month at stake`: what more, or less, is at stake; nil: there is no bill to tell.
    func stakeChange(in currency: Currency) -> Money? {
        let changes = teams.compactMap(\.stakeChange)
        return changes.count == teams.count ? changes.reduce(.zero(currency), +) : nil
    }

    /// `1 new, 2 fixed`; of a change that touches no finding, nothing.
    var counts: String {
        [Change.new, .gone, .changed, .fixed].compactMap { change in
            let count = count(change)
            return count > 0 ? "\(count) \(change.rawValue)" : nil
        }.joined(separator: ", ")
    }

    /// The teams that something happens to, the largest change of score first.
    var touched: [TeamChange] {
        teams.enumerated().filter { $0.element.isTouched }.sorted { a, b in
            let (left, right) = (a.element.scoreStep, b.element.scoreStep)
            if left != right { return left > right }
            let (less, more) = (a.element.stakeStep, b.element.stakeStep)
            return less == more ? a.offset < b.offset : less > more
        }.map(\.element)
    }

    /// How many findings of each kind would be otherwise without a change of a policy: `2 new, 1 fixed`.
    func effects(of policy: PolicyReference) -> String {
        [Change.new, .gone, .changed, .fixed].compactMap { change in
            let count = findings.count { $0.change == change && $0.causes.contains(policy) }
            return count > 0 ? "\(count) \(change.rawValue)" : nil
        }.joined(separator: ", ")
    }
}

extension Comparison.TeamChange {
    /// Nil: there is no bill to tell.
    var stakeChange: Money? {
        guard let atStakeBefore, let atStakeAfter else { return nil }
        return Money(atStakeAfter.amount - atStakeBefore.amount, atStakeAfter.currency)
    }
    fileprivate var stakeStep: FixedDecimal { stakeChange?.amount.magnitude ?? .zero }
    /// In hundredths of a point; a score that comes or goes is a whole one.
    var scoreStep: Int {
        guard let scoreBefore, let scoreAfter else { return scoreBefore == scoreAfter ? 0 : 10_000 }
        return abs(scoreAfter.hundredths - scoreBefore.hundredths)
    }

    /// `82 → 79`; `82 =` for less than a point.
    var scoreText: String {
        guard let scoreBefore, let scoreAfter else {
            return scoreBefore == scoreAfter ? "–" : "\(scoreBefore?.whole ?? "–") → \(scoreAfter?.whole ?? "–")"
        }
        // Of two halves both may be rounded to the even number between them.
        return scoreStep < 100 || scoreBefore.whole == scoreAfter.whole
            ? "\(scoreAfter.whole) =" : "\(scoreBefore.whole) → \(scoreAfter.whole)"
    }

    /// `1 new, 2 fixed`
    var counts: String {
        [(new, "new"), (changed, "changed"), (fixed, "fixed")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    /// `$140 → $280/month`; nil where nothing is saved before and after.
    var savingsText: String? {
        guard let savingsBefore, let savingsAfter, !savingsBefore.amount.isZero || !savingsAfter.amount.isZero else { return nil }
        return savingsBefore == savingsAfter ? "\(savingsAfter.short)/month" : "\(savingsBefore.short) → \(savingsAfter.short)/month"
    }
}

extension Comparison.Rollout {
    /// `scores follow 14 days after the merge: payments 92.96 → 91.20, search 88.10 → 87.95`
    var line: String {
        let shown = 5
        guard !teams.isEmpty else { return "scores follow \(days) days after the merge: no team's moves by it" }
        let moves = teams.prefix(shown).map { "\($0.team) \($0.before?.description ?? "–") → \($0.after?.description ?? "–")" }
        let more = teams.count > shown ? [counted(teams.count - shown, "more team")] : []
        return "scores follow \(days) days after the merge: \((moves + more).joined(separator: ", "))"
    }
}

extension Points {
    /// For people: whole points.
    package var whole: String { FixedDecimal(hundredths).scaled(by: 1, over: 100).rounded(to: 0) }
}

extension Comparison.FindingChange {
    /// `by Budget/payments-monthly`; nil where the infrastructure's code did it.
    var causeText: String? { causes.isEmpty ? nil : "by " + causes.map(\.description).joined(separator: ", ") }
}

extension Comparison.PolicyChange {
    /// `amount 12,000 → 9,000 USD`, one for each key; a word for an object that comes or goes.
    var sentences: [String] {
        switch kind {
        case .added: ["new \(policy.kind.rawValue)"]
        case .removed: ["\(policy.kind.rawValue) removed"]
        case .changed: fields.isEmpty ? ["\(policy.kind.rawValue) changed"] : fields.map(\.sentence)
        }
    }
}

extension Comparison.PolicyChange.Field {
    /// A unit that both values have is said once.
    var sentence: String {
        switch (before, after) {
        case (let before?, let after?): "\(path) \(Self.withoutUnit(before, sharedWith: after)) → \(after)"
        case (nil, let after?): "\(path) now \(after)"
        case (let before?, nil): "\(path) no longer \(before)"
        case (nil, nil): path
        }
    }

    private static func withoutUnit(_ value: String, sharedWith other: String) -> String {
        let (mine, theirs) = (value.split(separator: " "), other.split(separator: " "))
        guard mine.count == 2, theirs.count == 2, mine[1] == theirs[1], mine[0].first?.isNumber == true else { return value }
        return String(mine[0])
    }
}
