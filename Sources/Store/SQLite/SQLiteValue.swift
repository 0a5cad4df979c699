/// A value of a column. There are no others: money is text, instants are whole seconds, so nothing in a ledger is ever a REAL.
enum SQLiteValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
}

/// What can stand in a column.
protocol Storable {
    var stored: SQLiteValue { get }
    /// Nil when the column holds something else.
    init?(stored: SQLiteValue)
}

extension String: Storable {
    var stored: SQLiteValue { .text(self) }
    init?(stored: SQLiteValue) {
        guard case .text(let text) = stored else { return nil }
        self = text
    }
}

extension Int64: Storable {
    var stored: SQLiteValue { .integer(self) }
    init?(stored: SQLiteValue) {
        guard case .integer(let number) = stored else { return nil }
        self = number
    }
}

extension Int: Storable {
    var stored: SQLiteValue { .integer(Int64(self)) }
    init?(stored: SQLiteValue) {
        guard case .integer(let number) = stored else { return nil }
        self.init(exactly: number)
    }
}

extension Bool: Storable {
    var stored: SQLiteValue { .integer(self ? 1 : 0) }
    init?(stored: SQLiteValue) {
        switch stored {
        case .integer(0): self = false
        case .integer(1): self = true
        default: return nil
        }
    }
}

/// A value that is in its column's form already.
extension SQLiteValue: Storable {
    var stored: SQLiteValue { self }
    init(stored: SQLiteValue) { self = stored }
}

extension Optional: Storable where Wrapped: Storable {
    var stored: SQLiteValue { map(\.stored) ?? .null }
    init?(stored: SQLiteValue) {
        if stored == .null {
            self = Self.none
            return
        }
        guard let value = Wrapped(stored: stored) else { return nil }
        self = .some(value)
    }
}

extension RawRepresentable where RawValue == String {
    var stored: SQLiteValue { .text(rawValue) }
    init?(stored: SQLiteValue) {
        guard case .text(let text) = stored else { return nil }
        self.init(rawValue: text)
    }
}
