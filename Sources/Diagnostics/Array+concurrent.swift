internal import Dispatch

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
