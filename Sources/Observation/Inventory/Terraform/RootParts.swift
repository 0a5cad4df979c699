import Diagnostics
import HCL

/// Reads the blocks of a large root in parts, on all cores.
///
/// Each part evaluates for itself what its blocks refer to. Put together, parts are what reading in one go gives, as long as nothing in one
/// depends on what another has met: a mistake is told where it is met first, limits hold for the root as a whole, and once the workspace
/// decided a value, sizes that are not written out are doubted. Where any of that happens, nothing is made of the parts.
enum RootParts {
    private struct Part<Contents: Sendable>: Sendable {
        var contents: Contents
        var instances: Int
        var steps: Int
        var standsAlone: Bool
        /// Of its context.
        var sharedSteps: Int
    }

    /// Fewer blocks are read before another core has begun.
    private static let leastBlocks = 500
    /// What many blocks refer to is evaluated once for each part.
    private static let mostParts = 8

    /// Nil: it has to be read in one go.
    ///
    /// - Parameters:
    ///   - budget: what is taken from it for nothing is given back.
    ///   - context: makes what the modules of one part share.
    ///   - read: reads some of the root's own resource blocks, and the first time whatever else it has.
    static func read<Contents: Sendable>(
        _ code: ModuleCode, budget: WorkspaceBudget? = nil, context: @Sendable () -> RootContext,
        read: @Sendable (_ resources: ArraySlice<String>, _ isFirst: Bool, RootContext) -> Contents
    ) -> [Contents]? {
        let blocks = code.resourceOrder.count
        let count = min(blocks / leastBlocks, mostParts)
        guard count > 1 else { return nil }
        let parts = Array(0..<count).concurrentMap { index in
            let context = context()
            let contents = read(code.resourceOrder[blocks * index / count..<blocks * (index + 1) / count], index == 0, context)
            return Part(
                contents: contents, instances: context.instances, steps: context.evaluator.steps,
                standsAlone: context.evaluator.problems.isEmpty && !context.askedForWorkspace,
                sharedSteps: context.evaluator.sharedSteps)
        }
        // A root may do so much, whatever it has.
        let isWithinLimits =
            parts.reduce(0) { $0 + $1.instances } <= RootContext.mostInstances
            && parts.reduce(0) { $0 + $1.steps } <= Evaluator.Limits().steps
        guard isWithinLimits, budget?.isExceeded != true, parts.allSatisfy(\.standsAlone) else {
            for part in parts { budget?.giveBack(instances: part.instances, steps: part.sharedSteps) }
            return nil
        }
        return parts.map(\.contents)
    }
}
