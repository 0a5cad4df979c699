import CEL
package import CostModel

/// A condition ready to be asked of any number of resources.
package struct CompiledCondition {
    /// What came of asking.
    package enum Answer: Hashable, Sendable {
        case yes, no
        /// It cannot be known: why.
        case unknown(String)
        /// It has no answer, such as where an expression costs too much: why.
        case error(String)
    }

    let program: CELProgram
    private let condition: Condition
    private let compiler: ConditionCompiler
    private let coverage: BranchCoverage?

    /// - Parameter coverage: is told which ways are taken; nil: nobody wants to know.
    /// - Precondition: the condition was checked when the policies were loaded.
    package init(
        _ condition: Condition, _ compiler: ConditionCompiler, _ expectation: ConditionCompiler.Expectation = .truth,
        coverage: BranchCoverage? = nil
    ) {
        program = compiler.program(of: condition, expectation, recordingBranches: coverage != nil)
        self.condition = condition
        self.compiler = compiler
        self.coverage = coverage
        coverage?.add(condition, program)
    }

    package var readsUtilization: Bool { program.references.contains("utilization") }

    package func holds(of record: ResourceRecord, utilization: UtilizationRecord? = nil) -> Answer {
        switch value(of: record, utilization) {
        case .bool(true): .yes
        case .bool(false): .no
        case .unknown(let unknown): .unknown(unknown.reasons.joined(separator: "; "))
        case .error(let error): .error(error.message)
        default: .error("the expression gives something else than true or false")
        }
    }

    /// Money of a month; nil where it is unknown, fails, or is no number.
    package func amount(of record: ResourceRecord, utilization: UtilizationRecord?, currency: Currency) -> Money? {
        // Sums of amounts have to be held; a policy cannot state a larger one either.
        guard let amount = anyAmount(of: record, utilization, currency), amount.amount.raw.magnitude <= Self.largest.raw.magnitude else {
            return nil
        }
        return amount
    }

    private static let largest = FixedDecimal(1_000_000_000_000)

    private func anyAmount(of record: ResourceRecord, _ utilization: UtilizationRecord?, _ currency: Currency) -> Money? {
        switch value(of: record, utilization) {
        case .money(let money): money.currency == currency.code ? Money(FixedDecimal(raw: money.units), currency) : nil
        case .int(let number) where number.magnitude <= 1_000_000_000_000: Money(FixedDecimal(Int(number)), currency)
        case .uint(let number) where number <= 1_000_000_000_000: Money(FixedDecimal(Int(number)), currency)
        // A double is shown with all its digits; money keeps 18 of them.
        case .double(let number) where number.isFinite && number.magnitude < 1e12:
            FixedDecimal(exactly: "\(number)").map { Money($0, currency) }
        default: nil
        }
    }

    /// As it stands in a message: texts without quotes, money with two decimals.
    package func text(of record: ResourceRecord, utilization: UtilizationRecord?) -> String {
        switch value(of: record, utilization) {
        case .string(let text): text
        case .money(let money): "\(FixedDecimal(raw: money.units).rounded(to: 2)) \(money.currency)"
        case .double(let number) where number.magnitude < 1e12:
            // Two decimals are enough for a sentence.
            FixedDecimal(Int((number * 100).rounded())).scaled(by: 1, over: 100).description
        case .unknown: "unknown"
        case .error: "?"
        case let value: value.description
        }
    }

    private func value(of record: ResourceRecord, _ utilization: UtilizationRecord?) -> CELValue {
        let result = program.evaluate(record.values(for: compiler, utilization: utilization?.value))
        coverage?.record(condition, result)
        return result.value
    }
}
