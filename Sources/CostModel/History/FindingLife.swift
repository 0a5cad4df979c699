/// A finding's life over many evaluations.
///
/// A finding opens and closes after two consecutive evaluations that agree, so that one odd reading moves no score. An evaluation that
/// could not observe everything, or could not judge the finding, never counts as one in which it was gone.
package struct FindingLife: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// Seen in one evaluation.
        case appearing
        case open
        /// Open, and missing in the last evaluation.
        case disappearing
        case fixed
    }

    /// What tells it from every other life: that of its finding's key, see `FindingKey`; where another life has that already, one of its own.
    package var identity: String
    /// The finding's short id, as it is now.
    package var id: String
    package var policy: PolicyReference
    package var rule: String
    /// Failing or unknown.
    package var verdict: Verdict
    package var severity: Severity
    package var team: String?
    /// `root:address`; nil for a budget.
    package var resource: String?
    package var subject: String?
    package var message: String
    package var state: State
    package var firstSeen: Instant
    package var lastSeen: Instant
    /// The first of the evaluations that opened it, the last time it opened; nil before.
    package var opened: Instant?
    /// When its verdict became *unknown*; nil while it is not.
    package var unknownSince: Instant?
    /// The first evaluation without it; nil while it is there. One that was fixed and appears again keeps it until it is open again.
    package var missedSince: Instant?
    package var fixed: Instant?
    /// The commit at which it was first missing, or the merged change that fixed it.
    package var fixedBy: String?
    /// How often it came back after it was fixed.
    package var reopened: Int
    /// The day by which its policy wants it fixed; it moves on while an exemption covers it. Nil: the policy does not say.
    package var due: Day?
    package var isExempt: Bool
    /// In 28 days.
    package var atStake: Money
    package var monthlySavings: Money?
    /// The first of the evaluations in a row that could not judge it, though it was failing before; nil: it is judged.
    package var unseenSince: Instant?
    /// Why the last of them could not.
    package var unseenReason: String?
    /// What is deployed, see `Resource.deployedName`; the last name that is known.
    package var deployed: String?
    /// Of a budget: the period that it is about; nil in what older versions wrote.
    package var period: String?
    /// The identity by which the ledger knows it, where that is another one.
    package var formerIdentity: String?

    package init(
        identity: String? = nil, id: String, policy: PolicyReference, rule: String, verdict: Verdict, severity: Severity, team: String?,
        resource: String?,
        subject: String?, message: String, state: State, firstSeen: Instant, lastSeen: Instant, opened: Instant? = nil,
        unknownSince: Instant? = nil, missedSince: Instant? = nil, fixed: Instant? = nil, fixedBy: String? = nil, reopened: Int = 0,
        due: Day? = nil, isExempt: Bool = false, atStake: Money, monthlySavings: Money? = nil, unseenSince: Instant? = nil,
        unseenReason: String? = nil, deployed: String? = nil, period: String? = nil
    ) {
        let key = FindingKey(
            policy: policy, subject: subject, resource: resource.map(ResourceIdentity.init(text:)), deployed: deployed, period: period)
        self.identity = identity ?? key.identity
        self.id = id
        self.policy = policy
        self.rule = rule
        self.verdict = verdict
        self.severity = severity
        self.team = team
        self.resource = resource
        self.subject = subject
        self.message = message
        self.state = state
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.opened = opened
        self.unknownSince = unknownSince
        self.missedSince = missedSince
        self.fixed = fixed
        self.fixedBy = fixedBy
        self.reopened = reopened
        self.due = due
        self.isExempt = isExempt
        self.atStake = atStake
        self.monthlySavings = monthlySavings
        self.unseenSince = unseenSince
        self.unseenReason = unseenReason
        self.deployed = deployed
        self.period = period
    }

    /// Whether it counts: from its second sighting to its second absence.
    package var isOpen: Bool { state == .open || state == .disappearing }

    package var key: FindingKey {
        FindingKey(
            policy: policy, subject: subject, resource: resource.map(ResourceIdentity.init(text:)), deployed: deployed, period: period)
    }

    /// See `Finding.names`.
    package var names: [String] { [id] + key.identities }

    /// Takes over where its finding is now, and the identity that follows from that unless another life has it.
    ///
    /// - Parameter taken: the identities of all lives.
    package mutating func follow(_ finding: Finding, taken: inout Set<String>) {
        id = finding.id
        subject = finding.subject
        resource = finding.resource?.identity.description
        period = finding.period ?? period
        follow(deployed: finding.resource?.deployedName, taken: &taken)
    }

    /// The same where its resource was seen and not judged.
    ///
    /// - Parameter deployed: the name of what is deployed there; nil: it is what it was, or not known.
    package mutating func follow(to place: ResourceIdentity, deployed: String?, taken: inout Set<String>) {
        id = Finding.identifier(policy: policy, resource: place, subject: subject)
        resource = place.description
        follow(deployed: deployed, taken: &taken)
    }

    private mutating func follow(deployed name: String?, taken: inout Set<String>) {
        deployed = name ?? deployed
        let wanted = key.identity
        // The one that it gives up stays taken until the ledger has heard of that.
        guard wanted != identity, taken.insert(wanted).inserted else { return }
        formerIdentity = formerIdentity ?? identity
        identity = wanted
    }

    /// Gives a new life an identity of its own.
    package mutating func claim(in taken: inout Set<String>) {
        var number = 1
        while !taken.insert(identity).inserted {
            var hash = SHA256()
            number += 1
            for field in [key.identity, "\(number)"] { hash.update(field: field) }
            identity = String(hash.hexDigest().prefix(32))
        }
    }
}

extension FindingLife: ColumnRecord {
    package static let columns: [Column<FindingLife>] = [
        .init("id", \.id, "the short id, by which people name the finding"),
        .init("identity", \.identity, "what tells the finding from all others: 32 hexadecimal digits"),
        .init("policy", \.policy, "the policy that the finding breaks"),
        .init("rule", \.rule, "what was found: 'bursar explain RULE' describes it"),
        .init("verdict", key: "result", \.verdict, "whether the policy is broken, or cannot be judged yet"),
        .init("severity", \.severity, "how much it matters, as the policy says"),
        .init("team", \.team, "the team that owns the resource; null: nobody's"),
        .init("resource", \.resource, "the resource as 'root:address'; null for a budget"),
        .init("subject", \.subject, "the part of the resource that the finding is about, such as a tag's key"),
        .init("message", \.message, "the finding in one sentence"),
        .init("state", \.state, "where the finding is in its life"),
        .init("first_seen", key: "firstSeen", \.firstSeen, "the first evaluation that had it"),
        .init("last_seen", key: "lastSeen", \.lastSeen, "the last evaluation that had it"),
        .init("opened", \.opened, "the first of the evaluations that opened it, the last time that it opened"),
        .init("unknown_since", key: "unknownSince", \.unknownSince, "when the result became 'unknown'; null while it is not"),
        .init("missed_since", key: "missedSince", \.missedSince, "the first evaluation without it; null while it is there"),
        .init("fixed", \.fixed, "when it was fixed"),
        .init("fixed_by", key: "fixedBy", \.fixedBy, "the commit at which it was first missing, or the merged change that fixed it"),
        .init("reopened", \.reopened, "how often it came back after it was fixed"),
        .init(
            "due", \.due,
            "the last day on which it is fixed in time; it moves while an exemption stops the clock; null: the policy does not say"),
        .init("is_exempt", key: "exempt", \.isExempt, "whether an exemption covers it"),
        .init("at_stake", key: "atStake", \.atStake, "the money that the finding is about", unit: .moneyPer28Days),
        .init("monthly_savings", key: "monthlySavings", \.monthlySavings, "what fixing it would save", unit: .moneyPerMonth),
        .init(
            "unseen_since", key: "unseenSince", \.unseenSince,
            "the first evaluation that could not judge it any more; null while it is judged"),
        .init(
            "unseen_reason", key: "unseenReason", \.unseenReason,
            "why it could not be judged; of a fixed one: that its resource left the code"),
        .init("deployed", \.deployed, "what is deployed, by type and ARN, or by type, account, region and id; null: not known"),
        .init("period", \.period, "of a budget: the period that it is about"),
    ]

    package static var blank: FindingLife {
        FindingLife(
            identity: "", id: "", policy: .blank, rule: "", verdict: .fail, severity: .low, team: nil, resource: nil, subject: nil,
            message: "",
            state: .appearing, firstSeen: .blank, lastSeen: .blank, atStake: .blank)
    }
}
