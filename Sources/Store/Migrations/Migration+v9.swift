extension Migration {
    /// Fixes that people put off for some time.
    static let v9 = Migration(
        sql: """
            CREATE TABLE snoozes (
                sequence INTEGER PRIMARY KEY,
                "group" TEXT NOT NULL,
                since INTEGER NOT NULL,
                until INTEGER NOT NULL,
                team TEXT,
                title TEXT NOT NULL,
                findings TEXT NOT NULL,
                monthly_savings TEXT,
                person TEXT NOT NULL,
                reason TEXT NOT NULL,
                UNIQUE ("group", since)
            ) STRICT;
            """)
}
