import CostModel
import Forge
import ForgeDouble
import Testing
import WebClient

/// What every code host has to do alike, held against the double of each.
@Suite("a code host")
struct ForgeContractTests {
    static let kinds = CodeHost.allCases

    @Test("opens a request with labels and reviewers, and shows it", arguments: kinds)
    func open(kind: CodeHost) throws {
        let host = try Host(kind)
        let draft = try host.draft(reviewers: ["ada"])
        let request = try host.forge.open(draft)
        #expect(request.number == 1)
        #expect(request.state == .open)
        #expect(request.branch == draft.branch && request.base == "main" && request.title == draft.title)
        #expect(request.commit == draft.commit)
        #expect(request.created == host.clock.now)
        let kept = try #require(host.double.requests.first)
        #expect(kept.labels == ["bursar"] && kept.reviewers == ["ada"] && kept.body == draft.body)
        #expect(try host.forge.request(1).labels == ["bursar"])
    }

    @Test("opens one request for a branch, however often it is asked", arguments: kinds)
    func idempotent(kind: CodeHost) throws {
        let host = try Host(kind)
        let draft = try host.draft(reviewers: ["grace"])
        let first = try host.forge.open(draft)
        let writes = host.writes
        #expect(try host.forge.open(draft) == first)
        #expect(host.double.requests.count == 1)
        #expect(host.writes == writes)
    }

    @Test("takes no request into another branch for ours", arguments: kinds)
    func otherBase(kind: CodeHost) throws {
        let host = try Host(kind)
        var draft = try host.draft()
        _ = try host.forge.open(draft)
        try host.double.forcePush("next", onto: "main", file: "next", text: "next")
        draft.base = "next"
        let second = try host.forge.open(draft)
        #expect(second.number == 2 && second.base == "next")
        #expect(try host.forge.open(draft) == second)
    }

    @Test("finds the request whose answer was lost", arguments: kinds, [true, false])
    func lostAnswer(kind: CodeHost, happened: Bool) throws {
        let host = try Host(kind)
        let draft = try host.draft()
        let creating = try host.requestsUntilCreation(draft)
        host.double.fail(happened ? .timeOutAfter : .timeOutBefore, atRequest: creating)
        if happened {
            #expect(try host.forge.open(draft).number == 1)
            #expect(host.double.requests.count == 1)
            #expect(host.double.requests[0].labels == ["bursar"])
        } else {
            #expect(throws: ForgeError.self) { try host.forge.open(draft) }
            #expect(host.double.requests.isEmpty)
        }
    }

    @Test("stands without a reviewer who cannot be asked", arguments: kinds)
    func strangeReviewer(kind: CodeHost) throws {
        let host = try Host(kind)
        let request = try host.forge.open(host.draft(reviewers: ["@nobody", "@ada", "@bursar-bot", "someone@example.com"]))
        #expect(request.state == .open)
        #expect(host.double.requests[0].reviewers == ["ada"])
    }

    @Test("opens a draft", arguments: kinds)
    func draft(kind: CodeHost) throws {
        let host = try Host(kind)
        let request = try host.forge.open(host.draft(isDraft: true))
        #expect(request.isDraft && request.title == "payments: 2 findings")
        try host.forge.update(1, to: host.draft(title: "payments: 3 findings", isDraft: true))
        let changed = try host.forge.request(1)
        #expect(changed.isDraft && changed.title == "payments: 3 findings")
    }

    @Test("changes title and body in place, keeps people's labels, and writes nothing where nothing differs", arguments: kinds)
    func update(kind: CodeHost) throws {
        let host = try Host(kind)
        var draft = try host.draft()
        _ = try host.forge.open(draft)
        try host.double.edit(1, labels: ["bursar", "mine"])
        draft.title = "payments: 4 findings"
        draft.body = "why, and more\n"
        draft.labels = ["bursar", "cost"]
        try host.forge.update(1, to: draft)
        let kept = host.double.requests[0]
        #expect(kept.body == draft.body)
        #expect(Set(kept.labels) == ["bursar", "mine", "cost"])
        #expect(try host.forge.request(1).title == draft.title)
        let writes = host.writes
        try host.forge.update(1, to: draft)
        #expect(host.writes == writes)
    }

    @Test("closes once, and says whether a comment was written", arguments: kinds)
    func close(kind: CodeHost) throws {
        let host = try Host(kind)
        _ = try host.forge.open(host.draft())
        for (text, isNew) in [("mended", true), ("mended", false), ("mended elsewhere", true)] {
            #expect(try host.forge.comment(1, marker: "closed", body: text) == isNew)
        }
        for _ in 1...2 { try host.forge.close(1) }
        #expect(!host.double.requests[0].isOpen)
        #expect(host.double.requests[0].comments.count == 1)
        #expect(try host.forge.request(1).state == .closed)
    }

    @Test("says when somebody closed it", arguments: kinds)
    func closed(kind: CodeHost) throws {
        let host = try Host(kind)
        _ = try host.forge.open(host.draft())
        host.clock.advance(60)
        try host.double.close(1, by: "grace")
        let request = try host.forge.request(1)
        #expect(request.state == .closed && request.ended == host.clock.now)
    }

    @Test("keeps one comment per marker, and leaves a stranger's alone", arguments: kinds)
    func comments(kind: CodeHost) throws {
        let host = try Host(kind)
        _ = try host.forge.open(host.draft())
        try host.double.comment(1, "<!-- bursar:edited -->\nnot ours", by: "grace")
        try host.forge.comment(1, marker: "edited", body: "first")
        try host.forge.comment(1, marker: "edited", body: "second")
        try host.forge.comment(1, marker: "other", body: "third")
        let writes = host.writes
        try host.forge.comment(1, marker: "other", body: "third")
        #expect(host.writes == writes)
        #expect(
            host.double.requests[0].comments.map(\.body) == [
                "<!-- bursar:edited -->\nnot ours", "<!-- bursar:edited -->\nsecond", "<!-- bursar:other -->\nthird",
            ])
    }

    @Test("sets a status once", arguments: kinds)
    func status(kind: CodeHost) throws {
        let host = try Host(kind)
        let draft = try host.draft()
        let status = CommitStatus(state: .success, context: "bursar/payments", description: "2 findings", url: "https://bursar.example/r-1")
        for _ in 0..<2 { try host.forge.setStatus(status, of: draft.commit) }
        #expect(host.double.statuses.count == 1)
        try host.forge.setStatus(CommitStatus(state: .failure, context: "bursar/payments", description: "3 findings"), of: draft.commit)
        #expect(host.double.statuses.count == 2)
        #expect(throws: ForgeError.self) { try host.forge.setStatus(status, of: String(repeating: "0", count: 40)) }
    }

    @Test("lists every request of ours over all pages, newest first", arguments: kinds)
    func pages(kind: CodeHost) throws {
        let host = try Host(kind)
        for index in 1...5 { _ = try host.forge.open(host.draft("bursar/g-\(index)", labels: [])) }
        _ = try host.forge.open(host.draft("feature/x", labels: []))
        try host.double.close(2)
        host.double.limitPages(to: 2)
        let found = try host.forge.requests(branchPrefix: "bursar/", since: nil)
        #expect(found.map(\.number) == [5, 4, 3, 2, 1])
        #expect(found.map(\.state) == [.open, .open, .open, .closed, .open])
    }

    @Test("leaves out what ended long ago, but nothing that is open", arguments: kinds)
    func since(kind: CodeHost) throws {
        let host = try Host(kind)
        for index in 1...3 { _ = try host.forge.open(host.draft("bursar/g-\(index)", labels: [])) }
        try host.double.close(1)
        host.clock.advance(1000)
        let since = host.clock.now
        host.clock.advance(1000)
        try host.double.close(2)
        #expect(try host.forge.requests(branchPrefix: "bursar/", since: since).map(\.number) == [3, 2])
    }

    @Test("shows a merge by its commit in the base, whatever the method", arguments: kinds, ForgeDouble.MergeMethod.allCases)
    func merges(kind: CodeHost, method: ForgeDouble.MergeMethod) throws {
        let host = try Host(kind)
        _ = try host.forge.open(host.draft())
        try host.double.pushCommit(on: "main", file: "other.tf", text: "two\n")
        let commit = try host.double.merge(1, method: method)
        let request = try host.forge.request(1)
        #expect(request.state == .merged && request.ended == host.clock.now)
        #expect(request.mergeCommit == commit)
        #expect(try host.forge.requests(branchPrefix: "bursar/", since: nil).map(\.state) == [.merged])
    }

    @Test("still knows the branch after it was deleted", arguments: kinds)
    func deletedBranch(kind: CodeHost) throws {
        let host = try Host(kind)
        let draft = try host.draft()
        _ = try host.forge.open(draft)
        try host.double.merge(1, method: .squash)
        try host.double.deleteBranch(draft.branch)
        #expect(try host.forge.requests(branchPrefix: "bursar/", since: nil).map(\.branch) == [draft.branch])
    }

    @Test("names what it cannot open: no commits between the branches", arguments: kinds)
    func nothingBetween(kind: CodeHost) throws {
        let host = try Host(kind)
        let draft = RequestDraft(branch: "main", base: "main", title: "t", body: "b", commit: "")
        let error = try #require(throws: ForgeError.self) { try host.forge.open(draft) }
        #expect(error.code == .invalid || error.code == .conflict)
        #expect(host.double.requests.isEmpty)
    }

    @Test("publishes nothing that looks like a secret", arguments: kinds)
    func secrets(kind: CodeHost) throws {
        let host = try Host(kind)
        var draft = try host.draft()
        draft.body = "the tag is AKIAIOSFODNN7EXAMPLE"
        let error = try #require(throws: ForgeError.self) { try host.forge.open(draft) }
        #expect(error.message == "what would be published holds an AWS access key, so nothing was sent")
        #expect(host.double.exchanges.isEmpty)
    }
}

extension Host {
    /// How many requests of the double changed something.
    var writes: Int { double.exchanges.filter { $0.request.method != .get }.count }

    /// At which request from now `open` creates: found on another host of the same kind.
    func requestsUntilCreation(_ draft: RequestDraft) throws -> Int {
        let other = try Host(double.kind)
        _ = try other.forge.open(other.draft(draft.branch, title: draft.title, labels: draft.labels, reviewers: draft.reviewers))
        let place = try #require(
            other.double.exchanges.firstIndex { exchange in
                exchange.request.method == .post
                    && (exchange.request.url.hasSuffix("/pulls") || exchange.request.url.hasSuffix("/merge_requests"))
            })
        return place + 1
    }
}
