import CostModel
import Foundation
import Git
import Reconciliation
import Store
import TestSupport

/// Two runs of the real program and a person at one remote at one time. Nothing a person pushed is lost, and what follows settles.
struct Races {
    private enum Kind: CaseIterable {
        /// Two installations that do not know of each other.
        case strangers
        /// Two processes of one installation: one has the lock.
        case siblings
    }

    private struct Figures {
        var rounds: [Kind: Int] = [:]
        var pushes = 0
        var refused = 0
        /// Runs of the race that ended with 3, because a branch moved under them or another had the lock.
        var late = 0
        var locked = 0
        var passes = 0
        var mostPasses = 0
        /// Subjects for which each of two installations had another branch; without a code host they cannot know of each other, and one
        /// that forgot everything does not know what it wrote.
        var twins = 0
        var twinsOfForgotten = 0
    }

    /// After so many rounds everything begins anew: branches that people edited are never written again.
    private static let age = 20
    /// Rounds of both runs within which everything must have settled.
    private static let settlingRounds = 4

    private var random: SeededGenerator
    private let bursar: String
    private let now = Day(year: 2026, month: 3, day: 2).start.adding(.hours(8))
    private var estate: SimulatedEstate
    private var installations: [Installation]
    private var person: Person
    private var figures = Figures()
    /// Whether an installation has lost its state in this world.
    private var hasForgotten = false

    init(seed: UInt64, bursar: String) throws {
        random = SeededGenerator(seed: seed)
        self.bursar = bursar
        (estate, installations, person) = try Self.world(bursar, now)
    }

    private static func world(_ bursar: String, _ now: Instant) throws -> (SimulatedEstate, [Installation], Person) {
        let estate = try SimulatedEstate(teams: 4, start: now.day, requests: "{maxNewPerHour: 100}")
        let remote = estate.remote.url
        return (
            estate, try (0..<2).map { _ in try Installation(bursar, watching: remote, observed: estate.observed.path) },
            try Person(remote: remote)
        )
    }

    mutating func run(count: Int) throws {
        let begin = Date()
        for round in 1...count {
            if round % Self.age == 0 {
                (estate, installations, person) = try Self.world(bursar, now)
                hasForgotten = false
            }
            let kind: Kind = random.percent(75) ? .strangers : .siblings
            figures.rounds[kind, default: 0] += 1
            try prepare()
            try race(kind, "round \(round)")
            try settle("round \(round)")
        }
        print(
            "races: \(count) rounds in \(Int(Date().timeIntervalSince(begin))) s, \(figures.rounds[.strangers] ?? 0) of two installations and "
                + "\(figures.rounds[.siblings] ?? 0) of two processes with one state; \(figures.pushes) pushes of people taken, "
                + "\(figures.refused) given up; \(figures.late) runs ended with 3 because others were faster, \(figures.locked) because "
                + "of the lock; settled after \(figures.passes) rounds of both, \(figures.mostPasses) at most; "
                + "two branches for one subject: \(figures.twins) times, and \(figures.twinsOfForgotten) after a state was lost; no commit of a person is lost"
        )
    }

    /// Something to write for both: requests to be opened, updated or closed; and now and then an installation forgets everything.
    private mutating func prepare() throws {
        let team = estate.teams.randomElement(using: &random) ?? "team-1"
        if random.percent(30) { try estate.fix(team) } else { try estate.undo(team) }
        if random.percent(5) {
            try installations[Int.random(in: 0...1, using: &random)].forget()
            hasForgotten = true
        }
    }

    private mutating func work() throws -> Person.Work {
        let team = estate.teams.randomElement(using: &random) ?? "team-1"
        let branch = try estate.remote.branches().keys.sorted().randomElement(using: &random)
        let number = Int.random(in: 0..<1_000_000, using: &random)
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<2: return .commit(branch: "main", files: ["infra/\(team)/main.tf": SimulatedEstate.code(queues: ["jobs", "q\(number)"])])
        case 2..<4:
            return .commit(branch: "main", files: ["infra/\(team)/more-\(number % 5).tf": SimulatedEstate.code(queues: ["q\(number)"])])
        case 4..<7: if let branch { return .commit(branch: branch, files: ["notes/\(number)": "mine\n"]) }
        case 7..<9: if let branch { return .merge(branch: branch) }
        default: if let branch { return .replace(branch: branch) }
        }
        return .commit(branch: "main", files: ["notes/\(number)": "mine\n"])
    }

    private mutating func race(_ kind: Kind, _ when: String) throws {
        let runners = kind == .strangers ? installations : [installations[0], installations[0]]
        let draft = try person.prepare(try work())
        let delay = UInt32.random(in: 0...300_000, using: &random)
        var isTaken = false
        var ada = person
        let ended = try Installation.run(runners, now: now) {
            usleep(delay)
            if let draft { isTaken = try ada.push(draft) }
        }
        person = ada
        if draft != nil { if isTaken { figures.pushes += 1 } else { figures.refused += 1 } }
        for run in ended where run.code != 0 {
            try require(run.code == 3, "\(when): a run of the race ends with \(run.code): \(run.said)")
            if run.said.contains("has the lock") {
                try require(kind == .siblings, "\(when): a lock is held by a stranger: \(run.said)")
                figures.locked += 1
            } else {
                try require(run.said.contains("moved meanwhile"), "\(when): a run of the race failed: \(run.said)")
                figures.late += 1
            }
        }
        try look(when)
    }

    /// The next runs of both come through, and soon nothing moves any more.
    private mutating func settle(_ when: String) throws {
        for pass in 1...Self.settlingRounds {
            let before = try estate.remote.bare.git(["for-each-ref"])
            let ended = try installations.map { try $0.run(now: now) }
            try look(when)
            if try estate.remote.bare.git(["for-each-ref"]) == before, ended.allSatisfy({ $0.code == 0 }) {
                figures.passes += pass
                figures.mostPasses = max(figures.mostPasses, pass)
                try checkSettled(when)
                return
            }
            try require(pass < Self.settlingRounds, "\(when): nothing settles: \(ended.map(\.said))")
        }
    }

    private mutating func look(_ when: String) throws {
        try Soundness.check(estate.remote, when)
        for installation in installations { if let ledger = try installation.ledger() { try Soundness.check(ledger, when) } }
        let tips = try Array(estate.remote.branches().values) + [try estate.remote.tip(of: "main")]
        for text in person.pushed.sorted() {
            guard let commit = ObjectID(text) else { continue }
            try require(
                try tips.contains { try estate.remote.repository.isAncestor(commit, of: $0) },
                "\(when): the commit \(commit) of a person is lost")
        }
    }

    private mutating func checkSettled(_ when: String) throws {
        let branches = try estate.remote.branches()
        var live: [String: Set<String>] = [:]
        for installation in installations {
            guard let ledger = try installation.ledger() else { throw Broken("\(when): a whole run left no ledger") }
            try require(try ledger.requests(states: [.writing]).isEmpty, "\(when): a request is still being written")
            for record in try ledger.requests(states: [.open]) {
                try require(branches[record.branch] != nil, "\(when): an open request has no branch: \(record.branch)")
                live[record.subject, default: []].insert(record.branch)
            }
        }
        let twins = live.values.count { $0.count > 1 }
        if hasForgotten { figures.twinsOfForgotten += twins } else { figures.twins += twins }
    }
}
