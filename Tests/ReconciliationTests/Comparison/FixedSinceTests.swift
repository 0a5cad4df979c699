import CostModel
import Foundation
import Reconciliation
import TestSupport
import Testing

/// A change that is behind is not blamed for what was there when it began; but it may not bring back what others have fixed since.
@Suite("what the target has fixed since a change began")
struct FixedSinceTests {
    private static let main = "infra/app/main.tf"
    private static let fixed = SmallEstate.queue.replacing(
        "team = \"payments\"", with: "team        = \"payments\"\n    cost-center = \"CC-1010\"")
    /// So much else that Git does not take it for the same file under another name.
    private static let other = (1...30).map { "# \($0): a remark of its own, long enough\n" }.joined()
    private static let more =
        "resource \"aws_sqs_queue\" \"more\" {\n  name = \"more\"\n  tags = { team = \"payments\", cost-center = \"CC-1010\" }\n}\n"

    /// A change in which these files have these contents, over a target that has fixed the queue since.
    private func check(
        _ files: [String: String?], base: [String: String] = [:], target: [String: String] = [main: fixed]
    ) throws -> ChangeCheck.Outcome {
        let estate = try SmallEstate()
        if !base.isEmpty { try write(base, estate) }
        try estate.repository.git(["checkout", "--quiet", "-b", "change"])
        try write(files, estate)
        try estate.repository.git(["checkout", "--quiet", "main"])
        try write(target, estate)
        try estate.repository.git(["checkout", "--quiet", "change"])
        return try compare(estate)
    }

    private func write(_ files: [String: String?], _ estate: SmallEstate) throws {
        for (path, text) in files {
            if let text {
                try estate.repository.write(text, to: path)
            } else {
                try estate.repository.git(["rm", "--quiet", path])
            }
        }
        try estate.repository.commit()
    }

    private func compare(_ estate: SmallEstate) throws -> ChangeCheck.Outcome {
        try ChangeCheck(estate.path, now: SmallEstate.now).compare(try estate.open(.revision("HEAD")), with: "main")
    }

    private static let ways: [[String: String?]] = [
        // Moved into another file, alone or among others, as JSON, and with a file that overrides what the target wrote.
        [main: nil, "infra/app/queues.tf": other + SmallEstate.queue],
        [main: nil, "infra/app/queues.tf": more + other + SmallEstate.queue],
        [main: nil, "infra/app/queues.tf.json": #"{"resource": {"aws_sqs_queue": {"jobs": {"tags": {"team": "payments"}}}}}"#],
        ["infra/app/override.tf": "resource \"aws_sqs_queue\" \"jobs\" {\n  tags = { team = \"payments\" }\n}\n"],
        // Where both wrote, somebody has to settle it, and may do so in the change's favour.
        [main: SmallEstate.queue.replacing("team = \"payments\"", with: "team = \"payments\" # mine")],
    ]

    @Test("comes back with code that the change moved or wrote over it, and fails", arguments: ways.indices)
    func comesBack(way: Int) throws {
        let outcome = try check(Self.ways[way])
        let blocking = outcome.deciding.filter(\.blocks)
        #expect(blocking.map { $0.resource?.identity.address } == ["aws_sqs_queue.jobs"], "\(outcome.comparison.findings)")
        let change = try #require(outcome.comparison.findings.first { $0.change == .new })
        #expect(change.details.contains("the target has fixed it since the change began: merge the target into the change"))
    }

    @Test(
        "does not come back with what the change does elsewhere, and is no fault of it",
        arguments: [
            [main: SmallEstate.queue + "\n\n\n\n" + more], ["infra/app/more.tf": more], ["infra/new/main.tf": more],
            ["docs/readme.md": "hello\n"],
        ] as [[String: String?]])
    func elsewhere(files: [String: String?]) throws {
        let outcome = try check(files)
        #expect(outcome.deciding.filter(\.blocks) == [])
        #expect(outcome.comparison.count(.new) == 0)
    }

    @Test("does not come back with a file that the change renamed: the target's fix is merged into it", arguments: [true, false])
    func renamed(isEdited: Bool) throws {
        let outcome = try check(
            [Self.main: nil, "infra/app/queues.tf": Self.other + SmallEstate.queue + (isEdited ? Self.more : "")],
            base: [Self.main: Self.other + SmallEstate.queue], target: [Self.main: Self.other + Self.fixed])
        #expect(outcome.deciding.filter(\.blocks) == [] && outcome.diagnostics.isEmpty)
    }

    @Test("is not what the target has still, though the change moves it")
    func still() throws {
        let outcome = try check([Self.main: nil, "infra/app/queues.tf": Self.other + SmallEstate.queue], target: ["docs/a.md": "a\n"])
        #expect(outcome.deciding.filter(\.blocks) == [])
    }

    @Test("comes back with a policy that the change takes away, too")
    func withPolicy() throws {
        let outcome = try check([
            Self.main: nil, "infra/app/queues.tf": Self.other + SmallEstate.queue, "policies/tags.yaml": nil,
        ])
        #expect(outcome.deciding.contains { $0.blocks && $0.resource?.identity.address == "aws_sqs_queue.jobs" })
    }

    @Test("does not come back after merges of both sides that a fix of the target follows")
    func fixedAfterwards() throws {
        let estate = try SmallEstate()
        let repository = estate.repository
        for name in ["one", "two"] {
            try repository.git(["checkout", "--quiet", "-b", name, "main"])
            try write(["docs/\(name).md": "x\n", "infra/app/\(name).tf": Self.more.replacing("more", with: name)], estate)
        }
        try repository.git(["checkout", "--quiet", "-b", "change", "two"])
        try repository.git(["merge", "--quiet", "--no-ff", "--message", "m", "one"])
        try repository.git(["checkout", "--quiet", "main"])
        try repository.git(["merge", "--quiet", "--no-ff", "--message", "m", "one"])
        try repository.git(["merge", "--quiet", "--no-ff", "--message", "m", "two"])
        try write([Self.main: Self.fixed], estate)
        try repository.git(["checkout", "--quiet", "change"])
        try write(["infra/app/more.tf": Self.more], estate)
        #expect(try repository.git(["merge-base", "--all", "main", "change"]).split(separator: "\n").count == 2)
        #expect(try compare(estate).deciding.filter(\.blocks) == [])
    }

    /// Both sides merged one that has it and one that took it away, and settled that differently. Which of the two commits counts as the one
    /// where the change began is chance: that of the names of commits.
    @Test("comes back from a merge of both sides, whichever of the commits they have in common counts", arguments: 1...6)
    func crosswise(nonce: Int) throws {
        let estate = try SmallEstate()
        let repository = estate.repository
        try repository.git(["checkout", "--quiet", "-b", "keeps"])
        try write(["docs/keeps.md": "\(nonce)\n"], estate)
        try repository.git(["checkout", "--quiet", "-b", "fixes", "main"])
        try write([Self.main: Self.fixed], estate)
        try repository.git(["checkout", "--quiet", "main"])
        try repository.git(["merge", "--quiet", "--no-ff", "--message", "m", "fixes"])
        try repository.git(["merge", "--quiet", "--no-ff", "--message", "m", "keeps"])
        try repository.git(["checkout", "--quiet", "-b", "change", "keeps"])
        try repository.git(["merge", "--quiet", "--no-ff", "--no-commit", "fixes"])
        try repository.git(["checkout", "keeps", "--", Self.main])
        try repository.commit()
        let bases = try repository.git(["merge-base", "--all", "main", "change"])
        #expect(bases.split(separator: "\n").count == 2)
        let outcome = try compare(estate)
        #expect(outcome.deciding.contains { $0.blocks && $0.resource?.identity.address == "aws_sqs_queue.jobs" })
    }
}
