#!/usr/bin/env python3
"""Bills of one truth in every provider's format, added up by `bursar cost` and compared with the truth, to the last digit.

    bills.py BURSAR GENERATOR [--seeds 1,2,3] [--only aws-cur,gcp-json] [--chance N] [--wide] [--quick] [--keep FOLDER]

GENERATOR is the program that makes the bills and knows the truth. Bursar is given the folder of a bill, as an export leaves it, with every
older run in it, and must find what is current: each rendering by itself, and bills of several providers together. `--chance` adds variants of which
the seed chooses the options. `--wide` asks one question about everything instead of several, which takes a quarter
of the time; `--quick` looks at one seed and a few questions.
"""
import argparse
import contextlib
import importlib.util
import io
import json
import os
import random
import shlex
import subprocess
import sys
import tempfile

QUESTIONS = ["provider,service,account,region,month", "day,resource", "sku", "tag:team", "service,tag:cost-center"]
QUICK = ["provider,month", "service,region", "account,day", "tag:team"]
WIDE = ["provider,service,account,region,month,day,resource,tag:team,tag:cost-center"]
VARIANTS = [
    [],
    ["--commitments", "0.7", "--late", "0.4"],
    ["--dirty", "--edp", "0.08", "--split", "--null", "mixed", "--azure-headers", "german", "--gcp-csv", "pandas"],
    ["--azure-headers", "c360", "--chunk", "150", "--null", "NULL", "--late", "0.4", "--tz", "edges,-07:00"],
    ["--azure-headers", "camel", "--discounts", "items", "--cur2-tags", "snake", "--currency", "mix", "--edp", "0"],
    ["--cur2-tags", "snake", "--commitments", "1", "--months", "2"],
]
CHANCES = [
    ["--commitments", "0", "0.2", "1"], ["--late", "0", "0.1", "0.6", "1"], ["--edp", "0", "0.01", "0.3"], ["--discounts", "net", "items"],
    ["--null", "empty", "NULL", "mixed"], ["--chunk", "37", "1000"], ["--azure-headers", "doc", "c360", "camel", "german"],
    ["--gcp-csv", "json", "pandas"], ["--cur2-tags", "kept", "snake"], ["--currency", "EUR", "mix", "azure=EUR,gcp=JPY"],
    ["--tz", "edges", "+05:30", "edges,-11:00"], ["--months", "1", "2", "6"], ["--start", "2024-01", "2025-11"], ["--accounts", "4", "20"],
]
SWITCHES = ["--dirty", "--split", "--tags-case-chaos"]
TOGETHER = [
    ["aws-cur", "azure-ea", "gcp-json"], ["aws-cur2", "azure-mca", "gcp-csv", "oci-csv"],
    ["aws-focus-1.0", "azure-focus-1.0r2", "gcp-json", "oci-focus"],
]
NOT_BILLS = ("opencost",)


def module(path):
    spec = importlib.util.spec_from_file_location("generator", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def chosen(seed, number):
    """Options that nobody thought of."""
    chance = random.Random(f"{seed} {number}")
    words = [word for name, *values in CHANCES if chance.random() < 0.5 for word in (name, chance.choice(values))]
    return words + [name for name in SWITCHES if chance.random() < 0.4]


def together(index):
    """Bills of several providers, of which no charge is in two: those of their costs that all of them have."""
    items = {item["name"]: item for item in index}
    for names in TOGETHER:
        some = [items[name] for name in names if name in items]
        if len(some) == len(names):
            costs = [cost for cost in some[0]["costs"] if all(cost in item["costs"] for item in some)]
            yield {"name": ",".join(names), "folders": [item["folder"] for item in some], "costs": costs}


def ask(bursar, folders, by, cost):
    """What bursar says, and how it ended."""
    words = [bursar, "cost", *(word for folder in folders for word in ("--file", folder)), "--by", by, "--cost", cost, "--format", "json"]
    run = subprocess.run(words, capture_output=True, text=True)
    return run.returncode, run.stdout, run.stderr


def compare(generator, out, item, bursar, by, cost):
    """Why an answer is not the truth; nothing: it is."""
    name, folders = item["name"], [os.path.join(out, folder) for folder in item.get("folders") or [item["folder"]]]
    code, answer, errors = ask(bursar, folders, by, cost)
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
        code, answer, _ = ask(bursar, [folder], "provider", "effective")
        return None if code == 3 and json.loads(answer)["rows"] == [] else f"a bill was made of {item['name']}"
    for cost in {"list", "contracted"} - set(item["costs"]):
        code, answer, _ = ask(bursar, [folder], "provider", cost)
        if code != 3 and not item["name"].startswith("azure-focus"):
            return f"{cost} cost was made up: {answer[:300]}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bursar")
    parser.add_argument("generator")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--only", default="")
    parser.add_argument("--chance", type=int, default=0)
    parser.add_argument("--wide", action="store_true")
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
            variants = VARIANTS[1:3] if options.quick else VARIANTS + [chosen(seed, number) for number in range(options.chance)]
            for number, variant in enumerate(variants):
                out = os.path.join(top, f"{seed}-{number}")
                words = [out, "--seed", seed, "--no-parquet", *variant] + (["--only", ",".join(only)] if only else [])
                words += ["--rows", "400"] if options.quick else []
                _, index = generator.generate(out, generator.options_of(words))
                for item in [*index, *together(index)]:
                    problems = []
                    if "folder" in item:
                        problems.append(("what it does not carry", refused(item, out, os.path.abspath(options.bursar))))
                    if not item["name"].startswith(NOT_BILLS):
                        for cost in ("billed", "effective", *(() if options.quick else set(item["costs"]) - {"billed", "effective"})):
                            for by in QUICK if options.quick else WIDE if options.wide else QUESTIONS:
                                if by == "sku" and any(name in item["name"] for name in ("azure-ea", "azure-mca")):
                                    continue
                                if "tag:" in by and "items" in variant and "aws-cur" in item["name"]:
                                    continue
                                problems.append((f"{cost} by {by}", compare(generator, out, item, os.path.abspath(options.bursar), by, cost)))
                    asked += len(problems)
                    for what, problem in problems:
                        if problem:
                            failed += 1
                            print(f"seed {seed} {shlex.join(variant)}: {item['name']}, {what}: {problem}", flush=True)
    print(f"{asked} questions, {failed} answered otherwise than the truth")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
