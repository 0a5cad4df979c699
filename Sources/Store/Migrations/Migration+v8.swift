extension Migration {
    /// What a service calls a message, so that the next one about the same goes below it.
    static let v8 = Migration(sql: "ALTER TABLE messages ADD COLUMN reference TEXT;")
}
