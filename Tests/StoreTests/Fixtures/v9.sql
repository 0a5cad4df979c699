PRAGMA application_id = 1112691538;
PRAGMA user_version = 9;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE settings (
    sequence INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;
INSERT INTO settings VALUES(1,'lastInputDigest','x');
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
INSERT INTO status VALUES(1,'acme',1,'9f2c','8e1b','webhook-7',1793534400,1793538000,3);
CREATE TABLE status_stages (
    sequence INTEGER PRIMARY KEY,
    stage TEXT NOT NULL UNIQUE,
    condition TEXT NOT NULL,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    started INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL
) STRICT;
INSERT INTO status_stages VALUES(1,'fetch','ready','Succeeded','',1793534400,12);
INSERT INTO status_stages VALUES(2,'observe','reconciling','PartialObservation','the bill is 3 days old',1793534400,900);
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
INSERT INTO runs VALUES(1,'r-000000000001','interval',1793534400,1793534409,'succeeded','9f2c','p1','o1',1,1,120,0,NULL,3,NULL,2,1,'412.000000000000000001 USD','-0.5 USD',4);
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
INSERT INTO run_stages VALUES(1,'r-000000000001','fetch','ready','Succeeded','',1793534400,12);
INSERT INTO run_stages VALUES(2,'r-000000000001','observe','reconciling','PartialObservation','the bill is 3 days old',1793534400,900);
CREATE TABLE life_events (
    sequence INTEGER PRIMARY KEY,
    finding TEXT NOT NULL,
    time INTEGER NOT NULL,
    kind TEXT NOT NULL,
    "commit" TEXT
) STRICT;
INSERT INTO life_events VALUES(1,'identity-of-f-6c1d0a52e4b3',1793534400,'opened',NULL);
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
    policy_digest TEXT NOT NULL, unseen INTEGER NOT NULL DEFAULT 0,
    UNIQUE (team, day)
) STRICT;
INSERT INTO scores VALUES(1,'payments','2026-11-01',8234,'gold','silver','4000 USD','140 USD','99.99 USD',10000,0,7001,12,1,'p1',0);
CREATE TABLE badges (
    sequence INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    name TEXT NOT NULL,
    awarded TEXT NOT NULL,
    reason TEXT NOT NULL,
    evidence TEXT NOT NULL,
    UNIQUE (team, name, evidence)
) STRICT;
INSERT INTO badges VALUES(1,'payments','first-fix','2026-11-01','the first finding fixed by a request','aa');
CREATE TABLE costs (
    sequence INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    team TEXT NOT NULL,
    service TEXT NOT NULL,
    amount TEXT NOT NULL,
    UNIQUE (day, team, service)
) STRICT;
INSERT INTO costs VALUES(1,'2026-11-01','payments','AmazonEC2','12.34 USD');
INSERT INTO costs VALUES(2,'2026-11-01','','AmazonEC2','12.34 USD');
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
    is_edited INTEGER NOT NULL CHECK (is_edited IN (0, 1)), labels TEXT,
    UNIQUE ("group", opened)
) STRICT;
INSERT INTO requests VALUES(1,'g-000000000001','payments','open','bursar/payments-1','payments: tag 2 resources',17,'https://git.example/1','d1','b1','p1','o1',1793534400,'[{"id":"c-1","title":"set ''team'' \u0001 \"quoted\" \\ é\n","file":"infra/pay/main.tf","team":"payments","findings":["f-1","f-2"],"resources":[{"root":"infra/pay","address":"aws_instance.web","type":"aws_instance","billedAs":["arn:aws:ec2:1","i-0abc"]},{"root":"infra/pay","address":"aws_instance.db","type":"aws_instance","billedAs":[]}],"monthlySavings":"140.25 USD"},{"id":"c-2","title":"","file":"a.tf","team":null,"findings":[],"resources":[],"monthlySavings":null}]','c1',1793534400,1793538000,1793541600,'m1',1,replace('bursar\ncost','\n',char(10)));
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
INSERT INTO savings VALUES(1,'d1','c-1','{"id":"c-1","title":"set ''team'' \u0001 \"quoted\" \\ é\n","file":"infra/pay/main.tf","team":"payments","findings":["f-1","f-2"],"resources":[{"root":"infra/pay","address":"aws_instance.web","type":"aws_instance","billedAs":["arn:aws:ec2:1","i-0abc"]},{"root":"infra/pay","address":"aws_instance.db","type":"aws_instance","billedAs":[]}],"monthlySavings":"140.25 USD"}','m1',1793534400,'measured','2026-11-01','140 USD','151.2 USD','140 USD',1793534400,'14 comparable days before, 14 after');
CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    run TEXT,
    cause TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,1793534400,'r-000000000001','interval','branch-written','bursar/payments-1','c1; f-1, f-2');
CREATE TABLE IF NOT EXISTS "lives" (
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
INSERT INTO lives VALUES(1,'identity-of-f-6c1d0a52e4b3','f-6c1d0a52e4b3','TaggingPolicy/cost-allocation','missing-tag','fail','high','payments','infra/pay:aws_instance.web["a"]','team','required tag ''team'' is missing','open',1793534400,1793552400,1793534400,1793534400,1793534400,NULL,NULL,0,'2026-12-01',1,'412.5 USD','140 USD',NULL,NULL,'aws_instance:arn:aws:ec2:1','2026-11');
CREATE TABLE IF NOT EXISTS "exemption_uses" (
    sequence INTEGER PRIMARY KEY,
    exemption TEXT NOT NULL,
    identity TEXT NOT NULL,
    finding TEXT NOT NULL,
    first_used INTEGER NOT NULL,
    last_used INTEGER NOT NULL,
    expires TEXT NOT NULL,
    UNIQUE (exemption, identity)
) STRICT;
INSERT INTO exemption_uses VALUES(1,'legacy','identity-of-f-1','f-1',1793534400,1793534400,'2027-01-30');
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
, reference TEXT) STRICT;
INSERT INTO messages VALUES(1,'m-1','payments-chat','chat','m-1','finding.new','payments',0,'sent',1793534400,1793534400,2,1793538000,'no answer in time',1,replace('finding.new a\nfinding.new b','\n',char(10)),'{}','1793534400.000100');
CREATE TABLE noticed (
    sequence INTEGER PRIMARY KEY,
    event TEXT NOT NULL UNIQUE,
    noticed INTEGER NOT NULL
) STRICT;
INSERT INTO noticed VALUES(1,'finding.new a',1793534400);
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
INSERT INTO estimates VALUES(1,'m1',1793534400,'payments','infra/pay:aws_instance.web','aws_instance','own-price','70.08 USD',replace('arn:aws:ec2:1\ni-0abc','\n',char(10)),'2026-11-01','87.6 USD',-2000,'judged','14 whole days from 2026-11-01');
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
INSERT INTO snoozes VALUES(1,'g-000000000001',1793534400,1796126400,'payments','payments: tag 2 resources',replace('f-1\nidentity-of-f-1','\n',char(10)),'140.25 USD','ada','box of the dashboard');
CREATE INDEX runs_outcome ON runs (outcome);
CREATE INDEX life_events_finding ON life_events (finding);
CREATE UNIQUE INDEX requests_open_once ON requests ("group") WHERE state IN ('writing', 'open');
CREATE INDEX audit_time ON audit (time);
CREATE TRIGGER badges_are_given_once BEFORE INSERT ON badges
WHEN EXISTS (SELECT 1 FROM badges WHERE sequence = NEW.sequence OR (team, name, evidence) = (NEW.team, NEW.name, NEW.evidence))
BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER badges_are_kept BEFORE DELETE ON badges
BEGIN SELECT RAISE(ABORT, 'a badge is never taken back'); END;
CREATE TRIGGER badges_stay_as_they_are BEFORE UPDATE ON badges
BEGIN SELECT RAISE(ABORT, 'a badge is never changed'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
WHEN NOT EXISTS (SELECT 1 FROM settings WHERE key = 'pruning-audit-before' AND OLD.time < CAST(value AS INTEGER))
BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
CREATE TRIGGER audit_stays_as_it_is BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
CREATE INDEX lives_id ON lives (id);
CREATE INDEX messages_waiting ON messages (due) WHERE state = 'waiting';
COMMIT;
