import CostModel
import Forge
import ForgeDouble
import Synchronization
import TestSupport

/// The double of a code host, behind HTTP, so that the real program can speak to it.
final class HostServer {
    let host: ForgeDouble
    private let listener: HTTPListener
    private let secrets = TemporaryDirectory()

    init(_ kind: ForgeKind, of remote: Remote, clock: SimulatedClock) throws {
        let place = Place()
        listener = try HTTPListener(
            .answers { request in
                guard let host = place.host.withLock({ $0 }) else { return HTTPResponse(status: 503) }
                // What breaks the connection in a test in process is a server's failure here.
                do throws(HTTPError) { return try host.send(request) } catch { return HTTPResponse(status: 502) }
            })
        host = ForgeDouble(kind, repository: remote.path, origin: listener.origin, clock: { clock.now.seconds })
        place.host.withLock { [host] in $0 = host }
        listener.start()
        try secrets.write(host.token + "\n", to: "token")
        try secrets.setMode(0o600, of: "token")
    }

    deinit { listener.stop() }

    /// How a workspace's configuration names it.
    var configuration: String {
        "forge: {kind: \(host.kind.rawValue), api: \"\(host.api)\", project: acme/infra, tokenFile: \"\(secrets.path)/token\"}"
    }

    /// One open request for each subject, each as the ledger has it, and nothing said twice.
    func check(open numbers: Set<Int>, _ when: String) throws {
        let open = host.requests.filter(\.isOpen)
        try require(Set(open.map(\.number)) == numbers, "\(when): open are \(open.map(\.number)), the ledger says \(numbers.sorted())")
        try require(Set(open.map(\.head)).count == open.count, "\(when): two requests are open for one branch")
        for request in host.requests {
            let bodies = request.comments.map(\.body)
            try require(Set(bodies).count == bodies.count, "\(when): a comment stands twice on #\(request.number): \(bodies)")
        }
    }

    private final class Place: Sendable { let host = Mutex<ForgeDouble?>(nil) }
}
