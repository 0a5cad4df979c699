package import CostModel
internal import Dispatch
internal import Glibc
internal import JSON
internal import Reporting
internal import Synchronization
internal import WebClient

/// Sends runs as traces to a collector, OTLP over HTTP.
///
/// Never blocks and never fails a run: what cannot be sent is dropped, and counted. At most `capacity` runs wait.
package final class TraceExporter: LoopObserver {
    package let name = "traces"

    package static let capacity = 64

    private struct State {
        var waiting: [[UInt8]] = []
        var isSending = false
        var dropped = 0
        var sent = 0
    }

    private let endpoint: WebAddress
    private let version: String
    private let client: HTTPClient
    /// One after the other, so that a slow collector is not asked for more at a time.
    private let queue = DispatchQueue(label: "bursar.traces")
    private let state = Mutex(State())

    /// - Parameter endpoint: the collector's address as in `OTEL_EXPORTER_OTLP_ENDPOINT`, such as `http://localhost:4318`; `/v1/traces` is
    ///   added.
    package init(endpoint: String, version: String) throws(ServerError) {
        let base = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
        guard let address = WebAddress(base + "/v1/traces") else { throw .badEndpoint }
        self.endpoint = address
        self.version = version
        // A collector stands in the operator's network, often without TLS. One that sends elsewhere is not followed: traces name repositories.
        client = HTTPClient(version: version, rules: .init(deadline: 20, idle: 10, responseSize: 1 << 20, redirects: 0, allowsPlain: true))
    }

    package func observe(_ event: LoopEvent) {
        // What ended before it was a run has no id, and a trace is known by that.
        guard case .runEnded(let run, _) = event.kind, !run.id.isEmpty else { return }
        let body = JSONWriter.write(TraceDocument.json(of: run, workspace: event.workspace, version: version))
        let begins = state.withLock { state in
            guard state.waiting.count < Self.capacity else {
                state.dropped += 1
                return false
            }
            state.waiting.append(body)
            defer { state.isSending = true }
            return !state.isSending
        }
        if begins { queue.async { self.sendAll() } }
    }

    /// Runs whose traces were lost, and those that arrived.
    package var counts: (dropped: Int, sent: Int) { state.withLock { ($0.dropped, $0.sent) } }

    /// Waits until nothing waits, or as long as is given: at the end of a process.
    package func finish(milliseconds: Int) {
        for _ in 0..<max(1, milliseconds / 10) {
            guard state.withLock(\.isSending) else { return }
            usleep(10_000)
        }
    }

    private func sendAll() {
        while let body = next() {
            let isTaken = isTaken(HTTPRequest(.post, endpoint.absolute, headers: ["content-type": "application/json"], body: body))
            state.withLock { state in
                if isTaken { state.sent += 1 } else { state.dropped += 1 }
            }
        }
    }

    private func next() -> [UInt8]? {
        state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.isSending = false
            return nil
        }
    }

    /// Why not is of no use to anybody here: the collector's own log says it.
    private func isTaken(_ request: HTTPRequest) -> Bool {
        do throws(HTTPError) { return try client.send(request).isSuccess } catch { return false }
    }
}

extension ServerError {
    fileprivate static let badEndpoint = ServerError(
        code: .traces, message: "the endpoint for traces is no http or https address without a user: http://localhost:4318")
}
