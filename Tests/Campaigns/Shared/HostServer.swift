import CostModel
import Forge
import ForgeDouble
import TestSupport

/// The double of a code host, behind HTTP, so that the real program can speak to it.
final class HostServer {
    var host: ForgeDouble { served.host }
    private let served: ServedDouble
    private let secrets = TemporaryDirectory()

    init(_ kind: CodeHost, of remote: Remote, clock: SimulatedClock) throws {
        served = try ServedDouble(kind, repository: remote.path, clock: { clock.now.seconds })
        try secrets.write(host.token + "\n", to: "token")
        try secrets.setMode(0o600, of: "token")
    }

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
}
