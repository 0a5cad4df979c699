import Dispatch
import Synchronization

/// Runs a producer ahead of its consumer on a thread of its own, so that unpacking, scanning and adding up share the work of the cores.
///
/// A value stays with the consumer until it asks for the next one. At most `depth` values are with the consumer or wait for it, so a
/// producer that hands out its buffers in turn needs `depth + 1` of them.
final class Ahead<Value> {
    private let work: Work
    private var hasValue = false
    private var isAtEnd = false

    /// - Parameter produce: called on the other thread until it returns nil.
    init(depth: Int, produce: @escaping () -> Value?) {
        work = Work(depth: depth, produce: produce)
        let work = work
        DispatchQueue(label: "bursar.ahead").async { work.run() }
    }

    /// Waits until the producer has returned: nothing that it uses goes away under it.
    deinit {
        work.isCancelled.store(true, ordering: .relaxed)
        work.free.signal()
        work.done.wait()
    }

    func next() -> Value? {
        if hasValue { work.free.signal() }
        hasValue = false
        guard !isAtEnd else { return nil }
        work.full.wait()
        guard let value = work.take() else {
            isAtEnd = true
            return nil
        }
        hasValue = true
        return value
    }

    /// What the two threads share: the semaphores hand each slot from one to the other.
    private final class Work: @unchecked Sendable {
        // Raised by hand: a semaphore must not end below the value it was made with.
        let free = DispatchSemaphore(value: 0)
        let full = DispatchSemaphore(value: 0)
        let done = DispatchSemaphore(value: 0)
        let isCancelled = Atomic(false)
        private let produce: () -> Value?
        private let slots: UnsafeMutablePointer<Value?>
        private let depth: Int
        private var taken = 0

        init(depth: Int, produce: @escaping () -> Value?) {
            self.depth = depth
            self.produce = produce
            slots = .allocate(capacity: depth)
            slots.initialize(repeating: nil, count: depth)
            for _ in 0..<depth { free.signal() }
        }

        deinit {
            slots.deinitialize(count: depth)
            slots.deallocate()
        }

        func run() {
            var at = 0
            repeat {
                free.wait()
                if isCancelled.load(ordering: .relaxed) { break }
                slots[at] = produce()
                let isLast = slots[at] == nil
                at = (at + 1) % depth
                full.signal()
                if isLast { break }
            } while true
            done.signal()
        }

        func take() -> Value? {
            defer { taken = (taken + 1) % depth }
            return slots[taken]
        }
    }
}
