import CostModel
import Forge
import Git

/// How requests and branches stand outside of the ledger: on the code host, and in Git.
struct RemoteState {
    /// What is asked for.
    struct Question {
        /// Every record of the ledger.
        var known: [RequestRecord]
        var heads: OriginHeads
        var settings: RemediationSettings
        /// What names of our branches begin with, now and before.
        var prefixes: [String]
        var mark: WorkspaceMark
        /// The revision up to which merges were looked for.
        var mergesSeen: ObjectID?
        /// When the code host was last looked at; nil: never.
        var lookedAt: Instant?
        var now: Instant
        /// Looks at the repository once more.
        var fetchAgain: () throws(OriginError) -> OriginHeads
    }

    let repository: Repository
    /// The ledger's records, as far as the host's answers allow, and those that only the host knew.
    private(set) var records: [RequestRecord]
    /// Requests that only the code host knew, or only a branch or a merge tells of: the last of the records.
    var adopted: ArraySlice<RequestRecord> { records[known...] }
    private let known: Int
    private(set) var statuses: [String: RemoteStatus] = [:]
    private(set) var branches: [String: BranchState] = [:]
    private(set) var changes: [String: Set<Plan.FileResult>] = [:]
    /// What the watched branch's commits say of our plans.
    private(set) var found = MergeHistory()
    /// For which the code host has an open request.
    private(set) var openBranches: Set<String> = []

    /// By number: what the host says of our requests, as it was when the run looked.
    private(set) var hosted: [Int: ForgeRequest] = [:]

    /// Numbers of requests that the host closed by itself, because a branch of theirs is gone.
    private var closedByHost: Set<Int> = []
    /// Of records whose request is closed, and nobody says by whom.
    private var doubtful: Set<Int> = []

    private let heads: OriginHeads
    private let now: Instant

    init(_ question: Question, forge: (any Forge)?, directory: String) throws(StageError) {
        heads = question.heads
        now = question.now
        records = question.known
        known = question.known.count
        do throws(GitError) {
            repository = try Repository.discover(from: directory)
            let written = Dictionary(question.known.map { ($0.plan.digest, $0.commit) }, uniquingKeysWith: { $1 })
            found = try MergeFinder(repository: repository, now: now, written: written).find(since: question.mergesSeen, until: heads.tip)
        } catch { throw StageError(writing: error) }
        if let forge {
            try look(at: forge, question)
            if !doubtful.isEmpty { try lookAgain(at: forge, question) }
            noteEnded()
        }
        do throws(GitError) {
            let inspector = BranchInspector(
                repository: repository, base: heads.tip, author: try PlanCommit.person(question.settings.author, in: repository))
            let written = Set(records.map(\.commit))
            for name in heads.branches.keys { try look(at: name, inspector, written: written) }
            if forge == nil {
                records += try BranchAdoption(
                    repository: repository, heads: heads, prefixes: question.prefixes, mark: question.mark, now: now
                ).records(of: branches, besides: records)
                for record in records where record.state.isLive { statuses[record.group] = try status(of: record, inspector) }
                findLeftBranches()
            }
            if forge?.hasBranches == false { try assumeFolders(inspector) }
        } catch { throw StageError(writing: error) }
        records += Adoption.records(of: found, besides: records, of: question.mark, now: now)
    }

    /// Gives what was taken over the team and the resources that it is about now.
    ///
    /// - Parameter labels: those of the settings. Which of them it had is not known any more, and what is not on it may have been taken away.
    mutating func completeAdopted(by evaluated: EvaluatedWorkspace, labels: [String]) {
        guard !adopted.isEmpty else { return }
        let observed = evaluated.observed.byIdentity
        for index in adopted.indices {
            records[index].complete(by: evaluated, observed)
            records[index].labels = labels
        }
    }

    // MARK: Git

    /// - Parameter written: commits that the ledger says we wrote, whatever the author is called by now and wherever the base went.
    private mutating func look(at name: String, _ inspector: BranchInspector, written: Set<String>) throws(GitError) {
        guard let tip = heads.branches[name] else { return }
        branches[name] = written.contains(tip.description) ? .ours(tip: tip.description) : try inspector.state(of: tip)
        if case .ours? = branches[name] { changes[tip.description] = try inspector.changes(of: tip) }
    }

    /// Without a code host a branch is the request: merged when the watched branch holds what it makes, closed when somebody deleted it.
    private func status(of record: RequestRecord, _ inspector: BranchInspector) throws(GitError) -> RemoteStatus {
        guard let commit = ObjectID(record.commit), try repository.has(commit) else { return .unheard }
        if let merge = found.merges[record.plan.digest] { return .merged(commit: merge.commit, at: now, isFetched: true) }
        if try inspector.isContained(commit) { return .merged(commit: heads.tip.description, at: now, isFetched: true) }
        if heads.branches[record.branch] != nil { return .open(number: nil, url: nil) }
        return record.state == .writing ? .unheard : .closed(at: now, isOurs: false)
    }

    /// Branches that people worked on and that have nothing left to fix: still there, they are what a request that is left open is on a
    /// code host.
    private mutating func findLeftBranches() {
        for record in latestEnded where record.state == .abandoned {
            guard case .edited? = branches[record.branch] else { continue }
            statuses[record.group] = .open(number: nil, url: nil)
            openBranches.insert(record.branch)
        }
    }

    /// A folder of patches has no branch that people could edit, and is merged once the watched branch holds what it makes: whoever applies
    /// patches may leave their trailers out.
    private mutating func assumeFolders(_ inspector: BranchInspector) throws(GitError) {
        for (index, record) in records.enumerated() where record.state.isLive {
            branches[record.branch] = .ours(tip: record.commit)
            guard let commit = ObjectID(record.commit), try repository.has(commit) else { continue }
            changes[record.commit] = try inspector.changes(of: commit)
            guard found.merges[record.plan.digest] == nil else { continue }
            guard try inspector.isContained(commit) else {
                records[index].mergeCommit = nil
                continue
            }
            guard record.mergeCommit == nil else { continue }
            found.merges[record.plan.digest] = MergeHistory.Merge(
                plan: record.plan.digest, commit: heads.tip.description, time: now, title: record.title, findings: record.findings, age: 0)
        }
    }

    // MARK: The code host

    private mutating func look(at forge: any Forge, _ question: Question) throws(StageError) {
        do throws(ForgeError) {
            let hosted = try Self.hosted(forge, question)
            for request in hosted { self.hosted[request.number] = request }
            records += Adoption.records(of: hosted, besides: records, heads: heads, of: question.mark, now: now)
            openBranches = Set(hosted.filter { $0.state == .open }.map(\.branch))
            for index in records.indices where records[index].state.isLive { try ask(forge, index, hosted) }
        } catch { throw StageError(error) }
    }

    private mutating func noteEnded() {
        for record in latestEnded {
            let requests = hosted.values.filter { $0.is(record) && goesOn($0, record) }
            guard let request = requests.max(by: { $0.number < $1.number }) else { continue }
            statuses[record.group] = status(of: request, record)
        }
    }

    /// What the host knows: all that is open, and what ended since it was last looked at, or since the oldest that is open was opened. Who
    /// has never looked goes back as far as a dismissal lasts.
    private static func hosted(_ forge: any Forge, _ question: Question) throws(ForgeError) -> [ForgeRequest] {
        let firstLook = question.now.subtracting(question.settings.requests.dismissal ?? .days(365))
        // What has a number is asked for by it where the list has it not.
        let oldest = question.known.filter { $0.state.isLive && $0.number == nil }.map(\.opened).min()
        let since = min(question.lookedAt ?? firstLook, oldest ?? question.now)
        return try forge.requests(branchPrefixes: question.prefixes, since: since.seconds)
    }

    /// Before a closing that nobody explains is taken for a person's no, the lists and the watched branch are looked at once more: it may
    /// have been closed because of what happens to them just now.
    private mutating func lookAgain(at forge: any Forge, _ question: Question) throws(StageError) {
        let newer: OriginHeads
        do throws(OriginError) { newer = try question.fetchAgain() } catch { throw StageError(error) }
        var isReplaced = newer.branch != heads.branch
        do throws(GitError) {
            if !isReplaced { isReplaced = try !repository.isAncestor(heads.tip, of: newer.tip) }
        } catch { throw StageError(writing: error) }
        do throws(ForgeError) {
            let again = try Self.hosted(forge, question)
            for request in again { hosted[request.number] = request }
            openBranches.formUnion(again.filter { $0.state == .open }.map(\.branch))
            for index in doubtful.sorted() {
                try ask(forge, index, again)
                guard case .closed(let time, isOurs: false)? = statuses[records[index].group] else { continue }
                if isReplaced || !isOnBase(records[index]) { statuses[records[index].group] = .closed(at: time, isOurs: true) }
            }
        } catch { throw StageError(error) }
    }

    /// Whether the watched branch goes on from where it was when a request was made.
    private func isOnBase(_ record: RequestRecord) -> Bool {
        guard let base = ObjectID(record.plan.baseCommit) else { return true }
        // Whatever cannot be told of it says nothing.
        return (try? !repository.has(base) || repository.isAncestor(base, of: heads.tip)) ?? true
    }

    private mutating func ask(_ forge: any Forge, _ index: Int, _ hosted: [ForgeRequest]) throws(ForgeError) {
        let record = records[index]
        var request = hosted.first { $0.is(record) }
        if request == nil, let number = record.number {
            do throws(ForgeError) {
                request = try forge.request(number)
            } catch  where error.code == .notFound && forge.hasBranches && hosted.isEmpty {
                // The host knows none of our requests: it lost them, nobody turned one down.
                forget(index)
            } catch  where error.code == .notFound {
                // Of a folder nothing is left that could say who removed it.
                statuses[record.group] = .closed(at: now, isOurs: !forge.hasBranches && record.ended != nil)
                return
            }
            if let other = request, !other.is(record) {
                // The number is somebody else's: the repository on the host is another one by now, and does not have ours.
                forget(index)
                request = nil
            }
        }
        if let request {
            self.hosted[request.number] = request
            noteMerged(request, as: index)
            if request.state == .closed, request.base == heads.branch, !request.isDone {
                switch try forge.closing(of: request.number) {
                case .byHost: closedByHost.insert(request.number)
                case .byPerson: break
                case nil: doubtful.insert(index)
                }
            }
        }
        statuses[record.group] = request.map { status(of: $0, records[index]) } ?? .unheard
    }

    /// It is opened again, on the branch that it has.
    private mutating func forget(_ index: Int) {
        records[index].number = nil
        records[index].url = nil
        records[index].state = .writing
    }

    /// Its branch may have moved on to another plan before we could write that down, and have been merged at once: the commits know.
    private mutating func noteMerged(_ request: ForgeRequest, as index: Int) {
        guard request.state == .merged, found.merges[records[index].plan.digest] == nil else { return }
        let plans = found.merges.values.filter { $0.commit == request.commit || $0.commit == request.mergeCommit }.map(\.plan)
        if let plan = plans.min() { records[index].plan.digest = plan }
    }

    private func status(of request: ForgeRequest, _ record: RequestRecord) -> RemoteStatus {
        let ended = Instant(seconds: request.ended ?? now.seconds)
        switch request.state {
        case .open: return .open(number: request.number, url: request.url)
        // Into another branch: whoever did it wants it to go there first. It is merged once it comes here from there.
        case .merged where request.base != heads.branch: return .closed(at: ended, isOurs: false)
        case .merged:
            return .merged(commit: request.mergeCommit, at: ended, isFetched: isFetched(request.mergeCommit, record))
        // Nobody turned it down where its base is not the branch to watch any more, or was never: the host closes what lost its base.
        case .closed where request.base != heads.branch: return .closed(at: ended, isOurs: true)
        case .closed: return .closed(at: ended, isOurs: request.isDone || closedByHost.contains(request.number))
        }
    }

    /// Whether the revision that is looked at holds a merge; of one that cannot be told it does not.
    private func isFetched(_ commit: String?, _ record: RequestRecord) -> Bool {
        if found.merges[record.plan.digest] != nil { return true }
        guard let commit, let id = ObjectID(commit) else { return false }
        // The error says only that it is not here.
        return (try? repository.has(id) && repository.isAncestor(id, of: heads.tip)) ?? false
    }

    /// Whether more happened to a request than that it ended: it is open, or was merged later.
    private func goesOn(_ request: ForgeRequest, _ record: RequestRecord) -> Bool {
        switch request.state {
        case .open: return true
        case .merged:
            guard record.state != .merged, request.base == heads.branch, let ended = record.ended else { return false }
            return Instant(seconds: request.ended ?? 0) > ended && (record.mergeCommit == nil || record.mergeCommit != request.mergeCommit)
        case .closed: return false
        }
    }

    /// The newest record of each group, where it has ended.
    private var latestEnded: [RequestRecord] {
        let latest = records.latest(of: \.group)
        return records.filter { !$0.state.isLive && latest.contains($0.key) }
    }
}
