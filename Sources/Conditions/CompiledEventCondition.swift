import CEL
package import CostModel

/// What an expression can ask of something that is told of.
package struct EventRecord: Hashable, Sendable {
    package var kind: NotificationPolicy.Event
    package var team: String?
    package var severity: Severity?
    package var policy: String
    package var rule: String
    package var resource: String
    /// In a month; nil: nobody knows.
    package var amount: Money?

    package init(
        kind: NotificationPolicy.Event, team: String? = nil, severity: Severity? = nil, policy: String = "", rule: String = "",
        resource: String = "", amount: Money? = nil
    ) {
        self.kind = kind
        self.team = team
        self.severity = severity
        self.policy = policy
        self.rule = rule
        self.resource = resource
        self.amount = amount
    }
}

/// The `where` of a Notification, ready to be asked.
package struct CompiledEventCondition {
    private let program: CELProgram
    private let teams: [String: Team]
    private let now: CELValue

    /// - Precondition: the condition was checked when the policies were loaded.
    package init(_ condition: Condition, teams: [Team], now: Instant) {
        program = ConditionCompiler(overEvents: ()).program(of: condition, .truth)
        self.teams = Dictionary(teams.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.now = .timestamp(secondsSinceEpoch: now.seconds)
    }

    /// Whether it is told of. What has no answer, such as where an amount is not known, is: silence would look like order.
    package func holds(of event: EventRecord) -> Bool {
        let object = CELObject(
            type: Vocabulary.event,
            values: [
                .string(event.kind.rawValue), .string(event.team ?? ""), .string(event.severity?.rawValue ?? ""), .string(event.policy),
                .string(event.rule), .string(event.resource),
                event.amount.map(ResourceRecord.money) ?? .unknown("the amount is not known"),
            ])
        let owner = ResourceRecord.object(of: event.team.flatMap { teams[$0] })
        if case .bool(false) = program.evaluate([.object(object), .object(owner), now]).value { return false }
        return true
    }
}
