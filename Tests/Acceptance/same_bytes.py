#!/usr/bin/env python3
"""Holds what two builds of bursar write against each other, byte for byte.

  same_bytes.py OLD NEW WORKSPACE...      OLD, NEW: executables; WORKSPACE: folders, each in a Git repository

For each workspace: check in every format for machines, the other reports in JSON, the plan's folder, the snapshot, and after a dry run of the
loop the ledger's rows and the metrics. Prints what differs, with the first lines of the difference, and ends with 1 when anything does. What is
written for people (text, Markdown) is not compared: it may become better.
"""
import difflib, json, os, re, signal, socket, subprocess, sys, tempfile, time, urllib.request

NOW = "2026-11-01T00:00:00Z"


def now_of(workspace):
    truth = os.path.join(workspace, "truth.json")
    return json.load(open(truth))["now"] if os.path.exists(truth) else NOW


def run(tool, *arguments, **options):
    done = subprocess.run([tool, *arguments], capture_output=True, text=True, errors="surrogateescape", timeout=600, **options)
    return f"exit {done.returncode}\n{done.stdout}"


def metrics(tool, workspace, state):
    """What Prometheus would be told, without what depends on the moment and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [tool, "serve", "--read-only", "-C", workspace, "--state", state, "--listen", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                text = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5).read().decode()
                break
            except OSError:
                time.sleep(0.1)
        else:
            return "no answer"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
    lines = [line for line in text.splitlines() if not re.match(r"# HELP|(process|bursar_http|bursar_build)_", line)]
    return "\n".join(re.sub(r"^(\S*(?:seconds|bytes|timestamp)\S*) .*", r"\1 *", line) for line in lines)


def written(tool, workspace, folder):
    """Everything that is compared, by name."""
    now = now_of(workspace)
    at = ["-C", workspace, "--now", now]
    texts = {}
    for name in ("json", "sarif", "junit", "github", "gitlab", "checkstyle"):
        texts[f"check.{name}"] = run(tool, "check", *at, "--format", name)
    for name in ("scorecard", "inventory"):
        texts[f"{name}.json"] = run(tool, name, *at, "--format", "json")
    for dimension in ("team", "service", "month", "account"):
        texts[f"cost.{dimension}.json"] = run(tool, "cost", "--by", dimension, *at, "--format", "json")
        texts[f"cost.{dimension}.csv"] = run(tool, "cost", "--by", dimension, *at, "--format", "csv")
    snapshot = os.path.join(folder, "observations.json")
    texts["observe"] = run(tool, "observe", *at, "--out", snapshot).replace(folder, "")
    texts["snapshot"] = open(snapshot).read() if os.path.exists(snapshot) else "none"
    texts["check.snapshot.json"] = run(tool, "check", *at, "--observations", snapshot, "--format", "json")
    plan = os.path.join(folder, "plan")
    run(tool, "plan", *at, "--out", plan)
    for name in sorted(os.listdir(plan)) if os.path.isdir(plan) else []:
        if not name.endswith(".md"):
            texts[f"plan/{name}"] = open(os.path.join(plan, name), errors="surrogateescape").read()
    state = os.path.join(folder, "state")
    texts["reconcile"] = run(tool, "reconcile", *at, "--state", state, "--format", "json").replace(folder, "")
    for name in ("", "--findings", "--scores", "--requests", "--audit"):
        options = [name] if name else []
        texts[f"history{name}.json"] = masked(run(tool, "history", *at, *options, "--state", state, "--format", "json"))
    texts["ledger"] = masked(run(tool, "state", "export", *at, "--state", state))
    texts["metrics"] = metrics(tool, workspace, state)
    return texts


def masked(text):
    """Durations and digests of what was compiled in differ from run to run; everything else must not."""
    text = re.sub(r'("(?:milliseconds|seconds|duration|took)[A-Za-z]*": *)[0-9.]+', r"\1*", text)
    return re.sub(r'("(?:version|program)": *)"[^"]*"', r'\1*', text)


def main():
    old, new = (os.path.abspath(path) for path in sys.argv[1:3])
    count, different = 0, 0
    for workspace in sys.argv[3:]:
        with tempfile.TemporaryDirectory() as a, tempfile.TemporaryDirectory() as b:
            before, after = written(old, workspace, a), written(new, workspace, b)
        for name in sorted(before.keys() | after.keys()):
            count += 1
            left, right = before.get(name), after.get(name)
            if left == right:
                continue
            different += 1
            lines = difflib.unified_diff((left or "").splitlines(), (right or "").splitlines(), "before", "after", lineterm="", n=0)
            shown = [line[:240] for line, _ in zip(lines, range(14))]
            print(f"DIFFERS  {workspace}: {name}", *shown, sep="\n    ")
    print(f"{count - different} of {count} documents are the same")
    return different != 0


if __name__ == "__main__":
    sys.exit(main())
