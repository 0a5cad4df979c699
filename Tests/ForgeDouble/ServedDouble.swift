package import CostModel
internal import Forge
internal import Synchronization
internal import WebClient

/// A double behind real HTTP on this machine, for the real program. Its token stands in no file yet.
package final class ServedDouble {
    package let host: ForgeDouble
    private let listener: HTTPListener

    package init(_ kind: CodeHost, repository: String, clock: @escaping @Sendable () -> Int64) throws {
        let place = Place()
        listener = try HTTPListener(
            .answers { request in
                guard let host = place.host.withLock({ $0 }) else { return HTTPResponse(status: 503) }
                // What breaks the connection in a test in process is a server's failure here.
                do throws(HTTPError) { return try host.send(request) } catch { return HTTPResponse(status: 502) }
            })
        // Where it listens is known only now.
        host = ForgeDouble(kind, repository: repository, origin: listener.origin, clock: clock)
        place.host.withLock { [host] in $0 = host }
        listener.start()
    }

    deinit { listener.stop() }

    private final class Place: Sendable { let host = Mutex<ForgeDouble?>(nil) }
}
