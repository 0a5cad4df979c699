import CostModel
import ForgeDouble
import Foundation
import Store
import Synchronization
import TestSupport
import WebClient

/// Kills the program between an event and the delivery of its message: at random moments, as the message arrives, and as it is answered. In
/// the end every event has arrived, and none under two keys.
struct MessageKills {
    /// When the program is killed.
    private enum Moment: CaseIterable {
        /// At a random moment of the run.
        case any
        /// The message is on its way and nobody has taken it yet.
        case underway
        /// It was taken, and the answer never comes.
        case unanswered
        /// About when the answer comes.
        case answered
    }

    /// Whoever messages are for: takes each, and kills who sent it where it is told to.
    private final class Receiver: Sendable {
        struct Taken {
            /// By id: what it said, apart from the id and the time at which it was sent.
            var said: [String: Set<String>] = [:]
            var count = 0
        }

        private struct State {
            var taken = Taken()
            var victim: (process: Int32, moment: Moment)?
            var delay: UInt32 = 0
            var hasStruck = false
        }

        private let state = Mutex(State())
        private let place = Mutex<HTTPListener?>(nil)
        var origin: String { place.withLock { $0?.origin ?? "" } }
        var taken: Taken { state.withLock { $0.taken } }

        init() throws {
            let listener = try HTTPListener(.answers { [unowned self] request in take(request) })
            place.withLock { $0 = listener }
            listener.start()
        }

        deinit { place.withLock { $0?.stop() } }

        func aim(at process: Int32, _ moment: Moment, delay: UInt32) {
            state.withLock { state in
                (state.victim, state.delay, state.hasStruck) = ((process, moment), delay, false)
            }
        }

        /// - Returns: whether it was struck.
        func rest() -> Bool {
            state.withLock { state in
                state.victim = nil
                return state.hasStruck
            }
        }

        private func take(_ request: HTTPRequest) -> HTTPResponse {
            state.withLock { state in
                let victim = state.victim
                if victim?.moment != .any { state.victim = nil }
                func strike() {
                    guard let victim else { return }
                    kill(victim.process, SIGKILL)
                    state.hasStruck = true
                }
                if victim?.moment == .underway {
                    strike()
                    return HTTPResponse(status: 503)
                }
                state.taken.count += 1
                let said = Self.content(request.body)
                state.taken.said[request.headers["webhook-id"] ?? "", default: []].insert(said)
                switch victim?.moment {
                case .unanswered?: strike()
                case .answered?:
                    let (process, delay) = (victim?.process ?? 0, state.delay)
                    state.hasStruck = true
                    Thread.detachNewThread {
                        usleep(delay)
                        kill(process, SIGKILL)
                    }
                default: break
                }
                return HTTPResponse(status: 204)
            }
        }

        private static func content(_ body: [UInt8]) -> String {
            guard var event = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] else { return "no JSON" }
            for key in ["id", "time"] { event[key] = nil }
            let data = try? JSONSerialization.data(withJSONObject: event, options: .sortedKeys)
            return String(decoding: data ?? Data(), as: UTF8.self)
        }
    }

    private let clock = SimulatedClock(Day(year: 2026, month: 3, day: 2).start.adding(.hours(8)))
    private let estate: SimulatedEstate
    private let receiver: Receiver
    private let folder = TemporaryDirectory()
    private var installation: Installation
    private var random: SeededGenerator
    /// Seconds after the start within which somebody is killed: about those of a run.
    private var span = 0.3
    private var fixed: Set<String> = []
    private var killed: [Moment: Int] = [:]
    /// What was told of, or known, before anything was killed.
    private var known: Set<String> = []
    private static let teams = 4
    private static let pace = TimeSpan(seconds: 60)

    init(seed: UInt64, bursar: String) throws {
        random = SeededGenerator(seed: seed)
        receiver = try Receiver()
        let notification = """
            kind: Notification
            metadata: {name: everything}
            spec: {on: [finding.new, request.opened, run.stalled], to: [hook]}

            """
        estate = try SimulatedEstate(
            teams: Self.teams, start: clock.now.day, requests: "{maxNewPerHour: 1000, maxOpen: 1000}",
            more: ["policies/notifications.yaml": notification])
        try folder.write("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n", to: "secret")
        try folder.setMode(0o600, of: "secret")
        try folder.write(
            """
            apiVersion: bursar/v1
            kind: Clients
            metadata: {name: campaign}
            spec:
              channels: [{name: hook, kind: webhook, address: "\(receiver.origin)/hook", secretFile: "\(folder.path)/secret"}]

            """, to: "clients.yaml")
        installation = try Installation(bursar, watching: estate.remote.url, observed: estate.observed.path)
        installation.clients = folder.path + "/clients.yaml"
    }

    mutating func run(count: Int) throws {
        let begin = Date()
        try complete("the first run")
        try complete("the second run")
        known = try Set(ledger().noticed().map(\.event))
        for round in 1...count {
            try move()
            clock.advance(Self.pace)
            try strike()
            if round % 10 == 0 || round == count { try drain("round \(round)") }
        }
        try look("the end")
        let messages = try ledger().messages().count
        func times(_ moment: Moment) -> Int { killed[moment] ?? 0 }
        print(
            "kills (messages): \(count) rounds in \(Int(Date().timeIntervalSince(begin))) s; killed at a random moment \(times(.any)) times, with a "
                + "message underway \(times(.underway)), taken and not answered \(times(.unanswered)), about when it was answered "
                + "\(times(.answered)); \(messages) messages arrived in \(receiver.taken.count) deliveries: none was lost, none came under two keys"
        )
    }

    /// Code moves, so that there is something to tell of.
    private mutating func move() throws {
        let team = estate.teams.randomElement(using: &random) ?? "team-1"
        if fixed.remove(team) != nil {
            try estate.undo(team)
        } else {
            try estate.fix(team)
            fixed.insert(team)
        }
    }

    private mutating func strike() throws {
        let moment = Moment.allCases.randomElement(using: &random) ?? .any
        let process = try installation.start(now: clock.now)
        let delay = UInt32.random(in: 0...3_000, using: &random)
        if moment != .any { receiver.aim(at: process.identifier, moment, delay: delay) }
        var isStruck = false
        if moment == .any {
            usleep(UInt32.random(in: 0...UInt32(span * 1_000_000), using: &random))
            isStruck = process.isRunning
            process.signal(SIGKILL)
            // So that about one of six comes too late, however fast the machine is: then every moment has its chance.
            span *= isStruck ? 1.01 : 0.95
        }
        _ = process.wait()
        if moment != .any { isStruck = receiver.rest() }
        if isStruck { killed[moment, default: 0] += 1 }
    }

    /// Runs until nothing waits.
    private func drain(_ when: String) throws {
        try complete(when)
        for _ in 0..<200 {
            guard let next = try ledger().nextMessageTime() else { return try look(when) }
            clock.advance(max(Self.pace, TimeSpan(seconds: next.seconds - clock.now.seconds)))
            try estate.writeBill(today: clock.now.day)
            // Something new, so that a run does not end before it sends.
            try complete(when)
        }
        throw Broken("\(when): messages still wait: \(try ledger().messages(states: [.waiting]))")
    }

    private func complete(_ when: String) throws {
        clock.advance(Self.pace)
        let ended = try installation.run(now: clock.now)
        try require(ended.code == 0, "\(when): a run after the kill ends with \(ended.code): \(ended.said)")
    }

    private func ledger() throws -> Ledger {
        guard let ledger = try installation.ledger() else { throw Broken("there is no ledger") }
        return ledger
    }

    private func look(_ when: String) throws {
        let taken = receiver.taken
        let ledger = try self.ledger()
        try Soundness.check(ledger, when)
        let messages = try ledger.messages()
        let unsent = messages.filter { $0.state != .sent }
        try require(unsent.isEmpty, "\(when): not sent: \(unsent.map { "\($0.id) \($0.state) \($0.problem ?? "")" })")
        let lost = messages.filter { taken.said[$0.id] == nil }
        try require(lost.isEmpty, "\(when): called sent, and never arrived: \(lost.map(\.id))")
        let unknown = Set(taken.said.keys).subtracting(messages.map(\.id))
        try require(unknown.isEmpty, "\(when): arrived, and the ledger knows nothing of it: \(unknown)")
        // One key, one message; and the same said under two keys.
        var events: [String: Int] = [:]
        for message in messages where !message.isResolution { for key in message.eventKeys { events[key, default: 0] += 1 } }
        let twice = events.filter { $0.value > 1 }
        try require(twice.isEmpty, "\(when): told of in two messages: \(twice)")
        let changed = taken.said.filter { $0.value.count > 1 }
        try require(changed.isEmpty, "\(when): one key, two messages: \(changed.keys)")
        let said = Dictionary(grouping: taken.said, by: { $0.value.first ?? "" }).filter { $0.value.count > 1 }
        try require(said.isEmpty, "\(when): the same under two keys: \(said.values.map { $0.map(\.key) })")
        let untold = try Set(ledger.noticed().map(\.event)).subtracting(known).subtracting(events.keys)
        try require(untold.isEmpty, "\(when): happened, and nobody was told: \(untold)")
    }
}
