internal import CostModel

extension FindingLife: Record {
    static let table = Table(
        "lives",
        columns: [
            "id", "policy", "rule", "verdict", "severity", "team", "resource", "subject", "message", "state", "first_seen", "last_seen",
            "opened", "unknown_since", "missed_since", "fixed", "fixed_by", "reopened", "due", "is_exempt", "at_stake", "monthly_savings",
        ], key: ["id"])

    var values: [any Storable] {
        [
            id, policy, rule, verdict, severity, team, resource, subject, message, state, firstSeen, lastSeen, opened, unknownSince,
            missedSince, fixed, fixedBy, reopened, due, isExempt, atStake, monthlySavings,
        ]
    }

    init(_ row: inout Row) throws(LedgerError) {
        self.init(
            id: try row.next(), policy: try row.next(), rule: try row.next(), verdict: try row.next(), severity: try row.next(),
            team: try row.next(), resource: try row.next(), subject: try row.next(), message: try row.next(), state: try row.next(),
            firstSeen: try row.next(), lastSeen: try row.next(), opened: try row.next(), unknownSince: try row.next(),
            missedSince: try row.next(), fixed: try row.next(), fixedBy: try row.next(), reopened: try row.next(), due: try row.next(),
            isExempt: try row.next(), atStake: try row.next(), monthlySavings: try row.next())
    }
}

extension LifeEvent: Record {
    static let table = Table("life_events", columns: ["finding", "time", "kind", "commit"])

    var values: [any Storable] { [finding, time, kind, commit] }

    init(_ row: inout Row) throws(LedgerError) {
        self.init(finding: try row.next(), time: try row.next(), kind: try row.next(), commit: try row.next())
    }
}

extension ExemptionUse: Record {
    static let table = Table(
        "exemption_uses", columns: ["exemption", "finding", "first_used", "last_used", "expires"], key: ["exemption", "finding"])

    var values: [any Storable] { [exemption, finding, firstUsed, lastUsed, expires] }

    init(_ row: inout Row) throws(LedgerError) {
        self.init(
            exemption: try row.next(), finding: try row.next(), firstUsed: try row.next(), lastUsed: try row.next(),
            expires: try row.next())
    }
}
