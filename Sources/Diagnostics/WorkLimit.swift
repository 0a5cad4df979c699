internal import Synchronization

/// When a computation is to end because nobody waits for it any more: its deadline is over, or the process is asked to stop.
///
/// Computations have no step at which somebody else could end them. They look here in their innermost loops instead, come back soon with
/// whatever they have, and who set the limit throws that away: what was made under a limit that is reached is never a result.
package final class WorkLimit: Sendable {
    /// That of the work which the present thread does. Who divides work among threads hands it on.
    @TaskLocal package static var current: WorkLimit?

    private let isOver: @Sendable () -> Bool
    private let wasOver = Atomic(false)

    /// - Parameter isOver: asked often, from several threads.
    package init(isOver: @escaping @Sendable () -> Bool) {
        self.isOver = isOver
    }

    /// Once true, it stays so.
    package var isReached: Bool {
        if wasOver.load(ordering: .relaxed) { return true }
        guard isOver() else { return false }
        wasOver.store(true, ordering: .relaxed)
        return true
    }

    package static var isReached: Bool { current?.isReached ?? false }
}
