import CostModel
import Forge
import ForgeDouble
import Store
import TestSupport
import Testing

@testable import Reconciliation

/// Two entries for two branches of one repository: the same policies, the same findings, one host.
@Suite("several workspaces that push to one repository")
struct SharedRepositoryTests {
    private let main: HostedLoop
    private let release: HostedLoop
    private var both: [HostedLoop] { [main, release] }

    init() throws {
        main = try HostedLoop(.github)
        // Its code differs, and is behind.
        try main.bare.git(["branch", "release", "main"])
        try main.commit("# newer\n" + SmallEstate.queue, to: "infra/app/main.tf")
        release = HostedLoop(beside: main, branch: "release")
    }

    private func branches() throws -> Set<String> {
        Set(
            try main.bare.git(["for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/bursar"]).split(separator: "\n").map(
                String.init))
    }

    @Test("each has requests of its own, and takes none of the other's over, also when both ledgers are lost", arguments: [true, false])
    func apart(hasHost: Bool) throws {
        for loop in both { loop.hasHost = hasHost }
        for loop in both { try loop.run() }
        let written = try branches()
        #expect(written.count == 2)
        if hasHost { #expect(main.host.requests.map(\.base) == ["main", "release"]) }
        for _ in 1...2 {
            main.clock.advance(.days(1))
            for loop in both {
                loop.loseLedger()
                try loop.run(.api(caller: "test"))
            }
            #expect(try branches() == written)
        }
        for loop in both { #expect(try loop.ledger().requests().map(\.state) == [.open]) }
        if hasHost { #expect(main.host.requests.count == 2) }
    }

    @Test("a merge of one that reaches the other's branch later is not the other's")
    func mergedForward() throws {
        for loop in both { try loop.run() }
        _ = try main.host.merge(2, method: .merge)
        let repository = main.estate.repository
        try repository.git(["fetch", "--quiet", main.bare.path, "main", "release"])
        try repository.git(["pull", "--quiet", "--rebase", main.bare.path, "main"])
        try repository.git(["pull", "--quiet", "--no-rebase", "--no-edit", "-s", "ours", main.bare.path, "release"])
        try repository.git(["push", "--quiet", main.bare.path, "main:main"])
        main.clock.advance(.days(1))
        for loop in both { try loop.run() }
        #expect(try main.ledger().savings().isEmpty)
        #expect(try main.ledger().requests().map(\.state) == [.open])
        #expect(try release.ledger().requests().map(\.state) == [.merged])
    }
}
