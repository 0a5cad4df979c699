package import CostModel

/// What another team merged and the bill, or a second look, confirmed; and where the same kind of patch fits here.
package struct WinToCopy: Hashable, Sendable {
    package struct Patch: Hashable, Sendable {
        package var change: String
        package var title: String
        package var file: String?
        package var line: Int?

        package init(change: String, title: String, file: String?, line: Int?) {
            self.change = change
            self.title = title
            self.file = file
            self.line = line
        }
    }

    package var policy: PolicyReference
    package var rule: String
    /// Who merged it.
    package var team: String
    package var title: String
    package var merged: Day
    /// In a month; nil: it is not about money, or not measured.
    package var verified: Money?
    /// What a plan offers.
    package var patches: [Patch]
    /// What they save in a month by estimate; nil: not known of one of them.
    package var savings: Money?

    package init(
        policy: PolicyReference, rule: String, team: String, title: String, merged: Day, verified: Money?, patches: [Patch],
        savings: Money?
    ) {
        self.policy = policy
        self.rule = rule
        self.team = team
        self.title = title
        self.merged = merged
        self.verified = verified
        self.patches = patches
        self.savings = savings
    }

    private struct Kind: Hashable {
        var policy: PolicyReference
        var rule: String
    }

    /// - Parameters:
    ///   - team: for whom.
    ///   - names: the teams that may be named.
    ///   - history: with merged changes and the lives that they fixed.
    ///   - changes: that a plan offers.
    ///   - findings: that these fix.
    /// - Returns: what saves most first.
    package static func all(
        for team: String, naming names: Set<String>, _ history: History, changes: [Plan.Change], findings: [Finding]
    ) -> [WinToCopy] {
        let kinds = Dictionary(
            findings.map { ($0.id, Kind(policy: $0.policy, rule: $0.rule)) }, uniquingKeysWith: { first, _ in first })
        var offered: [Kind: [Plan.Change]] = [:]
        for change in changes where change.team == team && change.applicability != .advisory && change.patch != nil {
            for kind in Set(change.findings.compactMap { kinds[$0] }) { offered[kind, default: []].append(change) }
        }
        guard !offered.isEmpty else { return [] }
        let lives = history.lives.filter { $0.state == .fixed }
        return offered.compactMap { kind, changes in
            let wins = history.savings.filter { record in
                guard let owner = record.change.change.team, owner != team, names.contains(owner), record.isConfirmed else { return false }
                let names = record.change.change.names
                return lives.contains { $0.policy == kind.policy && $0.rule == kind.rule && !names.isDisjoint(with: $0.names) }
            }
            guard let win = wins.max(by: { Self.isLesser($0, $1) }), let owner = win.change.change.team else { return nil }
            let amounts = changes.compactMap(\.monthlySavings)
            return WinToCopy(
                policy: kind.policy, rule: kind.rule, team: owner, title: win.change.change.title, merged: win.change.merged.day,
                verified: win.verified,
                patches: changes.sorted { $0.id < $1.id }.map { Patch(change: $0.id, title: $0.title, file: $0.file, line: $0.line) },
                savings: amounts.count == changes.count ? amounts.dropFirst().reduce(amounts[0], +) : nil)
        }
        .sorted { a, b in
            let (left, right) = (a.savings?.amount ?? .zero, b.savings?.amount ?? .zero)
            if left != right { return left > right }
            return (a.policy, a.rule) < (b.policy, b.rule)
        }
    }

    /// By what it saved, then the newer one, then by name.
    private static func isLesser(_ a: SavingsRecord, _ b: SavingsRecord) -> Bool {
        let (left, right) = (a.verified?.amount ?? .zero, b.verified?.amount ?? .zero)
        if left != right { return left < right }
        if a.change.merged != b.change.merged { return a.change.merged < b.change.merged }
        return b.change.identity < a.change.identity
    }
}

extension SavingsRecord {
    /// Whether a bill shows what it saved, or it promised no money and what it fixed is gone. What came back, or is not measured yet, is no win.
    fileprivate var isConfirmed: Bool {
        switch standing {
        case .measured, .vested: verified.map { $0.amount > .zero } ?? false
        case .excluded: estimated.map(\.amount.isZero) ?? true
        case .pending, .clawedBack: false
        }
    }
}

extension WinToCopy {
    /// `search merged 'set instance_type' on 2026-10-03, which saves 120.00 USD a month; the same patch fits 7 places of yours`
    package var sentence: String {
        let worth = verified.flatMap { money in
            money.amount > .zero ? ", which saves \(money.amount.rounded(to: 2)) \(money.currency) a month" : nil
        }
        let fits = patches.count == 1 ? "1 place" : "\(patches.count) places"
        let gain = savings.flatMap { money in
            money.amount > .zero ? " and would save \(money.amount.rounded(to: 2)) \(money.currency) a month" : nil
        }
        return "\(team) merged '\(title)' on \(merged)\(worth ?? ""); the same kind of patch fits \(fits) of yours\(gain ?? "")"
    }
}
