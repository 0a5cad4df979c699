import CostModel
import ForgeDouble
import Git
import Reconciliation
import Reporting
import Store
import TestSupport

/// What must hold after every run, whatever people and the world did.
struct Invariants {
    let company: Company
    let host: ForgeDouble
    /// Commits that people made on branches of ours, by branch.
    var edits: [String: String] = [:]
    /// Branches of ours that people deleted.
    var tidied: Set<String> = []
    private(set) var dismissed: [Dismissed] = []
    /// Requests that people opened again, as often as they did.
    private var reopened: [Int: Int] = [:]
    /// How many savings were held against the bills.
    var measured = 0
    /// Open requests before the run.
    private var openBefore: Set<Int> = []
    private var hadRequest: Set<String> = []
    private var tips: [String: ObjectID] = [:]
    private var lastNumber = 0

    init(company: Company, host: ForgeDouble) {
        self.company = company
        self.host = host
    }

    // MARK: What people did

    mutating func dismiss(_ request: DoubleRequest, at time: Instant) {
        if let one = Dismissed(request, at: time) { dismissed.append(one) }
    }

    mutating func reopen(_ number: Int) {
        reopened[number, default: 0] += 1
        dismissed.removeAll { $0.number == number }
    }

    /// Whether something was looked at again before is forgotten with the ledger; what the host knows is not.
    mutating func ledgerIsLost() {}

    // MARK: Runs

    mutating func remember() throws {
        openBefore = Set(host.requests.filter(\.isOpen).map(\.number))
        hadRequest = Set(host.requests.filter(\.isOpen).map(\.head))
        tips = try company.remote.branches()
    }

    /// - Parameters:
    ///   - result: nil after a run that was killed.
    ///   - isThorough: whether every page of the ledger is looked at too.
    mutating func check(_ result: RunResult?, _ ledger: Ledger, settings: RequestSettings, now: Instant, isThorough: Bool) throws {
        try checkRequests(result, ledger, settings, now)
        try checkBranches()
        try checkComments()
        try checkReturns(result, settings, now)
        if let result { try checkScores(result, ledger) }
        for record in try ledger.savings() {
            guard let verified = record.verified?.amount, let realised = record.realised?.amount else { continue }
            let limit = max(.zero, min(record.estimated?.amount ?? .zero, realised))
            try require(verified <= limit, "\(verified) is verified of \(realised) realised, \(limit) at most count")
        }
        if isThorough || result == nil { try Soundness.check(ledger, "at \(now)", besides: tidied) }
    }

    /// What was not judged stays what it was: nothing of it is fixed, and no request about it is closed by us.
    func checkUnseen(_ ledger: Ledger) throws {
        let unseen = try ledger.lives().filter { $0.unseenSince != nil }
        for life in unseen {
            try require(life.state == .open && life.fixedBy == nil, "\(life.id) is \(life.state) though it was not judged")
        }
        let open = Set(host.requests.filter(\.isOpen).flatMap { RequestMetadata(parsing: $0.body)?.findings ?? [] })
        for request in host.requests where openBefore.contains(request.number) && !request.isOpen && request.merged == nil {
            guard let metadata = RequestMetadata(parsing: request.body), metadata.isDone else { continue }
            let lost = Set(metadata.findings).intersection(unseen.map(\.id)).subtracting(open)
            try require(lost.isEmpty, "#\(request.number) was closed by us, and nobody has judged \(lost.sorted())")
        }
    }

    private func checkRequests(_ result: RunResult?, _ ledger: Ledger, _ settings: RequestSettings, _ now: Instant) throws {
        let open = host.requests.filter(\.isOpen)
        try require(Set(open.map(\.head)).count == open.count, "two requests are open for one branch")
        // What people opened again stands beside what came in its place.
        let ours = open.filter { reopened[$0.number] == nil }
        let subjects = ours.compactMap { RequestMetadata(parsing: $0.body)?.subject }
        try require(
            Set(subjects).count == subjects.count, "two requests are open for one subject: \(ours.map { "#\($0.number) \($0.head)" })")
        try require(ours.count <= settings.maxOpen, "\(ours.count) requests are open")
        let live = try ledger.requests(states: [.open, .writing])
        try require(Set(live.map(\.subject)).count == live.count, "two requests are live for one subject: \(live.map(\.branch))")
        if let result, result.run.isPartial {
            try require(openBefore.isSubset(of: Set(open.map(\.number))), "a request was closed though data was missing")
        }
        let hour = now.subtracting(.hours(1)).seconds..<now.seconds + 1
        let inHour = host.requests.count { hour.contains($0.created) }
        try require(inHour <= settings.maxNewPerHour, "\(inHour) requests were opened within the hour")
    }

    private func checkBranches() throws {
        let repository = company.remote.repository
        let main = try company.remote.tip(of: "main")
        let branches = try company.remote.branches()
        for (name, text) in edits {
            guard let edit = ObjectID(text) else { continue }
            let isThere =
                try (branches[name].map { try repository.isAncestor(edit, of: $0) } ?? false) || repository.isAncestor(edit, of: main)
            try require(isThere, "what a person wrote on \(name) is lost: \(edit)")
        }
        for (name, tip) in branches where edits[name] == nil && tips[name] != tip {
            let changed = try changes(of: tip)
            try require(!changed.isEmpty, "\(name) is at a commit without a change")
            // A branch that an ended request left behind may be taken for the next one.
            guard let before = tips[name], hadRequest.contains(name), try repository.has(before) else { continue }
            try require(try changes(of: before) != changed, "\(name) was written again with the same change")
        }
    }

    private func changes(of commit: ObjectID) throws -> [ChangedFile] {
        let repository = company.remote.repository
        return try repository.changedFiles(from: try repository.commit(commit).parents.first, to: commit)
    }

    /// Whatever we say, we say once; when people open a request again, once more.
    private func checkComments() throws {
        for request in host.requests {
            let ours = request.comments.filter { $0.author == host.account }.map { String($0.body.prefix(60)) }
            let most = Dictionary(grouping: ours) { $0 }.values.map(\.count).max() ?? 0
            try require(most <= 1 + reopened[request.number, default: 0], "a comment stands \(most) times on #\(request.number): \(ours)")
        }
    }

    /// What people turned down does not return before its time, unless something new stands in it.
    private mutating func checkReturns(_ result: RunResult?, _ settings: RequestSettings, _ now: Instant) throws {
        for request in host.requests where request.number > lastNumber {
            guard let metadata = RequestMetadata(parsing: request.body) else { throw Broken("#\(request.number) says nothing to us") }
            let earlier = dismissed.filter {
                $0.subject == metadata.subject
                    && settings.dismissal.map { now.subtracting($0) }.map { [time = $0.time] in time > $0 } ?? true
            }
            let known = earlier.reduce(into: Set<String>()) { $0.formUnion($1.findings) }
            guard !earlier.isEmpty, known.isSuperset(of: metadata.findings) else { continue }
            let most = earlier.map(\.savings).max() ?? .zero
            let savings = metadata.savings?.amount ?? .zero
            try require(
                !most.isZero && savings.raw * 4 > most.raw * 5,
                "#\(request.number) brings back what #\(earlier.map(\.number)) were closed with: \(metadata.findings)")
        }
        lastNumber = host.requests.map(\.number).max() ?? 0
        guard let evaluated = result?.evaluated, let result, !result.run.isPartial, result.run.outcome == .succeeded else { return }
        let present = Set(evaluated.evaluation.findings.filter { $0.verdict != .pass && $0.exemption == nil }.map(\.id))
        dismissed.removeAll { !$0.isConfirmed && $0.findings.isDisjoint(with: present) }
        for index in dismissed.indices { dismissed[index].isConfirmed = true }
    }

    private func checkScores(_ result: RunResult, _ ledger: Ledger) throws {
        guard let evaluated = result.evaluated, let board = result.leaderboard else { return }
        // A finding that is missing for the first time still counts for one evaluation.
        let held = try ledger.lives().filter { $0.state == .open || $0.state == .disappearing }.map(\.id)
        let findings = Set(evaluated.evaluation.findings.map(\.id) + held)
        for card in board.teams {
            guard let score = card.score else { continue }
            try require((0...10_000).contains(score.hundredths), "the score of \(card.team) is \(score)")
            let points = card.penalties.reduce(0) { $0 + $1.points.hundredths }
            try require(points == 10_000 - score.hundredths, "the points of \(card.team) do not add up")
            let strange = card.penalties.filter { !findings.contains($0.finding) }
            try require(strange.isEmpty, "a point of \(card.team) traces to no finding")
        }
    }
}
