#!/usr/bin/env python3
"""Bills of one truth in every provider's format, added up by `bursar cost` and compared with the truth, to the last digit.

    bills.py BURSAR GENERATOR [--seeds 1,2,3] [--only aws-cur,gcp-json] [--quick] [--keep FOLDER]

GENERATOR is the program that makes the bills and knows the truth. Bursar is given the folder of a bill, as an export leaves it, with every
older run in it, and must find what is current. `--quick` looks at one seed and a few questions.
"""
import argparse
import contextlib
import importlib.util
import io
import json
import os
import subprocess
import sys
import tempfile

QUESTIONS = ["provider,service,account,region,month", "day,resource", "sku", "tag:team", "service,tag:cost-center"]
QUICK = ["provider,month", "service,region", "account,day", "tag:team"]
VARIANTS = [
    [],
    ["--commitments", "0.7", "--late", "0.4"],
    ["--dirty", "--edp", "0.08", "--split", "--null", "mixed", "--azure-headers", "german", "--gcp-csv", "pandas"],
    ["--azure-headers", "c360", "--chunk", "150", "--null", "NULL", "--late", "0.4", "--tz", "edges,-07:00"],
    ["--azure-headers", "camel", "--discounts", "items", "--cur2-tags", "snake", "--currency", "mix", "--edp", "0"],
]
NOT_BILLS = ("opencost",)


def module(path):
    spec = importlib.util.spec_from_file_location("generator", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def ask(bursar, folder, by, cost):
    """What bursar says, and how it ended."""
    words = [bursar, "cost", "--file", folder, "--by", by, "--cost", cost, "--format", "json"]
    run = subprocess.run(words, capture_output=True, text=True)
    return run.returncode, run.stdout, run.stderr


def compare(generator, out, item, bursar, by, cost):
    """Why an answer is not the truth; nothing: it is."""
    name, folder = item["name"], os.path.join(out, item["folder"])
    code, answer, errors = ask(bursar, folder, by, cost)
    if code != 0:
        return f"exit code {code}: {(answer + errors).strip()[-1500:]}"
    path = os.path.join(out, "answer.json")
    with open(path, "w", encoding="utf-8") as file:
        file.write(answer)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        differs = generator.check(out, path, name)
    return said.getvalue().strip() if differs else None


def refused(item, out, bursar):
    """A cost that a format does not carry must not be made up, and what is no bill must not be added up."""
    folder = os.path.join(out, item["folder"])
    if item["name"].startswith(NOT_BILLS):
        code, answer, _ = ask(bursar, folder, "provider", "effective")
        return None if code == 3 and json.loads(answer)["rows"] == [] else f"a bill was made of {item['name']}"
    for cost in {"list", "contracted"} - set(item["costs"]):
        code, answer, _ = ask(bursar, folder, "provider", cost)
        if code != 3 and not item["name"].startswith("azure-focus"):
            return f"{cost} cost was made up: {answer[:300]}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bursar")
    parser.add_argument("generator")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--only", default="")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--keep")
    options = parser.parse_args()
    generator = module(options.generator)
    only = [name for name in options.only.split(",") if name]
    seeds = options.seeds.split(",")[:1] if options.quick else options.seeds.split(",")
    asked = failed = 0
    with tempfile.TemporaryDirectory() as made:
        top = options.keep or made
        for seed in seeds:
            for number, variant in enumerate(VARIANTS[1:3] if options.quick else VARIANTS):
                out = os.path.join(top, f"{seed}-{number}")
                words = [out, "--seed", seed, "--no-parquet", *variant] + (["--only", ",".join(only)] if only else [])
                words += ["--rows", "400"] if options.quick else []
                _, index = generator.generate(out, generator.options_of(words))
                for item in index:
                    problems = [("what it does not carry", refused(item, out, os.path.abspath(options.bursar)))]
                    if not item["name"].startswith(NOT_BILLS):
                        for cost in ("billed", "effective", *(() if options.quick else set(item["costs"]) - {"billed", "effective"})):
                            for by in QUICK if options.quick else QUESTIONS:
                                if by == "sku" and item["name"].startswith(("azure-ea", "azure-mca")):
                                    continue
                                if by.startswith("tag:") and "items" in variant and item["name"].startswith("aws-cur"):
                                    continue
                                problems.append((f"{cost} by {by}", compare(generator, out, item, os.path.abspath(options.bursar), by, cost)))
                    asked += len(problems)
                    for what, problem in problems:
                        if problem:
                            failed += 1
                            print(f"seed {seed} {' '.join(variant)}: {item['name']}, {what}: {problem}", flush=True)
    print(f"{asked} questions, {failed} answered otherwise than the truth")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
