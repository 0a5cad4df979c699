internal import Dispatch
internal import Glibc

/// What there is to divide work among.
package enum Cores {
    /// For the present task, whatever the machine has.
    @TaskLocal package static var assigned: Int?

    /// At most four: more of them wait for each other, and each takes memory.
    package static var count: Int { assigned ?? available }

    private static let available = min(4, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}

extension Array where Element: Sendable {
    /// The elements transformed on all cores, in the order of the elements.
    package func concurrentMap<Result: Sendable>(_ transform: @Sendable (Element) -> Result) -> [Result] {
        [Result](unsafeUninitializedCapacity: count) { results, initializedCount in
            // Each call writes the slot of its own element, and all have returned before anybody reads one.
            nonisolated(unsafe) let slots = results
            let limit = WorkLimit.current
            DispatchQueue.concurrentPerform(iterations: count) { index in
                WorkLimit.$current.withValue(limit) { slots.initializeElement(at: index, to: transform(self[index])) }
            }
            initializedCount = count
        }
    }
}
