import CostModel

/// `T`: of the dollars whose findings fell due in the last 90 days, the share that was fixed in time.
enum Timeliness {
    static let days = FindingLives.memoryDays

    /// - Parameter lives: the team's.
    /// - Returns: in hundredths of a percent; whole where nothing fell due.
    static func share(_ lives: [FindingLife], at now: Instant) -> Int {
        let due = lives.compactMap { life in isInTime(life, at: now).map { (life.atStake.amount, $0) } }
        let whole = due.reduce(FixedDecimal.zero) { $0 + max(.zero, $1.0) }
        let inTime = due.reduce(FixedDecimal.zero) { $1.1 ? $0 + max(.zero, $1.0) : $0 }
        return Share.hundredths(inTime, of: whole)
    }

    /// Whether a finding that fell due was fixed in time; nil for one that takes no part.
    private static func isInTime(_ life: FindingLife, at now: Instant) -> Bool? {
        guard let due = life.due, due < now.day, due >= now.day.advanced(by: -days) else { return nil }
        switch life.state {
        case .appearing:
            // Seen once, or once again after its fix.
            guard life.opened != nil, let gone = life.missedSince else { return nil }
            return isInTime(life, gone: gone, due)
        case .fixed:
            guard let gone = life.fixed else { return nil }
            // What was removed may come back under another name.
            if life.hasLeft, gone.day <= due, gone.day.advanced(by: LifeMatches.replacementDays) > now.day { return nil }
            return isInTime(life, gone: gone, due)
        case .disappearing:
            // Gone in time, but seen to be only once, or not applied yet.
            if life.isFixedInTime(at: now, due) { return nil }
            return life.fails(at: now) ? false : nil
        case .open:
            return life.fails(at: now) ? false : nil
        }
    }

    /// No credit for what nobody asks for any more, and for answers that were never known to be failing; late is late.
    private static func isInTime(_ life: FindingLife, gone: Instant, _ due: Day) -> Bool? {
        guard gone.day <= due else { return false }
        if life.isExempt { return nil }
        return life.fixedBy != nil && life.verdict == .fail ? true : nil
    }
}

/// Shares as whole numbers.
enum Share {
    static let whole = 10_000

    /// Hundredths of a percent, cut off, from 0 to 10,000; whole where there is nothing to have a share of.
    static func hundredths(_ part: FixedDecimal, of all: FixedDecimal) -> Int {
        guard all > .zero, part < all else { return whole }
        guard part > .zero else { return 0 }
        let (high, low) = part.raw.magnitude.multipliedFullWidth(by: UInt128(whole))
        return Int(all.raw.magnitude.dividingFullWidth((high, low)).quotient)
    }
}
