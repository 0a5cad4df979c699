extension Migration {
    /// What was estimated of merged changes, and what the bill said of it.
    static let v7 = Migration(
        sql: """
            CREATE TABLE estimates (
                sequence INTEGER PRIMARY KEY,
                "commit" TEXT NOT NULL,
                merged INTEGER NOT NULL,
                team TEXT,
                resource TEXT NOT NULL,
                type TEXT NOT NULL,
                source TEXT NOT NULL,
                estimated TEXT NOT NULL,
                billed_as TEXT NOT NULL,
                since TEXT,
                actual TEXT,
                error INTEGER,
                standing TEXT NOT NULL,
                method TEXT NOT NULL,
                UNIQUE ("commit", resource)
            ) STRICT;
            """)
}
