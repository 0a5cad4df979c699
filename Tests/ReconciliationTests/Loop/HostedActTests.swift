import CostModel
import Forge
import ForgeDouble
import Foundation
import Store
import TestSupport
import Testing

@testable import Reconciliation

/// What a code host does by itself, or a person's button does, is nobody's no.
@Suite("requests that the host closed, or changed")
struct HostedActTests {
    @Test("a merge request that lost its branch gets it back; with nothing left to fix it is closed")
    func lostBranch() throws {
        let loop = try HostedLoop(.gitlab)
        try loop.run()
        let branch = try #require(loop.host.requests.first?.head)
        let tip = try loop.bare.git(["rev-parse", branch])
        try loop.host.deleteBranch(branch)
        loop.clock.advance(.days(1))
        try loop.run()
        #expect(try loop.bare.git(["rev-parse", branch]) == tip)
        #expect(loop.host.requests.count == 1 && loop.host.requests[0].isOpen)
        #expect(try loop.ledger().requests().map(\.state) == [.open])
        try loop.host.deleteBranch(branch)
        try loop.mendByHand()
        loop.clock.advance(.days(1))
        try loop.run()
        #expect(!loop.host.requests[0].isOpen)
        #expect(try loop.ledger().requests().map(\.state) == [.obsolete])
    }

    @Test("a request whose base is not watched any more was not turned down", arguments: CodeHost.allCases)
    func otherBase(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        try loop.host.retarget(1, to: "old")
        try loop.host.close(1)
        for _ in 1...2 {
            loop.clock.advance(.days(1))
            try loop.run()
        }
        #expect(loop.host.requests.filter(\.isOpen).map(\.base) == ["main"])
    }

    @Test(
        "branches that were tidied away close their requests, which open again; who closed one first and tidied up later said no",
        arguments: CodeHost.allCases)
    func tidied(kind: CodeHost) throws {
        for closesFirst in [false, true] {
            let loop = try HostedLoop(kind)
            loop.host.behave(closesLost: true)
            try loop.run()
            let branch = try #require(loop.host.requests.first?.head)
            if closesFirst {
                try loop.host.close(1)
                loop.clock.advance(TimeSpan(seconds: 30))
            }
            try loop.host.deleteBranch(branch)
            for _ in 1...2 {
                loop.clock.advance(.days(1))
                try loop.run()
            }
            #expect(loop.host.requests.contains(where: \.isOpen) == !closesFirst)
        }
    }

    @Test(
        "where the host does not say who closed a request, the watched branch is looked at before it counts as a no",
        arguments: [false, true])
    func unexplained(isReplaced: Bool) throws {
        let loop = try HostedLoop(.gitea)
        loop.host.behave(hasTimeline: false)
        try loop.run()
        try loop.host.close(1)
        if isReplaced {
            // The branch of the same name begins anew: the host closes what was for the old one.
            try loop.estate.repository.git(["checkout", "--quiet", "--orphan", "anew"])
            try loop.estate.repository.commit("all of it, without its history")
            try loop.estate.repository.git(["push", "--quiet", "--force", loop.bare.path, "anew:main"])
        }
        for _ in 1...2 {
            loop.clock.advance(.days(1))
            try loop.run()
        }
        #expect(loop.host.requests.contains(where: \.isOpen) == isReplaced)
        #expect(try loop.ledger().requests().contains { $0.state == .dismissed } == !isReplaced)
    }

    @Test("a base that is deleted and made again closes its requests, which open again", arguments: [CodeHost.github, .gitlab])
    func newBase(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        loop.host.behave(closesLost: true)
        try loop.run()
        let tip = try loop.bare.git(["rev-parse", "main"])
        try loop.host.deleteBranch("main")
        loop.host.look()
        loop.clock.advance(.hours(1))
        try loop.bare.git(["update-ref", "refs/heads/main", tip])
        loop.host.look()
        for _ in 1...2 {
            loop.clock.advance(.days(1))
            try loop.run()
        }
        #expect(loop.host.requests.filter(\.isOpen).count == 1)
        #expect(try !loop.ledger().requests().contains { $0.state == .dismissed })
    }

    @Test("a host that has none of our requests any more gets them again", arguments: CodeHost.allCases)
    func emptied(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        try loop.move(to: kind)
        loop.clock.advance(.days(1))
        try loop.run()
        #expect(loop.host.requests.count == 1 && loop.host.requests[0].isOpen)
        #expect(try loop.ledger().requests().map(\.state) == [.open])
    }

    @Test("a merge of the watched branch into ours is nobody's edit; one that brings something of its own is", arguments: [false, true])
    func updatedBranch(hasEdit: Bool) throws {
        let loop = try HostedLoop(.github)
        try loop.run()
        let branch = try #require(loop.host.requests.first?.head)
        try loop.commit("x", to: "README")
        let repository = loop.estate.repository
        try repository.git(["fetch", "--quiet", loop.bare.path, branch])
        try repository.git(["checkout", "--quiet", "--detach", "FETCH_HEAD"])
        try repository.git(["merge", "--quiet", "--no-ff", "--no-commit", "main"])
        if hasEdit { try repository.write("mine", to: "NOTES") }
        try repository.commit("Merge branch 'main' into \(branch)")
        try repository.git(["push", "--quiet", loop.bare.path, "HEAD:refs/heads/\(branch)"])
        try repository.git(["checkout", "--quiet", "main"])
        loop.clock.advance(.days(1))
        try loop.run()
        var record = try #require(try loop.ledger().requests().first)
        #expect(record.isEdited == hasEdit && loop.host.requests[0].comments.isEmpty == !hasEdit)
        guard !hasEdit else { return }
        _ = try loop.host.merge(1, method: .merge)
        loop.clock.advance(.days(1))
        try loop.run()
        record = try #require(try loop.ledger().requests().first)
        #expect(record.state == .merged)
    }

    @Test("what people say in title, labels and around our part of the body stays; our part follows the plan", arguments: CodeHost.allCases)
    func words(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        let body = loop.host.requests[0].body
        try loop.host.edit(1, title: "Queues: please review", body: "Ada: on it.\n\n" + body + "\nSee the wiki.\n", labels: ["later"])
        try loop.commit(
            SmallEstate.queue + SmallEstate.queue.replacing("\"jobs\"", with: "\"mail\""), to: "infra/app/main.tf")
        loop.clock.advance(.days(1))
        try loop.run()
        let request = loop.host.requests[0]
        #expect(loop.host.requests.count == 1)
        #expect(request.title == "Queues: please review" && request.labels == ["later"])
        #expect(request.body.hasPrefix("Ada: on it.") && request.body.contains("See the wiki."))
        #expect(request.body.contains("2 findings") && request.body.components(separatedBy: "<!-- bursar: {").count == 2)
    }

    @Test(
        "labels that the settings ask for later are given to what is open; what people took away is not given again",
        arguments: CodeHost.allCases)
    func laterLabels(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        try loop.host.edit(1, labels: ["mine"])
        for round in 1...2 {
            try loop.commit(HostedLoop.workspace("{labels: [bursar, cost]}"), to: "bursar.yaml")
            if round == 2 { try loop.host.edit(1, labels: ["mine"]) }
            try loop.commit("\(round)", to: "README")
            loop.clock.advance(.days(1))
            try loop.run()
            #expect(loop.host.requests[0].labels == (round == 1 ? ["mine", "cost"] : ["mine"]))
        }
        loop.loseLedger()
        loop.clock.advance(.days(1))
        try loop.run()
        #expect(loop.host.requests[0].labels == ["mine"])
    }

    @Test("cut off between opening and labelling, the next run gives the labels", arguments: [CodeHost.github, .gitea])
    func cutOffLabels(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        loop.host.fail(.timeOutBefore, whenPathEndsIn: "/labels")
        if kind == .gitea { loop.host.fail(.timeOutBefore, whenPathEndsIn: "/labels") }
        for _ in 1...3 { try loop.run(.retry) }
        #expect(loop.host.requests.map(\.labels) == [["bursar"]])
    }

    @Test("of two machines that comment at once, by one account or two, one takes its words back", arguments: CodeHost.allCases)
    func race(kind: CodeHost) throws {
        for account in ["other-bot", "bursar-bot"] {
            let loop = try HostedLoop(kind)
            try loop.run()
            loop.host.commentFirst("<!-- bursar:closed -->\nDone as of 1234567.", by: account)
            #expect(try loop.forge.comment(1, marker: "closed", body: "Done as of abcdef0.") == false)
            #expect(loop.host.requests[0].comments.map(\.author) == [account])
            #expect(try loop.forge.comment(1, marker: "closed", body: "Something else.") == true)
        }
    }

    @Test("what another account of ours said already is not said again", arguments: CodeHost.allCases)
    func comments(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        try loop.run()
        try loop.host.comment(1, "<!-- bursar:closed -->\nDone.", by: "other-bot")
        #expect(try loop.forge.comment(1, marker: "closed", body: "Done.") == false)
        #expect(loop.host.requests[0].comments.count == 1)
    }

    @Test("a host that asked to wait is not asked by the next process either, until then", arguments: CodeHost.allCases)
    func waits(kind: CodeHost) throws {
        let loop = try HostedLoop(kind)
        loop.host.fail(.tooManyRequests(retryAfter: 600))
        #expect(try loop.run().retryAfter == 600)
        let calls = loop.host.exchanges.count
        loop.clock.advance(TimeSpan(seconds: 300))
        let result = try loop.run(.interval)
        #expect(loop.host.exchanges.count == calls && result.retryAfter == 300)
        loop.clock.advance(TimeSpan(seconds: 301))
        #expect(try loop.run().run.outcome == .succeeded)
        #expect(loop.host.requests.count == 1)
    }
}
