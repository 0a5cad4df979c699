#!/usr/bin/env python3
"""The same samples in CSV and in a real Prometheus on this machine: `bursar` must recommend the same, byte for byte.

    prometheus.py BURSAR [--instances 200] [--days 14] [--step 300] [--seed 1] [--shape]

`prometheus` and `promtool` must be there. Samples are written as OpenMetrics, made into blocks by `promtool tsdb
create-blocks-from openmetrics`, and served on a free port of the loopback. With `--shape` the series are those of the node exporter, and only
the recommendations are compared, because rates are not what was written. Prints what each way took in time and, by `/usr/bin/time`
where it is installed, in memory.
"""
import argparse
import datetime
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

END = datetime.datetime(2026, 11, 1, tzinfo=datetime.timezone.utc)
NOW = "2026-11-01T00:00:00Z"
TYPES = ["m5.large", "m5.xlarge", "m5.2xlarge", "c5.xlarge", "r5.large", "t3.medium"]

WORKSPACE = """apiVersion: bursar/v1
kind: Workspace
metadata: {{name: metrics}}
spec:
  currency: USD
  policies: [policies]
  observe:
    cost: none
    inventory: [{{name: code, format: terraform, path: infra, state: ["state.tfstate"]}}]
    utilization: [{source}]
"""

POLICIES = """kind: RightsizingPolicy
metadata: {name: instances}
spec:
  enforcement: warn
  lookback: 14d
  cpu: {percentile: 95, target: 60%}
  memory: {percentile: 99, target: 80%}
  idle: {cpuBelow: 2%, for: 14d}
---
kind: Team
metadata: {name: all}
spec: {owns: [{paths: ["**"]}]}
"""


def levels(instances, seed):
    """Of each machine how busy it is: idle, little, much, by day."""
    chance = random.Random(seed)
    return [(chance.choice([0.5, 4, 9, 22, 48, 75]), chance.choice([8, 19, 33, 61]), chance.choice(TYPES)) for _ in range(instances)]


def samples(instances, days, step, seed):
    """By metric and machine: (time, value) in order, values with two digits as they are written."""
    chance = random.Random(seed + 1)
    start = int(END.timestamp()) - days * 86400
    for number, (cpu, memory, _) in enumerate(levels(instances, seed)):
        noise = [chance.uniform(0.6, 1.4) for _ in range(97)]
        for metric, level in (("cpu", cpu), ("memory", memory)):
            yield number, metric, [
                (at, f"{min(99.99, level * noise[(at // step + number) % 97]):.2f}") for at in range(start, int(END.timestamp()), step)]


def name(number):
    return f"i-{number:017x}"


def write_estate(folder, instances, seed):
    os.makedirs(f"{folder}/infra")
    os.makedirs(f"{folder}/policies")
    with open(f"{folder}/infra/main.tf", "w") as code:
        for number, (_, _, kind) in enumerate(levels(instances, seed)):
            code.write(f'resource "aws_instance" "m{number}" {{\n  ami           = "ami-1"\n  instance_type = "{kind}"\n}}\n\n')
    resources = [
        {"mode": "managed", "type": "aws_instance", "name": f"m{number}", "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
         "instances": [{"schema_version": 1, "attributes": {"id": name(number), "instance_type": kind}}]}
        for number, (_, _, kind) in enumerate(levels(instances, seed))]
    with open(f"{folder}/state.tfstate", "w") as file:
        json.dump({"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "x", "outputs": {}, "resources": resources}, file)
    with open(f"{folder}/policies/all.yaml", "w") as file:
        file.write(POLICIES)


def write_workspace(folder, source):
    with open(f"{folder}/bursar.yaml", "w") as file:
        file.write(WORKSPACE.format(source=source))
    git = ["git", "-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.com"]
    subprocess.run(["git", "-C", folder, "init", "--quiet"], check=True)
    with open(f"{folder}/.gitignore", "w") as file:
        file.write("samples.csv\nstate.tfstate\n")
    subprocess.run(git + ["add", "--all"], check=True)
    subprocess.run(git + ["commit", "--quiet", "--allow-empty", "--message", "estate"], check=True)


def stamp(at):
    return datetime.datetime.fromtimestamp(at, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_csv(path, args):
    with open(path, "w") as file:
        file.write("timestamp,resource_id,metric,value\n")
        for number, metric, series in samples(args.instances, args.days, args.step, args.seed):
            file.writelines(f"{stamp(at)},{name(number)},{metric},{value}\n" for at, value in series)


def write_gauges(file, args):
    for wanted in ("cpu", "memory"):
        file.write(f"# TYPE machine_{wanted}_percent gauge\n")
        for number, metric, series in samples(args.instances, args.days, args.step, args.seed):
            if metric == wanted:
                file.writelines(f'machine_{wanted}_percent{{instance_id="{name(number)}"}} {value} {at}\n' for at, value in series)
    file.write("# EOF\n")


def write_node_exporter(file, args):
    """Counters whose rates are the samples, and memory of 16 GiB."""
    total = 16 << 30
    file.write("# TYPE node_cpu_seconds counter\n")
    for number, metric, series in samples(args.instances, args.days, args.step, args.seed):
        if metric == "cpu":
            idle = 0.0
            for at, value in series:
                file.write(f'node_cpu_seconds_total{{instance_id="{name(number)}",mode="idle",cpu="0"}} {idle:.3f} {at}\n')
                idle += args.step * (1 - float(value) / 100)
    for label, value_of in (("node_memory_MemAvailable_bytes", lambda value: int(total * (1 - float(value) / 100))),
                            ("node_memory_MemTotal_bytes", lambda value: total)):
        file.write(f"# TYPE {label} gauge\n")
        for number, metric, series in samples(args.instances, args.days, args.step, args.seed):
            if metric == "memory":
                file.writelines(f'{label}{{instance_id="{name(number)}"}} {value_of(value)} {at}\n' for at, value in series)
    file.write("# EOF\n")


def serve(folder):
    """Prometheus with the blocks of a folder, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with open(f"{folder}/prometheus.yml", "w") as file:
        file.write("global: {scrape_interval: 1h}\n")
    server = subprocess.Popen(
        ["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data", f"--web.listen-address=127.0.0.1:{port}",
         "--storage.tsdb.retention.time=100y", "--log.level=error"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/-/ready", timeout=2) as answer:
                if answer.status == 200:
                    return server, port
        except OSError:
            pass
        if server.poll() is not None:
            break
        time.sleep(0.2)
    server.kill()
    sys.exit("prometheus did not start: " + server.stderr.read().decode()[-2000:])


def run(bursar, folder, *words):
    command = [bursar, *words, "-C", folder, "--now", NOW]
    measured = shutil.which("time")
    started = time.monotonic()
    done = subprocess.run(([measured, "-f", "%M"] if measured else []) + command, capture_output=True, text=True)
    took = time.monotonic() - started
    lines = done.stderr.splitlines()
    memory = int(lines[-1]) // 1024 if measured and lines and lines[-1].isdigit() else None
    return done, took, memory


def recommendations(text):
    return [{key: finding.get(key) for key in ("policy", "rule", "resource", "status", "message", "savings", "fix")}
            for finding in json.loads(text)["findings"]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bursar")
    parser.add_argument("--instances", type=int, default=200)
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--step", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shape", action="store_true")
    args = parser.parse_args()
    bursar = os.path.abspath(args.bursar)
    for program in ("prometheus", "promtool"):
        if shutil.which(program) is None:
            print(f"no {program} here: nothing is tried")
            return
    with tempfile.TemporaryDirectory() as work:
        answers = {}
        folder = f"{work}/estate"
        write_estate(folder, args.instances, args.seed)
        write_csv(f"{folder}/samples.csv", args)
        write_workspace(folder, '{name: production, format: csv, paths: ["samples.csv"]}')
        answers["csv"] = run(bursar, folder, "check", "--fail-on", "never", "--format", "json")
        os.remove(f"{folder}/samples.csv")

        with open(f"{work}/samples.om", "w") as file:
            (write_node_exporter if args.shape else write_gauges)(file, args)
        started = time.monotonic()
        subprocess.run(["promtool", "tsdb", "create-blocks-from", "openmetrics", "--quiet", "--max-block-duration=720h", f"{work}/samples.om", f"{work}/data"],
                       check=True, stdout=subprocess.DEVNULL)
        os.remove(f"{work}/samples.om")
        print(f"blocks: {time.monotonic() - started:.1f} s")
        server, port = serve(work)
        try:
            how = 'shape: node-exporter' if args.shape else 'queries: {cpu: machine_cpu_percent, memory: machine_memory_percent}'
            with open(f"{work}/clients.yaml", "w") as file:
                file.write("apiVersion: bursar/v1\nkind: Clients\nmetadata: {name: here}\nspec:\n  metrics:\n"
                           f"    - {{address: 'http://127.0.0.1:{port}', resourceLabel: instance_id, step: {args.step // 60}m, {how}}}\n")
            os.chmod(f"{work}/clients.yaml", 0o600)
            write_workspace(folder, "{name: production, format: prometheus}")
            words = ["check", "--fail-on", "never", "--format", "json"]
            answers["prometheus"] = run(bursar, folder, *words, "--clients", f"{work}/clients.yaml")
            recorded = run(bursar, folder, "observe", "--out", f"{work}/observations.json.gz", "--clients", f"{work}/clients.yaml")
            if recorded[0].returncode != 0:
                sys.exit(f"observe ended with {recorded[0].returncode}: {recorded[0].stderr}")
        finally:
            server.terminate()
            server.wait()
        # Without the server: what was read lies in the snapshot.
        answers["snapshot"] = run(bursar, folder, *words, "--observations", f"{work}/observations.json.gz")
        gone = run(bursar, folder, *words, "--clients", f"{work}/clients.yaml")
        if gone[0].returncode != 3:
            sys.exit(f"without its server the check ended with {gone[0].returncode}: {gone[0].stderr[-2000:]}")

        for way, (done, took, memory) in answers.items():
            if done.returncode != 0:
                sys.exit(f"{way}: ended with {done.returncode}: {done.stderr[-2000:]}")
            print(f"{way}: {took:.1f} s" + (f", {memory} MiB" if memory is not None else ""))
        expected = recommendations(answers["csv"][0].stdout)
        if not expected:
            sys.exit("no finding at all: nothing was compared")
        for way in ("prometheus", "snapshot"):
            found = recommendations(answers[way][0].stdout)
            if args.shape:
                keys = ("policy", "resource", "status", "fix")
                found, wanted = ([{key: finding[key] for key in keys} for finding in all] for all in (found, expected))
            else:
                wanted = expected
            if found != wanted:
                sys.exit(f"{way}: {sum(a != b for a, b in zip(found, wanted))} of {len(wanted)} findings differ, {len(found)} found; "
                         f"the first: {next(((a, b) for a, b in zip(found, wanted) if a != b), None)}")
        print(f"{len(expected)} findings, the same from CSV, Prometheus and the snapshot")


main()
