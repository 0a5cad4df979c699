extension Migration {
    /// What was judged once and is not any more is told from what is gone.
    static let v3 = Migration(
        sql: """
            ALTER TABLE lives ADD COLUMN unseen_since INTEGER;
            ALTER TABLE lives ADD COLUMN unseen_reason TEXT;
            ALTER TABLE scores ADD COLUMN unseen INTEGER NOT NULL DEFAULT 0;
            """)
}
