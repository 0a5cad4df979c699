import Synchronization

/// What the evaluation of all roots of a workspace may take together: each alone stays within its limits, however many there are.
///
/// Roots are read at the same time. Where they take more than there is, which of them is cut would be chance: whoever reads them then reads
/// them one after the other.
final class WorkspaceBudget: Sendable {
    /// Some five kilobytes each.
    static let mostInstances = 100_000
    /// Beside those that instances bring along.
    static let mostSteps = 100_000_000

    private let instances = Atomic(0)
    private let steps = Atomic(0)
    let mostInstances: Int
    private let mostSteps: Int
    private let exceeded = Atomic(false)

    init(_ options: TerraformReader.Options = TerraformReader.Options()) {
        mostInstances = options.mostInstances
        mostSteps = options.mostSteps
    }

    /// Whether it was ever asked for more than there is.
    var isExceeded: Bool { exceeded.load(ordering: .relaxed) }

    /// - Returns: Whether there was room.
    func take(instances count: Int) -> Bool {
        admit(instances.wrappingAdd(count, ordering: .relaxed).newValue <= mostInstances)
    }

    /// - Returns: Whether there was room.
    func take(steps count: Int) -> Bool {
        let room = mostSteps + instances.load(ordering: .relaxed) * RootContext.stepsPerInstance
        return admit(steps.wrappingAdd(count, ordering: .relaxed).newValue <= room)
    }

    /// What was read in vain, and is read once more.
    func giveBack(instances: Int, steps: Int) {
        self.instances.wrappingSubtract(instances, ordering: .relaxed)
        self.steps.wrappingSubtract(steps, ordering: .relaxed)
    }

    private func admit(_ hasRoom: Bool) -> Bool {
        if !hasRoom { exceeded.store(true, ordering: .relaxed) }
        return hasRoom
    }
}
