import Conditions
import CostModel
import Patterns

/// Holds what is deployed against what the code says: a finding for each tag and argument that differs.
struct DriftJudge: ResourceJudge {
    private let policy: DriftPolicy
    private let cloud: CloudInventory
    private let currency: Currency

    static let findingTypes = [Drift.description]

    init(_ policy: DriftPolicy, _ context: JudgingContext) {
        self.policy = policy
        cloud = context.state.cloud
        currency = context.currency
    }

    /// What is in no state is not deployed: there is nothing that could have drifted.
    static func applies(to resource: Resource) -> Bool { resource.deployed != nil }

    func judge(_ subject: EvaluatedResource, _ record: @autoclosure () -> ResourceRecord) -> ResourceOutcome {
        let resource = subject.resource
        guard let deployed = resource.deployed else { return .findings([]) }
        let entry = policy.comparison == .cloud ? cloud.entry(of: resource) : nil
        if policy.comparison == .cloud, entry == nil {
            return .findings([finding(.unknown, nil, on: subject, Drift.unknown("it", Drift.unobserved), reason: Drift.unobserved)])
        }
        var differences: [Difference] = []
        if let present = entry.map(\.tags) ?? deployed.tags { differences += tags(of: resource, present, entry) }
        differences += arguments(of: resource, entry)
        let failing = differences.count { $0.verdict == .fail }
        if differences.isEmpty { return .findings([finding(.pass, nil, on: subject, Drift.none)]) }
        return .findings(differences.map { found(subject, $0, among: failing) })
    }

    /// One tag or argument that is not, or may not be, what the code says.
    private struct Difference {
        var subject: String
        var verdict: Verdict
        var message: String
        var proposal: [String: String] = [:]
        var reason: String?
    }

    // MARK: Tags

    private func tags(of resource: Resource, _ present: [String: String], _ entry: CloudInventory.Entry?) -> [Difference] {
        guard resource.tags.supported != false else { return [] }
        let keys = Set(resource.tags.tags.keys).union(present.keys).filter { key in
            !key.hasPrefix("aws:") && !resource.ignoredChanges.coversTag(key) && !policy.ignoredTags.contains { $0.matches(key) }
        }
        let applied = entry == nil ? nil : resource.deployed?.tags
        return keys.sorted().compactMap { key in
            let what = "tag '\(key)'"
            let code = resource.tags.tags[key]
            // What was applied last, and what is there, agree: the code is ahead of both, or says the same.
            if entry != nil, let applied, applied[key] == present[key] { return nil }
            if let code, code.value == nil {
                return unknown(key, what, code.unknownReason ?? "its value is known only after apply")
            }
            if code == nil {
                guard present[key] != nil else { return nil }
                if let reason = resource.tags.reason(hiding: key) { return unknown(key, what, reason) }
            }
            guard code?.value != present[key] else { return nil }
            let message = Drift.message(what, present: present[key], code: code?.value, source(entry), resource.identity.root)
            guard let value = present[key] else {
                return Difference(
                    subject: key, verdict: .fail, message: message,
                    reason: "a tag is not taken out of the code: whoever removed it knows why")
            }
            return Difference(subject: key, verdict: .fail, message: message, proposal: [key: value])
        }
    }

    // MARK: Arguments

    /// Only arguments that the code writes: of others Terraform keeps what is there.
    private func arguments(of resource: Resource, _ entry: CloudInventory.Entry?) -> [Difference] {
        var present = entry?.arguments ?? [:]
        if let size = resource.size, entry == nil, let running = resource.deployed?.size { present[size.name] = running }
        return present.sorted { $0.key < $1.key }.compactMap { name, value in
            guard !resource.ignoredChanges.coversArgument(name) else { return nil }
            let isSize = resource.size?.name == name
            if isSize, entry != nil, resource.deployed?.size == value { return nil }
            let written: Written
            if isSize, let size = resource.size {
                written = size.value.map { .value($0) } ?? .unknown(size.unknownReason ?? "it is known only after apply")
            } else {
                written = resource.attributes.attribute(at: name).map { Written($0) } ?? .nothing
            }
            switch written {
            case .nothing: return nil
            case .unknown(let reason): return unknown(Self.subject(name), name, reason)
            case .value(let code):
                guard code != value else { return nil }
                if isSize, let reason = resource.size?.undecidedReason { return unknown(Self.subject(name), name, reason) }
                return Difference(
                    subject: Self.subject(name), verdict: .fail,
                    message: Drift.message(name, present: value, code: code, source(entry), resource.identity.root),
                    proposal: [name: value])
            }
        }
    }

    private enum Written {
        case nothing
        case value(String)
        case unknown(String)

        init(_ attribute: ResourceAttribute) {
            switch attribute.value {
            case .string(let text): self = .value(text)
            case .number(let number): self = .value(number.description)
            case .bool(let isTrue): self = .value(isTrue ? "true" : "false")
            case .unknown(let reason): self = .unknown(reason)
            case .null, .list, .map: self = .nothing
            }
        }
    }

    /// An argument may be called like a tag.
    static func subject(_ argument: String) -> String { "argument \(argument)" }

    // MARK: Findings

    private func source(_ entry: CloudInventory.Entry?) -> String { entry == nil ? "the state" : "the cloud" }

    private func unknown(_ subject: String, _ what: String, _ reason: String) -> Difference {
        Difference(subject: subject, verdict: .unknown, message: Drift.unknown(what, reason), reason: reason)
    }

    /// At stake is the resource's spend, shared equally by what has drifted.
    private func found(_ subject: EvaluatedResource, _ difference: Difference, among failing: Int) -> Finding {
        var finding = finding(difference.verdict, difference.subject, on: subject, difference.message, reason: difference.reason)
        finding.proposal = difference.proposal
        if difference.verdict == .fail {
            finding.stake(of: Int128(failing), on: subject, in: currency)
            if difference.proposal.isEmpty { finding.fix = .advisory }
        }
        return finding
    }

    private func finding(
        _ verdict: Verdict, _ about: String?, on subject: EvaluatedResource, _ message: String, reason: String? = nil
    ) -> Finding {
        var finding = Finding(
            policy: policy.header, rule: Drift.id, verdict: verdict, team: subject.owner?.name, message: message, subject: about,
            resource: subject.reference, location: subject.resource.location, monthlyCost: subject.monthlyCost, atStake: nil)
        finding.stake(on: subject, in: currency)
        finding.reason = reason
        return finding
    }
}
