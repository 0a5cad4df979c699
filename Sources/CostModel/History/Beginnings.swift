/// When what fails of parts began to, and of whom: what began for several teams at once is asked for since then, and nobody's doing.
struct Beginnings {
    private struct Beginning: Hashable {
        var policy: PolicyReference
        var subject: String?
        var begun: Instant
    }

    private var teams: [Beginning: Set<String?>] = [:]
    private let beginnings: [Int: Beginning]

    init(_ findings: [Finding], _ lives: [FindingLife], _ lifeOf: [Int: Int], at now: Instant) {
        var beginnings: [Int: Beginning] = [:]
        for index in findings.indices where findings[index].subject != nil && Self.fails(findings[index]) {
            let begun = lifeOf[index].map { lives[$0].firstSeen } ?? now
            let beginning = Beginning(policy: findings[index].policy, subject: findings[index].subject, begun: begun)
            beginnings[index] = beginning
            teams[beginning, default: []].insert(findings[index].team)
        }
        self.beginnings = beginnings
    }

    func isOfOneTeam(_ index: Int) -> Bool { beginnings[index].flatMap { teams[$0]?.count } == 1 }

    /// Whether a part fails, or passes in the code alone.
    static func fails(_ finding: Finding) -> Bool {
        finding.enforcement.counts && (finding.verdict == .fail && finding.hasLife || finding.awaitsApply)
    }
}
