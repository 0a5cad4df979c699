import CostModel
import Observation

/// What of a change counts before it is merged: whatever would exempt it comes from its base. Nobody exempts themselves.
struct Trust {
    /// The head's policies with the base's exemptions, baseline and permissions.
    private(set) var policies: PolicySet
    /// Exemptions that wait.
    private(set) var exemptions: [Exemption] = []
    /// What else waits.
    private(set) var pending: [Comparison.Pending] = []
    private var trustsComments = false

    /// The change is trusted whole.
    static func everything(_ policies: PolicySet) -> Trust {
        var trust = Trust(policies)
        trust.trustsComments = true
        return trust
    }

    private init(_ policies: PolicySet) {
        self.policies = policies
    }

    /// - Parameters:
    ///   - base: nil: there is none that could vouch for anything.
    ///   - stated: the inventories that the target states; its others are those of where the change began.
    ///   - hasCode: whether the head has code where an inventory of the base looks for it.
    init(
        _ head: PolicySet, base: EvaluatedWorkspace?, stated: [InventorySource]? = nil, hasCode: (InventorySource) -> Bool = { _ in true }
    ) {
        policies = head
        if let base {
            keepSources(of: base.policies.workspace)
            keepTagRules(of: base.policies.tagRules)
            let kept = KeptInventories(
                base.policies.workspace.inventory.filter(hasCode), stated: stated ?? base.policies.workspace.inventory,
                roots: base.estate.roots, changed: head.workspace)
            policies.workspace.inventory = kept.sources
            pending += kept.pending
        }
        keepExemptions(of: base?.policies.exemptions ?? [])
        keepBaseline(of: base)
        keepPermissions(of: base?.policies.headers ?? [])
        keepCampaigns(of: base?.policies.campaigns ?? [])
        let known = Dictionary(
            (base?.policies.policies ?? []).map { ($0.reference, $0.inlineExemptions) }, uniquingKeysWith: { first, _ in first })
        for index in policies.policies.indices {
            let policy = policies.policies[index]
            policies.policies[index].inlineExemptions = Self.marked(policy.inlineExemptions, known: known[policy.reference] ?? [])
        }
    }

    /// The head's resources; comments that the base does not have at the same resource wait.
    func marked(_ resources: [Resource], base: [Resource]) -> [Resource] {
        guard !trustsComments, resources.contains(where: { !$0.inlineExemptions.isEmpty }) else { return resources }
        let known = Dictionary(base.map { ($0.identity, $0.inlineExemptions) }, uniquingKeysWith: { first, _ in first })
        return resources.map { resource in
            guard !resource.inlineExemptions.isEmpty else { return resource }
            var resource = resource
            resource.inlineExemptions = Self.marked(resource.inlineExemptions, known: known[resource.identity] ?? [])
            return resource
        }
    }

    /// One that says something else waits, and until then what it said before counts.
    private static func marked(_ comments: [InlineExemption], known: [InlineExemption]) -> [InlineExemption] {
        var rest = known.map(\.content)
        var result: [InlineExemption] = []
        var changed: [InlineExemption] = []
        for comment in comments {
            if let index = rest.firstIndex(of: comment.content) {
                rest.remove(at: index)
                result.append(comment)
            } else if case .agreed = comment.content {
                changed.append(comment)
            } else {
                result.append(comment)
            }
        }
        for comment in changed {
            result.append(InlineExemption(comment.content, place: comment.place, isPending: true))
            guard case .agreed(let policies, _, _) = comment.content else { continue }
            for (index, old) in rest.enumerated() {
                guard case .agreed(let before, let until, let reason) = old else { continue }
                let both = before.filter(policies.contains)
                guard !both.isEmpty else { continue }
                rest.remove(at: index)
                result.append(InlineExemption(.agreed(policies: both, until: until, reason: reason), place: comment.place))
                break
            }
        }
        return result
    }

    /// Bills, samples, rates and instance types are the base's: a change does not say what it is measured by.
    private mutating func keepSources(of base: Workspace) {
        let head = policies.workspace
        func keep<Source: Equatable>(_ what: String, _ path: WritableKeyPath<Workspace, Source>, _ unplaced: (Source) -> Source = { $0 }) {
            if unplaced(head[keyPath: path]) != unplaced(base[keyPath: path]) {
                pending.append(
                    Comparison.Pending(
                        what: "observe.\(what)", place: head.place, effect: "what the base names there is read until this is merged"))
            }
            policies.workspace[keyPath: path] = base[keyPath: path]
        }
        func unplaced<Source>(_ place: WritableKeyPath<Source, Place>) -> ([Source]) -> [Source] {
            {
                $0.map { source in
                    var source = source
                    source[keyPath: place] = Place(file: "", line: 0)
                    return source
                }
            }
        }
        keep("cost", \.cost, unplaced(\.place))
        policies.workspace.hasNoBill = base.hasNoBill
        keep("utilization", \.utilization, unplaced(\.place))
        keep("rates", \.rates, unplaced(\.place))
        keep("cloud", \.cloud, unplaced(\.place))
        keep("recommendations", \.recommendations, unplaced(\.place))
        keep("logs", \.logs, unplaced(\.place))
        keep("instanceCatalog", \.instanceCatalog)
        keep("prices", \.prices)
        keep("usage", \.usage)
    }

    /// What a tag of the bill means decides whose a charge is, and which budget counts it.
    private mutating func keepTagRules(of base: TagRules) {
        func unplaced(_ rules: TagRules) -> [String: TagRule] {
            rules.rules.reduce(into: [:]) { found, rule in
                found[rule.name] = rule
                found[rule.name]?.place = Place(file: "", line: 0)
            }
        }
        let (known, wanted) = (unplaced(base), unplaced(policies.tagRules))
        for name in Set(known.keys).union(wanted.keys).sorted() where known[name] != wanted[name] {
            let place = (policies.tagRules.rules + base.rules).first { $0.name == name }?.place ?? policies.workspace.place
            pending.append(
                Comparison.Pending(
                    what: "TagRule \(name)", place: place, effect: "tags of the bill mean what the base says until this is merged"))
        }
        policies.tagRules = base
    }

    /// One that is gone is gone; one that is new or says something else waits.
    private mutating func keepExemptions(of base: [Exemption]) {
        let known = Dictionary(base.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var pending: [Exemption] = []
        policies.exemptions = policies.exemptions.compactMap { exemption in
            guard let old = known[exemption.name] else {
                pending.append(exemption)
                return nil
            }
            var moved = old
            moved.place = exemption.place
            if moved == exemption { return exemption }
            pending.append(exemption)
            return moved
        }
        exemptions = pending
    }

    /// Entries of both sides count, where the base has their finding: what was fixed must not come back under an entry that nobody took out.
    private mutating func keepBaseline(of base: EvaluatedWorkspace?) {
        guard let baseline = policies.baseline else { return }
        let known = Set(base?.policies.baseline?.entries ?? [])
        let lapsed = Set(base?.evaluation.baseline?.lapsed ?? [])
        let added = baseline.entries.count { !known.contains($0) }
        if added > 0 {
            pending.append(
                Comparison.Pending(
                    what: "\(baseline.reference): \(added) new \(added == 1 ? "entry" : "entries")", place: baseline.place,
                    effect: "what they hold fails until this is merged"))
        }
        policies.baseline?.entries = baseline.entries.filter { known.contains($0) && !lapsed.contains($0) }
        if known.isEmpty { policies.baseline = nil }
    }

    /// Advisory days that a change brings along hold nothing back from it.
    private mutating func keepCampaigns(of base: [Campaign]) {
        func unplaced(_ campaigns: [Campaign]) -> [Campaign] {
            campaigns.map { campaign in
                var campaign = campaign
                campaign.place = Place(file: "", line: 0)
                return campaign
            }
        }
        let known = unplaced(base)
        for campaign in policies.campaigns where campaign.advisoryDays > 0 && !known.contains(unplaced([campaign])[0]) {
            pending.append(
                Comparison.Pending(
                    what: "Campaign \(campaign.name)", place: campaign.place,
                    effect: "its advisory days hold nothing back until this is merged"))
        }
        policies.campaigns = base
    }

    /// A policy that allows exemptions only in the head allows none yet.
    private mutating func keepPermissions(of base: [PolicyHeader]) {
        let known = Dictionary(base.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
        var pending: [Comparison.Pending] = []
        for index in policies.policies.indices {
            var header = policies.policies[index].header
            guard let old = known[header.reference] else { continue }
            func wait(_ key: String, _ what: String) {
                pending.append(
                    Comparison.Pending(
                        what: "\(header.reference) \(key) false → true", place: header.place,
                        effect: "\(what) do not count for it until this is merged"))
            }
            if header.exemptible, !old.exemptible { wait("exemptible", "exemptions") }
            if header.inlineExemptions, !old.inlineExemptions { wait("inlineExemptions", "comments") }
            header.exemptible = header.exemptible && old.exemptible
            header.inlineExemptions = header.inlineExemptions && old.inlineExemptions
            policies.policies[index].header = header
        }
        self.pending += pending
    }
}
