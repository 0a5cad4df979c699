/// How a source of a workspace fares that a program or a server is asked for.
package struct SourceStatus: Hashable, Sendable {
    /// Whether it is asked.
    package enum Breaker: String, Hashable, Sendable, CaseIterable {
        case closed
        /// It failed too often in a row, and is left alone for a while.
        case open
        /// The while is over: the next question decides.
        case halfOpen = "half-open"
    }

    /// The key below `observe`: `cost`, `utilization`, `cloud`, `recommendations`.
    package var kind: String
    package var name: String
    package var lastAttempt: Instant?
    package var lastSuccess: Instant?
    /// In a row, up to now.
    package var failures: Int
    /// What stood in the way last; nil: nothing did.
    package var problem: String?
    /// Whether only a person can mend it.
    package var isStalled: Bool

    /// So many failures in a row open the breaker.
    package static let failuresToOpen = 3
    /// How long it stays open at first; twice as long after each failure more.
    package static let firstRest = TimeSpan(seconds: 900)
    package static let longestRest = TimeSpan.hours(4)

    package init(
        kind: String, name: String, lastAttempt: Instant? = nil, lastSuccess: Instant? = nil, failures: Int = 0, problem: String? = nil,
        isStalled: Bool = false
    ) {
        self.kind = kind
        self.name = name
        self.lastAttempt = lastAttempt
        self.lastSuccess = lastSuccess
        self.failures = failures
        self.problem = problem
        self.isStalled = isStalled
    }

    package mutating func succeed(at time: Instant) {
        self = SourceStatus(kind: kind, name: name, lastAttempt: time, lastSuccess: time)
    }

    package mutating func fail(at time: Instant, _ problem: String, isStalled: Bool) {
        lastAttempt = time
        failures += 1
        self.problem = problem
        self.isStalled = isStalled
    }

    /// When it may be asked again; nil: it may be asked at any time.
    package var restsUntil: Instant? {
        guard failures >= Self.failuresToOpen, let lastAttempt else { return nil }
        let doublings = min(failures - Self.failuresToOpen, 10)
        return lastAttempt.adding(min(TimeSpan(seconds: Self.firstRest.seconds << Int64(doublings)), Self.longestRest))
    }

    package func breaker(at now: Instant) -> Breaker {
        guard let restsUntil else { return .closed }
        return now < restsUntil ? .open : .halfOpen
    }
}

/// Remembers how sources fare, from one run to the next.
package protocol SourceMemory: Sendable {
    /// Whether a source that failed too often is left alone. Only where nobody waits: a person who has mended it asks at once.
    var breaks: Bool { get }

    /// Nil: it was never asked.
    func status(of kind: String, _ name: String) -> SourceStatus?
    func record(_ status: SourceStatus)
}

/// The memory that whoever asks sources in the present task uses.
package enum SourceMemories {
    @TaskLocal package static var current: (any SourceMemory)?

    /// Until when a source is left alone; nil: it is asked.
    package static func rest(of kind: String, _ name: String, now: Instant) -> SourceStatus? {
        guard let memory = current, memory.breaks, let status = memory.status(of: kind, name), status.breaker(at: now) == .open else {
            return nil
        }
        return status
    }

    /// Notes what came of asking a source.
    ///
    /// - Parameter problem: what stood in the way; nil: nothing.
    package static func note(_ kind: String, _ name: String, now: Instant, problem: String?, isStalled: Bool = false) {
        guard let memory = current else { return }
        var status = memory.status(of: kind, name) ?? SourceStatus(kind: kind, name: name)
        if let problem { status.fail(at: now, problem, isStalled: isStalled) } else { status.succeed(at: now) }
        memory.record(status)
    }
}
