import CostModel

/// Lives of findings, as tests need them.
enum Lives {
    static let start = Day(year: 2026, month: 7, day: 1)
    static let tags = PolicyReference(.tagging, "tags")

    /// - Parameters:
    ///   - opened: days after `start`.
    ///   - fixed: likewise; nil: it is open.
    static func life(
        _ id: String, opened: Int, fixed: Int? = nil, team: String = "payments", policy: PolicyReference = tags,
        rule: String = "missing-tag",
        dollars: Int = 10, commit: String? = "c0ffee"
    ) -> FindingLife {
        let (open, gone) = (start.advanced(by: opened).start, fixed.map { start.advanced(by: $0).start })
        return FindingLife(
            identity: id, id: id, policy: policy, rule: rule, verdict: .fail, severity: .high, team: team, resource: "infra:\(id)",
            subject: nil,
            message: "the finding \(id)", state: gone == nil ? .open : .fixed, firstSeen: open, lastSeen: gone ?? open, opened: open,
            fixed: gone,
            fixedBy: gone == nil ? nil : commit, atStake: Money(FixedDecimal(dollars), .usd))
    }

    static func day(_ number: Int) -> Day { start.advanced(by: number) }
}
