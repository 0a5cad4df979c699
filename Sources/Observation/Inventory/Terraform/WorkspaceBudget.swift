import Synchronization

/// What the evaluation of all roots of a workspace may take together: each alone stays within its limits, however many there are.
///
/// Roots are read at the same time. Where they take more than there is, which of them is cut would be chance: whoever reads them then reads
/// them one after the other (``RootSelection``).
final class WorkspaceBudget: Sendable {
    /// Some five kilobytes each, once they are judged.
    static let mostInstances = 100_000
    /// What is still read where there are more: the smallest roots, so that one that is far too large costs neither memory nor the others.
    static let mostInstancesBeyond = 10_000
    /// Beside those that instances bring along.
    static let mostSteps = 100_000_000

    private let instances = Atomic(0)
    private let steps = Atomic(0)
    /// Up to which number of all instances there is room.
    private let room: Atomic<Int>
    let mostInstances: Int
    private let mostSteps: Int
    private let hasNoInstances = Atomic(false)
    private let hasNoSteps = Atomic(false)

    init(_ options: TerraformReader.Options = TerraformReader.Options()) {
        mostInstances = options.mostInstances
        mostSteps = options.mostSteps
        room = Atomic(options.mostInstances)
    }

    /// Whether it was ever asked for more than there is.
    var isExceeded: Bool { areInstancesExceeded || hasNoSteps.load(ordering: .relaxed) }
    var areInstancesExceeded: Bool { hasNoInstances.load(ordering: .relaxed) }

    /// From here on there is room for so many, whatever was taken before: for who reads one root after the other.
    func allow(instances count: Int) {
        room.store(instances.load(ordering: .relaxed) + count, ordering: .relaxed)
        hasNoInstances.store(false, ordering: .relaxed)
    }

    /// - Returns: Whether there was room.
    func take(instances count: Int) -> Bool {
        let isWithin = instances.wrappingAdd(count, ordering: .relaxed).newValue <= room.load(ordering: .relaxed)
        if !isWithin { refuseInstances() }
        return isWithin
    }

    /// One root alone has more than there may be.
    func refuseInstances() { hasNoInstances.store(true, ordering: .relaxed) }

    /// - Returns: Whether there was room.
    func take(steps count: Int) -> Bool {
        let room = mostSteps + instances.load(ordering: .relaxed) * RootContext.stepsPerInstance
        let isWithin = steps.wrappingAdd(count, ordering: .relaxed).newValue <= room
        if !isWithin { hasNoSteps.store(true, ordering: .relaxed) }
        return isWithin
    }

    /// What was read in vain, and is read once more.
    func giveBack(instances: Int, steps: Int) {
        self.instances.wrappingSubtract(instances, ordering: .relaxed)
        self.steps.wrappingSubtract(steps, ordering: .relaxed)
    }
}
