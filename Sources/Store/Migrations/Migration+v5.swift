internal import CostModel

extension Migration {
    /// Lives are told apart by 128 bits of what they are about, and no longer by short ids, two of which may agree. Each life begins with the
    /// identity of its place in the code; what is deployed, and the period of a budget, are added by the next evaluation that sees it.
    static let v5 = Migration(
        sql: """
            CREATE TABLE lives_by_identity (
                sequence INTEGER PRIMARY KEY,
                identity TEXT NOT NULL UNIQUE,
                id TEXT NOT NULL,
                policy TEXT NOT NULL,
                rule TEXT NOT NULL,
                verdict TEXT NOT NULL,
                severity TEXT NOT NULL,
                team TEXT,
                resource TEXT,
                subject TEXT,
                message TEXT NOT NULL,
                state TEXT NOT NULL,
                first_seen INTEGER NOT NULL,
                last_seen INTEGER NOT NULL,
                opened INTEGER,
                unknown_since INTEGER,
                missed_since INTEGER,
                fixed INTEGER,
                fixed_by TEXT,
                reopened INTEGER NOT NULL,
                due TEXT,
                is_exempt INTEGER NOT NULL CHECK (is_exempt IN (0, 1)),
                at_stake TEXT NOT NULL,
                monthly_savings TEXT,
                unseen_since INTEGER,
                unseen_reason TEXT,
                deployed TEXT,
                period TEXT
            ) STRICT;
            -- Until the step below gives it another one, a life's identity is its id.
            INSERT INTO lives_by_identity
                SELECT sequence, id, id, policy, rule, verdict, severity, team, resource, subject, message, state, first_seen, last_seen,
                opened, unknown_since, missed_since, fixed, fixed_by, reopened, due, is_exempt, at_stake, monthly_savings, unseen_since,
                unseen_reason, NULL, NULL FROM lives;
            DROP TABLE lives;
            ALTER TABLE lives_by_identity RENAME TO lives;
            CREATE INDEX lives_id ON lives (id);

            CREATE TABLE uses_by_identity (
                sequence INTEGER PRIMARY KEY,
                exemption TEXT NOT NULL,
                identity TEXT NOT NULL,
                finding TEXT NOT NULL,
                first_used INTEGER NOT NULL,
                last_used INTEGER NOT NULL,
                expires TEXT NOT NULL,
                UNIQUE (exemption, identity)
            ) STRICT;
            INSERT INTO uses_by_identity
                SELECT sequence, exemption, finding, finding, first_used, last_used, expires FROM exemption_uses;
            DROP TABLE exemption_uses;
            ALTER TABLE uses_by_identity RENAME TO exemption_uses;
            """
    ) { (database) throws(LedgerError) in
        // Only what identities are made of: columns that later versions add are not there yet.
        let lives = try database.query("SELECT id, policy, resource, subject FROM lives") { (row) throws(LedgerError) in
            OldLife(
                id: try row.next(), policy: try row.next(), resource: try row.next(), subject: try row.next())
        }
        for life in lives {
            // One whose policy nobody can read keeps its id.
            guard let identity = life.identity else { continue }
            try database.run("UPDATE lives SET identity = ? WHERE id = ?", [identity, life.id])
            try database.run("UPDATE life_events SET finding = ? WHERE finding = ?", [identity, life.id])
            try database.run("UPDATE exemption_uses SET identity = ? WHERE finding = ?", [identity, life.id])
        }
    }

    private struct OldLife {
        var id: String
        var policy: String
        var resource: String?
        var subject: String?

        var identity: String? {
            guard case .policy(let policy)? = ColumnValue(stored: .text(policy), as: .policy) else { return nil }
            return FindingKey(policy: policy, subject: subject, resource: resource.map(ResourceIdentity.init(text:))).identity
        }
    }
}
