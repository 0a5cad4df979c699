package import CostModel
import Patterns

/// Computes what a scenario costs and how full machines would be.
///
/// Costs are those of an estimate: what is billed keeps its bill, and what changes is exchanged by prices. Load is scaled by capacity: half the
/// vCPUs, or half as many machines, carry twice the load; memory depends on the machine's size alone.
package struct ScenarioEstimator {
    /// A reason why a scenario cannot be computed.
    package struct Failure: Error, Hashable {
        package let place: Place
        package let message: String
    }

    private let state: ObservedState
    private let estimator: CostEstimator
    /// By prices alone, which tells what of a bill goes by the hour.
    private let listed: CostEstimator
    private let owners: [ResourceIdentity: String]
    private let now: Instant
    private static let hoursOfWeek = 168
    private static let percentile = FixedDecimal(95)
    private static let lookback = TimeSpan.days(14)

    /// - Parameter listed: without the resources' own bills.
    package init(
        _ state: ObservedState, _ estimator: CostEstimator, listed: CostEstimator, owners: [ResourceIdentity: String], now: Instant
    ) {
        self.state = state
        self.estimator = estimator
        self.listed = listed
        self.owners = owners
        self.now = now
    }

    package func run(_ scenario: Scenario) throws(Failure) -> ScenarioResult {
        var effects: [Int: Scenario.Change] = [:]
        for change in scenario.changes {
            let matched = state.resources.indices.filter { change.resources.names(state.resources[$0].identity) }
            guard !matched.isEmpty else {
                let names = change.resources.map { "'\($0.pattern)'" }.joined(separator: ", ")
                throw Failure(place: change.place, message: "no resource of the code matches \(names)")
            }
            for index in matched { effects[index] = effects[index].map { Self.joined($0, change) } ?? change }
        }
        let before = ResourceIndex(state.resources)
        let after = ResourceIndex(
            state.resources.indices.map { index in
                effects[index]?.size.map { resized(state.resources[index], to: $0) } ?? state.resources[index]
            })
        // Only those that the count is about: another change may be about more of the block.
        let counted = effects.keys.filter { effects[$0]?.count != nil }
        let blocks = Dictionary(grouping: counted) { Self.block(of: state.resources[$0].identity) }.mapValues(\.count)
        let exchanged = Dictionary(
            estimator.change(from: before, to: after, owners: owners, base: "").entries.map { ($0.resource.identity, $0) },
            uniquingKeysWith: { first, _ in first })
        var result = ScenarioResult(name: scenario.name, place: scenario.place, currency: estimator.currency, entries: [])
        for (index, effect) in effects.sorted(by: { $0.key < $1.key }) {
            let (old, new) = (before.resources[index], after.resources[index])
            let copies = blocks[Self.block(of: old.identity)] ?? 1
            let costs = exchanged[old.identity]
            let known = costs?.before ?? estimator.estimate(of: old, in: before)
            var entry = ScenarioResult.Entry(
                identity: old.identity, team: owners[old.identity], steps: Self.steps(effect, old, copies), before: Self.amount(known),
                after: nil)
            let changed = costs?.after ?? known
            if let amount = Self.amount(changed) {
                let isBilled = changed.components.contains { $0.source?.kind == .billed }
                entry.after = scaled(amount, effect, copies, isBilled: isBilled, listed.estimate(of: new, in: after), &entry.notes)
            }
            if effect.size != nil, old.size == nil {
                entry.after = nil
                entry.notes.append("its code has no argument that says how large it is")
            }
            if effect.count == 0 { entry.after = .zero }
            entry.notes += Set([known.reason, changed.reason].compactMap(\.self)).sorted()
            entry.load = load(of: old, effect, copies, scenario.expectation?.headroom)
            if let (present, next) = capacities(of: old, effect) {
                entry.capacity = ScenarioResult.Capacity(
                    cpu: Double(present.vcpu) / Double(next.vcpu) * Self.spread(effect, copies),
                    memory: Double(present.memoryMiB) / Double(next.memoryMiB))
            }
            entry.changesLoad = effect.size != nil || effect.count != nil || effect.hours != nil || effect.traffic != nil
            entry.isGone = effect.count == 0
            entry.hours = effect.hours.flatMap { $0 < Self.hoursOfWeek ? $0 : nil }
            result.entries.append(entry)
        }
        result.entries.sort { $0.identity < $1.identity }
        if let expectation = scenario.expectation { result.checks = Self.checks(expectation, result) }
        return result
    }

    // MARK: What changes

    private static func joined(_ first: Scenario.Change, _ later: Scenario.Change) -> Scenario.Change {
        var joined = first
        joined.size = later.size ?? first.size
        joined.count = later.count ?? first.count
        joined.hours = later.hours ?? first.hours
        joined.traffic = later.traffic ?? first.traffic
        joined.price = later.price ?? first.price
        return joined
    }

    /// The address without the key of the instance.
    private static func block(of identity: ResourceIdentity) -> ResourceIdentity {
        guard identity.address.hasSuffix("]"), let open = identity.address.lastIndex(of: "[") else { return identity }
        return ResourceIdentity(root: identity.root, address: String(identity.address[..<open]))
    }

    private func resized(_ resource: Resource, to size: String) -> Resource {
        var resource = resource
        guard let argument = resource.size?.name else { return resource }
        resource.size?.value = size
        resource.size?.unknownReason = nil
        if resource.attributes[argument] != nil { resource.attributes[argument]?.value = .string(size) }
        return resource
    }

    private static func steps(_ effect: Scenario.Change, _ resource: Resource, _ copies: Int) -> [String] {
        var steps: [String] = []
        if let size = effect.size { steps.append("\(running(resource) ?? "?") → \(size)") }
        if let count = effect.count { steps.append("\(copies) → \(count) of them") }
        if let hours = effect.hours { steps.append("\(hours) of \(hoursOfWeek) hours a week") }
        if let traffic = effect.traffic { steps.append("traffic × \(traffic)") }
        if let price = effect.price { steps.append("price × \(price)") }
        return steps
    }

    private static func running(_ resource: Resource) -> String? { resource.deployed?.size ?? resource.size?.value }

    // MARK: Costs

    private static func amount(_ estimate: ResourceEstimate) -> FixedDecimal? { estimate.status == .free ? .zero : estimate.monthly }

    /// - Parameter list: the resource as it would be, by prices alone.
    private func scaled(
        _ amount: FixedDecimal, _ effect: Scenario.Change, _ copies: Int, isBilled: Bool, _ list: ResourceEstimate,
        _ notes: inout [String]
    ) -> FixedDecimal? {
        var amount = amount
        if let traffic = effect.traffic {
            guard let used = byUse(of: amount, isBilled: isBilled, list) else {
                notes.append("what it costs by use is not known")
                return nil
            }
            amount += used.multiplied(by: traffic) - used
        }
        if let hours = effect.hours, hours < Self.hoursOfWeek {
            let hourly = list.components.filter { !$0.isUsageBased && $0.unit == "hour" }
            if hourly.isEmpty, list.status != .free {
                notes.append(
                    "it is not charged by the hour, or nobody knows at which price: the hours it runs change nothing that is known")
                return nil
            }
            guard hourly.allSatisfy({ $0.monthly != nil }) else {
                notes.append("no price of an hour is known")
                return nil
            }
            let running = min(hourly.compactMap(\.monthly).reduce(.zero, +), max(amount, .zero))
            amount -= running.scaled(by: Int128(Self.hoursOfWeek - hours), over: Int128(Self.hoursOfWeek))
        }
        if let price = effect.price { amount = amount.multiplied(by: price) }
        if let count = effect.count { amount = amount.scaled(by: Int128(count), over: Int128(copies)) }
        return amount
    }

    /// What of an amount goes by use: what lists and expected usage say, and of a bill what its fixed parts leave.
    private func byUse(of amount: FixedDecimal, isBilled: Bool, _ list: ResourceEstimate) -> FixedDecimal? {
        let used = list.components.filter(\.isUsageBased)
        if used.allSatisfy({ $0.monthly != nil }) { return used.compactMap(\.monthly).reduce(.zero, +) }
        let fixed = list.components.filter { !$0.isUsageBased }
        guard isBilled, fixed.allSatisfy({ $0.monthly != nil }) else { return nil }
        return max(amount - fixed.compactMap(\.monthly).reduce(.zero, +), .zero)
    }

    // MARK: Load

    private func load(of resource: Resource, _ effect: Scenario.Change, _ copies: Int, _ wanted: FixedDecimal?) -> ScenarioResult.Load? {
        guard resource.size != nil || resource.deployed?.size != nil, effect.count != 0 else { return nil }
        guard let (present, next) = capacities(of: resource, effect) else {
            let missing = [Self.running(resource) ?? "its size", effect.size].compactMap(\.self).first { state.catalog[$0] == nil }
            guard let missing else { return ScenarioResult.Load(reason: "the instance catalogue has no capacity of it") }
            return ScenarioResult.Load(reason: "the instance catalogue does not hold '\(missing)'")
        }
        guard state.utilization.holds(Self.lookback), state.utilization.holds(percentile: Self.percentile) else {
            return ScenarioResult.Load(reason: "the observations do not hold the percentile 95 of the last \(Self.lookback)")
        }
        let spread = Self.spread(effect, copies)
        func side(_ metric: Metric, _ factor: Double) -> ScenarioResult.Load.Side? {
            guard let summary = state.utilization.summary(of: resource, metric, over: Self.lookback, until: now),
                let value = summary.percentile(Self.percentile)
            else { return nil }
            var side = ScenarioResult.Load.Side(before: value, after: value * factor)
            if let wanted { side.brokenShare = summary.share(above: (100 - 100 * wanted.approximation) / factor) }
            return side
        }
        let cpu = side(.cpu, Double(present.vcpu) / Double(next.vcpu) * spread)
        let memory = side(.memory, Double(present.memoryMiB) / Double(next.memoryMiB))
        var load = ScenarioResult.Load(cpu: cpu, memory: memory)
        let missing = [cpu == nil ? "CPU" : nil, memory == nil ? "memory" : nil].compactMap(\.self)
        if !missing.isEmpty { load.reason = "no samples of \(missing.joined(separator: " and ")) in the last \(Self.lookback)" }
        return load
    }

    /// The types that it is and would be; nil: the catalogue does not hold one, or its capacity.
    private func capacities(
        of resource: Resource, _ effect: Scenario.Change
    ) -> (present: InstanceCatalog.Entry, next: InstanceCatalog.Entry)? {
        guard effect.count != 0, let name = Self.running(resource), let present = state.catalog[name],
            let next = state.catalog[effect.size ?? name], next.vcpu > 0, next.memoryMiB > 0
        else { return nil }
        return (present, next)
    }

    /// What a machine has to do, of what it has to do now.
    private static func spread(_ effect: Scenario.Change, _ copies: Int) -> Double {
        Double(copies) / Double(effect.count ?? copies) * (effect.traffic?.approximation ?? 1)
    }

    // MARK: What is asked

    private static func checks(_ expectation: Scenario.Expectation, _ result: ScenarioResult) -> [ScenarioResult.Check] {
        var checks: [ScenarioResult.Check] = []
        if let most = expectation.monthlyAtMost {
            let sum = "\(result.after.rounded(to: 2)) \(most.currency) a month, at most \(most.amount.rounded(to: 2)) are asked for"
            if result.after > most.amount {
                checks.append(.init(.fail, sum))
            } else if result.unknown > 0 {
                checks.append(.init(.unknown, "what \(result.unknown) of \(result.entries.count) resources cost is not known"))
            } else {
                checks.append(.init(.pass, sum))
            }
        }
        if let headroom = expectation.headroom { checks += result.entries.compactMap { check($0, headroom) } }
        return checks
    }

    private static func check(_ entry: ScenarioResult.Entry, _ wanted: FixedDecimal) -> ScenarioResult.Check? {
        guard let load = entry.load else { return nil }
        let asked = "\(wanted.scaled(by: 100, over: 1)) % are asked for"
        if let left = load.headroomAfter, left < 100 * wanted.approximation {
            let broken = [("CPU", load.cpu), ("memory", load.memory)].compactMap { name, side in
                side?.brokenShare.map { "\(name) beyond that in \(tenths($0 * 100)) % of the samples" }
            }
            let chance = broken.isEmpty ? "" : "; " + broken.joined(separator: ", ")
            return .init(.fail, "\(entry.identity) has \(tenths(left)) % left, \(asked)\(chance)")
        }
        if let reason = load.reason { return .init(.unknown, "what \(entry.identity) has left is not known: \(reason)") }
        return .init(.pass, "\(entry.identity) has \(tenths(load.headroomAfter ?? 0)) % left, \(asked)")
    }

    /// To one digit behind the point.
    private static func tenths(_ number: Double) -> String {
        guard number.isFinite, number.magnitude < 1e12 else { return "?" }
        let tenths = Int((number * 10).rounded())
        return "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    }
}
