internal import CMicroHTTPD
internal import Foundation
internal import Secrets
internal import Synchronization

/// The one door to libmicrohttpd: listens, and answers each request with what a function says.
///
/// What a stranger can make it hold is bounded before the function is asked: connections, also of one client, a request's head and body, and
/// the time each may take.
package final class HTTPListener: Sendable {
    package struct Limits: Hashable, Sendable {
        package var threads: UInt32 = 4
        package var connections: UInt32 = 256
        package var connectionsPerClient: UInt32 = 64
        /// In bytes: request line and headers.
        package var head = 16 << 10
        /// The most headers, and the most fields of a query.
        package var fields = 200
        package var body = 1 << 20
        /// In milliseconds: until a connection's first or next request is there, its body, and the answer is taken.
        package var headDeadline: Int64 = 15_000
        package var bodyDeadline: Int64 = 30_000
        package var answerDeadline: Int64 = 60_000

        package init() {}

        /// In bytes: what libmicrohttpd may take for one connection. A head that is too large must fit, with a record of 56 bytes for each of its fields
        /// and the answer's headers: where there is no room left, libmicrohttpd closes without an answer.
        var connectionMemory: Int { 4 * head }
    }

    package struct Certificate: Hashable, Sendable {
        /// PEM.
        package var certificate: String
        package var key: String

        /// From two files, of which the key's must be readable by its owner alone.
        package static func read(certificate: String, key: String) throws(ServerError) -> Certificate {
            let texts = (
                try SecretFile(certificate, name: "certificate", isPublic: true).readForServer().text,
                try SecretFile(key, name: "key").readForServer().text
            )
            return Certificate(certificate: texts.0, key: texts.1)
        }
    }

    private let core: ListenerCore
    /// libmicrohttpd's daemon; nil once it was stopped.
    private let daemon: Mutex<ListenerCore.Daemon?>
    package let address: ListenAddress

    /// - Parameters:
    ///   - uptime: milliseconds that never run backwards, for deadlines.
    ///   - answer: called on threads of libmicrohttpd, several at a time; may block.
    package init(
        _ address: ListenAddress, certificate: Certificate? = nil, limits: Limits = Limits(),
        uptime: @escaping @Sendable () -> Int64 = HTTPListener.uptime, answer: @escaping @Sendable (Request) -> Response
    ) throws(ServerError) {
        guard certificate == nil || MHD_is_feature_supported(.FEATURE_TLS) == .YES else { throw .withoutTLS }
        let core = ListenerCore(limits: limits, isEncrypted: certificate != nil, uptime: uptime, answer: answer)
        let (socket, port) = try ListeningSocket.open(address)
        guard let started = core.start(on: socket, certificate: certificate) else {
            close(socket)
            throw certificate == nil ? .notStarted : .unusableCertificate
        }
        self.core = core
        daemon = Mutex(started)
        var bound = address
        bound.port = port
        self.address = bound
        let watch = core.watch
        Thread.detachNewThread { while watch.sweep() { usleep(100_000) } }
    }

    /// Takes no more connections, lets requests that have begun end for as long as is given, and closes.
    package func stop(grace milliseconds: Int = 5_000) {
        // The lock is held to the end: who stops it a second time returns when it is stopped.
        daemon.withLock { daemon in
            guard let running = daemon else { return }
            core.stop()
            let socket = MHD_quiesce_daemon(running.handle)
            for _ in 0..<(milliseconds / 10) where core.requestsInProgress > 0 { usleep(10_000) }
            // While it stops, libmicrohttpd before 1.0 looks for an answer of its own that it does not make any more, and crashes.
            for _ in 0..<5_000 where core.isRefusing { usleep(1_000) }
            running.stop()
            if socket >= 0 { close(socket) }
            core.watch.stop()
            daemon = nil
        }
    }

    deinit { stop(grace: 0) }

    /// Requests that are being read or answered.
    package var requestsInProgress: Int { core.requestsInProgress }

    /// Milliseconds since the machine started.
    package static let uptime: @Sendable () -> Int64 = {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

extension ServerError {
    fileprivate static let withoutTLS = ServerError(
        code: .listen, message: "this libmicrohttpd was built without TLS; let a proxy in front of it speak TLS")
    fileprivate static let notStarted = ServerError(code: .listen, message: "libmicrohttpd did not start")
    fileprivate static let unusableCertificate = ServerError(
        code: .secrets, message: "the certificate and its key are not PEM, or do not belong together")
}
