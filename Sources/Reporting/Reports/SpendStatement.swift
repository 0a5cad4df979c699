package import CostModel

/// What a team has to pay for, line by line: what is its own, what others gave it, and what it gave to others. The lines add up exactly to the
/// sum, and the statements of all teams and of what is nobody's to the bill.
package struct SpendStatement: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        package enum Part: String, Hashable, Sendable, CaseIterable {
            case direct
            /// Its share of what an allocation divides.
            case shared
            /// What an allocation takes from it.
            case given
        }

        package var part: Part
        /// A service; of the other parts an allocation.
        package var name: String
        /// Whose a share was, and who gets what is given; nil: nobody's, and of what is direct.
        package var other: String?
        /// What is given is below zero.
        package var amount: FixedDecimal
        /// The command that says where it comes from.
        package var trace: String
    }

    /// Nil: what belongs to nobody.
    package var team: String?
    package var currency: Currency
    package var lines: [Line]
    /// How many of the days are on the bill; nil where nobody knows.
    package var coverage: DayCoverage?
    /// What allocations left where it was, and why.
    package var undivided: [Showback.Undivided]

    /// - Parameters:
    ///   - showback: of the span's days, without a unit.
    ///   - costs: by day, team and service.
    package init(of team: String?, in span: ReportSpan, _ showback: Showback, costs: [DailyCost]) {
        self.team = team
        currency = showback.currency
        coverage = showback.coverage
        undivided = team == nil ? showback.undivided : []
        var services: [String: FixedDecimal] = [:]
        for cost in costs where span.days.contains(cost.day) && cost.team == team {
            services[cost.service, default: .zero] += cost.amount.amount
        }
        let period = span.period
        let direct = services.filter { !$0.value.isZero }.map { name, amount in
            Line(part: .direct, name: name, amount: amount, trace: "bursar cost --by team,service,resource --period \(period)")
        }
        let shared = showback.shares.filter { team != nil && $0.receiver == team }.map { share in
            Line(
                part: .shared, name: share.allocation, other: share.giver, amount: share.amount,
                trace: "bursar explain Allocation/\(share.allocation)")
        }
        let given = showback.shares.filter { $0.giver == team }.map { share in
            Line(
                part: .given, name: share.allocation, other: share.receiver, amount: .zero - share.amount,
                trace: "bursar explain Allocation/\(share.allocation)")
        }
        lines = [direct, shared, given].flatMap { part in
            part.sorted { a, b in
                if a.amount.magnitude != b.amount.magnitude { return a.amount.magnitude > b.amount.magnitude }
                return (a.name, a.other ?? "") < (b.name, b.other ?? "")
            }
        }
    }

    package func sum(_ part: Line.Part) -> FixedDecimal { lines.lazy.filter { $0.part == part }.map(\.amount).reduce(.zero, +) }
    package var total: FixedDecimal { lines.lazy.map(\.amount).reduce(.zero, +) }
    package var name: String { team ?? "unallocated" }

    /// Why the sum is not all that the span cost; nil: it is.
    package var gap: String? { coverage?.gap.map { "\(isKnown ? "a part" : "not known"): \($0)" } }

    /// Whether any day is there: of none nothing is known, which is not the same as nothing.
    package var isKnown: Bool { coverage.map { $0.known > 0 } ?? true || !lines.isEmpty }
}

extension SpendStatement.Line {
    /// `shared-network, from unallocated`
    package var words: String {
        switch part {
        case .direct: name.isEmpty ? "no service" : name
        case .shared: "\(name), from \(other ?? "what is nobody's")"
        case .given: "\(name), to \(other ?? "nobody")"
        }
    }
}
