import CostModel
import ForgeDouble
import Git
import Reconciliation
import Store
import TestSupport

/// What must hold after every run, whatever people and the world did.
struct Invariants {
    let estate: SimulatedEstate
    let host: ForgeDouble
    /// Commits that people made on branches of ours, by branch.
    var edits: [String: String] = [:]
    /// Open requests before the run.
    private var openBefore: Set<Int> = []
    private var hadRequest: Set<String> = []
    private var tips: [String: String] = [:]

    init(estate: SimulatedEstate, host: ForgeDouble) {
        self.estate = estate
        self.host = host
    }

    mutating func remember() throws {
        openBefore = Set(host.requests.filter(\.isOpen).map(\.number))
        hadRequest = Set(host.requests.filter(\.isOpen).map(\.head))
        tips = try branches()
    }

    /// - Parameter result: nil after a run that was killed.
    func check(_ result: RunResult?, _ ledger: Ledger, settings: RequestSettings, now: Instant) throws {
        let open = host.requests.filter(\.isOpen)
        try require(Set(open.map(\.head)).count == open.count, "two requests are open for one branch")
        let live = try ledger.requests(states: [.open, .writing])
        try require(Set(live.map { $0.group.dropFirst(2).prefix(12) }).count == live.count, "two requests are open for one subject")
        try require(open.count <= settings.maxOpen, "\(open.count) requests are open")
        try checkBranches()
        if let result, result.run.isPartial {
            try require(openBefore.isSubset(of: Set(open.map(\.number))), "a request was closed though data was missing")
        }
        let inHour = host.requests.count { $0.created > now.subtracting(.hours(1)).seconds }
        try require(inHour <= settings.maxNewPerHour, "\(inHour) requests were opened within the hour")
        if let result { try checkScores(result, ledger) }
        try require(try ledger.verify().isEmpty, "the ledger does not verify: \(try ledger.verify())")
    }

    private func checkBranches() throws {
        let main = try estate.bare.git(["rev-parse", "main"])
        let branches = try branches()
        for (name, edit) in edits {
            let isThere = try (branches[name].map { try isAncestor(edit, of: $0) } ?? false) || isAncestor(edit, of: main)
            try require(isThere, "what a person wrote on \(name) is lost: \(edit)")
        }
        for (name, tip) in branches where edits[name] == nil {
            let changed = try estate.bare.git(["diff", "--name-only", "\(tip)~1", tip])
            try require(!changed.isEmpty, "\(name) is at a commit without a change")
            // A branch that an ended request left behind may be taken for the next one.
            guard let before = tips[name], before != tip, hadRequest.contains(name), try exists(before) else { continue }
            let same = try estate.bare.git(["diff", "\(before)~1", before]) == estate.bare.git(["diff", "\(tip)~1", tip])
            try require(!same, "\(name) was written again with the same change")
        }
    }

    private func checkScores(_ result: RunResult, _ ledger: Ledger) throws {
        guard let pass = result.pass, let board = result.leaderboard else { return }
        // A finding that is missing for the first time still counts for one evaluation.
        let held = try ledger.lives().filter { $0.state == .open || $0.state == .disappearing }.map(\.id)
        let findings = Set(pass.evaluation.findings.map(\.id) + held)
        for card in board.teams {
            guard let score = card.score else { continue }
            try require((0...10_000).contains(score.hundredths), "the score of \(card.team) is \(score)")
            let points = card.penalties.reduce(0) { $0 + $1.points.hundredths }
            try require(points == 10_000 - score.hundredths, "the points of \(card.team) do not add up")
            let strange = card.penalties.filter { !findings.contains($0.finding) }
            try require(strange.isEmpty, "a point of \(card.team) traces to no finding")
        }
    }

    // MARK: Git

    private func branches() throws -> [String: String] { try estate.branches().mapValues(\.description) }

    private func isAncestor(_ commit: String, of tip: String) throws -> Bool {
        try estate.bare.attempt(["merge-base", "--is-ancestor", commit, tip]).code == 0
    }

    private func exists(_ commit: String) throws -> Bool { try estate.bare.attempt(["cat-file", "-e", "\(commit)~1"]).code == 0 }

}
