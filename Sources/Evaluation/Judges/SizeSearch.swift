import CostModel

/// The catalogue types that may take the place of a present one, cheapest first.
struct SizeSearch {
    let present: InstanceCatalog.Entry
    /// Types of the allowed families and the same architecture; by price, then name.
    private let allowed: [InstanceCatalog.Entry]
    /// The numbers of vCPU that the present type's family comes in.
    private let familySizes: Set<Int>
    private let maxStep: Int?

    init(present: InstanceCatalog.Entry, in catalog: InstanceCatalog, guardrails: RightsizingPolicy.Guardrails) {
        self.present = present
        maxStep = guardrails.maxStep
        familySizes = Set((catalog.families[present.family] ?? []).map(\.vcpu))
        let families: [String] =
            switch guardrails.families {
            case .same: [present.family]
            case .any: Array(catalog.families.keys)
            case .list(let names): Array(Set(names))
            }
        allowed =
            families.flatMap { catalog.families[$0] ?? [] }
            .filter { $0.architecture == present.architecture && $0.name != present.name }
            .sorted { ($0.hourly, $0.name) < ($1.hourly, $1.name) }
    }

    /// Whether there is anything to recommend at all: without it no suppressed recommendation is listed.
    var hasAlternative: Bool {
        allowed.contains { $0.vcpu < present.vcpu || $0.hourly < present.hourly }
    }

    enum Outcome: Hashable {
        case proposal(InstanceCatalog.Entry)
        /// Something stands against every type that keeps the targets; the cheapest of them, and what it is.
        case held(InstanceCatalog.Entry, ObjectiveGuard.Objection)
        /// Only types further down than one change may go keep the targets; the cheapest of them.
        case tooFar(InstanceCatalog.Entry, steps: Int)
        case nothing
    }

    /// The cheapest type below the present one's price that keeps the load's targets.
    ///
    /// - Parameter objection: what else stands against a type.
    func cheapest(keeping load: InstanceLoad, _ objection: (InstanceCatalog.Entry) -> ObjectiveGuard.Objection?) -> Outcome {
        let fitting = allowed.prefix { $0.hourly < present.hourly }.filter { load.keepsTargets(on: $0, from: present) }
        let near = fitting.filter { steps(to: $0) <= maxStep ?? .max }
        guard let cheapest = near.first else { return fitting.first.map { .tooFar($0, steps: steps(to: $0)) } ?? .nothing }
        guard let first = objection(cheapest) else { return .proposal(cheapest) }
        return near.dropFirst().first { objection($0) == nil }.map { .proposal($0) } ?? .held(cheapest, first)
    }

    /// A type that somebody else proposes, where the families, the architecture and the number of steps allow it.
    func allowed(_ name: String) -> InstanceCatalog.Entry? {
        allowed.first { $0.name == name && steps(to: $0) <= maxStep ?? .max }
    }

    /// How many sizes down a type is: the sizes of the present family below the present one that are not below the other. A type
    /// of another family between two of these sizes is a step of its own.
    func steps(to other: InstanceCatalog.Entry) -> Int {
        guard other.vcpu < present.vcpu else { return 0 }
        return familySizes.union([other.vcpu]).count { $0 < present.vcpu && $0 >= other.vcpu }
    }
}

/// The load of an instance in the policy's percentiles, with the targets they are held against.
struct InstanceLoad: Hashable {
    /// Percent of the capacity of the present type.
    struct Demand: Hashable {
        var percentile: FixedDecimal
        var value: Double
        var target: Double
    }

    /// Nil where the policy states no target.
    var cpu: Demand?
    var memory: Demand?

    /// Utilisation scales by vCPU and by memory: half the vCPU, twice the percentage.
    func keepsTargets(on other: InstanceCatalog.Entry, from present: InstanceCatalog.Entry) -> Bool {
        guard other.vcpu > 0, other.memoryMiB > 0 else { return false }
        return keeps(cpu, present.vcpu, other.vcpu) && keeps(memory, present.memoryMiB, other.memoryMiB)
    }

    private func keeps(_ demand: Demand?, _ present: Int, _ other: Int) -> Bool {
        guard let demand else { return true }
        return demand.value * Double(present) / Double(other) <= demand.target
    }

    /// `p95 CPU 21 %, p99 memory 38 %`
    var description: String {
        [(cpu, "CPU"), (memory, "memory")].compactMap { demand, name in
            demand.map { "p\($0.percentile) \(name) \(percent($0.value)) %" }
        }.joined(separator: ", ")
    }
}

/// A percentage for people, to one decimal: `21.3`, `40`.
func percent(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e12 else { return "\(value)" }
    let tenths = Int(value.magnitude * 10 + 0.5)
    return (value < 0 && tenths > 0 ? "-" : "") + "\(tenths / 10)" + (tenths % 10 == 0 ? "" : ".\(tenths % 10)")
}
