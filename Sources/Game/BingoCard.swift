package import CostModel

/// A team's sixteen squares of a season, from what it had open when the season began: four to learn, eight to fix, four to keep.
///
/// The same ledger gives the same card. A square to learn or to fix is marked by a fix of a finding that was open four weeks before the season, so
/// that nothing is opened to be fixed; one to keep is marked until it is lost, and never marked again.
package struct BingoCard: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable { case learn, fix, keep }

    package enum Mark: String, Hashable, Sendable {
        case open, marked
        /// Of one to keep.
        case lost
        /// There is nothing for it.
        case empty
    }

    package struct Square: Hashable, Sendable {
        package var kind: Kind
        /// For people.
        package var text: String
        package var mark: Mark
        /// The command that says more; nil: of one that is empty.
        package var command: String?
    }

    /// How long before a season a finding is open that its squares are made of, in days.
    private static let age = 28
    private static let side = 4
    /// Each row and each column has one to learn, one to keep and two to fix.
    private static let layout: [Kind] = [
        .learn, .fix, .fix, .keep,
        .fix, .learn, .keep, .fix,
        .fix, .keep, .learn, .fix,
        .keep, .fix, .fix, .learn,
    ]

    package var season: Season
    package var team: String
    /// By row.
    package var squares: [Square]

    /// - Parameter lives: of all teams.
    /// - Returns: nil where the ledger does not know the four weeks before the season.
    package init?(_ season: Season, of team: String, lives: [FindingLife], today: Day) {
        let eligible = season.days.lowerBound.advanced(by: -Self.age)
        guard let first = lives.firstDay, first <= eligible else { return nil }
        self.season = season
        self.team = team
        let own = lives.filter { $0.team == team && $0.opened != nil }
        let last = min(today, season.days.upperBound.advanced(by: -1))
        // Open then, and at the beginning; one that came back since keeps its square, and cannot mark it any more.
        let old = own.filter { life in
            if life.reopened > 0, let opened = life.opened?.day, opened > eligible { return life.firstSeen.day <= eligible }
            return life.isOpen(at: eligible, asOf: today) && life.isOpen(at: season.days.lowerBound.advanced(by: -1), asOf: today)
        }
        .sorted { ($0.openedDay, $0.stableKey) < ($1.openedDay, $1.stableKey) }
        func isFixed(_ life: FindingLife) -> Bool {
            life.openedDay <= eligible && life.earnedFix(by: today).map { $0 <= last } ?? false
        }
        let fixed = Set(old.filter(isFixed).map(\.rule))
        var rules: [String] = []
        for life in old where !rules.contains(life.rule) { rules.append(life.rule) }
        var squares: [Kind: [Square]] = [:]
        // What is done comes first: were squares chosen by anything else, a finding that comes back could bring in a square that is marked.
        squares[.learn] = (rules.filter(fixed.contains) + rules.filter { !fixed.contains($0) }).prefix(4).map { rule in
            Square(
                kind: .learn, text: "a fix of '\(rule)'", mark: fixed.contains(rule) ? .marked : .open, command: "bursar explain \(rule)")
        }
        squares[.fix] = (old.filter(isFixed) + old.filter { !isFixed($0) }).prefix(8).map { life in
            Square(kind: .fix, text: life.message, mark: isFixed(life) ? .marked : .open, command: "bursar explain \(life.id)")
        }
        squares[.keep] = Self.keeps(lives.filter { $0.team == team && $0.opened != nil }, season, team, today: today)
        self.squares = Self.layout.map { kind in
            guard var rest = squares[kind], !rest.isEmpty else {
                return Square(kind: kind, text: "nothing to \(kind.rawValue)", mark: .empty, command: nil)
            }
            let next = rest.removeFirst()
            squares[kind] = rest
            return next
        }
    }

    private static func keeps(_ lives: [FindingLife], _ season: Season, _ team: String, today: Day) -> [Square] {
        let known = lives.reduce(into: [PolicyReference: Day]()) { days, life in
            guard let day = life.opened?.day else { return }
            days[life.policy] = min(days[life.policy] ?? day, day)
        }
        let opened = lives.filter { life in
            guard let day = life.opened?.day, day <= today else { return false }
            // What a new policy finds on its first day was there before.
            return season.days.contains(day) && known[life.policy] != day
        }
        func square(_ text: String, _ isLost: Bool, isEmpty: Bool = false) -> Square {
            Square(
                kind: .keep, text: text, mark: isEmpty ? .empty : isLost ? .lost : .marked,
                command: isEmpty ? nil : "bursar explain \(team)")
        }
        let due = lives.filter { $0.due != nil }
        let overdue = due.contains { life in
            guard let day = life.due?.advanced(by: 1), season.days.contains(day), day <= today else { return false }
            return life.earnedFix(by: today).map { $0 >= day } ?? true
        }
        return [
            square("nothing becomes overdue", overdue, isEmpty: due.isEmpty),
            square("nothing that was fixed comes back", opened.contains { $0.reopened > 0 }),
            square("no budget goes over", opened.contains { $0.policy.kind == .budget }),
            square("nothing critical or high opens", opened.contains { $0.severity >= .high }),
        ]
    }

    /// The lines of four, down, across and through the middle, of which every square that is not empty is marked, and at least one is.
    package var lines: Int {
        let side = Self.side
        let across = (0..<side).map { row in (0..<side).map { row * side + $0 } }
        let down = (0..<side).map { column in (0..<side).map { $0 * side + column } }
        let through = [(0..<side).map { $0 * side + $0 }, (0..<side).map { $0 * side + side - 1 - $0 }]
        return (across + down + through).count { line in
            let marks = line.map { squares[$0].mark }
            // What is kept is not done before the season is over: a line of that alone is no line.
            return marks.allSatisfy { $0 == .marked || $0 == .empty }
                && line.contains { squares[$0].mark == .marked && squares[$0].kind != .keep }
        }
    }

    /// Squares that are marked, those to keep among them.
    package var marked: Int { squares.count { $0.mark == .marked } }
}

extension FindingLife {
    fileprivate var openedDay: Day { opened?.day ?? firstSeen.day }
    /// What it is about, by what is deployed where that is known.
    fileprivate var stableKey: String { "\(policy) \(deployed ?? resource ?? "") \(subject ?? "")" }
}
