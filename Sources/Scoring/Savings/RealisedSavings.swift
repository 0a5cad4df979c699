package import CostModel

/// What merged changes saved, as far as later bills tell.
///
/// Each resource of a change is compared with itself: days before the merge with the same weekdays after the change took effect. Where the
/// bill counts units, only the move of the cost per unit is a saving, so that usage which grows or shrinks for other reasons is none.
package enum RealisedSavings {
    /// Days after the merge until a measured saving earns credit.
    static let vestingDays = 30
    /// Days after the merge within which a finding that comes back takes the credit away; later a vested record is final.
    static let clawBackDays = 60

    /// - Parameters:
    ///   - changes: all that are known, also those without savings.
    ///   - usage: of every identifier in the changes' `billedAs`.
    ///   - lives: at least those of the changes' findings.
    ///   - known: what was worked out before; it stands where the bill no longer reaches back far enough.
    /// - Returns: one record for each change, ordered by plan and change.
    package static func measure(
        _ changes: [MergedChange], usage: BilledUsage, lives: [FindingLife], known: [SavingsRecord], now: Instant, currency: Currency
    ) -> [SavingsRecord] {
        let order = changes.sorted { $0.identity < $1.identity }
        let comparison = BeforeAndAfter(order, usage: usage, now: now, currency: currency)
        let lives = Dictionary(lives.flatMap { life in life.names.map { ($0, life) } }) { first, _ in first }
        let known = Dictionary(known.map { ($0.change.identity, $0) }) { first, _ in first }
        return order.enumerated().map { index, change in
            let earlier = known[change.identity]
            let back = returned(change, lives)
            if let earlier, isFinal(earlier, back, now) { return earlier }
            var record = judged(change, comparison.outcome(of: index), earlier, comparison, now)
            if let back, record.standing != .excluded {
                record.standing = .clawedBack
                record.verified = .zero(currency)
                record.method = cameBack(back) + "; " + record.method
            }
            return earlier.map { record.isSame(as: $0) ? $0 : record } ?? record
        }
    }

    private static func isFinal(_ record: SavingsRecord, _ back: FindingLife?, _ now: Instant) -> Bool {
        switch record.standing {
        case .clawedBack: true
        case .vested: back == nil && now >= record.change.merged.adding(.days(clawBackDays))
        case .pending, .measured, .excluded: false
        }
    }

    /// A finding of the change that opened again too soon.
    private static func returned(_ change: MergedChange, _ lives: [String: FindingLife]) -> FindingLife? {
        let end = change.merged.adding(.days(clawBackDays))
        return change.change.names.sorted().lazy.compactMap { lives[$0] }.first { life in
            life.opened.map { $0 > change.merged && $0 <= end } ?? false
        }
    }

    private static func judged(
        _ change: MergedChange, _ outcome: Outcome, _ earlier: SavingsRecord?, _ comparison: BeforeAndAfter, _ now: Instant
    ) -> SavingsRecord {
        let estimated = change.change.monthlySavings
        var record = SavingsRecord(change: change, standing: .pending, estimated: estimated, measured: now, method: "")
        switch outcome {
        case .excluded(let reason):
            record.standing = .excluded
            record.method = reason
        case .pending(let reason):
            record.method = reason
            guard let earlier else { break }
            if earlier.standing == .excluded, !comparison.hasBill {
                record.standing = .excluded
                record.method = earlier.method
            }
            guard let since = earlier.since, let realised = earlier.realised, !comparison.reaches(since) else { break }
            record.since = since
            record.method = earlier.method
            settle(&record, realised, now)
        case .measured(let move):
            record.since = move.since
            record.method = move.method
            settle(&record, Money(move.perDay.scaled(by: 365, over: 12), comparison.currency), now)
        }
        return record
    }

    private static func settle(_ record: inout SavingsRecord, _ realised: Money, _ now: Instant) {
        let vests = record.change.merged.adding(.days(vestingDays))
        record.standing = now >= vests ? .vested : .measured
        record.realised = realised
        let promised = record.estimated?.amount ?? .zero
        record.verified = Money(max(.zero, min(promised, realised.amount)), realised.currency)
    }

    /// What bills say of one change.
    enum Outcome {
        case pending(String)
        case measured(Move)
        case excluded(String)
    }

    struct Move {
        /// Before minus after, of a mean day.
        var perDay: FixedDecimal
        var since: Day
        var method: String
    }
}

extension SavingsRecord {
    /// Whether only the time differs at which it was worked out.
    fileprivate func isSame(as other: SavingsRecord) -> Bool {
        var copy = self
        copy.measured = other.measured
        return copy == other
    }
}

// MARK: Messages

private func cameBack(_ life: FindingLife) -> String { "the finding \(life.id) came back on \(life.opened.map { "\($0.day)" } ?? "")" }
