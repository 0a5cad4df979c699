import CostModel

/// How many ISO weeks in a row a team had no overdue finding.
enum Streak {
    /// The streak of a day, which grows by no more than the weeks that ended since the day before: what a freeze that was added later
    /// would take back was lost.
    ///
    /// - Parameters:
    ///   - days: the team's, up to and with today's.
    ///   - hasDeadlines: whether any policy says by when; without one nothing is ever overdue, and nothing is shown by that.
    static func count(_ days: [ScoreDay], today: Day, freeze: [ClosedRange<Day>], hasDeadlines: Bool) -> Int {
        guard hasDeadlines else { return 0 }
        let weeks = weeks(days, today: today, freeze: freeze)
        guard let last = days.last(where: { $0.day < today }) else { return weeks }
        return min(weeks, last.streakWeeks + last.day.monday.distance(to: today.monday) / 7)
    }

    /// - Parameter days: the team's, today's among them.
    /// - Returns: ended weeks, counted back from today. A week counts when it is wholly recorded since, and the team had a score in it that
    ///   leaves nothing out.
    ///   Weeks that touch a freeze, and weeks without a record, neither count nor break.
    static func weeks(_ days: [ScoreDay], today: Day, freeze: [ClosedRange<Day>]) -> Int {
        let byWeek = Dictionary(grouping: days.filter { $0.day <= today }, by: { $0.day.monday })
        guard let first = days.map(\.day).min() else { return 0 }
        let running = today.monday
        var count = 0
        for monday in stride(from: running, through: first.monday, by: -7) {
            let week = monday...monday.advanced(by: 6)
            if freeze.contains(where: { $0.overlaps(week) }) { continue }
            let records = byWeek[monday] ?? []
            if records.contains(where: \.isOverdue) { break }
            let isWhole = monday < running && monday >= first
            // A week in which something was not judged on any day shows nothing.
            if isWhole, records.contains(where: { $0.score != nil && $0.unseen == 0 }) { count += 1 }
        }
        return count
    }
}
