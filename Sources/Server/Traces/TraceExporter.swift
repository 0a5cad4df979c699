package import CostModel
internal import Foundation
internal import FoundationNetworking
internal import Reporting
internal import Synchronization

/// Sends runs as traces to a collector, OTLP over HTTP.
///
/// Never blocks and never fails a run: what cannot be sent is dropped, and counted. At most `capacity` runs wait.
package final class TraceExporter: LoopObserver {
    package let name = "traces"

    package static let capacity = 64

    private struct State {
        var waiting: [Data] = []
        var isSending = false
        var dropped = 0
        var sent = 0
    }

    private let endpoint: URL
    private let version: String
    private let session: URLSession
    private let state = Mutex(State())

    /// - Parameter endpoint: the collector's address as in `OTEL_EXPORTER_OTLP_ENDPOINT`, such as `http://localhost:4318`; `/v1/traces` is
    ///   added.
    package init(endpoint: String, version: String) throws(ServerError) {
        let base = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
        guard let url = URL(string: base + "/v1/traces"), let scheme = url.scheme, ["http", "https"].contains(scheme), url.host() != nil,
            url.user() == nil
        else { throw .badEndpoint }
        self.endpoint = url
        self.version = version
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 10
        configuration.timeoutIntervalForResource = 20
        configuration.httpShouldSetCookies = false
        session = URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
    }

    package func observe(_ event: LoopEvent) {
        // What ended before it was a run has no id, and a trace is known by that.
        guard case .runEnded(let run, _) = event.kind, !run.id.isEmpty else { return }
        let body = Data(JSONWriter.write(TraceDocument.json(of: run, workspace: event.workspace, version: version)))
        let begins = state.withLock { state in
            guard state.waiting.count < Self.capacity else {
                state.dropped += 1
                return false
            }
            state.waiting.append(body)
            defer { state.isSending = true }
            return !state.isSending
        }
        if begins { sendNext() }
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

    /// One after the other, so that a slow collector is not asked for more at a time.
    private func sendNext() {
        let body = state.withLock { state -> Data? in
            guard !state.waiting.isEmpty else {
                state.isSending = false
                return nil
            }
            return state.waiting.removeFirst()
        }
        guard let body else { return }
        var request = URLRequest(url: endpoint)
        request.httpMethod = "POST"
        request.httpBody = body
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        session.dataTask(with: request) { [self] _, response, _ in
            let isTaken = (response as? HTTPURLResponse).map { (200..<300).contains($0.statusCode) } ?? false
            state.withLock { state in
                if isTaken { state.sent += 1 } else { state.dropped += 1 }
            }
            sendNext()
        }.resume()
    }

    deinit {
        // The session's own queue may be what lets go of us, with the last task, and cannot wait for itself.
        DispatchQueue.global().async { [session] in session.invalidateAndCancel() }
    }
}

/// A collector that sends elsewhere is not followed: traces name repositories.
private final class NoRedirects: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}

extension ServerError {
    fileprivate static let badEndpoint = ServerError(
        code: .traces, message: "the endpoint for traces is no http or https address without a user: http://localhost:4318")
}
