/// What a leaf costs less since a moment: the other side of cost that was replaced or moved.
struct LostCost {
    private let level: SeriesLevel
    private let bound: Double
    private let isSteady: Bool
    private let watch: LeafWatch

    /// Nil: the leaf lost nothing within two days of `moment`.
    ///
    /// - Parameter firstUnsettled: From this day on charges are incomplete; there a steady leaf without a row counts as gone, and any
    ///   other says nothing.
    init?(_ watch: LeafWatch, around moment: Int, teamDay: Double, firstUnsettled: Int) {
        self.watch = watch
        let before = max(0, moment - 2)
        guard before > 0 else { return nil }
        let usual = Expectation(of: watch.learned, day: before, floor: LeafWatch.floor(teamDay: teamDay))
        level = SeriesLevel(watch.learned, before: before, start: 0)
        bound = 6 * usual.scale
        isSteady = watch.learned[max(0, before - 14)..<before].allSatisfy { $0.isNaN || $0 > 0 }
        let last = min(watch.cost.count - 1, moment + 2)
        guard before <= last, (before...last).contains(where: { amount(on: $0, firstUnsettled: firstUnsettled) > 0 }) else { return nil }
    }

    /// Money that the day costs less than before, 0 where that is no more than usual.
    func amount(on day: Int, firstUnsettled: Int) -> Double {
        let value = watch.cost[day]
        guard !value.isNaN else { return 0 }
        if day >= firstUnsettled, value > 0 || !isSteady { return 0 }
        let expected = max(0, level.level + level.week[day % 7])
        let lost = expected - value
        return lost > bound && lost > 0.12 * expected ? lost : 0
    }
}
