/// Which charge days of a bill are there: per source, sub-account and day.
///
/// A day without rows is one of three things, and no reader may take one for another: it has not arrived yet, it is missing, or nothing was
/// spent. Whoever adds up days asks here how many of them the sum holds.
package struct BillCoverage: Hashable, Sendable {
    /// What is known of a day.
    package enum State: String, Hashable, Sendable {
        /// The bill has rows of usage.
        case there
        /// Nothing was spent: the rows add up to zero, or the account had none while the rest of its source had.
        case zero
        /// After the newest whole day: its rows are still arriving.
        case notYet
        /// Without rows, at or before the newest whole day or with later days that have some: a file was lost, or the bill begins later.
        case missing

        package var isKnown: Bool { self == .there || self == .zero }
    }

    /// One sub-account of a source.
    package struct Account: Hashable, Sendable {
        /// As billed; empty where the bill states none.
        package var name: String
        /// The days with rows of usage, as runs, ascending, none touching the next.
        package var days: [Range<Day>]
        /// Those of them whose rows add up to zero.
        package var zero: [Range<Day>]
        /// Days that an earlier bill had rows of and this one has not.
        package var lost: [Range<Day>]

        package init(name: String, days: [Range<Day>], zero: [Range<Day>] = [], lost: [Range<Day>] = []) {
            self.name = name
            self.days = days
            self.zero = zero
            self.lost = lost
        }

        /// An account that is billed on fewer days than every second one is not missed on the others.
        private static let fewest = 7
        /// After so many days of silence an account has ended.
        private static let silence = 28

        fileprivate func state(of day: Day, newestWhole: Day) -> State {
            if days.holds(day) { return zero.holds(day) ? .zero : .there }
            if lost.holds(day) { return .missing }
            guard isRegular, let first = days.first?.lowerBound, let end = days.last?.upperBound, day > first else { return .zero }
            return day >= end && end.distance(to: newestWhole) >= Self.silence ? .zero : .missing
        }

        /// Whether it lacks a day, though it has later ones: bills arrive from the first day to the last.
        fileprivate func isHole(_ day: Day) -> Bool {
            guard isRegular, let first = days.first?.lowerBound, let end = days.last?.upperBound else { return false }
            return first < day && day < end && !days.holds(day)
        }

        /// The last day before an account that was billed on most days was silent so long that it is taken for closed, also if it came back;
        /// nil: it was not, or that began so long ago that nobody needs to be told any more.
        package func closed(by newestWhole: Day) -> Day? {
            let next = days.dropFirst().map(\.lowerBound) + [newestWhole]
            guard lost.isEmpty, let last = days.indices.last(where: { days[$0].upperBound.distance(to: next[$0]) >= Self.silence }),
                Self.isRegular(Array(days[...last])), days[last].upperBound.distance(to: newestWhole) < 2 * Self.silence,
                state(of: days[last].upperBound, newestWhole: newestWhole) == .zero
            else { return nil }
            return days[last].upperBound.advanced(by: -1)
        }

        /// Whether it is billed on so many days that it is missed on the others.
        var isRegular: Bool { Self.isRegular(days) }

        private static func isRegular(_ days: [Range<Day>]) -> Bool {
            guard let first = days.first?.lowerBound, let end = days.last?.upperBound else { return false }
            let count = days.dayCount
            return count >= fewest && count * 2 >= first.distance(to: end)
        }
    }

    package struct Source: Hashable, Sendable {
        package var name: String
        /// The last day of which all rows have arrived; nil: none has.
        package var newestWhole: Day?
        /// By name.
        package let accounts: [Account]
        /// Of any account.
        let days: [Range<Day>]
        /// Days that were whole in an earlier bill and are not in this one.
        let lost: [Range<Day>]

        package init(name: String, newestWhole: Day?, accounts: [Account], lost: [Range<Day>] = []) {
            self.name = name
            self.newestWhole = newestWhole
            self.accounts = accounts
            self.lost = lost
            days = [Range<Day>](runsOf: Set(accounts.lazy.flatMap(\.days).joined()).sorted())
        }

        /// - Parameter names: the accounts that matter; nil: all of the source.
        package func state(of day: Day, accounts names: Set<String>? = nil) -> State {
            guard let newestWhole, day <= newestWhole else {
                return isHole(day, accounts.lazy.filter { names?.contains($0.name) ?? true }) ? .missing : .notYet
            }
            guard days.holds(day), !lost.holds(day) else { return .missing }
            var state = State.zero
            for account in accounts where names?.contains(account.name) ?? true {
                switch account.state(of: day, newestWhole: newestWhole) {
                case .missing: return .missing
                case .there: state = .there
                case .zero, .notYet: break
                }
            }
            return state
        }

        /// A day of one of its accounts.
        package func state(of day: Day, account: Account) -> State {
            guard let newestWhole, day <= newestWhole else { return isHole(day, [account]) ? .missing : .notYet }
            return days.holds(day) && !lost.holds(day) ? account.state(of: day, newestWhole: newestWhole) : .missing
        }

        private func isHole(_ day: Day, _ accounts: some Sequence<Account>) -> Bool {
            guard let end = days.last?.upperBound, day < end else { return false }
            return !days.holds(day) || accounts.contains { $0.isHole(day) }
        }

        /// The first day that has rows, or had them in an earlier bill.
        package var firstDay: Day? {
            (accounts.compactMap(\.lost.first) + [days, lost].compactMap(\.first)).map(\.lowerBound).min()
        }
    }

    /// By their order in the workspace.
    package var sources: [Source]
    /// Why days that are there may lack rows, or have some twice: `the bill is partial: observed/2026-10.csv:8`. Nil: nothing says so.
    package var fault: String?

    package init(sources: [Source], fault: String? = nil) {
        self.sources = sources
        self.fault = fault
    }

    /// What the problems of a bill say of all of its sums; nil: nothing. Which days a torn row was of nobody can tell.
    package static func fault(_ problems: [ObservationProblem]) -> String? {
        let partial = problems.filter { $0.severity == .partial }
        guard let first = partial.min() else { return nil }
        let others = partial.count - 1
        return "the bill is partial: \(first.place)" + (others > 0 ? " and \(others) more \(others == 1 ? "problem" : "problems")" : "")
    }

    /// The last day that all sources have whole; nil: some source has none.
    package var newestWhole: Day? {
        let days = sources.map(\.newestWhole)
        return days.contains(nil) ? nil : days.compactMap(\.self).min()
    }

    /// The first day of the bill.
    package var firstDay: Day? { sources.compactMap(\.firstDay).min() }

    /// A day of the whole bill, or of the sources that bill some accounts: as far as its least known part.
    package func state(of day: Day, accounts names: Set<String>? = nil) -> State {
        var state = State.zero
        for source in sources where names.map({ names in source.accounts.contains { names.contains($0.name) } }) ?? true {
            switch source.state(of: day, accounts: names) {
            case .missing: return .missing
            case .notYet: state = .notYet
            case .there: if state == .zero { state = .there }
            case .zero: break
            }
        }
        return sources.isEmpty ? .notYet : state
    }

    /// How much of some days is known.
    ///
    /// - Parameter names: the accounts that matter; nil: the whole bill.
    package func span(of days: Range<Day>, accounts names: Set<String>? = nil) -> DayCoverage {
        var span = DayCoverage(days: days.count)
        span.fault = fault
        let relevant = sources.filter { source in names.map { names in source.accounts.contains { names.contains($0.name) } } ?? true }
        let part = BillCoverage(sources: relevant.isEmpty ? sources : relevant)
        for day in days {
            switch part.state(of: day, accounts: relevant.isEmpty ? nil : names) {
            case .there, .zero: span.known += 1
            case .notYet: span.notYet += 1
            case .missing: span.missing.append(day)
            }
        }
        return span
    }
}

/// How many of some days a sum holds.
package struct DayCoverage: Hashable, Sendable {
    /// How many days were asked for.
    package var days: Int
    /// How many of them are there, days without spend among them.
    package var known = 0
    /// How many have not arrived yet.
    package var notYet = 0
    /// Ascending.
    package var missing: [Day] = []
    /// Why the days that are there may not be whole; nil: nothing says so.
    package var fault: String?

    package init(days: Int) {
        self.days = days
    }

    /// All days are there.
    package static func whole(_ days: Int) -> DayCoverage {
        var coverage = DayCoverage(days: days)
        coverage.known = days
        return coverage
    }

    package var isWhole: Bool { known == days && fault == nil }

    /// `28 of 31 days`
    package var counted: String { "\(known) of \(days) \(days == 1 ? "day" : "days")" }

    /// `28 of 31 days`, and what is wrong with those.
    package var description: String { counted + (fault.map { "; \($0)" } ?? "") }

    /// Why a sum over the days is only a part of what they cost; nil: it is all of it.
    package var gap: String? {
        let lacking = known < days ? "the bill has \(counted)" : nil
        let reasons = [lacking, fault].compactMap(\.self)
        return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
    }

    /// `28 of 31 days; missing: 2026-10-13..2026-10-15`: what stands behind a sum.
    package var sentence: String {
        let (runs, shown) = (missingRuns, 3)
        let missing = runs.isEmpty ? "" : "; missing: " + runs.prefix(shown).joined(separator: ", ")
        return description + missing + (runs.count > shown ? " and \(runs.count - shown) more" : "")
    }

    /// The missing days as runs: `2026-10-13..2026-10-22`.
    package var missingRuns: [String] { [Range<Day>](runsOf: missing).texts }
}
