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
}
