import CostModel

/// Badges: what a team earned for good. Each is given once to a team, and never on an evaluation that could not see everything.
///
/// None can be had by doing a thing twice: the first fix is the first, levels and streaks take weeks, and savings have vested.
enum Awards {
    static let streaks = [4, 12, 26, 52]
    /// In a month.
    static let saver = FixedDecimal(1_000)

    /// What a team shows for its badges.
    struct Record {
        var team: String
        var today: Day
        /// Its days, today's last.
        var days: [ScoreDay]
        var lives: [FindingLife]
        var savings: [SavingsRecord]
        /// The names of the badges that it has. Evidence is gathered and hashed for others only.
        var held: Set<String>
    }

    /// - Returns: those that the team does not have yet, by name.
    static func new(for record: Record) -> [Badge] {
        let badges = [firstFix(record), saver(record)].compactMap { $0 } + levels(record) + streaks(record)
        return badges.sorted { $0.name < $1.name }
    }

    /// The first finding with dollars at stake that was open and is gone at a commit; where its resource was removed, gone for as long as
    /// another one may take its place.
    private static func firstFix(_ record: Record) -> Badge? {
        guard !record.held.contains("first-fix") else { return nil }
        let fixes = record.lives.filter { life in
            life.state == .fixed && life.opened != nil && life.fixedBy != nil && life.verdict == .fail && !life.isExempt
                && life.atStake.amount > .zero
                && (!life.hasLeft || life.fixed.map { $0.day.advanced(by: LifeMatches.replacementDays) <= record.today } ?? false)
        }
        guard let first = fixes.min(by: { ($0.fixed?.seconds ?? 0, $0.id) < ($1.fixed?.seconds ?? 0, $1.id) }) else { return nil }
        return record.badge(
            "first-fix", "fixed \(first.id): \(first.message)", evidence: [first.id, first.fixed?.description ?? "", first.fixedBy ?? ""])
    }

    private static func levels(_ record: Record) -> [Badge] {
        guard let held = record.days.last?.level else { return [] }
        let earned = Level.allCases.filter { $0 > .none && $0 <= held && !record.held.contains($0.rawValue) }
        guard !earned.isEmpty else { return [] }
        let evidence = record.days.suffix(HeldLevel.days).map { "\($0.day) \($0.reachedLevel.rawValue) \($0.score?.description ?? "")" }
        return earned.map { level in
            record.badge(level.rawValue, "\(HeldLevel.days) days at \(level.rawValue) or above", evidence: evidence)
        }
    }

    private static func streaks(_ record: Record) -> [Badge] {
        guard let today = record.days.last, today.score != nil else { return [] }
        let earned = streaks.filter { $0 <= today.streakWeeks && !record.held.contains("streak-\($0)") }
        return earned.map { weeks in
            let evidence = record.days.suffix(weeks * 7).map { "\($0.day) \($0.isOverdue)" }
            return record.badge("streak-\(weeks)", "\(weeks) weeks without an overdue finding", evidence: evidence)
        }
    }

    private static func saver(_ record: Record) -> Badge? {
        guard !record.held.contains("saver-1000") else { return nil }
        let vested = record.savings.filter { $0.credit.amount > .zero }
        guard let currency = vested.first?.credit.currency else { return nil }
        let sum = vested.reduce(FixedDecimal.zero) { $0 + $1.credit.amount }
        guard sum >= saver else { return nil }
        return record.badge(
            "saver-1000", "\(saver.rounded(to: 0)) \(currency) a month saved, as bills show",
            evidence: vested.map { "\($0.change.plan) \($0.change.change.id) \($0.credit.exact)" }.sorted())
    }
}

extension Awards.Record {
    fileprivate func badge(_ name: String, _ reason: String, evidence: some Sequence<String>) -> Badge {
        var hash = SHA256()
        for field in [team, name] { hash.update(field: field) }
        for field in evidence { hash.update(field: field) }
        return Badge(team: team, name: name, awarded: today, reason: reason, evidence: hash.hexDigest())
    }
}
