import CostModel

/// Reads from findings what would fix them.
///
/// The finding says which value is wanted; the resource's provenance says where that value is, or could be, written.
struct FixRequests {
    private(set) var requests: [FixRequest] = []
    private(set) var refusals: [RefusedFix] = []
    private let policies: PolicySet
    private let resources: ResourceIndex
    private let sources: SourceLibrary
    private let deployment: Deployment

    init(findings: [Finding], policies: PolicySet, resources: ResourceIndex, sources: SourceLibrary) {
        self.policies = policies
        self.resources = resources
        self.sources = sources
        deployment = Deployment(resources.resources)
        // A budget is kept by no line of code.
        for finding in findings where finding.isFailing && finding.resource != nil { add(finding) }
    }

    private mutating func add(_ finding: Finding) {
        guard let identity = finding.resource?.identity, let resource = resources[identity] else { return }
        let outcome: (subject: FixRequest.Subject, value: String, candidates: [FixRequest.Candidate])?
        var reason = finding.reason ?? "no value is known that would fix it"
        switch finding.policy.kind {
        case .schedule where finding.proposal[GroupSchedule.type] != nil: return addSchedule(finding, resource)
        case .tagging, .schedule: outcome = tagging(finding, resource, &reason)
        case .rightsizing: outcome = sizing(finding, resource, &reason)
        case .rule: return addRule(finding, resource)
        case .drift:
            switch Self.drift(finding, resource, sources) {
            case .tag: outcome = tagging(finding, resource, &reason)
            case .candidates(let subject, let value, let candidates): outcome = (subject, value, candidates)
            case .impossible(let why):
                outcome = nil
                reason = why
            }
        // Of these no finding is about a resource, or none has a fix.
        case .budget, .anomaly, .commitment, .egress, .guardrail, .serviceLevel, .workspace, .team, .allocation, .metric, .tagRule,
            .exemption, .baseline,
            .notification, .scenario, .campaign, .test:
            outcome = nil
        }
        if let outcome, let ignored = ignored(outcome.subject, of: resource) { return refuse(finding, ignored) }
        guard let outcome, !outcome.candidates.isEmpty, finding.fix != .advisory else {
            if outcome != nil, finding.fix == .advisory { reason = "the policy offers advice only" }
            refuse(finding, reason)
            return
        }
        requests.append(
            FixRequest(
                finding: finding.id, team: finding.team, resource: identity, subject: outcome.subject, value: outcome.value,
                applicability: finding.fix, monthlySavings: finding.monthlySavings, candidates: outcome.candidates,
                isForItselfOnly: finding.policy.kind == .schedule))
    }

    /// Why Terraform would not make the change, or would make another one; nil where it would do as it is told.
    private func ignored(_ subject: FixRequest.Subject, of resource: Resource) -> String? {
        guard resource.ignoredChanges != .none || resource.tags.changeReplaces, deployment.mayHave(resource) else { return nil }
        if case .tag = subject, resource.tags.changeReplaces { return Self.replaces(resource.type) }
        switch subject {
        case .tag(let key): return resource.ignoredChanges.coversTag(key) ? Self.ignoresTag(key) : nil
        case .size(let name), .argument(let name): return resource.ignoredChanges.coversArgument(name) ? Self.ignoresArgument(name) : nil
        case .block: return nil
        }
    }

    private static func replaces(_ type: String) -> String {
        "the provider cannot change the tags of \(type): it would destroy the resource and make another one"
    }
    private static func ignoresTag(_ key: String) -> String {
        "Terraform ignores changes of the tag '\(key)' once the resource exists (ignore_changes or ignore_tags)"
    }
    private static func ignoresArgument(_ name: String) -> String {
        "Terraform ignores changes of \(name) once the resource exists (ignore_changes)"
    }

    // MARK: Rules

    /// One request for each argument that a rule sets; all or none, because the finding goes only when all are made.
    private mutating func addRule(_ finding: Finding, _ resource: Resource) {
        let rule = policies.policy(finding.policy, Rule.self)
        if let addition = rule?.addition { return add(addition, finding, resource) }
        guard let rule, !rule.changes.isEmpty else {
            return refuse(finding, finding.reason ?? "no value is known that would fix it")
        }
        guard finding.fix != .advisory else { return refuse(finding, finding.reason ?? "the policy offers advice only") }
        var made: [FixRequest] = []
        for change in rule.changes {
            switch ArgumentLocation.find(change, in: resource, sources) {
            case .candidate(let candidate):
                if let ignored = ignored(.argument(change.name), of: resource) { return refuse(finding, ignored) }
                made.append(
                    FixRequest(
                        finding: finding.id, team: finding.team, resource: resource.identity,
                        subject: change.name == resource.size?.name ? .size(change.name) : .argument(change.name),
                        value: change.value.text, applicability: finding.fix,
                        monthlySavings: made.isEmpty ? finding.monthlySavings : nil, candidates: [candidate]))
            case .holds: continue
            case .impossible(let reason): return refuse(finding, reason)
            }
        }
        guard !made.isEmpty else { return refuse(finding, "the code already says what the rule sets") }
        requests += made
    }

    // MARK: Blocks

    private mutating func add(_ addition: Rule.Addition, _ finding: Finding, _ resource: Resource) {
        switch NewBlocks(beside: resource, in: resources).blocks(addition) {
        case .success(let blocks): add(blocks, finding, resource)
        case .failure(let obstacle): refuse(finding, obstacle.reason)
        }
    }

    private mutating func addSchedule(_ finding: Finding, _ resource: Resource) {
        guard let policy = policies.policy(finding.policy, SchedulePolicy.self) else { return refuse(finding, "its policy is not known") }
        switch NewBlocks(beside: resource, in: resources).blocks(policy.needed) {
        case .success(let blocks): add(blocks, finding, resource)
        case .failure(let obstacle): refuse(finding, obstacle.reason)
        }
    }

    private mutating func add(_ blocks: [NewBlock], _ finding: Finding, _ resource: Resource) {
        guard finding.fix != .advisory, let first = blocks.first else {
            return refuse(finding, finding.reason ?? "the policy offers advice only")
        }
        let addresses = blocks.map { "\($0.type).\($0.name)" }
        let text = blocks.map(\.text).joined(separator: "\n\n")
        var request = FixRequest(
            finding: finding.id, team: finding.team, resource: resource.identity, subject: .block(addresses.joined(separator: " and ")),
            value: first.type, applicability: finding.fix, monthlySavings: finding.monthlySavings,
            candidates: [.init(location: .behind(resource.block), operation: .add(block: addresses[0], text: text))])
        request.added = Set(blocks.map { NewBlocks.identity(of: $0, beside: resource) })
        requests.append(request)
    }

    private mutating func refuse(_ finding: Finding, _ reason: String) {
        refusals.append(
            RefusedFix(
                finding: finding.id, team: finding.team, location: finding.location, title: finding.message, reason: reason,
                monthlySavings: finding.monthlySavings, resource: finding.resource?.identity, key: finding.subject,
                value: finding.subject.flatMap { finding.proposal[$0] }))
    }

    // MARK: Tags

    private func tagging(
        _ finding: Finding, _ resource: Resource, _ reason: inout String
    ) -> (subject: FixRequest.Subject, value: String, candidates: [FixRequest.Candidate])? {
        guard let key = finding.subject, let value = finding.proposal[key] else { return nil }
        var candidates: [FixRequest.Candidate] = []
        let present = resource.tags.tags[key]
        if let present, !present.isProviderDefault {
            if let literal = present.literal {
                candidates.append(
                    .init(location: sources.location(of: literal), operation: .replace(literal: literal, value: .string(value))))
            } else {
                reason = "the value is " + (present.computedReason ?? "computed")
            }
        } else {
            // A wrong default tag is set right where it stands; what a resource says for itself comes second.
            if let literal = present?.literal {
                candidates.append(
                    .init(location: sources.location(of: literal), operation: .replace(literal: literal, value: .string(value))))
            }
            candidates += rename(to: key, value, resource, finding)
            // A key that cannot be renamed, because something else reads it, gets no second one beside it.
            let steps = candidates.flatMap(\.steps)
            let renamed = Set(steps.lazy.filter { if case .rename = $0.operation { true } else { false } }.map(\.location))
            candidates += insertions(key, value, resource, &reason).filter { !$0.steps.contains { renamed.contains($0.location) } }
        }
        return (.tag(key), value, candidates)
    }

    /// An alias whose value is the wanted one is renamed in place.
    private func rename(to key: String, _ value: String, _ resource: Resource, _ finding: Finding) -> [FixRequest.Candidate] {
        guard let policy = policies.policy(finding.policy, TaggingPolicy.self),
            let required = policy.requires.first(where: { $0.key == key }), resource.tags.tags[key] == nil
        else { return [] }
        for alias in required.aliases {
            guard let tag = resource.tags.tags[alias], tag.value == value, !tag.isProviderDefault, tag.key != nil, let item = tag.item,
                case let location = sources.location(of: item), case .collection = location
            else { continue }
            return [.init(location: location, operation: .rename(item: item, from: alias, key: key))]
        }
        return []
    }

    private func insertions(_ key: String, _ value: String, _ resource: Resource, _ reason: inout String) -> [FixRequest.Candidate] {
        if resource.tags.insertions.isEmpty { reason = resource.tags.insertionObstacle ?? "there is no literal to write the key into" }
        return resource.tags.insertions.flatMap { place in
            let own = FixRequest.Step(location: place, operation: .insert(key: key, value: value))
            let alone = FixRequest.Candidate([own])
            guard let adoption = resource.tags.adoptions.first(where: { $0.place == place }) else { return [alone] }
            return adopting(adoption, key, value, own) + [alone]
        }
    }

    /// As the blocks around do: the tags come from where theirs come from, which gets the key where it lacks it; else the block has the key
    /// beside them.
    private func adopting(
        _ adoption: TagAdoption, _ key: String, _ value: String, _ own: FixRequest.Step
    ) -> [FixRequest.Candidate] {
        let adopt = FixRequest.Step(location: adoption.place, operation: .adopt(adoption.expression))
        // It stays right where another key of the same block has to go elsewhere, with which it may be taken back.
        if adoption.values[key] == value { return [FixRequest.Candidate([adopt]), FixRequest.Candidate([adopt])] }
        let beside = FixRequest.Candidate([adopt, own])
        guard !adoption.keys.contains(key) else { return [beside] }
        let shared = adoption.insertions.map { FixRequest.Candidate([.init(location: $0, operation: own.operation), adopt]) }
        return shared + [beside]
    }

    // MARK: Sizes

    private func sizing(
        _ finding: Finding, _ resource: Resource, _ reason: inout String
    ) -> (subject: FixRequest.Subject, value: String, candidates: [FixRequest.Candidate])? {
        guard let size = resource.size, let value = finding.proposal[size.name] else { return nil }
        guard let literal = size.literal else {
            reason = "the size is " + (size.computedReason ?? "computed")
            return (.size(size.name), value, [])
        }
        return (
            .size(size.name), value,
            [.init(location: sources.location(of: literal), operation: .replace(literal: literal, value: .string(value)))]
        )
    }
}
