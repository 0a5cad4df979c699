internal import CSQLite

/// A prepared statement. Owns SQLite's handle and frees it with the last reference.
final class Statement {
    let sql: String
    let handle: OpaquePointer

    init(_ handle: OpaquePointer, sql: String) {
        self.handle = handle
        self.sql = sql
    }

    deinit {
        sqlite3_finalize(handle)
    }

    func name(ofColumn index: Int32) -> String {
        sqlite3_column_name(handle, index).map { String(cString: $0) } ?? ""
    }
}

/// The row that a statement stands at, read from left to right.
struct Row {
    private let statement: Statement
    private var index: Int32 = 0

    init(_ statement: Statement) {
        self.statement = statement
    }

    /// The next column's value.
    mutating func next<Value: Storable>() throws(LedgerError) -> Value {
        let stored = try nextValue()
        guard let value = Value(stored: stored) else { throw unreadable }
        return value
    }

    /// That the value that was read last makes no sense.
    var unreadable: LedgerError { .unreadable(column: statement.name(ofColumn: index - 1), sql: statement.sql) }

    mutating func nextValue() throws(LedgerError) -> SQLiteValue {
        precondition(index < sqlite3_column_count(statement.handle), "read beyond the last column")
        defer { index += 1 }
        switch sqlite3_column_type(statement.handle, index) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement.handle, index))
        case SQLITE_TEXT:
            // The length is asked for after the text: asking may convert it.
            let bytes = sqlite3_column_text(statement.handle, index)
            let count = Int(sqlite3_column_bytes(statement.handle, index))
            return .text(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
        default: throw .unreadable(column: statement.name(ofColumn: index), sql: statement.sql)
        }
    }
}

extension LedgerError {
    fileprivate static func unreadable(column: String, sql: String) -> LedgerError {
        LedgerError(.corrupt, "the column '\(column)' holds something that makes no sense", operation: "read the ledger", sql: sql)
    }
}
