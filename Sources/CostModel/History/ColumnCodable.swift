/// What a column can keep.
package protocol ColumnCodable: Sendable {
    static var columnType: ColumnType { get }
    static var isOptional: Bool { get }
    /// Nil: nothing.
    var columnValue: ColumnValue? { get }
    /// Nil for what is no such value.
    init?(columnValue: ColumnValue?)
}

extension ColumnCodable {
    package static var isOptional: Bool { false }
}

extension Optional: ColumnCodable where Wrapped: ColumnCodable {
    package static var columnType: ColumnType { Wrapped.columnType }
    package static var isOptional: Bool { true }
    package var columnValue: ColumnValue? { flatMap(\.columnValue) }
    package init?(columnValue: ColumnValue?) {
        guard columnValue != nil else {
            self = Self.none
            return
        }
        guard let value = Wrapped(columnValue: columnValue) else { return nil }
        self = .some(value)
    }
}

extension ColumnCodable where Self: RawRepresentable<String> & CaseIterable {
    package static var columnType: ColumnType { .word(allCases.map(\.rawValue)) }
    package var columnValue: ColumnValue? { .text(rawValue) }
    package init?(columnValue: ColumnValue?) {
        guard case .text(let word) = columnValue else { return nil }
        self.init(rawValue: word)
    }
}

extension Run.Trigger: ColumnCodable {}
extension Run.Outcome: ColumnCodable {}
extension Stage: ColumnCodable {}
extension StageStatus.Condition: ColumnCodable {}
extension StageStatus.Reason: ColumnCodable {}
extension FindingLife.State: ColumnCodable {}
extension LifeEvent.Kind: ColumnCodable {}
extension Verdict: ColumnCodable {}
extension Severity: ColumnCodable {}
extension Level: ColumnCodable {}
extension RequestRecord.State: ColumnCodable {}
extension SavingsStatus: ColumnCodable {}
extension EstimateStatus: ColumnCodable {}
extension EstimateSource.Kind: ColumnCodable {}
extension AuditEntry.Action: ColumnCodable {}

extension String: ColumnCodable {
    package static var columnType: ColumnType { .text }
    package var columnValue: ColumnValue? { .text(self) }
    package init?(columnValue: ColumnValue?) {
        guard case .text(let text) = columnValue else { return nil }
        self = text
    }
}

extension Int: ColumnCodable {
    package static var columnType: ColumnType { .integer }
    package var columnValue: ColumnValue? { .integer(self) }
    package init?(columnValue: ColumnValue?) {
        guard case .integer(let number) = columnValue else { return nil }
        self = number
    }
}

extension Bool: ColumnCodable {
    package static var columnType: ColumnType { .flag }
    package var columnValue: ColumnValue? { .flag(self) }
    package init?(columnValue: ColumnValue?) {
        guard case .flag(let flag) = columnValue else { return nil }
        self = flag
    }
}

extension Instant: ColumnCodable {
    package static var columnType: ColumnType { .time }
    package var columnValue: ColumnValue? { .time(self) }
    package init?(columnValue: ColumnValue?) {
        guard case .time(let time) = columnValue else { return nil }
        self = time
    }
}

extension Day: ColumnCodable {
    package static var columnType: ColumnType { .day }
    package var columnValue: ColumnValue? { .day(self) }
    package init?(columnValue: ColumnValue?) {
        guard case .day(let day) = columnValue else { return nil }
        self = day
    }
}

extension Points: ColumnCodable {
    package static var columnType: ColumnType { .points }
    package var columnValue: ColumnValue? { .points(self) }
    package init?(columnValue: ColumnValue?) {
        guard case .points(let points) = columnValue else { return nil }
        self = points
    }
}

extension Money: ColumnCodable {
    package static var columnType: ColumnType { .money }
    package var columnValue: ColumnValue? { .money(self) }
    package init?(columnValue: ColumnValue?) {
        guard case .money(let money) = columnValue else { return nil }
        self = money
    }
}

extension PolicyReference: ColumnCodable {
    package static var columnType: ColumnType { .policy }
    package var columnValue: ColumnValue? { .policy(self) }
    package init?(columnValue: ColumnValue?) {
        guard case .policy(let policy) = columnValue else { return nil }
        self = policy
    }
}

extension PlanRecord.Change: ColumnCodable {
    package static var columnType: ColumnType { .change }
    package var columnValue: ColumnValue? { .change(self) }
    package init?(columnValue: ColumnValue?) {
        guard case .change(let change) = columnValue else { return nil }
        self = change
    }
}

extension Array: ColumnCodable where Element == PlanRecord.Change {
    package static var columnType: ColumnType { .changes }
    package var columnValue: ColumnValue? { .changes(self) }
    package init?(columnValue: ColumnValue?) {
        guard case .changes(let changes) = columnValue else { return nil }
        self = changes
    }
}

// Values without a meaning, for `ColumnRecord.blank`.

extension Instant {
    static var blank: Instant { Instant(seconds: 0) }
}

extension Day {
    static var blank: Day { Day(0) }
}

extension Money {
    static var blank: Money { .zero(.usd) }
}

extension PolicyReference {
    static var blank: PolicyReference { PolicyReference(.rule, "") }
}
