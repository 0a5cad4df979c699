/// A step from one version of the schema to the next. `PRAGMA user_version` holds the version of a file.
///
/// A migration that was released never changes again; another one is added behind it.
struct Migration {
    let sql: String
    /// What SQL alone cannot say; it runs behind the statements.
    var step: (@Sendable (Database) throws(LedgerError) -> Void)?

    /// In their order: the first makes version 1.
    static let all: [Migration] = [.v1, .v2, .v3, .v4, .v5, .v6, .v7, .v8, .v9]
    static var newest: Int { all.count }
}
