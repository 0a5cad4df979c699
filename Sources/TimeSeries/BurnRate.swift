/// How fast a period's error budget burns: what may be spent above the plan before the whole amount is gone.
///
/// The multi-window rule of site reliability engineering for days instead of minutes: page when much of the error budget went in a
/// short time and it still goes on:
///
/// | in | at least | and in | at least |
/// |---|---|---|---|
/// | 2 days | 20 % | the last day | 8 % |
/// | 7 days | 35 % | the last 2 | 8 % |
/// | 14 days | 45 % | the last 7 | 25 % |
///
/// Each share is raised to at least four times what chance does in so many days, 4 · σ · √days: without that a noisy scope pages in every third
/// quiet month, with it in fewer than one of 400. (SRE's own factors of 14.4, 6 and 1 presume minutes.)
package struct BurnRate: Equatable, Sendable {
    /// Which window pages, and how much of the error budget went in it.
    package struct Page: Equatable, Sendable {
        /// 2, 7 or 14.
        package var days: Int
        /// Money above the plan in the window.
        package var burned: Double
        /// Of the error budget.
        package var share: Double
    }

    /// The amount less the plan: money.
    package let errorBudget: Double
    /// What went of it since the period began; below zero where less was spent than planned.
    package let burned: Double
    /// Nil: it does not burn fast.
    package let page: Page?
    /// Whether four times the chance of two days is more than half of the error budget: then no rule can page early without paging for
    /// nothing.
    package let isTooNoisy: Bool

    private struct Window {
        var days: Int
        var share: Double
        var recent: Int
        var recentShare: Double
    }

    private static let windows = [
        Window(days: 2, share: 0.20, recent: 1, recentShare: 0.08), Window(days: 7, share: 0.35, recent: 2, recentShare: 0.08),
        Window(days: 14, share: 0.45, recent: 7, recentShare: 0.25),
    ]
    private static let chance = 4.0

    /// - Parameters:
    ///   - excess: By day of the period that is known: cost less plan, in money; NaN is a day of which nothing is known.
    ///   - errorBudget: What may be spent above the plan in the whole period, in money.
    ///   - noise: The standard deviation of a usual day from the plan, in money.
    package init(excess: [Double], errorBudget: Double, noise: Double) {
        self.errorBudget = errorBudget
        burned = excess.reduce(0) { $1.isNaN ? $0 : $0 + $1 }
        isTooNoisy = Self.chance * noise * 2.0.squareRoot() > errorBudget / 2
        guard errorBudget > 0 else {
            page = nil
            return
        }
        func sum(_ days: Int) -> Double? {
            let last = excess.suffix(days)
            guard last.count == days, !last.contains(where: \.isNaN) else { return nil }
            return last.reduce(0, +)
        }
        func bound(_ share: Double, _ days: Int) -> Double { max(share * errorBudget, Self.chance * noise * Double(days).squareRoot()) }
        page =
            Self.windows.lazy.compactMap { window -> Page? in
                guard let all = sum(window.days), let recent = sum(window.recent), all >= bound(window.share, window.days),
                    recent >= bound(window.recentShare, window.recent)
                else { return nil }
                return Page(days: window.days, burned: all, share: all / errorBudget)
            }.first
    }
}
