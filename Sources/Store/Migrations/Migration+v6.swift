extension Migration {
    /// Messages on their way to channels, and what was told of already.
    static let v6 = Migration(
        sql: """
            CREATE TABLE messages (
                sequence INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                notification TEXT NOT NULL,
                channel TEXT NOT NULL,
                thread TEXT NOT NULL,
                kind TEXT NOT NULL,
                team TEXT,
                is_resolution INTEGER NOT NULL CHECK (is_resolution IN (0, 1)),
                state TEXT NOT NULL,
                created INTEGER NOT NULL,
                due INTEGER NOT NULL,
                attempts INTEGER NOT NULL,
                finished INTEGER,
                problem TEXT,
                is_over INTEGER NOT NULL CHECK (is_over IN (0, 1)),
                events TEXT NOT NULL,
                body TEXT NOT NULL
            ) STRICT;
            CREATE INDEX messages_waiting ON messages (due) WHERE state = 'waiting';

            CREATE TABLE noticed (
                sequence INTEGER PRIMARY KEY,
                event TEXT NOT NULL UNIQUE,
                noticed INTEGER NOT NULL
            ) STRICT;
            """)
}
