import CostModel
import Forge
import ForgeDouble
import Foundation
import Store
import TestSupport
import Testing

@testable import Commands

/// The whole way: the command, Git over a network, and a code host's API over HTTP.
@Suite("bursar reconcile, end to end")
struct ServedLoopTests {
    private static let pairs: [(ServedEstate.Transport, CodeHost)] = ServedEstate.Transport.allCases.flatMap { transport in
        let isThere =
            switch transport {
            case .http: ServerProgram.hasHTTP
            case .ssh: ServerProgram.sshd != nil
            case .daemon: true
            }
        return isThere ? CodeHost.allCases.map { (transport, $0) } : []
    }

    @Test("is tried with every code host over HTTP", .enabled(if: ServerProgram.hasHTTP, "\(ServerProgram.missingHTTP)"))
    func http() { #expect(Self.pairs.filter { $0.0 == .http }.map(\.1) == CodeHost.allCases) }

    @Test("is tried with every code host over SSH", .enabled(if: ServerProgram.sshd != nil, "\(ServerProgram.missingSSH)"))
    func ssh() { #expect(Self.pairs.filter { $0.0 == .ssh }.map(\.1) == CodeHost.allCases) }

    @Test("opens requests, sees what people do with them, and writes nothing twice or without being asked", arguments: pairs)
    func life(transport: ServedEstate.Transport, kind: CodeHost) throws {
        let estate = try ServedEstate(transport, kind)
        let dry = try estate.reconcile()
        #expect(dry.code == 0, "\(dry.error)\(dry.output)")
        #expect(dry.output.contains("would open") && dry.output.contains("dry run"))
        #expect(try estate.branches.isEmpty)
        #expect(estate.double.requests.isEmpty && estate.double.statuses.isEmpty)

        let first = try estate.reconcile("--apply")
        #expect(first.code == 0, "\(first.error)\(first.output)")
        #expect(try estate.branches.count == 5)
        #expect(estate.double.requests.count == 5 && estate.double.requests.allSatisfy(\.isOpen))
        #expect(estate.double.statuses.count == 1)
        let asked = estate.double.exchanges.count
        #expect(try estate.reconcile("--apply").output.contains("unchanged since the last run"))
        #expect(estate.double.exchanges.count == asked, "nothing is even asked for")

        // Three people merge, each in another way; one closes, one edits.
        for (team, method) in zip(ServedEstate.teams, [ForgeDouble.MergeMethod.merge, .squash, .rebase]) {
            _ = try estate.double.merge(try #require(estate.request(of: team)).number, method: method)
        }
        try estate.double.close(try #require(estate.request(of: "pay")).number)
        let edited = try #require(estate.request(of: "web")).head
        _ = try estate.double.pushCommit(on: edited, file: "mine", text: "mine")
        estate.advance(hours: 24)
        let second = try estate.reconcile("--apply")
        #expect(second.code == 0, "\(second.error)\(second.output)")
        estate.advance(hours: 24)
        #expect(try estate.reconcile("--apply").code == 0)

        let ledger = try estate.ledger()
        #expect(
            try Dictionary(grouping: ledger.requests(), by: \.state).mapValues { $0.compactMap(\.team).sorted() }
                == [.merged: ["api", "data", "mail"], .dismissed: ["pay"], .open: ["web"]])
        #expect(estate.double.requests.count == 5, "nothing was opened a second time")
        #expect(try estate.git("show", "\(edited):mine") == "mine")
        #expect(estate.double.requests.flatMap(\.comments).count == 1, "the edited one is told once")
        #expect(try estate.branches.count == 2, "branches of what was merged are gone")
        #expect(try ledger.savings().count == 3)
        #expect(estate.history("--requests").output.contains("merged"))
        #expect(estate.history("--audit").output.contains("request-opened"))
        try estate.expectNoSecret([dry, first, second])
    }

    @Test(
        "a wrong token of Git or of the code host is said and is in no message, and another workspace goes on",
        arguments: pairs.filter { $0.0 == .http })
    func wrongTokens(transport: ServedEstate.Transport, kind: CodeHost) throws {
        let estate = try ServedEstate(transport, kind)
        let other = try ServedEstate(.daemon, kind)
        try other.reconcile("--apply")
        let more = "    - {name: other, repository: \"\(other.folder.path)/served/estate.git\", observed: \"\(other.folder.path)\"}\n"
        let git = try estate.reconcile("--apply", gitToken: "wr0ng-git", more: more)
        #expect(git.code == 3, "\(git.error)\(git.output)")
        #expect(git.error.contains("[estate") || git.error.contains("estate:"), "\(git.error)")
        #expect(git.output.contains("estate: stalled") && git.output.contains("other at"), "\(git.output)")
        #expect(try estate.branches.isEmpty)
        let api = try estate.reconcile("--apply", gitToken: GitHTTPServer.token, apiToken: "wr0ng-api")
        #expect(api.code == 3)
        #expect(api.output.contains("401"), "\(api.output)")
        #expect(try estate.branches.isEmpty, "nothing is pushed for a host that does not accept us")
        #expect(try estate.reconcile("--apply", apiToken: estate.double.token).code == 0)
        #expect(try estate.branches.count == 5)
        try estate.expectNoSecret([git, api], and: ["wr0ng-git", "wr0ng-api"])
    }
}

extension ServedEstate {
    /// Neither in what was said, nor in anything that was written: ledger, mirror, requests.
    func expectNoSecret(_ said: [Said], and others: [String] = []) throws {
        let secrets = [GitHTTPServer.token, double.token] + others
        for text in said.flatMap({ [$0.output, $0.error] }) { #expect(!secrets.contains { text.contains($0) }) }
        let files = FileManager.default.enumerator(atPath: folder.path + "/state")?.compactMap { $0 as? String } ?? []
        #expect(files.contains { $0.hasSuffix("ledger.sqlite") })
        for file in files {
            guard let bytes = FileManager.default.contents(atPath: folder.path + "/state/" + file) else { continue }
            #expect(!secrets.contains { bytes.range(of: Data($0.utf8)) != nil }, "\(file)")
        }
        for request in double.requests { #expect(!secrets.contains { (request.body + request.title).contains($0) }) }
    }
}
