import CEL
package import CostModel

/// A budget's condition over the lines of the bill, asked once for lines that it cannot tell apart.
package struct CompiledCostCondition: Sendable {
    private struct Key: Hashable {
        var line: CostTable.Key
        var team: String?
    }

    private let program: CELProgram
    private let readsDay: Bool
    private let now: CELValue
    private let teams: [String: Team]
    private var answers: [Key: Bool] = [:]

    /// - Precondition: the condition was checked when the policies were loaded.
    package init(_ condition: Condition, teams: [Team], now: Instant) {
        program = ConditionCompiler(overCost: ()).program(of: condition, .truth)
        readsDay = program.references.contains("cost.day")
        self.now = .timestamp(secondsSinceEpoch: now.seconds)
        self.teams = Dictionary(teams.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether a line counts. A line about which the condition has no answer, such as one without the tag it asks for, does not.
    package mutating func holds(_ key: CostTable.Key, in table: CostTable, team: String?) -> Bool {
        var question = Key(line: key, team: team)
        question.line.billingMonth = Month(0)
        if !readsDay { question.line.day = Day(0) }
        if let known = answers[question] { return known }
        let line = CELObject(
            type: Vocabulary.costLine,
            values: [
                .string(table.name(key.account)), .string(table.name(key.provider)), .string(table.name(key.service)),
                .string(table.name(key.region)), .string(table.name(key.resource)), .string(key.category.name),
                .timestamp(secondsSinceEpoch: Int64(key.day.number) * 86_400),
                .map(table.tagSets[Int(key.tagSet)].sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }),
            ])
        let owner = ResourceRecord.object(of: team.flatMap { teams[$0] })
        var answer = false
        if case .bool(true) = program.evaluate([.object(line), .object(owner), now]).value { answer = true }
        answers[question] = answer
        return answer
    }

    /// What a charge of usage would say of itself; nil: it is not known.
    package struct ExpectedLine: Sendable {
        package var account: String?
        package var provider: String?
        package var service: String?
        package var region: String?
        package var resource: String?
        package var day: Day
        /// Nil: there may be others than are known.
        package var tags: [String: String]?

        package init(
            account: String?, provider: String?, service: String?, region: String?, resource: String?, day: Day, tags: [String: String]?
        ) {
            self.account = account
            self.provider = provider
            self.service = service
            self.region = region
            self.resource = resource
            self.day = day
            self.tags = tags
        }
    }

    /// Whether a charge that is yet to come would count.
    package func answer(of line: ExpectedLine, team: String?) -> CompiledCondition.Answer {
        func text(_ value: String?, _ what: String) -> CELValue { value.map { .string($0) } ?? .unknown("\(what) is not known") }
        var tags = CELValue.unknown("its tags are not known")
        if let known = line.tags { tags = .map(known.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }) }
        let object = CELObject(
            type: Vocabulary.costLine,
            values: [
                text(line.account, "its account"), text(line.provider, "its provider"), text(line.service, "its service on the bill"),
                text(line.region, "its region"), text(line.resource, "its name on the bill"), .string(ChargeCategory.usage.name),
                .timestamp(secondsSinceEpoch: Int64(line.day.number) * 86_400),
                tags,
            ])
        let owner = ResourceRecord.object(of: team.flatMap { teams[$0] })
        switch program.evaluate([.object(object), .object(owner), now]).value {
        case .bool(true): return .yes
        case .unknown(let unknown): return .unknown(unknown.reasons.joined(separator: "; "))
        // As for lines of the bill: without an answer, such as of one without the tag that is asked for, it does not count.
        default: return .no
        }
    }
}
