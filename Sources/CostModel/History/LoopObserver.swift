/// Somebody who is told of what happens in the loop.
///
/// Called by the threads that run workspaces, by several at once. A call returns at once: who sends something over a network puts it into a
/// queue of its own, as `TraceExporter` does.
package protocol LoopObserver: Sendable {
    /// For messages: `traces`.
    var name: String { get }

    /// - Throws: the event is lost to this observer. The others are told of it, and the run goes on.
    func observe(_ event: LoopEvent) throws(ObserverFailure)

    /// The process is about to end: what still waits may be sent within this time.
    func finish(milliseconds: Int)
}

extension LoopObserver {
    package func finish(milliseconds: Int) {}
}

/// An observer could not take an event.
package struct ObserverFailure: Error, Hashable, Sendable {
    /// Lower case, no full stop; holds no secret.
    package var message: String

    package init(_ message: String) { self.message = message }
}

/// The loop's events on their way to its observers.
package struct LoopEvents: Sendable {
    private let observers: [any LoopObserver]

    /// - Parameter observers: told in this order.
    package init(_ observers: [any LoopObserver] = []) { self.observers = observers }

    package func send(_ event: LoopEvent) {
        for (index, observer) in observers.enumerated() {
            do throws(ObserverFailure) { try observer.observe(event) } catch { report(error, of: index, at: event) }
        }
    }

    private func report(_ failure: ObserverFailure, of failed: Int, at event: LoopEvent) {
        let message = "an event did not reach '\(observers[failed].name)': \(failure.message)"
        let problem = LoopEvent(
            time: event.time, workspace: event.workspace, run: event.run, kind: .problem(.init(.warning, nil, message)))
        for (index, observer) in observers.enumerated() where index != failed {
            // Who cannot take a message about a failure either is not reported: that would go on for ever.
            do throws(ObserverFailure) { try observer.observe(problem) } catch { continue }
        }
    }

    package func finish(milliseconds: Int) {
        for observer in observers { observer.finish(milliseconds: milliseconds) }
    }
}
