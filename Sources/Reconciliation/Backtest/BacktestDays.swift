package import CostModel

/// Which days of the past are judged, and when on each.
package struct BacktestDays: Hashable, Sendable {
    /// More evaluations would take longer than anybody waits.
    package static let most = 1_000
    /// Up to so many days each of them is judged where nobody says otherwise.
    package static let mostDaily = 92

    package let from: Day
    package let to: Day
    package let stepping: Backtest.Stepping

    /// - Parameter step: nil: daily, and weekly where there are many days.
    package init(from: Day, to: Day, step: Int? = nil) {
        self.from = from
        self.to = to
        let count = from.distance(to: to) + 1
        stepping = step.map { $0 == 1 ? .daily : .every(days: $0) } ?? (count <= Self.mostDaily ? .daily : .weekly)
    }

    /// The moments of the evaluations: the end of each day, as a run late in the evening sees it; today, now.
    ///
    /// - Parameter commits: when the branch moved.
    package func moments(commits: [Instant] = [], now: Instant) -> [Instant] {
        days(commits: commits.map(\.day)).map { min($0.advanced(by: 1).start.subtracting(TimeSpan(seconds: 1)), now) }
    }

    private func days(commits: [Day]) -> [Day] {
        let all = (0...max(0, from.distance(to: to))).map { from.advanced(by: $0) }
        switch stepping {
        case .daily: return all
        case .every(let step): return all.indices.filter { $0 % step == 0 || $0 == all.count - 1 }.map { all[$0] }
        case .weekly:
            let moved = Set(commits)
            return all.indices.filter { index in
                index % 7 == 0 || index == all.count - 1 || all[index].components.day == 1 || moved.contains(all[index])
            }.map { all[$0] }
        }
    }
}
