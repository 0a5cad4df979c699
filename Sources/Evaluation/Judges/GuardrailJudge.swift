import CostModel

/// Holds a change against one guardrail: what it adds to the monthly cost, and what it uses for the first time.
struct GuardrailJudge: ChangeJudge {
    static let findingTypes = [CostIncrease.description, FirstUse.description]

    private let policy: Guardrail
    private let context: ChangeContext
    private let scoped: ScopedChange

    init(_ policy: Guardrail, _ context: ChangeContext) {
        self.policy = policy
        self.context = context
        scoped = ScopedChange(context.change, ChangeScope(policy.scope, context.facts))
    }

    func findings() -> [Finding] {
        (policy.increase.map { [increase($0)] } ?? []) + (policy.newIn.isEmpty ? [] : novelties())
    }

    // MARK: The increase

    private func increase(_ bounds: Guardrail.Increase) -> Finding {
        let added = Money(scoped.monthly, context.facts.currency)
        var crossed: [String] = []
        if let above = bounds.above, added.amount > above.amount { crossed.append(CostIncrease.amount(above)) }
        if let share = bounds.share, added.amount > costBefore.times(share) {
            crossed.append("\(share.scaled(by: 100, over: 1)) % of \(CostIncrease.amount(Money(costBefore, added.currency)))")
        }
        let name = policy.header.reference.name
        var finding: Finding
        if !crossed.isEmpty {
            finding = make(.fail, CostIncrease.beyond(name, added, bounds: crossed, rest + asking))
        } else if let reason = scoped.obstacleText {
            finding = make(.unknown, CostIncrease.unknown(name, added, rest))
            finding.reason = reason
        } else {
            finding = make(.pass, CostIncrease.within(name, added))
        }
        finding.estimatedMonthly = added.amount > .zero ? added : nil
        return finding
    }

    /// What the scope costs before the change.
    private var costBefore: FixedDecimal {
        guard policy.scope != Budget.Scope() else { return context.change.before.monthly }
        let scope = ChangeScope(policy.scope, context.facts)
        return context.unchanged.reduce(.zero) { sum, resource in
            guard let amount = resource.monthly else { return sum }
            return scope.answer(EstimateChange.Entry(before: resource, after: nil)) == .inside ? sum + amount : sum
        }
    }

    /// What the amount does not hold.
    private var rest: [String] {
        var parts: [String] = []
        if let first = scoped.obstacles.first {
            let more = scoped.obstacles.count > 1 ? " and \(scoped.obstacles.count - 1) more" : ""
            parts.append("without \(first.address)\(more), of which it is not known")
        }
        if scoped.openUsage > 0 {
            parts.append("what \(scoped.openUsage == 1 ? "one resource" : "\(scoped.openUsage) resources") will use comes on top")
        }
        return parts
    }

    private var asking: [String] { policy.owners.isEmpty ? [] : ["ask \(policy.owners.joined(separator: ", "))"] }

    private func make(_ verdict: Verdict, _ message: String) -> Finding {
        let place = scoped.largest.flatMap { context.facts.after[$0.resource.identity]?.location } ?? policy.header.place
        var finding = Finding(
            policy: policy.header, rule: CostIncrease.id, verdict: verdict, team: policy.scope.team ?? scoped.team, message: message,
            location: place, atStake: .zero(context.facts.currency))
        finding.fix = .advisory
        return finding
    }

    // MARK: What is new

    private func novelties() -> [Finding] {
        let added = scoped.entries.filter { $0.before == nil }
        let known = knownValues
        var findings: [Finding] = []
        for novelty in policy.newIn {
            var new: [String: [EstimateChange.Entry]] = [:]
            var unknown: [EstimateChange.Entry] = []
            for entry in added {
                guard let resource = context.facts.after[entry.resource.identity] else { continue }
                switch value(novelty, resource, entry.resource) {
                case .known(let value): if !known.contains("\(novelty.rawValue) \(value)") { new[value, default: []].append(entry) }
                case .unknown: unknown.append(entry)
                case .none: continue
                }
            }
            for (value, entries) in new.sorted(by: { $0.key < $1.key }) { findings.append(first(novelty, value, entries)) }
            if let entry = unknown.first {
                let address = entry.resource.identity.address
                var finding = made(
                    .unknown, FirstUse.unknown(policy.header.reference.name, novelty, address, count: unknown.count),
                    subject: "\(novelty.rawValue) unknown", unknown)
                finding.reason = entry.resource.reason ?? "the \(novelty.rawValue) of \(address) is known after apply only"
                findings.append(finding)
            }
        }
        return findings.isEmpty ? [made(.pass, FirstUse.none(policy.header.reference.name), subject: nil, [])] : findings
    }

    private func first(_ novelty: Guardrail.Novelty, _ value: String, _ entries: [EstimateChange.Entry]) -> Finding {
        let message = FirstUse.message(
            policy.header.reference.name, novelty, value, entries[0].resource.identity.address, count: entries.count)
        var finding = made(
            .fail, ([message] + asking).joined(separator: "; "), subject: "\(novelty.rawValue) \(value)", entries)
        finding.estimatedMonthly = Money(entries.compactMap(\.difference).reduce(.zero, +), context.facts.currency)
        return finding
    }

    private func made(_ verdict: Verdict, _ message: String, subject: String?, _ entries: [EstimateChange.Entry]) -> Finding {
        let resource = entries.first.flatMap { context.facts.after[$0.resource.identity] }
        let teams = Set(entries.map(\.resource.team))
        var finding = Finding(
            policy: policy.header, rule: FirstUse.id, verdict: verdict, team: teams.count == 1 ? teams.first ?? nil : policy.scope.team,
            message: message, subject: subject ?? "first use", location: resource?.location ?? policy.header.place,
            atStake: .zero(context.facts.currency))
        finding.fix = .advisory
        return finding
    }

    private enum Value {
        case known(String)
        case unknown
        /// The resource has none.
        case none
    }

    private func value(_ novelty: Guardrail.Novelty, _ resource: Resource, _ estimate: ResourceEstimate) -> Value {
        switch novelty {
        case .type: return .known(resource.type)
        case .service: return .known(resource.type.split(separator: "_").prefix(2).joined(separator: "_"))
        case .region:
            if let region = estimate.region { return .known(region) }
            return estimate.status == .free ? .none : .unknown
        case .family:
            guard let size = resource.size else { return .none }
            return size.value.map { .known(Self.family(of: $0)) } ?? .unknown
        }
    }

    /// What the scope has before the change: `region us-east-1`.
    private var knownValues: Set<String> {
        let scope = ChangeScope(policy.scope, context.facts)
        var known: Set<String> = []
        for estimate in context.unchanged {
            guard let resource = context.facts.before[estimate.identity],
                scope.answer(EstimateChange.Entry(before: estimate, after: nil)) == .inside
            else { continue }
            for novelty in policy.newIn {
                if case .known(let value) = value(novelty, resource, estimate) { known.insert("\(novelty.rawValue) \(value)") }
            }
        }
        return known
    }

    /// `m5` of `m5.large`, `db.r5` of `db.r5.8xlarge`, `n2-standard` of `n2-standard-4`, `Standard_D` of `Standard_D4s_v5`.
    static func family(of size: String) -> String {
        if let dot = size.lastIndex(of: "."), dot != size.startIndex { return String(size[..<dot]) }
        if let dash = size.lastIndex(of: "-"), dash != size.startIndex { return String(size[..<dash]) }
        let digit = size.firstIndex { $0.isNumber } ?? size.endIndex
        return digit == size.startIndex ? size : String(size[..<digit])
    }
}
