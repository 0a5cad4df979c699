import CostModel
import Forge
import Git

/// How requests and branches stand outside of the ledger: on the code host, and in Git.
struct OutsideView {
    typealias Halt = StageClock.Halt

    let repository: Repository
    private(set) var standings: [String: RequestBoard.Standing] = [:]
    private(set) var branches: [String: BranchState] = [:]
    private(set) var changes: [String: Set<Plan.FileResult>] = [:]
    /// What the watched branch's commits say of our plans.
    private(set) var found = MergeFinder.Found()
    /// Requests that only the code host knew.
    private(set) var adopted: [RequestRecord] = []

    private let heads: OriginHeads
    private let now: Instant

    /// - Parameter known: every record of the ledger.
    init(
        known: [RequestRecord], groups: [RequestGroup], heads: OriginHeads, forge: (any Forge)?, directory: String,
        settings: RemediationSettings, judged: Set<String>, since: ObjectID?, now: Instant
    ) throws(Halt) {
        self.heads = heads
        self.now = now
        var records = known.filter(\.state.isLive)
        do throws(GitError) { repository = try Repository.discover(from: directory) } catch { throw Halt(writing: error) }
        if let forge {
            do throws(ForgeError) {
                let hosted = try Self.hosted(forge, known, settings)
                adopted = Adoption.records(of: hosted, besides: known, heads: heads, judged: judged, now: now)
                records += adopted.filter(\.state.isLive)
                try ask(forge, records, hosted)
            } catch { throw Halt(error) }
        }
        do throws(GitError) {
            let inspector = BranchInspector(
                repository: repository, base: heads.tip, author: try PlanCommit.person(settings.author, in: repository))
            let names = Set(records.map(\.branch) + groups.map { $0.branch(prefix: settings.branchPrefix) })
            let written = Set(known.map(\.commit))
            for name in names { try look(at: name, inspector, written: written) }
            found = try MergeFinder(repository: repository).find(since: since, until: heads.tip)
            if forge == nil { for record in records { standings[record.group] = try standing(of: record, inspector) } }
        } catch { throw Halt(writing: error) }
        if forge?.kind == .patches { assumeFolders(records) }
    }

    /// - Parameter written: commits that the ledger says we wrote, whatever the author is called by now and wherever the base went.
    private mutating func look(at name: String, _ inspector: BranchInspector, written: Set<String>) throws(GitError) {
        guard let tip = heads.branches[name] else { return }
        branches[name] = written.contains(tip.description) ? .ours(tip: tip.description) : try inspector.state(of: tip)
        if case .ours? = branches[name] { changes[tip.description] = try inspector.changes(of: tip) }
    }

    /// Without a code host a branch is the request: merged when the watched branch holds what it makes, closed when somebody deleted it.
    private func standing(of record: RequestRecord, _ inspector: BranchInspector) throws(GitError) -> RequestBoard.Standing {
        guard let commit = ObjectID(record.commit), try repository.has(commit) else { return .unheard }
        if let merge = found.merges[record.plan.digest] { return .merged(commit: merge.commit, at: now) }
        if try inspector.isContained(commit) { return .merged(commit: heads.tip.description, at: now) }
        if heads.branches[record.branch] != nil { return .open(number: nil, url: nil) }
        return record.state == .writing ? .unheard : .closed(at: now)
    }

    /// What the host knows: everything where nobody remembers anything, else since the oldest that is open.
    private static func hosted(
        _ forge: any Forge, _ known: [RequestRecord], _ settings: RemediationSettings
    ) throws(ForgeError) -> [ForgeRequest] {
        let live = known.filter(\.state.isLive)
        if !known.isEmpty, live.isEmpty { return [] }
        return try forge.requests(branchPrefix: settings.branchPrefix, since: live.map(\.opened.seconds).min())
    }

    private mutating func ask(_ forge: any Forge, _ records: [RequestRecord], _ hosted: [ForgeRequest]) throws(ForgeError) {
        for record in records {
            var request = hosted.first { $0.number == record.number }
            if record.number == nil {
                // An attempt that was cut off: what was opened for its branch since then is it.
                request = hosted.first { $0.branch == record.branch && $0.created >= record.opened.seconds - 300 }
            } else if request == nil, let number = record.number {
                do throws(ForgeError) {
                    request = try forge.request(number)
                } catch  where error.code == .notFound {
                    standings[record.group] = .closed(at: now)
                    continue
                }
            }
            standings[record.group] = request.map { standing(of: $0) } ?? .unheard
        }
    }

    private func standing(of request: ForgeRequest) -> RequestBoard.Standing {
        let ended = Instant(seconds: request.ended ?? now.seconds)
        return switch request.state {
        case .open: .open(number: request.number, url: request.url)
        case .merged: .merged(commit: request.mergeCommit, at: ended)
        case .closed: .closed(at: ended)
        }
    }

    /// A folder of patches has no branch that people could edit.
    private mutating func assumeFolders(_ records: [RequestRecord]) {
        for record in records { branches[record.branch] = .ours(tip: record.commit) }
    }
}
