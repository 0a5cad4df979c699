package import CostModel

/// How many findings did not open that would have, going by what opened before.
///
/// It is told from what stands in the ledger, and not from what checks of changes found: a finding that somebody writes into a change and
/// takes out again prevents nothing. Of the three spans before, the one in which fewest opened counts, so that nobody gains by letting many in
/// first. What a policy finds on the day on which it is first known was there before it.
package enum PreventedFindings: Hashable, Sendable {
    /// - Parameters:
    ///   - opened: in the span.
    ///   - before: in as many days of the quietest of up to three spans before it.
    case known(opened: Int, before: Int)
    case unknown(String)

    /// How many spans are compared with, at most.
    private static let most = 3
    /// In one span before it somebody could have let in what they like.
    private static let fewest = 2

    /// - Parameters:
    ///   - days: a span; of one that goes on those up to today.
    ///   - lives: those of the teams and policies that are asked about.
    ///   - start: the first day that the ledger knows of these policies; nil: none.
    ///   - length: of the spans before, in days; nil: as long as this one.
    ///   - gap: days before this span that are left out: somebody who knows of it may let in what they like then.
    package init(in days: Range<Day>, lives: [FindingLife], since start: Day?, comparedBy length: Int? = nil, leavingOut gap: Int = 0) {
        guard let start, !days.isEmpty else {
            self = .unknown("nothing is remembered of the time before")
            return
        }
        var known: [PolicyReference: Day] = [:]
        for life in lives {
            guard let day = life.opened?.day else { continue }
            known[life.policy] = min(known[life.policy] ?? day, day)
        }
        let opened = lives.compactMap { life -> Day? in
            guard let day = life.opened?.day, let first = known[life.policy], day > first else { return nil }
            return day
        }
        func count(_ span: Range<Day>) -> Int { opened.count(where: span.contains) }
        let length = length ?? days.count
        let before = (1...Self.most).map { number in
            let end = days.lowerBound.advanced(by: -gap - (number - 1) * length)
            return end.advanced(by: -length)..<end
        }
        .filter { $0.lowerBound > start }
        guard before.count >= Self.fewest, let least = before.map(count).min() else {
            self = .unknown("the ledger knows less than \(gap + Self.fewest * length) days before")
            return
        }
        self = .known(opened: count(days), before: least * days.count / length)
    }

    /// Nil: not known.
    package var count: Int? {
        guard case .known(let opened, let before) = self else { return nil }
        return max(0, before - opened)
    }

    /// `prevented: 3 findings: 2 opened, and 5 in as many days before`
    package var sentence: String {
        switch self {
        case .unknown(let reason): return "prevented: not known: \(reason)"
        case .known(let opened, let before):
            let count = max(0, before - opened)
            let what = count == 1 ? "1 finding" : "\(count) findings"
            return "prevented: \(count == 0 ? "none" : what): \(opened) opened, and \(before) in as many days before"
        }
    }
}

extension [FindingLife] {
    /// The first day on which any of them was seen.
    package var firstDay: Day? { lazy.map(\.firstSeen.day).min() }
}
