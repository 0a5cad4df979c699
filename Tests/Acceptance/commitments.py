#!/usr/bin/env python3
"""What `bursar commitments` says of bills whose truth is known, compared with a calculation of its own, to the last digit.

    commitments.py BURSAR GENERATOR [--seeds 1,2,3] [--rows N] [--only focus-1.2,aws-cur]

GENERATOR is the program that makes the bills. The calculation here reads the truth beside them, in fractions, and shares nothing with
Bursar but the definitions of the documentation: coverage, utilisation, savings, the effective savings rate, whose what nobody used is.
"""
import argparse
import collections
import decimal
import fractions
import json
import os
import subprocess
import sys
import tempfile

Fraction = fractions.Fraction
# By rendering: the format's word, the providers it holds, the on-demand price that it states for all of them.
RENDERINGS = {
    "focus-1.0": ("focus", None, "list"), "focus-1.1": ("focus", None, "contracted"), "focus-1.2": ("focus", None, "list"),
    "focus-1.3": ("focus", None, "list"), "focus-1.4": ("focus", None, "contracted"), "aws-focus-1.0": ("focus", ["AWS"], "list"),
    "aws-cur": ("aws-cur", ["AWS"], "list"), "aws-cur2": ("aws-cur2", ["AWS"], "list"),
    "azure-focus-1.0r2": ("focus", ["Microsoft"], "none"), "azure-ea": ("azure", ["Microsoft"], "none"),
}
TEAMS = ["checkout", "data", "identity", "mobile", "payments", "platform", "search", "web"]


def even(value):
    """Eighteen digits, half to even, as a decimal without trailing zeros."""
    scaled = value * 10**18
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest - scaled.denominator
    return Fraction(whole + (1 if twice > 0 or (twice == 0 and whole % 2) else 0), 10**18)


def text(value):
    number = decimal.Decimal(value.numerator) / decimal.Decimal(value.denominator)
    found = format(number.normalize(), "f")
    return "0" if found in ("-0", "0E-18") else found


def rate(part, whole):
    return text(even(part / whole)) if whole > 0 else None


def shares(amount, weights):
    """Hamilton's method in units of the 18th digit; of equal remainders the first."""
    total = sum(weights)
    unit = Fraction(1, 10**18)
    parts = [abs(amount) * weight / total / unit for weight in weights]
    whole = [part.numerator // part.denominator for part in parts]
    left = int(abs(amount) / unit) - sum(whole)
    order = sorted(range(len(parts)), key=lambda at: (-(parts[at] - whole[at]), at))
    for at in order[:left]:
        whole[at] += 1
    return [(1 if amount >= 0 else -1) * part * unit for part in whole]


def expected(charges, month, price, belongs):
    column = "ListCost" if price == "list" else "ContractedCost"
    commitments, uses, paid = {}, collections.defaultdict(lambda: collections.defaultdict(lambda: [Fraction(0)] * 5)), set()
    for row in charges:
        if row["ChargePeriodStart"][:7] != month:
            continue
        team = row["Tags"].get("team")
        team = team if team in TEAMS else None
        effective, on_demand = Fraction(row["EffectiveCost"]), Fraction(row[column] or 0)
        name = row["CommitmentDiscountId"]
        status = row["CommitmentDiscountStatus"] if row["ChargeCategory"] == "Usage" else None
        if name:
            key = (row["ProviderName"], name.lower() if name.startswith("/") else name)
            one = commitments.setdefault(key, {
                "used": Fraction(0), "usedOnDemand": Fraction(0), "unused": Fraction(0), "purchased": Fraction(0),
                "by": collections.defaultdict(Fraction), "on": collections.defaultdict(Fraction)})
            if status == "Used":
                one["used"] += effective
                one["usedOnDemand"] += on_demand
                one["by"][team] += effective
            elif status == "Unused":
                one["unused"] += effective
                one["on"][team] += effective
            elif row["ChargeCategory"] == "Purchase":
                one["purchased"] += Fraction(row["BilledCost"])
        if row["ChargeCategory"] != "Usage":
            continue
        service = (row["ProviderName"], row["ServiceName"])
        use = list(uses[service][team])
        if status == "Used":
            use[0], use[1] = use[0] + effective, use[1] + on_demand
            paid.add(service)
        elif not name and row["PricingCategory"] == "Standard":
            use[2], use[3] = use[2] + effective, use[3] + on_demand
        uses[service][team] = use
    teams = collections.defaultdict(lambda: [Fraction(0)] * 5)
    for service in paid:
        for team, use in uses[service].items():
            teams[team] = [a + b for a, b in zip(teams[team], use)]
    listed = []
    order = lambda team: (team is None, team or "")
    for (provider, name), one in sorted(commitments.items()):
        users = sorted(one["by"], key=order)
        if belongs == "users" and users and sum(one["by"].values()) > 0 and min(one["by"].values()) >= 0:
            whose = dict(zip(users, shares(one["unused"], [one["by"][team] for team in users])))
        else:
            whose = dict(one["on"])
        for team, amount in whose.items():
            teams[team] = teams[team][:4] + [teams[team][4] + amount]
        savings = one["usedOnDemand"] - one["used"] - one["unused"]
        listed.append({
            "id": name, "provider": provider, "used": text(one["used"]), "usedOnDemand": text(one["usedOnDemand"]),
            "unused": text(one["unused"]), "purchased": text(one["purchased"]),
            "utilization": rate(one["used"], one["used"] + one["unused"]), "savings": text(savings),
            "savingsRate": rate(savings, one["usedOnDemand"]),
            "unusedBy": [{"team": team, "amount": text(whose[team])} for team in sorted(whose, key=order) if whose[team]]})

    def entry(use):
        covered, covered_price, charged, charged_price, unused = use
        price = covered_price + charged_price
        return {
            "covered": text(covered), "coveredOnDemand": text(covered_price), "unpriced": "0", "uncovered": text(charged),
            "uncoveredOnDemand": text(charged_price), "unused": text(unused), "coverage": rate(covered_price, price),
            "savings": text(covered_price - covered - unused),
            "effectiveSavingsRate": rate(price - covered - charged - unused, price)}

    total = [sum(column) for column in zip(*teams.values())] or [Fraction(0)] * 5
    return {
        "commitments": listed, "total": entry(total),
        "teams": [{"team": team, **entry(teams[team])} for team in sorted(teams, key=order)]}


def found(answer):
    def keep(entry, names):
        return {name: entry[name] for name in names}

    commitments = [
        {**keep(one, ["provider", "used", "usedOnDemand", "unused", "purchased", "utilization", "savings", "savingsRate", "unusedBy"]),
         "id": one["id"].lower() if one["id"].startswith("/") else one["id"]} for one in answer["commitments"]]
    return {"commitments": commitments, "total": answer["total"], "teams": answer["teams"]}


def workspace(folder, form, files, price, belongs):
    subprocess.run(["git", "init", "-q", folder], check=True)
    os.makedirs(f"{folder}/policies", exist_ok=True)
    paths = json.dumps(files)
    with open(f"{folder}/bursar.yaml", "w") as file:
        file.write(
            "apiVersion: bursar/v1\nkind: Workspace\nmetadata: {name: acme}\nspec:\n  currency: USD\n  policies: [policies]\n  observe:\n"
            f"    cost:\n      - {{name: bill, format: {form}, paths: {paths}}}\n  scoring: {{materiality: 1000 USD}}\n")
    with open(f"{folder}/policies/all.yaml", "w") as file:
        for team in TEAMS:
            file.write(f"apiVersion: bursar/v1\nkind: Team\nmetadata: {{name: {team}}}\nspec:\n  owns:\n    - tags: {{team: {team}}}\n---\n")
        file.write(
            "apiVersion: bursar/v1\nkind: CommitmentPolicy\nmetadata: {name: commitments}\nspec:\n"
            f"  onDemandPrice: {price}\n  unusedBelongsTo: {belongs}\n  minimumUtilization: 95%\n  minimumCoverage: 70%\n")


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("bursar")
    words.add_argument("generator")
    words.add_argument("--seeds", default="1,2,3")
    words.add_argument("--rows", default="1500")
    words.add_argument("--only")
    options = words.parse_args()
    decimal.getcontext().prec = 80
    bursar, wrong, asked = os.path.abspath(options.bursar), 0, 0
    for seed in options.seeds.split(","):
        with tempfile.TemporaryDirectory() as folder:
            out = f"{folder}/out"
            made = subprocess.run(
                [sys.executable, options.generator, out, "--seed", seed, "--rows", options.rows, "--commitments", "0.7", "--no-parquet"],
                capture_output=True, text=True)
            if made.returncode:
                sys.exit(made.stderr)
            truth = [json.loads(line) for line in open(f"{out}/truth.jsonl")]
            months = sorted({row["ChargePeriodStart"][:7] for row in truth})
            index = {item["name"]: item for item in json.load(open(f"{out}/index.json"))}
            for name, (form, providers, price) in RENDERINGS.items():
                if price == "none" or (options.only and name not in options.only.split(",")):
                    continue
                charges = [row for row in truth if not providers or row["ProviderName"] in providers]
                for belongs in ["users", "buyer"]:
                    place = f"{folder}/{name}-{belongs}"
                    os.makedirs(place)
                    subprocess.run(["cp", "-r", f"{out}/{index[name]['folder']}", place], check=True)
                    workspace(place, form, index[name]["files"], price, belongs)
                    for month in months:
                        run = subprocess.run(
                            [bursar, "commitments", "-C", place, "--period", month, "--format", "json", "--now", "2026-11-01T12:00:00Z"],
                            capture_output=True, text=True)
                        asked += 1
                        try:
                            answer = json.loads(run.stdout)
                        except json.JSONDecodeError:
                            wrong += 1
                            print(f"seed {seed}, {name}, {month}: no answer ({run.returncode}): {run.stderr.strip()[:300]}")
                            continue
                        mine, theirs = expected(charges, month, price, belongs), found(answer)
                        if mine != theirs:
                            wrong += 1
                            print(f"seed {seed}, {name}, {belongs}, {month}: {difference(mine, theirs)}")
    print(f"{asked} answers, {wrong} wrong")
    sys.exit(1 if wrong else 0)


def difference(mine, theirs, place=""):
    if isinstance(mine, dict) and isinstance(theirs, dict):
        for key in mine:
            if mine[key] != theirs.get(key):
                return difference(mine[key], theirs.get(key), f"{place}.{key}")
    if isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        for at, (a, b) in enumerate(zip(mine, theirs)):
            if a != b:
                return difference(a, b, f"{place}[{at}]")
    return f"{place}: expected {str(mine)[:300]}, found {str(theirs)[:300]}"


if __name__ == "__main__":
    main()
