package import CostModel

/// What one policy says of one resource, or of all instances of one block: findings that people read as one line.
struct FindingGroup: Sendable {
    /// What a comparison adds to a finding; findings that differ in it stand apart.
    struct Remarks: Hashable, Sendable {
        var details: [String] = []
        var cause: String?
    }

    /// In the order of the evaluation; never empty.
    private(set) var findings: [Finding]
    /// How many resources they are about.
    private(set) var instances = 1
    /// `tags cost-center, team are missing; tag 'environment' is 'live', not one of 'prod'`
    let message: String
    let remarks: Remarks
    /// Where its first finding stood among those that were folded.
    private let index: Int

    private init(_ findings: [Finding], _ remarks: Remarks, at index: Int) {
        self.findings = findings
        self.remarks = remarks
        self.index = index
        message = FoldedMessage.text(of: findings)
    }

    /// What the findings of a group agree in.
    var first: Finding { findings[0] }
    /// The worst of them.
    var severity: Severity { findings.map(\.severity).max() ?? first.severity }
    var fixable: Int { findings.count(where: \.isFixable) }

    /// What those that fail put at stake in a month, where that is known of all of them and not nothing.
    var shownAtStake: Money? {
        let failing = findings.filter { $0.verdict == .fail }
        guard let currency = failing.first?.atStake?.currency, let stake = failing.monthlyAtStake(in: currency) else { return nil }
        return stake.amount.isZero ? nil : stake
    }

    /// The same as text; of resources without a bill by estimate: `~$412`.
    var stakeText: String? {
        if let stake = shownAtStake { return stake.short }
        // What several policies' findings about one resource are about is the same money.
        let estimates = findings.filter { $0.verdict == .fail }.compactMap { finding in
            finding.estimatedMonthly.map { (finding.resource?.identity, $0) }
        }
        guard let first = estimates.first else { return nil }
        var counted: Set<ResourceIdentity?> = []
        let sum = estimates.reduce(Money.zero(first.1.currency)) { sum, next in
            next.0 == nil || counted.insert(next.0).inserted ? sum + next.1 : sum
        }
        return sum.amount.isZero ? nil : "~\(sum.short)"
    }

    /// The resource, or the block and how many of its instances: `aws_instance.web ×12`.
    var shownResource: String {
        guard instances > 1, let resource = first.resource else { return first.shownResource }
        let block = resource.identity.block
        return "\(block.shown(at: first.location)) ×\(instances)"
    }
}

extension FindingGroup {
    /// Folds the findings of one policy about one resource; broken objectives first, then the most money, then the most severe.
    ///
    /// - Parameter joinsInstances: also fold instances of one block of which the same is said.
    /// - Parameter remarks: what is to be said beside the finding at an index.
    static func groups(
        of findings: [Finding], joinsInstances: Bool, remarks: (Int) -> Remarks = { _ in Remarks() }
    ) -> [FindingGroup] {
        var places: [ResourceKey: Int] = [:]
        var members: [(findings: [Finding], remarks: Remarks, index: Int)] = []
        for (index, finding) in findings.enumerated() {
            let remarks = remarks(index)
            // What is about no resource is about a part of the bill, each of which is a line of its own.
            if let key = ResourceKey(finding, remarks) {
                if let place = places[key] {
                    members[place].findings.append(finding)
                    continue
                }
                places[key] = members.count
            }
            members.append(([finding], remarks, index))
        }
        let groups = members.map { FindingGroup($0.findings, $0.remarks, at: $0.index) }
        return ordered(joinsInstances ? joined(groups) : groups)
    }

    /// Sums are made once for each group, and not for each pair that is compared.
    private static func ordered(_ groups: [FindingGroup]) -> [FindingGroup] {
        let orders = groups.map(Order.init)
        return groups.indices.sorted { orders[$0] < orders[$1] }.map { groups[$0] }
    }

    /// What a change does to findings, folded likewise where it does the same to them for the same causes.
    static func groups(of changes: [Comparison.FindingChange], joinsInstances: Bool) -> [FindingGroup] {
        groups(of: changes.map(\.finding), joinsInstances: joinsInstances) { index in
            Remarks(details: changes[index].details, cause: changes[index].causeText)
        }
    }

    private static func joined(_ groups: [FindingGroup]) -> [FindingGroup] {
        var places: [BlockKey: Int] = [:]
        var result: [FindingGroup] = []
        for group in groups {
            if let key = BlockKey(group) {
                if let place = places[key] {
                    result[place].findings += group.findings
                    result[place].instances += 1
                    continue
                }
                places[key] = result.count
            }
            result.append(group)
        }
        return result
    }

    /// Whether findings are excused, and by what: those that are stand apart from those that are not.
    private struct Status: Hashable {
        let verdict: Verdict
        let enforcement: Enforcement
        let exemption: String?
        let baseline: Bool

        init(_ finding: Finding) {
            verdict = finding.verdict
            enforcement = finding.enforcement
            exemption = finding.exemption
            baseline = finding.baseline
        }
    }

    private struct ResourceKey: Hashable {
        let policy: PolicyReference
        let resource: ResourceIdentity
        let team: String?
        let status: Status
        let remarks: Remarks

        init?(_ finding: Finding, _ remarks: Remarks) {
            guard let resource = finding.resource?.identity else { return nil }
            policy = finding.policy
            self.resource = resource
            team = finding.team
            status = Status(finding)
            self.remarks = remarks
        }
    }

    private struct BlockKey: Hashable {
        let policy: PolicyReference
        let block: ResourceIdentity
        let location: Place?
        let team: String?
        let status: Status
        let severity: Severity
        let message: String
        let fixable: Int
        let remarks: Remarks

        init?(_ group: FindingGroup) {
            guard let resource = group.first.resource?.identity else { return nil }
            policy = group.first.policy
            block = resource.block
            location = group.first.location
            team = group.first.team
            status = Status(group.first)
            severity = group.severity
            message = group.message
            fixable = group.fixable
            remarks = group.remarks
        }
    }
}

extension FindingGroup {
    /// Where a group stands among others.
    private struct Order: Comparable {
        let isFailing: Bool
        let breaksObjective: Bool
        let stake: Money?
        let severity: Severity
        let index: Int

        init(_ group: FindingGroup) {
            isFailing = group.findings[0].isFailing
            breaksObjective = group.findings[0].breaksObjective
            stake = group.shownAtStake
            severity = group.severity
            index = group.index
        }

        static func < (a: Order, b: Order) -> Bool {
            // Not what is excused: that waits until the rest is read.
            if a.isFailing != b.isFailing { return a.isFailing }
            if a.breaksObjective != b.breaksObjective { return a.breaksObjective }
            if a.stake != b.stake { return Money.precedes(a.stake, b.stake) }
            if a.severity != b.severity { return a.severity > b.severity }
            return a.index < b.index
        }
    }
}

extension ResourceIdentity {
    /// Whether a text of a report means this resource or its block: `infra/prod:aws_instance.web["a"]`, `aws_instance.web`.
    package func isNamed(_ text: String) -> Bool {
        [address, blockAddress].contains { text == $0 || text == "\(root):\($0)" }
    }
}
