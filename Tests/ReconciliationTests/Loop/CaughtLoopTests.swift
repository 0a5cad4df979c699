import CostModel
import Reporting
import Store
import TestSupport
import Testing

@testable import Reconciliation

@Suite("what branches had on their way, in the loop")
struct CaughtLoopTests {
    private let loop: LocalLoop
    private var repository: TemporaryRepository { loop.estate.repository }

    /// An estate without a finding, looked at once.
    init() throws {
        let estate = try SmallEstate()
        try estate.repository.write(Self.queue("jobs", tagged: true), to: "infra/app/main.tf")
        try estate.repository.commit("all is tagged")
        loop = try LocalLoop(estate)
        try loop.run()
        loop.advance(.hours(24))
    }

    private static func queue(_ name: String, tagged: Bool) -> String {
        let tags = tagged ? "    team = \"payments\"\n    cost-center = \"CC-1010\"\n" : "    team = \"payments\"\n"
        return "resource \"aws_sqs_queue\" \"\(name)\" {\n  name = \"\(name)\"\n\n  tags = {\n\(tags)  }\n}\n"
    }

    /// Commits one after the other on a branch of its own, and merges it.
    private func merge(_ steps: [[String: String?]], squashed: Bool = false) throws {
        try repository.git(["checkout", "--quiet", "-b", "work"])
        for (number, files) in steps.enumerated() {
            for (path, text) in files {
                if let text { try repository.write(text, to: path) } else { try repository.git(["rm", "--quiet", path]) }
            }
            try repository.commit("step \(number)")
        }
        try repository.git(["checkout", "--quiet", "main"])
        if squashed {
            try repository.git(["merge", "--quiet", "--squash", "work"])
            try repository.commit("squashed")
        } else {
            try repository.git(["merge", "--quiet", "--no-ff", "--message", "merged", "work"])
        }
        try repository.git(["branch", "--quiet", "-D", "work"])
    }

    private func caught() throws -> CaughtFindings {
        let text = try #require(try loop.ledger.value(CaughtFindings.key))
        return try #require(CaughtFindings(text: text))
    }

    /// The number of findings, and of changes by what is known of them, of the day.
    private func look() throws -> (findings: Int?, judged: Int, single: Int, unjudged: Int) {
        try loop.run()
        let day = loop.now.day
        let count = try caught().count(in: day..<day.advanced(by: 1))
        return (count.findings, count.arrivals.judged, count.arrivals.single, count.arrivals.unjudged)
    }

    @Test("a finding that was fixed before the merge was caught, once, with the commits that show it")
    func fixed() throws {
        try merge([
            ["infra/app/new.tf": Self.queue("new", tagged: false)], ["README.md": "no code"],
            ["infra/app/new.tf": Self.queue("new", tagged: true)],
        ])
        #expect(try look() == (1, 1, 0, 0))
        let entry = try #require(try caught().entries.first)
        #expect(entry.resource == "infra/app:aws_sqs_queue.new" && entry.team == "payments" && entry.rule == "missing-tag")
        #expect(try repository.git(["log", "-1", "--format=%s", entry.commit]).hasPrefix("step 0"))
        #expect(try repository.git(["log", "-1", "--format=%s", entry.merge]).hasPrefix("merged"))
        // Nothing counts it a second time.
        loop.advance(.hours(24))
        #expect(try look() == (0, 0, 0, 0))
        #expect(try caught().entries.count == 1)
    }

    @Test("what the merge brought, and what was there before, was not caught")
    func brought() throws {
        try merge([["infra/app/a.tf": Self.queue("a", tagged: false)], ["infra/app/b.tf": Self.queue("b", tagged: true)]])
        #expect(try look() == (0, 1, 0, 0))
        loop.advance(.hours(24))
        // Fixed on a branch: the target had it, so that it was fixed and not prevented.
        try merge([["infra/app/c.tf": Self.queue("c", tagged: true)], ["infra/app/a.tf": Self.queue("a", tagged: true)]])
        #expect(try look() == (0, 1, 0, 0))
    }

    @Test("a finding that only took another name on the way was not caught, and one that wandered was caught once")
    func renamed() throws {
        try merge([["infra/app/a.tf": Self.queue("a", tagged: false)], ["infra/app/a.tf": Self.queue("renamed", tagged: false)]])
        #expect(try look() == (0, 1, 0, 0))
        loop.advance(.hours(24))
        try merge([
            ["infra/app/b.tf": Self.queue("b1", tagged: false)], ["infra/app/b.tf": Self.queue("b2", tagged: false)],
            ["infra/app/b.tf": Self.queue("b2", tagged: true)],
        ])
        #expect(try look() == (1, 1, 0, 0))
    }

    @Test("of what came as one commit nothing is known, and it is said how many there were")
    func squashed() throws {
        try merge(
            [["infra/app/a.tf": Self.queue("a", tagged: false)], ["infra/app/a.tf": Self.queue("a", tagged: true)]], squashed: true)
        #expect(try look() == (0, 0, 1, 0))
    }

    @Test("a commit that cannot be read makes its merge one of which not all is known")
    func unreadable() throws {
        try merge([
            ["infra/app/a.tf": Self.queue("a", tagged: false)], ["infra/app/a.tf": "resource \"aws_sqs_queue\" {{{"],
            ["infra/app/a.tf": Self.queue("a", tagged: true)],
        ])
        #expect(try look() == (1, 0, 0, 1))
    }

    @Test("of a long branch the first commits are judged, and that it was not all is said")
    func long() throws {
        let steps = (0..<14).map { ["infra/app/a.tf": Self.queue("a\($0 / 2)", tagged: $0 % 2 == 1) as String?] }
        try merge(steps)
        let count = try look()
        #expect(count.findings == 1 && count.judged == 0 && count.unjudged == 1)
    }

    @Test("while data are missing merges wait, and nothing says that there were none")
    func waiting() throws {
        let state = SmallEstate.state()
        try repository.write(String(state.dropLast(40)), to: "observed/state/infra/app/terraform.tfstate")
        try merge([
            ["infra/app/a.tf": Self.queue("a", tagged: false)], ["infra/app/a.tf": Self.queue("a", tagged: true)],
        ])
        #expect(try look() == (nil, 0, 0, 0))
        loop.advance(.hours(24))
        try repository.write(state, to: "observed/state/infra/app/terraform.tfstate")
        #expect(try look() == (1, 1, 0, 0))
    }

    @Test("before the first look nothing is known, and a history that was rewritten is one of which nothing is known")
    func unknown() throws {
        let first = SmallEstate.now.day
        #expect(try caught().since == first.advanced(by: 1))
        #expect(try caught().count(in: first..<first.advanced(by: 1)).findings == nil)
        try repository.git(["checkout", "--quiet", "--orphan", "other"])
        try repository.commit("another history")
        try repository.git(["branch", "--quiet", "-f", "main", "other"])
        try repository.git(["checkout", "--quiet", "main"])
        #expect(try look() == (0, 0, 0, 1))
    }

    @Test("what was caught changes no score, level or badge, and no number of what was prevented")
    func nothing() throws {
        func standing() throws -> [String] {
            let history = try History(loop.ledger, today: loop.now.day)
            return history.scores.map { "\($0.team) \($0.day) \($0.score?.description ?? "–") \($0.level)" } + history.badges.map(\.name)
                + history.lives.map(\.id)
        }
        try loop.run()
        let before = try standing()
        for number in 0..<3 {
            try merge([
                ["infra/app/n.tf": Self.queue("n\(number)", tagged: false)], ["infra/app/n.tf": Self.queue("n\(number)", tagged: true)],
            ])
            try loop.run()
        }
        #expect(try caught().entries.count == 3)
        #expect(try standing() == before)
    }
}
