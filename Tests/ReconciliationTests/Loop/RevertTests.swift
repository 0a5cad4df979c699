import CostModel
import Store
import TestSupport
import Testing

@testable import Reconciliation

@Suite("reverting a plan")
struct RevertTests {
    /// A loop whose one request was merged.
    private func merged() throws -> (LocalLoop, RequestRecord) {
        let loop = try LocalLoop(try SmallEstate())
        try loop.run()
        let branch = try #require(try loop.ledger.requests().first?.branch)
        try loop.estate.repository.git(["merge", "--quiet", "--ff-only", branch])
        try loop.run()
        return (loop, try #require(try loop.ledger.requests().first))
    }

    @Test("undoes the lines, keeps what others wrote since, and says what comes back")
    func undoes() throws {
        let (loop, record) = try merged()
        #expect(record.state == .merged)
        #expect(try loop.ledger.savings().map(\.standing) == [.pending])
        let text = String(decoding: try loop.estate.repository.directory.read("infra/app/main.tf"), as: UTF8.self)
        try loop.estate.repository.write("# by somebody\n" + text, to: "infra/app/main.tf")
        let head = try loop.estate.repository.commit()

        let dry = try loop.reverter().revert(String(record.plan.digest.prefix(8)), isDryRun: true)
        #expect(!dry.isWritten)
        #expect(try loop.branches.allSatisfy { !$0.contains("revert") })
        let outcome = try loop.reverter().revert(record.plan.digest, isDryRun: false)
        #expect(outcome.isWritten && outcome.commit == dry.commit)
        #expect(outcome.returning == record.findings)
        #expect(try loop.estate.repository.git(["rev-parse", "\(outcome.branch)~1"]) == head)
        let undone = try loop.estate.repository.git(["show", "\(outcome.branch):infra/app/main.tf"]) + "\n"
        #expect(undone == "# by somebody\n" + SmallEstate.queue)
        #expect(!(try loop.reverter().revert(record.plan.digest, isDryRun: false).isWritten))

        // Merged, it counts as turned down: nothing is proposed again.
        try loop.estate.repository.git(["merge", "--quiet", "--ff-only", outcome.branch])
        let result = try loop.run()
        #expect(result.run.outcome == .succeeded)
        #expect(try loop.ledger.requests().map(\.state) == [.dismissed])
        #expect(try loop.ledger.requests(states: [.open, .writing]).isEmpty)
    }

    @Test("lines that were changed again are a conflict, and an unknown plan is said")
    func conflicts() throws {
        let (loop, record) = try merged()
        let text = String(decoding: try loop.estate.repository.directory.read("infra/app/main.tf"), as: UTF8.self)
        try loop.estate.repository.write(text.replacing("CC-1010", with: "CC-2020"), to: "infra/app/main.tf")
        try loop.estate.repository.commit()
        let conflict = try #require(throws: WorkspaceError.self) { try loop.reverter().revert(record.plan.digest, isDryRun: false) }
        #expect("\(conflict)".contains("were changed again since"))
        let unknown = try #require(throws: WorkspaceError.self) { try loop.reverter().revert("abcdef0123", isDryRun: true) }
        #expect("\(unknown)" == "no commit of the branch says that it is of the plan 'abcdef0123'")
        #expect(throws: WorkspaceError.self) { try loop.reverter().revert("abc", isDryRun: true) }
    }
}
