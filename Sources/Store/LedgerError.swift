/// The ledger could not be read or written.
package struct LedgerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What callers tell apart; everything else is `other`.
    package enum Code: String, Hashable, Sendable {
        /// The file is damaged, or no database at all: `Ledger.recover` makes a new one.
        case corrupt
        /// No space is left on the disk.
        case full
        case readOnly
        /// Another process has been writing for longer than we wait.
        case busy
        /// A newer Bursar wrote it.
        case newer
        case missing
        /// Not a ledger, or something in it or given to it that makes no sense.
        case invalid
        case other
    }

    /// What was tried, as it reads behind "cannot"; empty when the message says it all.
    package let operation: String
    package let code: Code
    /// Lower case, no full stop; holds no value of a row.
    package let message: String
    /// The statement that failed, with `?` in place of its values.
    package let sql: String?

    package init(_ code: Code, _ message: String, operation: String = "", sql: String? = nil) {
        self.operation = operation
        self.code = code
        self.message = message
        self.sql = sql
    }

    package var description: String {
        operation.isEmpty ? message : "cannot \(operation): \(message)"
    }
}
