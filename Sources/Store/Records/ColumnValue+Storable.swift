internal import CostModel

// How each type of column is kept. Nothing is ever a REAL: money is text, instants are whole seconds.

extension ColumnType {
    /// The type of the ledger's column, as a migration declares it.
    var declaration: String {
        switch self {
        case .text, .word, .day, .money, .policy, .change, .changes: "TEXT"
        case .integer, .flag, .time, .points: "INTEGER"
        }
    }
}

extension ColumnValue {
    var stored: SQLiteValue {
        switch self {
        case .text(let text): .text(text)
        case .integer(let number): .integer(Int64(number))
        case .flag(let flag): .integer(flag ? 1 : 0)
        case .time(let time): time.stored
        case .day(let day): day.stored
        case .points(let points): .integer(Int64(points.hundredths))
        case .money(let money): money.stored
        case .policy(let policy): .text(policy.description)
        case .change(let change): change.stored
        case .changes(let changes): StoredChanges(changes).stored
        }
    }

    /// Nil for what is no such value; whether a word is one of the column's is for the column to say.
    init?(stored: SQLiteValue, as type: ColumnType) {
        func read<Value: Storable>(_ make: (Value) -> ColumnValue?) -> ColumnValue? { Value(stored: stored).flatMap(make) }
        let value: ColumnValue? =
            switch type {
            case .text, .word: read { .text($0) }
            case .integer: read { .integer($0) }
            case .flag: read { .flag($0) }
            case .time: read { .time($0) }
            case .day: read { .day($0) }
            case .points: read { .points(Points(hundredths: $0)) }
            case .money: read { .money($0) }
            case .policy: read { PolicyReference(stored: $0).map(ColumnValue.policy) }
            case .change: read { .change($0) }
            case .changes: read { (stored: StoredChanges) in .changes(stored.changes) }
            }
        guard let value else { return nil }
        self = value
    }
}

extension PolicyReference {
    /// `TaggingPolicy/cost-allocation`
    fileprivate init?(stored text: String) {
        guard let slash = text.firstIndex(of: "/"), let kind = PolicyKind(rawValue: String(text[..<slash])) else { return nil }
        self.init(kind, String(text[text.index(after: slash)...]))
    }
}

extension Money: Storable {
    /// `412.5 USD`
    var stored: SQLiteValue { .text(exact) }
    init?(stored: SQLiteValue) {
        guard case .text(let text) = stored else { return nil }
        let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        // What is no number is unreadable, whatever the parser says about it.
        guard parts.count == 2, let currency = Currency(String(parts[1])), let amount = try? FixedDecimal(String(parts[0])) else {
            return nil
        }
        self.init(amount, currency)
    }
}

// What statements of our own are asked with.

extension Instant: Storable {
    var stored: SQLiteValue { .integer(seconds) }
    init?(stored: SQLiteValue) {
        guard case .integer(let seconds) = stored else { return nil }
        self.init(seconds: seconds)
    }
}

extension Day: Storable {
    var stored: SQLiteValue { .text(description) }
    init?(stored: SQLiteValue) {
        guard case .text(let text) = stored else { return nil }
        self.init(text)
    }
}

extension Run.Outcome: Storable {}
extension AuditEntry.Action: Storable {}
