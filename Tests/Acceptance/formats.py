#!/usr/bin/env python3
"""Runs `bursar check` in all of its formats and holds each against its published schema, or a validator of ours where there is none.

  formats.py BURSAR WORKSPACE --now TIME --schemas DIR [--base REV]    a workspace in a repository of its own
  formats.py --comments FILE…                               comments on pull requests: marker, visible lines, size

DIR holds sarif-2.1.0.json and junit.xsd. Needs check-jsonschema and lxml; without them it fails, it never skips.
"""
import argparse, json, os, pathlib, re, subprocess, sys, tempfile, unicodedata, urllib.parse

import check_jsonschema  # noqa: F401: fails here, and not as a schema that does not hold
from lxml import etree

HERE = pathlib.Path(__file__).resolve().parent
failures = []


def expect(holds, what):
    if not holds:
        failures.append(what)
        print(f"WRONG  {what}")


def schema(path, document):
    run = subprocess.run([sys.executable, "-m", "check_jsonschema", "--schemafile", str(path), str(document)], capture_output=True, text=True)
    expect(run.returncode == 0, f"{document} against {path.name}: {run.stdout[-2000:]}{run.stderr[-2000:]}")


def xsd(path, document):
    validator = etree.XMLSchema(etree.parse(str(path)))
    tree = etree.parse(str(document))
    expect(validator.validate(tree), f"{document} against {path.name}: {validator.error_log}")
    return tree


def raw(name, data):
    """Nothing that drives a terminal, hides text or turns it around stands raw in any output."""
    text = data.decode("utf-8")
    bad = {f"U+{ord(c):04X}" for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
    expect(not bad, f"{name}: {sorted(bad)} raw")


def junit(tree):
    for suite in tree.getroot():
        cases = suite.findall("testcase")
        counts = {"tests": len(cases)}
        for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            counts[key] = sum(case.find(tag) is not None for case in cases)
        for key, count in counts.items():
            expect(int(suite.get(key)) == count, f"junit: {suite.get('name')}: {key} is {suite.get(key)}, there are {count}")
        names = [(case.get("classname"), case.get("name")) for case in cases]
        expect(len(names) == len(set(names)), f"junit: {suite.get('name')}: a case stands twice")


COMMAND = re.compile(r"^::(error|warning|notice)(?: ([^:]*))?::(.*)$")


def github(text, repository):
    """Reads workflow commands as the runner does."""
    counts = {}
    for line in text.splitlines():
        found = COMMAND.match(line)
        expect(found, f"github: no command: {line}")
        if not found:
            continue
        kind, properties, message = found.groups()
        counts[kind] = counts.get(kind, 0) + 1
        values = dict(part.split("=", 1) for part in properties.split(","))
        expect(set(values) <= {"file", "line", "endLine", "col", "title"}, f"github: properties of {line}")
        for value in values.values():
            expect(not re.search(r"%(?!25|0D|0A|3A|2C)", value), f"github: escapes of {line}")
        expect(not re.search(r"%(?!25|0D|0A)", message), f"github: escapes of {line}")
        if "file" in values:
            place(repository, urllib.parse.unquote(values["file"]), int(values["endLine"]), "github")
            expect(int(values["line"]) <= int(values["endLine"]), f"github: lines of {line}")
    for kind, count in counts.items():
        expect(count <= 10, f"github: {count} of {kind}, 10 are shown")


def place(repository, path, line, what):
    file = repository / path
    expect(file.is_file(), f"{what}: there is no {path}")
    # A bill or a state has no lines to count.
    if file.is_file() and file.suffix in (".tf", ".yaml"):
        expect(1 <= line <= file.read_bytes().count(b"\n") + 1, f"{what}: {path} has no line {line}")


def sarif(document, repository):
    run, = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    expect(len({rule["id"] for rule in rules}) == len(rules), "sarif: a rule stands twice")
    for result in run["results"]:
        expect(rules[result["ruleIndex"]]["id"] == result["ruleId"], f"sarif: ruleIndex of {result['ruleId']}")
        expect((result["level"] == "none") == (result["kind"] != "fail"), f"sarif: level and kind of {result['ruleId']}")
        for location in result["locations"]:
            physical = location["physicalLocation"]
            expect(physical["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"], "sarif: an unknown base")
            place(repository, urllib.parse.unquote(physical["artifactLocation"]["uri"]), physical["region"].get("endLine", 1), "sarif")
    return {result["partialFingerprints"]["bursarFinding/v1"] for result in run["results"]}


def formats(bursar):
    """All that `check` can be written in, as it says itself."""
    said = subprocess.run([bursar, "check", "--format", "?"], capture_output=True, text=True).stderr
    return re.search(r"expected ([a-z, ]+)", said).group(1).split(", ")


def judge(bursar, workspace, now, schemas, base):
    names = formats(bursar)
    workspace = pathlib.Path(workspace).resolve()
    repository = pathlib.Path(subprocess.check_output(["git", "-C", str(workspace), "rev-parse", "--show-toplevel"], text=True).strip())
    out = pathlib.Path(tempfile.mkdtemp())
    files = {}
    for name in names:
        command = [bursar, "check", "-C", str(workspace), "--now", now, "--fail-on", "never", "--format", name, *(["--base", base] if base else [])]
        summary = out / f"summary-{name}.md"
        environment = dict(os.environ, GITHUB_STEP_SUMMARY=str(summary))
        runs = [subprocess.run(command, capture_output=True, env=environment) for _ in range(2)]
        expect(runs[0].returncode == 0, f"{name}: ends with {runs[0].returncode}: {runs[0].stderr.decode()}")
        expect(runs[0].stdout == runs[1].stdout, f"{name}: two runs differ")
        expect(summary.exists() == (name == "github"), f"{name}: a summary is written for GitHub, and only there")
        files[name] = out / f"check.{name}"
        files[name].write_bytes(runs[0].stdout)
        raw(name, runs[0].stdout)

    text = {name: files[name].read_text() for name in names}
    document = json.loads(text["json"])
    found = document["findings"]
    open_findings = [finding for finding in found if not finding["exemption"]]
    schema(pathlib.Path(schemas) / "sarif-2.1.0.json", files["sarif"])
    ids = sarif(json.loads(text["sarif"]), repository)
    expect(ids == {finding["id"] for finding in found + document.get("fixed", [])}, "sarif: other findings than JSON's")
    junit(xsd(pathlib.Path(schemas) / "junit.xsd", files["junit"]))
    github(text["github"], repository)
    expect((out / "summary-github.md").read_text() == (text["markdown"] + "\n") * 2, "github: the summary is not the Markdown report")

    schema(HERE / "gitlab-code-quality.schema.json", files["gitlab"])
    issues = json.loads(text["gitlab"])
    expect(len({issue["fingerprint"] for issue in issues}) == len(issues), "gitlab: a fingerprint stands twice")
    expect(sum(not issue["check_name"].startswith("problem/") for issue in issues) == len(open_findings), "gitlab: not all findings")
    for issue in issues:
        place(repository, issue["location"]["path"], issue["location"]["lines"]["begin"], "gitlab")

    errors = xsd(HERE / "checkstyle.xsd", files["checkstyle"]).findall("file/error")
    expect(sum(not error.get("source").startswith("bursar.problem.") for error in errors) == len(open_findings), "checkstyle: not all findings")
    for error in errors:
        place(repository, error.getparent().get("name"), int(error.get("line")), "checkstyle")
    if base:
        expect(document["comparison"], "json: nothing is compared")
        comment(files["markdown"])
    print(f"{workspace.name}: {len(found)} findings in {len(names)} formats")


def comment(path):
    data = pathlib.Path(path).read_bytes()
    raw(path, data)
    text = data.decode()
    lines = text.split("\n")
    expect(re.fullmatch(r"<!-- bursar:check [A-Za-z0-9.-]+ -->", lines[0]), f"{path}: no marker")
    expect(text.count("<!--") == 1, f"{path}: more than one marker")
    expect(text.count("<details>") == text.count("</details>") <= 1, f"{path}: what is folded is not closed")
    visible, folded = 0, False
    for line in lines[1:]:
        if line.startswith("<details>"):
            folded, visible = True, visible + 1
        elif line == "</details>":
            folded = False
        elif line and not folded:
            visible += 1
    limit = 3 if "**Nothing changes**" in text else 15
    expect(visible <= limit, f"{path}: {visible} visible lines, {limit} are allowed")
    expect(len(data) <= 65_536, f"{path}: {len(data)} bytes")
    print(f"{os.path.basename(path)}: {visible} visible lines, {len(data)} bytes")


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("bursar", nargs="?")
parser.add_argument("workspace", nargs="?")
parser.add_argument("--now")
parser.add_argument("--schemas")
parser.add_argument("--base")
parser.add_argument("--comments", nargs="+", default=[])
arguments = parser.parse_args()
if arguments.bursar:
    judge(arguments.bursar, arguments.workspace, arguments.now, arguments.schemas, arguments.base)
for path in arguments.comments:
    comment(path)
if not arguments.bursar and not arguments.comments:
    parser.error("nothing to judge")
sys.exit(1 if failures else 0)
