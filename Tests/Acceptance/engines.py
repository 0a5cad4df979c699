#!/usr/bin/env python3
"""One bill in files and in query engines: `bursar` must say the same of each, byte for byte.

    engines.py BURSAR [--duckdb PYTHON] [--clickhouse PYTHON] [--old-clickhouse SERVER] [--postgres BINDIR] [--spark PROGRAM]
               [--dialects PYTHON] [--seeds 1,2,3] [--rows 2000]

PYTHON is an interpreter with the module `duckdb`, `chdb` or `sqlglot`; BINDIR has `initdb`, `pg_ctl` and `psql`; SERVER is Debian's
`clickhouse-server`, of 18.16, of which two are started as shards; PROGRAM is `spark-sql`, which takes half a minute for each question. What is not
given is not run, and that is said. Findings, budgets, scores and breakdowns are compared; places and revisions are not, because the workspaces differ.
`--dialects` parses the statements of `Tests/Snapshots/Engines`, each in its engine's dialect.
"""
import argparse
import csv
import datetime
import json
import os
import random
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
from decimal import Decimal

HERE = os.path.dirname(os.path.abspath(__file__))
NOW = "2026-11-03T00:00:00Z"
TEXTS = ["BillingCurrency", "ChargeCategory", "ProviderName", "ServiceName", "RegionId", "SubAccountId", "ResourceId", "SkuId",
         "SkuPriceId", "ConsumedUnit", "PricingUnit", "Tags"]
COSTS = ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost"]
TIMES = ["BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd"]
COLUMNS = COSTS + TIMES + TEXTS + ["ConsumedQuantity", "PricingQuantity"]
QUESTIONS = [["service,account,region", "effective"], ["day,resource,tag:team", "effective"], ["month,provider", "billed"],
             ["tag:cost center,team", "list"], ["sku", "contracted"], ["team,day", "effective"]]

DUCKDB = """#!{python}
import csv, sys, duckdb
words = sys.argv[1:]
statement = words[words.index("-c") + 1]
try:
    found = duckdb.connect(words[0], read_only=True) if not words[0].startswith("-") else duckdb.connect()
    found = found.execute(statement)
    rows = [[column[0] for column in found.description]] + [["" if value is None else value for value in row] for row in found.fetchall()]
except Exception as error:
    sys.exit(str(error))
csv.writer(sys.stdout, lineterminator="\\n").writerows(rows)
"""

CLICKHOUSE = """#!{python}
import sys
from chdb import session
words = sys.argv[1:]
try:
    print(session.Session(words[0]).query(words[words.index("--query") + 1], words[words.index("--format") + 1]).data(), end="")
except Exception as error:
    sys.exit(str(error))
"""


def make_bill(path, seed, count):
    """Hours, months and negative amounts; tags that are missing, empty, numbers or lists; costs that are not stated."""
    chance = random.Random(seed)

    def cost(least=0):
        return str(Decimal(chance.randrange(least, 10**9)).scaleb(-chance.choice([2, 4, 7, 10])))

    def written(time):
        return time.strftime("%Y-%m-%dT%H:%M:%SZ")

    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        rows.writeheader()
        for _ in range(count):
            start = datetime.datetime(2026, 9, 1) + datetime.timedelta(hours=chance.randrange(24 * 63))
            if chance.random() < 0.02:
                start = start.replace(day=1, hour=0)
            month = start.replace(day=1, hour=0)
            after = (month + datetime.timedelta(days=32)).replace(day=1)
            end = after if start == month and chance.random() < 0.9 else start + datetime.timedelta(hours=1)
            tags = {}
            if chance.random() < 0.7:
                tags["team"] = chance.choice(["payments", "search", "", 'data "x", y', "ü, é"])
            if chance.random() < 0.4:
                tags["cost center"] = chance.choice([12, True, None, "CC-1", "a\nb"])
            rows.writerow({
                "BilledCost": cost(-(10**6)), "EffectiveCost": cost(-(10**6)), "ListCost": cost() if chance.random() < 0.9 else "",
                "ContractedCost": cost() if chance.random() < 0.8 else "", "BillingCurrency": "USD",
                "BillingPeriodStart": written(month), "BillingPeriodEnd": written(after), "ChargePeriodStart": written(start),
                "ChargePeriodEnd": written(end), "ChargeCategory": chance.choice(["Usage"] * 8 + ["Tax", "Credit"]),
                "ProviderName": "AWS", "ServiceName": chance.choice(["EC2", "S3", "RDS, multi", ""]),
                "RegionId": chance.choice(["us-east-1", "eu-west-1", ""]), "SubAccountId": chance.choice(["111122223333", "000000000042"]),
                "ResourceId": chance.choice(["i-%d" % chance.randrange(40), ""]), "SkuId": chance.choice(["a", "b"]), "SkuPriceId": "p",
                "ConsumedQuantity": str(Decimal(chance.randrange(1000)).scaleb(-2)), "ConsumedUnit": "Hours", "PricingQuantity": "1",
                "PricingUnit": "Units", "Tags": json.dumps(tags, ensure_ascii=False) if chance.random() < 0.95 else ""})


def workspace(folder, source):
    """A workspace with budgets and teams, whose bill is where `source` says."""
    files = {
        "bursar.yaml": "apiVersion: bursar/v1\nkind: Workspace\nmetadata: {name: acme}\nspec:\n  currency: USD\n  policies: [policies]\n"
                       f"  observe:\n    cost: [{source}]\n",
        "policies/all.yaml": "kind: Team\nmetadata: {name: payments}\nspec:\n  owns: [{tags: {team: payments}}]\n---\n"
                             "kind: Team\nmetadata: {name: rest}\nspec:\n  owns: [{accounts: ['000000000042']}]\n---\n"
                             "kind: Budget\nmetadata: {name: monthly}\nspec: {scope: {team: payments}, amount: 1000 USD, enforcement: block}\n---\n"
                             "kind: Budget\nmetadata: {name: storage}\nspec: {scope: {services: [S3]}, amount: 1 USD, cost: billed}\n---\n"
                             "kind: Budget\nmetadata: {name: tagged}\nspec: {scope: {tags: {'cost center': CC-1}}, amount: 99999999999 USD}\n",
    }
    for name, text in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    git = ["git", "-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.com"]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "--all"], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", "workspace"], check=True)


def answers(bursar, folder, clients):
    """All that is compared: the code of each command, and what it printed without what only says where things lie."""
    words = ["-C", folder, "--now", NOW, "--format", "json"] + (["--clients", clients] if clients else [])
    found = []
    for command in [["check"], ["scorecard"]] + [["cost", "--by", by, "--cost", cost] for by, cost in QUESTIONS]:
        run = subprocess.run([bursar, *command, *words], capture_output=True, text=True)
        try:
            document = json.loads(run.stdout)
        except ValueError:
            sys.exit(f"{' '.join(command)}: {run.stdout}{run.stderr}")
        problems = document.pop("diagnostics", [])
        document.pop("revision", None)
        seen = sorted((problem["severity"], problem["id"], problem["message"]) for problem in problems)
        found.append((command, run.returncode, json.dumps(document, indent=1), seen))
    return found


def program(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, stat.S_IRWXU)
    return path


def clients_file(folder, entry):
    path = os.path.join(folder, "clients.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"apiVersion: bursar/v1\nkind: Clients\nmetadata: {{name: here}}\nspec:\n  clients:\n    - {entry}\n")
    os.chmod(path, 0o600)
    return path


def run_python(python, text, *words):
    subprocess.run([python, "-c", text, *words], check=True)


TYPED = ("select * replace (cast(BilledCost as decimal(30, 12)) as BilledCost, cast(EffectiveCost as double) as EffectiveCost, "
         "cast(ListCost as double) as ListCost, cast(ContractedCost as decimal(30, 12)) as ContractedCost, "
         "cast(BillingPeriodStart as timestamptz) as BillingPeriodStart, "
         "cast(cast(BillingPeriodEnd as timestamptz) as timestamp) as BillingPeriodEnd, "
         "cast(cast(ChargePeriodStart as timestamptz) as timestamp) as ChargePeriodStart, "
         "cast(ChargePeriodEnd as timestamptz) as ChargePeriodEnd, {tags} as Tags) from read_csv('{bill}', all_varchar = true)")
MAP = "from_json(Tags, '\"MAP(VARCHAR, VARCHAR)\"')"


def duckdb_variants(python, out, bill):
    """Parquet with typed columns, with texts, with tags as a map; a table of typed columns."""
    client = program(os.path.join(out, "duckdb"), DUCKDB.format(python=python))
    load = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); c.execute(\"set timezone = 'UTC'\"); [c.execute(s) for s in sys.argv[2:]]"
    typed, text = TYPED.format(tags="Tags", bill=bill), f"select * from read_csv('{bill}', all_varchar = true)"
    lake = os.path.join(out, "lake.duckdb")
    run_python(python, load, ":memory:", *(
        f"copy ({select}) to '{out}/{name}.parquet' (format parquet)"
        for name, select in [("typed", typed), ("text", text), ("map", TYPED.format(tags=MAP, bill=bill))]))
    run_python(python, load, lake, f"create table focus as {typed}", f"create table maps as {TYPED.format(tags=MAP, bill=bill)}")
    for name in ["typed", "text", "map"]:
        yield f"DuckDB, Parquet with {name} columns", f"{{name: bill, format: focus, paths: [{out}/{name}.parquet], maxAge: none}}", \
            f"{{engine: duckdb, program: {client}}}"
    for table, tags in [("focus", "json"), ("maps", "map")]:
        yield f"DuckDB, a table with tags as {tags}", \
            f"{{name: bill, format: focus, engine: duckdb, table: {table}, tags: {tags}, maxAge: none}}", \
            f"{{engine: duckdb, program: {client}, arguments: ['{lake}']}}"


def clickhouse_variants(python, out, bill):
    client = program(os.path.join(out, "clickhouse"), CLICKHOUSE.format(python=python))
    state = os.path.join(out, "clickhouse.state")
    plain = ", ".join(f"{name} Nullable(String)" for name in COLUMNS)
    typed = ", ".join(
        [f"toDecimal128OrNull({name}, 12) as {name}" for name in ["BilledCost", "ContractedCost"]]
        + [f"toFloat64OrNull({name}) as {name}" for name in ["EffectiveCost", "ListCost"]]
        + [f"parseDateTimeBestEffort(assumeNotNull({name}), 'America/New_York') as {name}" for name in TIMES]
        + [name for name in COLUMNS if name not in COSTS + TIMES])
    load = "import sys; from chdb import session; s = session.Session(sys.argv[1]); [s.query(q) for q in sys.argv[2:]]"
    run_python(
        python, load, state, "create database lake", f"create table lake.texts ({plain}) engine = MergeTree order by tuple()",
        f"insert into lake.texts select * from file('{bill}', 'CSVWithNames', '{plain}')",
        f"create table lake.typed engine = MergeTree order by tuple() as select {typed} from lake.texts",
        # Numbers and truth values as their text; a null is no value.
        "create table lake.maps engine = MergeTree order by tuple() as select * replace (CAST(arrayMap(p -> (p.1, if(JSONType(ifNull(Tags, '{}'), "
        "p.1) = 'String', JSONExtractString(ifNull(Tags, '{}'), p.1), p.2)), arrayFilter(p -> p.2 != 'null', "
        "JSONExtractKeysAndValuesRaw(ifNull(Tags, '{}')))), 'Map(String, String)') as Tags) from lake.typed")
    for table, tags, times in [("texts", "json", "text"), ("typed", "json", "timestamp"), ("maps", "map", "timestamp")]:
        yield f"ClickHouse, {table}", \
            f"{{name: bill, format: focus, engine: clickhouse, table: lake.{table}, tags: {tags}, times: {times}, maxAge: none}}", \
            f"{{engine: clickhouse, program: {client}, arguments: ['{state}']}}"


OLD_CONFIGURATION = """<yandex>
<logger><level>error</level><log>{folder}/log</log><errorlog>{folder}/errors</errorlog></logger>
<tcp_port>{port}</tcp_port><http_port>{http}</http_port><interserver_http_port>{replicas}</interserver_http_port><listen_host>127.0.0.1</listen_host>
<path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path><users_config>users.xml</users_config><default_profile>default</default_profile>
<default_database>default</default_database><mark_cache_size>104857600</mark_cache_size><timezone>America/New_York</timezone>
<remote_servers><two>{shards}</two></remote_servers></yandex>"""
OLD_SHARD = "<shard><replica><host>127.0.0.1</host><port>{port}</port></replica></shard>"
OLD_USERS = """<yandex><profiles><default/></profiles><users><default><password/><networks><ip>127.0.0.1</ip></networks>
<profile>default</profile><quota>default</quota></default></users><quotas><default/></quotas></yandex>"""


def old_clickhouse_variants(server, out, bill):
    """Two servers of 18.16 with half of the rows each, asked through a distributed table; times of a zone far from UTC."""
    first = random.SystemRandom().randrange(20000, 50000)
    ports, running = [first, first + 1], []
    client = shutil.which("clickhouse-client")

    def ask(port, statement, rows=()):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        subprocess.run([client, "--host", "127.0.0.1", "--port", str(port), "--query", statement], input=text, text=True, check=True)

    with open(bill, encoding="utf-8", newline="") as file:
        rows = [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]
    try:
        for port in ports:
            folder = os.path.join(out, f"clickhouse-{port}")
            for name in ["data", "tmp"]:
                os.makedirs(os.path.join(folder, name))
            shards = "".join(OLD_SHARD.format(port=port) for port in ports)
            program(os.path.join(folder, "config.xml"),
                    OLD_CONFIGURATION.format(folder=folder, port=port, http=port + 100, replicas=port + 200, shards=shards))
            program(os.path.join(folder, "users.xml"), OLD_USERS)
            running.append(subprocess.Popen([server, f"--config-file={folder}/config.xml"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        for port in ports:
            wait_for(port)
        plain = ", ".join(f"{name} Nullable(String)" for name in COLUMNS)
        typed = ", ".join(
            # This version reads floating-point numbers from text with errors in the last digit.
            [f"if(isNull({name}), NULL, toDecimal128(ifNull({name}, '0'), 12)) as {name}" for name in COSTS]
            + [f"parseDateTimeBestEffort(assumeNotNull({name})) as {name}" for name in TIMES]
            + [name for name in COLUMNS if name not in COSTS + TIMES])
        for at, port in enumerate(ports):
            ask(port, "create database lake")
            ask(port, f"create table lake.texts_here ({plain}) engine = MergeTree order by tuple()")
            ask(port, "insert into lake.texts_here format JSONEachRow", rows[at::2])
            ask(port, f"create table lake.typed_here engine = MergeTree order by tuple() as select {typed} from lake.texts_here")
            names = [name for name in COLUMNS if name != "Tags"]
            nested = ", ".join(f"{name} Nullable(String)" for name in names)
            ask(port, f"create table lake.nested_here ({nested}, Tags Nested(key String, value String)) engine = MergeTree order by tuple()")
            ask(port, "insert into lake.nested_here format JSONEachRow", [
                {**{name: row[name] for name in names}, "Tags.key": list(tags_of(row)), "Tags.value": list(tags_of(row).values())}
                for row in rows[at::2]])
            for name in ["texts", "typed", "nested"]:
                ask(port, f"create table lake.{name} as lake.{name}_here engine = Distributed(two, lake, {name}_here)")
        for table, tags, times in [("texts", "json", "text"), ("typed", "json", "timestamp"), ("nested", "map", "text")]:
            yield f"ClickHouse 18.16 in two shards, {table}", \
                f"{{name: bill, format: focus, engine: clickhouse, table: lake.{table}, tags: {tags}, times: {times}, maxAge: none}}", \
                f"{{engine: clickhouse, version: '18.16', program: {client}, arguments: ['--host', '127.0.0.1', '--port', '{first}']}}"
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def tags_of(row):
    """Tags as texts, as a map has them."""
    tags = json.loads(row["Tags"] or "{}")
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in tags.items() if value is not None}


def wait_for(port):
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"nothing answers on port {port}")


def postgres_variants(binaries, out, bill):
    data, user = os.path.join(out, "postgres"), []
    if os.geteuid() == 0:
        user = ["runuser", "-u", "postgres", "--"]
        for folder in [out, os.path.dirname(out)]:
            os.chmod(folder, 0o755)
    os.makedirs(data)
    shutil.chown(data, "postgres" if user else None) if user else None
    port = str(random.SystemRandom().randrange(20000, 50000))
    quiet = {"stdout": subprocess.DEVNULL, "check": True}
    subprocess.run([*user, f"{binaries}/initdb", "-D", f"{data}/db", "-A", "trust", "-U", "t"], **quiet)
    options = f"-p {port} -h 127.0.0.1 -k {data} -c timezone=America/New_York -c datestyle=German"
    subprocess.run([*user, f"{binaries}/pg_ctl", "-D", f"{data}/db", "-w", "-l", f"{data}/log", "-o", options, "start"], **quiet)
    try:
        columns = ", ".join(f'"{name}" text' for name in COLUMNS)
        typed = ", ".join(
            [f'cast("{name}" as numeric) as "{name}"' for name in ["BilledCost", "ContractedCost"]]
            + [f'cast("{name}" as double precision) as "{name}"' for name in ["EffectiveCost", "ListCost"]]
            + [f'cast("{name}" as timestamptz) as "{name}"' for name in TIMES[:2]]
            + [f'cast("{name}" as timestamptz) at time zone \'UTC\' as "{name}"' for name in TIMES[2:]]
            + ['cast("Tags" as jsonb) as "Tags"'] + [f'"{name}"' for name in TEXTS[:-1] + ["ConsumedQuantity", "PricingQuantity"]])
        connection = ["-h", "127.0.0.1", "-p", port, "-U", "t", "-d", "postgres"]
        psql = [f"{binaries}/psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *connection]
        with open(bill, encoding="utf-8") as file:
            subprocess.run([*psql, "-c", f"create table texts ({columns})", "-c", "copy texts from stdin (format csv, header)", "-c",
                            f"create table typed as select {typed} from texts"], stdin=file, **quiet)
        for table, times in [("texts", "text"), ("typed", "timestamp")]:
            yield f"PostgreSQL, {table}", \
                f"{{name: bill, format: focus, engine: postgres, table: public.{table}, tags: json, times: {times}, maxAge: none}}", \
                f"{{engine: postgres, program: {binaries}/psql, arguments: {json.dumps(connection)}}}"
    finally:
        subprocess.run([*user, f"{binaries}/pg_ctl", "-D", f"{data}/db", "-m", "immediate", "stop"], **quiet)


def spark_variants(program_path, out, bill):
    """Views that a file makes at the start of each session, one with a session far from UTC in its configuration."""
    setup = os.path.join(out, "spark.sql")
    typed = ", ".join([f"cast({name} as decimal(30, 12)) as {name}" for name in ["BilledCost", "ContractedCost"]]
                      + [f"cast({name} as double) as {name}" for name in ["EffectiveCost", "ListCost"]]
                      + [f"cast({name} as timestamp) as {name}" for name in TIMES]
                      + ["from_json(Tags, 'MAP<STRING, STRING>') as Tags"]
                      + TEXTS[:-1] + ["ConsumedQuantity", "PricingQuantity"])
    with open(setup, "w", encoding="utf-8") as file:
        file.write(f"create temporary view texts using csv options (path '{bill}', header 'true', escape '\"', multiLine 'true');\n"
                   f"create temporary view typed as select {typed} from texts;\n")
    arguments = ["--conf", "spark.sql.catalogImplementation=in-memory", "--conf", "spark.ui.enabled=false", "-i", setup]
    for table, tags, times in [("texts", "json", "text"), ("typed", "map", "timestamp")]:
        yield f"Spark, {table}", \
            f"{{name: bill, format: focus, engine: spark, table: {table}, tags: {tags}, times: {times}, maxAge: none}}", \
            f"{{engine: spark, program: {program_path}, arguments: {json.dumps(arguments)}, environment: [PATH, HOME, JAVA_HOME, SPARK_LOCAL_IP]}}"


PARSE = """
import sys, sqlglot
from sqlglot import exp
for path in sys.argv[1:]:
    engine = path.rsplit("/", 1)[1][:-4].split("-")[0]
    text = open(path, encoding="utf-8").read()
    for part in text.split("\\n-- tags as JSON"):
        found = sqlglot.parse("-- " + part, read=engine)
        assert len(found) == 1, (path, len(found))
        written = (exp.Insert, exp.Update, exp.Delete, exp.Create, exp.Drop, exp.Command, exp.Copy)
        assert not list(found[0].find_all(*written)), path
        assert {table.name for table in found[0].find_all(exp.Table)} >= {"focus"}, path
    print(f"{engine}: parsed")
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bursar")
    for name in ["--duckdb", "--clickhouse", "--old-clickhouse", "--postgres", "--spark", "--dialects"]:
        parser.add_argument(name)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--rows", type=int, default=2000)
    options = parser.parse_args()
    bursar = os.path.abspath(options.bursar)
    engines = [(options.duckdb, duckdb_variants), (options.clickhouse, clickhouse_variants),
               (options.old_clickhouse, old_clickhouse_variants), (options.postgres, postgres_variants), (options.spark, spark_variants)]
    compared = failed = 0
    for seed in options.seeds.split(","):
        with tempfile.TemporaryDirectory() as out:
            bill = os.path.join(out, "bill.csv")
            make_bill(bill, int(seed), options.rows)
            files = os.path.join(out, "files")
            workspace(files, f"{{name: bill, format: focus, paths: [{bill}], maxAge: none}}")
            truth = answers(bursar, files, None)
            for given, variants in engines:
                if not given:
                    print(f"seed {seed}: {variants.__name__.removesuffix('_variants')} is not given, and not run")
                    continue
                for number, (title, source, entry) in enumerate(variants(given, out, bill)):
                    folder = os.path.join(out, f"{variants.__name__}-{number}")
                    workspace(folder, source)
                    for expected, found in zip(truth, answers(bursar, folder, clients_file(out, entry))):
                        compared += 1
                        if expected[1:] != found[1:]:
                            failed += 1
                            print(f"seed {seed}, {title}: {' '.join(expected[0])} differs: exit {expected[1]} and {found[1]}")
                            print("\n".join(str(problem) for problem in found[3])[:2000])
    print(f"{compared} answers compared, {failed} differ")
    if options.dialects:
        folder = os.path.join(HERE, "..", "Snapshots", "Engines")
        run_python(options.dialects, PARSE, *(os.path.join(folder, name) for name in sorted(os.listdir(folder))))
    else:
        print("no dialect is parsed: '--dialects PYTHON' names an interpreter with sqlglot")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
