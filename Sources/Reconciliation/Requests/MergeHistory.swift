import CostModel
import Forge

/// What the watched branch's commits say of our plans since somebody last looked: which were merged, and which people undid.
struct MergeHistory: Hashable, Sendable {
    struct Merge: Hashable, Sendable {
        /// The plan's digest, as its trailer says.
        var plan: String
        var commit: String
        /// When it reached the watched branch.
        var time: Instant
        /// The commit's subject.
        var title: String
        /// What its trailers say that it fixes.
        var findings: [String]
        /// Which workspace's it is, and whose findings they were, where its trailers say so.
        var workspace: String?
        var team: String?
        /// How many commits are newer.
        var age: Int
    }

    /// A commit that undoes something, or that undoes what undid it.
    struct Turn: Hashable, Sendable {
        var commit: String
        var time: Instant
        /// How many commits are newer.
        var age: Int
    }

    /// By plan: the newest commit that says it is of the plan.
    var merges: [String: Merge] = [:]
    /// By plan, commit or request (`owner/name#5`, `group/name!5`, `!5`): what undid it last, and was not undone itself.
    var undone: [String: Turn] = [:]
    /// By the same names: what undid an undoing of which somebody has heard before.
    var redone: [String: Turn] = [:]

    /// The commit by which a record's plan is in the branch: merged, and not undone since.
    func merge(of record: RequestRecord) -> Merge? { undoes(record) ? nil : merges[record.plan.digest] }

    /// Whether people undid a request's merge, and have not merged it once more.
    func undoes(_ record: RequestRecord) -> Bool { undoing(record) != nil }

    func undoing(_ record: RequestRecord) -> Turn? {
        guard let turn = Self.newest(about: record, in: undone) else { return nil }
        return turn.age < merges[record.plan.digest]?.age ?? .max ? turn : nil
    }

    /// What brought a merge back that somebody had undone.
    func redoes(_ record: RequestRecord) -> Turn? { undoes(record) ? nil : Self.newest(about: record, in: redone) }

    private static func newest(about record: RequestRecord, in turns: [String: Turn]) -> Turn? {
        turns.filter { isAbout(record, $0.key) }.values.min { $0.age < $1.age }
    }

    private static func isAbout(_ record: RequestRecord, _ name: String) -> Bool {
        if name == record.plan.digest || name == record.commit || name == record.mergeCommit { return true }
        guard let number = record.number, let url = record.url else { return false }
        return CodeHost.supports.contains { $0.isName(name, ofRequest: number, at: url) }
    }
}
