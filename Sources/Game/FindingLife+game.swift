import CostModel

extension FindingLife {
    /// The day on which it was fixed to somebody's credit; nil: it was not, or nobody has the credit yet: where its resource was removed, another
    /// one may take its place for four weeks.
    func earnedFix(by today: Day) -> Day? {
        guard state == .fixed, fixedBy != nil, let day = fixed?.day, day <= today else { return nil }
        return hasLeft && day.advanced(by: LifeMatches.replacementDays) > today ? nil : day
    }

    /// Whether it counted as open at the end of a day, as far as is known today. What ended to nobody's credit, because its policy went or another
    /// team took it over, is still open: nobody fixed it.
    func isOpen(at day: Day, asOf today: Day) -> Bool {
        guard let first = opened?.day, first <= day else { return false }
        return earnedFix(by: today).map { $0 > day } ?? true
    }
}
