extension Migration {
    /// The tables as they were first released.
    ///
    /// - Instants are whole seconds since 1970 in UTC, days are `2026-11-01`, money is exact: `412.5 USD`. No column is a REAL.
    /// - Truth is 0 or 1.
    /// - `sequence` keeps the order in which rows were added, also when a clock jumps back.
    /// - A commit, plan or run is referred to by its name and may be gone: what was done outlives what caused it.
    static let v1 = Migration(
        sql: """
            CREATE TABLE settings (
                sequence INTEGER PRIMARY KEY,
                key TEXT NOT NULL UNIQUE,
                value TEXT NOT NULL
            ) STRICT;

            -- The workspace's present status: one row.
            CREATE TABLE status (
                sequence INTEGER PRIMARY KEY CHECK (sequence = 1),
                name TEXT NOT NULL,
                is_suspended INTEGER NOT NULL CHECK (is_suspended IN (0, 1)),
                observed_revision TEXT,
                applied_revision TEXT,
                last_handled_request TEXT,
                last_success INTEGER,
                next INTEGER,
                failures INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE status_stages (
                sequence INTEGER PRIMARY KEY,
                stage TEXT NOT NULL UNIQUE,
                condition TEXT NOT NULL,
                reason TEXT NOT NULL,
                message TEXT NOT NULL,
                started INTEGER NOT NULL,
                milliseconds INTEGER NOT NULL
            ) STRICT;

            -- The figures from resources to open_requests are NULL where nothing was evaluated.
            CREATE TABLE runs (
                sequence INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                trigger TEXT NOT NULL,
                started INTEGER NOT NULL,
                finished INTEGER,
                outcome TEXT NOT NULL,
                revision TEXT,
                policy_digest TEXT,
                observed_digest TEXT,
                is_dry_run INTEGER NOT NULL CHECK (is_dry_run IN (0, 1)),
                is_partial INTEGER NOT NULL CHECK (is_partial IN (0, 1)),
                resources INTEGER,
                failing_low INTEGER,
                failing_medium INTEGER,
                failing_high INTEGER,
                failing_critical INTEGER,
                unknown INTEGER,
                exempt INTEGER,
                at_stake TEXT,
                potential_savings TEXT,
                open_requests INTEGER
            ) STRICT;
            CREATE INDEX runs_outcome ON runs (outcome);

            CREATE TABLE run_stages (
                sequence INTEGER PRIMARY KEY,
                run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
                stage TEXT NOT NULL,
                condition TEXT NOT NULL,
                reason TEXT NOT NULL,
                message TEXT NOT NULL,
                started INTEGER NOT NULL,
                milliseconds INTEGER NOT NULL,
                UNIQUE (run, stage)
            ) STRICT;

            CREATE TABLE lives (
                sequence INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
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
                monthly_savings TEXT
            ) STRICT;

            -- What happened to a finding. No foreign key: a life may be put again after it was lost.
            CREATE TABLE life_events (
                sequence INTEGER PRIMARY KEY,
                finding TEXT NOT NULL,
                time INTEGER NOT NULL,
                kind TEXT NOT NULL,
                "commit" TEXT
            ) STRICT;
            CREATE INDEX life_events_finding ON life_events (finding);

            CREATE TABLE scores (
                sequence INTEGER PRIMARY KEY,
                team TEXT NOT NULL,
                day TEXT NOT NULL,
                score INTEGER,
                reached_level TEXT NOT NULL,
                level TEXT NOT NULL,
                cost TEXT NOT NULL,
                potential_savings TEXT NOT NULL,
                waste TEXT NOT NULL,
                improvement INTEGER,
                timeliness INTEGER,
                leaderboard INTEGER,
                streak_weeks INTEGER NOT NULL,
                is_overdue INTEGER NOT NULL CHECK (is_overdue IN (0, 1)),
                policy_digest TEXT NOT NULL,
                UNIQUE (team, day)
            ) STRICT;

            CREATE TABLE badges (
                sequence INTEGER PRIMARY KEY,
                team TEXT NOT NULL,
                name TEXT NOT NULL,
                awarded TEXT NOT NULL,
                reason TEXT NOT NULL,
                evidence TEXT NOT NULL,
                UNIQUE (team, name, evidence)
            ) STRICT;
            -- Before the insert, because a REPLACE deletes without asking the triggers of a delete.
            CREATE TRIGGER badges_are_given_once BEFORE INSERT ON badges
            WHEN EXISTS (SELECT 1 FROM badges WHERE sequence = NEW.sequence OR (team, name, evidence) = (NEW.team, NEW.name, NEW.evidence))
            BEGIN SELECT RAISE(IGNORE); END;
            CREATE TRIGGER badges_are_kept BEFORE DELETE ON badges
            BEGIN SELECT RAISE(ABORT, 'a badge is never taken back'); END;
            CREATE TRIGGER badges_stay_as_they_are BEFORE UPDATE ON badges
            BEGIN SELECT RAISE(ABORT, 'a badge is never changed'); END;

            -- What each day cost. Team '' is nobody's: NULLs would not be unique.
            CREATE TABLE costs (
                sequence INTEGER PRIMARY KEY,
                day TEXT NOT NULL,
                team TEXT NOT NULL,
                service TEXT NOT NULL,
                amount TEXT NOT NULL,
                UNIQUE (day, team, service)
            ) STRICT;

            -- One row for each time a group was offered; the newest of a group is what holds.
            -- changes: a JSON list of {"id", "title", "file", "team", "findings", "resources", "monthlySavings"}.
            CREATE TABLE requests (
                sequence INTEGER PRIMARY KEY,
                "group" TEXT NOT NULL,
                team TEXT,
                state TEXT NOT NULL,
                branch TEXT NOT NULL,
                title TEXT NOT NULL,
                number INTEGER,
                url TEXT,
                plan TEXT NOT NULL,
                base_commit TEXT NOT NULL,
                policy_digest TEXT NOT NULL,
                observed_digest TEXT NOT NULL,
                made INTEGER NOT NULL,
                changes TEXT NOT NULL,
                "commit" TEXT NOT NULL,
                opened INTEGER NOT NULL,
                updated INTEGER NOT NULL,
                ended INTEGER,
                merge_commit TEXT,
                is_edited INTEGER NOT NULL CHECK (is_edited IN (0, 1)),
                fights INTEGER NOT NULL,
                UNIQUE ("group", opened)
            ) STRICT;
            CREATE UNIQUE INDEX requests_open_once ON requests ("group") WHERE state IN ('writing', 'open');

            -- A change that was merged, and what it saved. change: one element of requests.changes.
            CREATE TABLE savings (
                sequence INTEGER PRIMARY KEY,
                plan TEXT NOT NULL,
                change_id TEXT NOT NULL,
                change TEXT NOT NULL,
                "commit" TEXT NOT NULL,
                merged INTEGER NOT NULL,
                standing TEXT NOT NULL,
                since TEXT,
                estimated TEXT,
                realised TEXT,
                verified TEXT,
                measured INTEGER NOT NULL,
                method TEXT NOT NULL,
                UNIQUE (plan, change_id, "commit")
            ) STRICT;

            CREATE TABLE exemption_uses (
                sequence INTEGER PRIMARY KEY,
                exemption TEXT NOT NULL,
                finding TEXT NOT NULL,
                first_used INTEGER NOT NULL,
                last_used INTEGER NOT NULL,
                expires TEXT NOT NULL,
                UNIQUE (exemption, finding)
            ) STRICT;

            CREATE TABLE audit (
                sequence INTEGER PRIMARY KEY,
                time INTEGER NOT NULL,
                run TEXT,
                cause TEXT NOT NULL,
                action TEXT NOT NULL,
                object TEXT NOT NULL,
                detail TEXT NOT NULL
            ) STRICT;
            CREATE INDEX audit_time ON audit (time);
            -- Pruning by age names the first moment that is kept, and takes its permission away again in the same transaction.
            CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
            WHEN NOT EXISTS (SELECT 1 FROM settings WHERE key = 'pruning-audit-before' AND OLD.time < CAST(value AS INTEGER))
            BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
            CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
            WHEN EXISTS (SELECT 1 FROM audit WHERE sequence = NEW.sequence)
            BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
            CREATE TRIGGER audit_stays_as_it_is BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
            """)
}
