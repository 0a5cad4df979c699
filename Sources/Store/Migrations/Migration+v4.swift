extension Migration {
    /// Which labels were given to a request: what people take away does not come back.
    static let v4 = Migration(sql: "ALTER TABLE requests ADD COLUMN labels TEXT")
}
