import CostModel

/// Another capacity of a machine: another size, or more or less work.
struct CapacityChange {
    /// By what its load is multiplied; nil: a capacity is not known.
    private let factor: ScenarioResult.Capacity?
    /// ` of m5.large`, behind a percentage.
    let said: String
    /// What the code or a scenario makes of it.
    let next: String
    /// Why nobody knows what would be left.
    let unknownCapacity: String
    /// Whether it is known to have no less of anything, and to cost no less.
    let onlyGrows: Bool

    init(_ catalog: InstanceCatalog, from present: String, to next: String) {
        let missing = [present, next].first { catalog[$0] == nil } ?? next
        self.init(catalog[present], to: catalog[next], next: next, missing: missing)
    }

    init(_ present: InstanceCatalog.Entry, to next: InstanceCatalog.Entry) {
        self.init(present, to: next, next: next.name, missing: next.name)
    }

    private init(_ present: InstanceCatalog.Entry?, to other: InstanceCatalog.Entry?, next: String, missing: String) {
        self.next = next
        said = " of \(next)"
        unknownCapacity = "the instance catalogue does not hold '\(missing)', so what would be left cannot be told"
        guard let present, let other, other.vcpu > 0, other.memoryMiB > 0 else {
            (factor, onlyGrows) = (nil, false)
            return
        }
        // Half the vCPUs, twice the percentage.
        factor = ScenarioResult.Capacity(
            cpu: Double(present.vcpu) / Double(other.vcpu), memory: Double(present.memoryMiB) / Double(other.memoryMiB))
        onlyGrows = other.vcpu >= present.vcpu && other.memoryMiB >= present.memoryMiB && other.hourly >= present.hourly
    }

    /// What a scenario does to a machine.
    init(_ entry: ScenarioResult.Entry) {
        factor = entry.capacity
        next = entry.steps.joined(separator: ", ")
        said = " (\(next))"
        unknownCapacity = "\(entry.load?.reason ?? "its capacity is not known"), so what would be left cannot be told"
        onlyGrows = entry.capacity?.isEnough ?? false
    }

    /// A load of the present capacity, in percent of the other one; nil: it is not known.
    func load(_ value: Double, of metric: Metric) -> Double? { factor.map { value * (metric == .cpu ? $0.cpu : $0.memory) } }
}
