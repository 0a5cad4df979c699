extension Migration {
    /// How often a request was fought over was never counted there: it is told from the merges that are remembered.
    static let v2 = Migration(sql: "ALTER TABLE requests DROP COLUMN fights")
}
