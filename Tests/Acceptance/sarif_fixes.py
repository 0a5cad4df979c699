#!/usr/bin/env python3
"""Holds the fixes in `check --format sarif` against the patches of `plan`: making a fix's replacements, byte by byte, gives the file that
`git apply` gives; and every change that the plan writes is there as a fix of each of its findings.

  sarif_fixes.py BURSAR WORKSPACE --now TIME       a clean workspace in a repository of its own
"""
import argparse, collections, json, os, pathlib, subprocess, sys, tempfile, urllib.parse

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("bursar")
parser.add_argument("workspace")
parser.add_argument("--now", required=True)
arguments = parser.parse_args()
failures = 0


def expect(holds, what):
    global failures
    if not holds:
        failures += 1
        print(f"WRONG  {what}")


def ask(*words):
    command = [arguments.bursar, *words, "-C", arguments.workspace, "--now", arguments.now]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def git(*words, **options):
    return subprocess.run(["git", *words], check=True, capture_output=True, **options).stdout


def replaced(data, replacements):
    """SARIF 2.1.0, 3.55.4: a fix's replacements are all of the file as it was."""
    for replacement in sorted(replacements, key=lambda r: r["deletedRegion"]["byteOffset"], reverse=True):
        start = replacement["deletedRegion"]["byteOffset"]
        end = start + replacement["deletedRegion"]["byteLength"]
        data = data[:start] + replacement["insertedContent"]["text"].encode() + data[end:]
    return data


def patched(path, data, patch):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / path
        file.parent.mkdir(parents=True)
        file.write_bytes(data)
        git("apply", "-", cwd=folder, input=patch.encode(), env=dict(os.environ, GIT_CEILING_DIRECTORIES=str(pathlib.Path(folder).parent)))
        return file.read_bytes()


root = git("-C", arguments.workspace, "rev-parse", "--show-toplevel").decode().strip()
plan = ask("plan", "--format", "json")
run, = ask("check", "--format", "sarif", "--fail-on", "never")["runs"]
changes = {change["id"]: change for change in plan["changes"] if change["patch"]}
expect(changes, "the plan changes nothing: nothing is compared")

seen = collections.defaultdict(set)
whole = collections.defaultdict(dict)
for result in run["results"]:
    for fix in result.get("fixes", []):
        change = changes.get(fix["properties"]["change"])
        expect(change, f"{fix['properties']['change']} is no change of the plan")
        if not change:
            continue
        artifact, = fix["artifactChanges"]
        path = urllib.parse.unquote(artifact["artifactLocation"]["uri"])
        expect(path == change["file"], f"{change['id']}: {path} is not {change['file']}")
        data = git("-C", root, "show", f"HEAD:{path}")
        expect(replaced(data, artifact["replacements"]) == patched(path, data, change["patch"]), f"{change['id']}: the fix is not the patch")
        seen[change["id"]].add(result["partialFingerprints"]["bursarFinding/v1"])
        whole[path][change["id"]] = artifact["replacements"]
for change in changes.values():
    expect(seen[change["id"]] == set(change["findings"]), f"{change['id']}: is a fix of {seen[change['id']]}, mends {change['findings']}")

# All fixes of a file at once are what the plan's commit has.
for file in plan["files"]:
    data = git("-C", root, "show", f"HEAD:{file['path']}")
    data = replaced(data, [replacement for replacements in whole[file["path"]].values() for replacement in replacements])
    blob = git("-C", root, "hash-object", "--stdin", input=data).decode().strip()
    expect(blob == file["newBlob"], f"{file['path']}: all fixes together are not the plan's file")
print(f"{len(changes)} fixes in {len(plan['files'])} files are the plan's patches, byte for byte" if not failures else f"{failures} wrong")
sys.exit(1 if failures else 0)
