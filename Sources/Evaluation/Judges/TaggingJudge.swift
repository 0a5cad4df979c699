import Conditions
import CostModel

/// Holds resources against one tagging policy: a finding for each resource and required key.
struct TaggingJudge: ResourceJudge {
    private let policy: TaggingPolicy
    private let currency: Currency
    private var allowed: [AllowedValues]

    static let findingTypes = [
        AliasedTag.description, EmptyTag.description, MissingTag.description, UnknownTag.description, WrongTagValue.description,
    ]

    init(_ policy: TaggingPolicy, _ context: JudgingContext) {
        var policy = policy
        // In the order in which findings are shown, so that those of an estate without a bill need no sorting.
        policy.requires.sort { $0.key < $1.key }
        self.policy = policy
        currency = context.currency
        allowed = policy.requires.map { AllowedValues(of: $0, teams: context.teams) }
    }

    /// Types that take no tags are not applicable: they neither pass nor fail, and their spend is not in scope.
    static func applies(to resource: Resource) -> Bool { resource.tags.supported != false }

    mutating func judge(_ subject: EvaluatedResource, _ record: @autoclosure () -> ResourceRecord) -> ResourceOutcome {
        var findings = policy.requires.indices.map { finding(for: policy.requires[$0], at: $0, on: subject) }
        share(subject, among: &findings)
        return .findings(findings)
    }

    /// Of many required keys three that fail put all at stake: keys that nobody lacks make no finding smaller.
    private func share(_ subject: EvaluatedResource, among findings: inout [Finding]) {
        guard findings.count > Self.mostParts else { return }
        let failing = findings.indices.filter { findings[$0].verdict != .pass }
        for index in failing {
            findings[index].stake(of: Int128(max(Self.mostParts, failing.count)), on: subject, in: currency)
        }
    }

    private static let mostParts = 3

    private mutating func finding(for required: RequiredTag, at index: Int, on subject: EvaluatedResource) -> Finding {
        let key = required.key
        switch TagState(of: required, in: subject.resource.tags, allowed: &allowed[index]) {
        case .satisfied(let value):
            var finding = finding(MissingTag.id, .pass, key, on: subject, MissingTag.satisfied(key: key, value: value))
            finding.awaitsApply = isWithout(required, index, deployed: subject.resource.deployed?.tags)
            return finding
        case .unknown(let reason):
            var finding = finding(UnknownTag.id, .unknown, key, on: subject, UnknownTag.message(key: key, reason: reason))
            finding.reason = reason
            return finding
        case .missing: return failure(MissingTag.id, required, index, on: subject, MissingTag.message(key: key))
        case .empty: return failure(EmptyTag.id, required, index, on: subject, EmptyTag.message(key: key))
        case .wrong(let value):
            return failure(WrongTagValue.id, required, index, on: subject, WrongTagValue.message(required, value: value))
        case .aliased(let alias): return failure(AliasedTag.id, required, index, on: subject, AliasedTag.message(key: key, alias: alias))
        }
    }

    /// Whether what runs is known not to carry what the code says.
    private mutating func isWithout(_ required: RequiredTag, _ index: Int, deployed tags: [String: String]?) -> Bool {
        guard let tags else { return false }
        guard let value = tags[required.key] else { return true }
        return !allowed[index].contains(value)
    }

    private mutating func failure(
        _ rule: String, _ required: RequiredTag, _ index: Int, on subject: EvaluatedResource, _ message: String
    ) -> Finding {
        var finding = finding(rule, .fail, required.key, on: subject, message)
        switch TagProposal(for: required, on: subject, allowed: &allowed[index]) {
        case .value(let value):
            if let reason = refusal(of: required, index, value, on: subject.resource) {
                finding.reason = reason
                finding.fix = .advisory
            } else {
                finding.proposal = [required.key: value]
            }
        case .none(let reason):
            finding.reason = reason
            finding.fix = .advisory
        }
        return finding
    }

    /// Why the service would refuse what the policy proposes.
    private func refusal(of required: RequiredTag, _ index: Int, _ value: String, on resource: Resource) -> String? {
        let rules = ServiceTagRules(resource.type)
        if let reason = rules.refusal(key: required.key, value: value) { return reason }
        let tags = resource.tags.tags
        guard tags[required.key] == nil, !required.aliases.contains(where: { tags[$0] != nil }) else { return nil }
        if rules.ignoresCase, let other = tags.keys.first(where: { $0.lowercased() == required.key.lowercased() }) {
            return "'\(other)' is there, and for this service keys that differ only in case are one"
        }
        let earlier = policy.requires.prefix(index).count { tags[$0.key] == nil && !$0.aliases.contains { tags[$0] != nil } }
        guard tags.count + earlier >= rules.mostTags else { return nil }
        return "the resource has \(tags.count) tags, and the service allows \(rules.mostTags)"
    }

    /// At stake is the resource's spend, shared equally by the required keys.
    private func finding(_ rule: String, _ verdict: Verdict, _ key: String, on subject: EvaluatedResource, _ message: String) -> Finding {
        var finding = Finding(
            policy: policy.header, rule: rule, verdict: verdict, team: subject.owner?.name, message: message, subject: key,
            resource: subject.reference, location: subject.resource.location, monthlyCost: subject.monthlyCost, atStake: nil)
        finding.stake(of: Int128(policy.requires.count), on: subject, in: currency)
        return finding
    }
}
