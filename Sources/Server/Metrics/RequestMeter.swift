internal import Synchronization

/// How many requests of HTTP were answered, and how.
final class RequestMeter: Sendable {
    private struct Key: Hashable, Comparable {
        /// The route's template: a path would be whatever clients write.
        var route: String
        var method: String
        var status: Int

        static func < (a: Key, b: Key) -> Bool { (a.route, a.method, a.status) < (b.route, b.method, b.status) }
    }

    private struct State {
        var counts: [Key: Int] = [:]
        var durations = Histogram(bounds: [5, 25, 100, 500, 2_500, 10_000])
    }

    private let state = Mutex(State())

    /// - Parameter route: nil for what no route took.
    func count(route: String?, method: String, status: Int, milliseconds: Int) {
        let isKnown = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"].contains(method)
        let key = Key(route: route ?? "none", method: isKnown ? method : "other", status: status)
        state.withLock { state in
            state.counts[key, default: 0] += 1
            state.durations.add(milliseconds: milliseconds)
        }
    }

    func add(to page: inout Exposition) {
        let state = state.withLock { $0 }
        page.add(
            "bursar_http_requests_total", .counter, "Requests of HTTP that were answered.",
            state.counts.sorted { $0.key < $1.key }.map {
                .init([("route", $0.key.route), ("method", $0.key.method), ("code", String($0.key.status))], $0.value)
            })
        page.add("bursar_http_request_duration_seconds", "How long requests of HTTP took to be answered.", [([], state.durations)])
    }
}
