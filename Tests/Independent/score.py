#!/usr/bin/env python3
"""Recomputes every team's score of an estate from its observed files and its known truth, with fractions, and compares.

  score.py ESTATE SCORECARD.json [CHECK.json]

ESTATE is a folder made by the shared tools' estate.py, SCORECARD.json what `bursar scorecard --format json` says of it as of the
estate's truth["now"]. With CHECK.json (`bursar check --format json`) each penalty is compared too: its id is looked up there, its
dollars and points are computed here. Nothing else of the tool's answers is used. Written from the description of scores, not from the code.
"""
import csv, datetime as dt, gzip, glob, importlib.util, json, os, re, sys
from collections import defaultdict
from decimal import Decimal, ROUND_HALF_EVEN
from fractions import Fraction as F

WEIGHT = {"critical": F(10), "high": F(15, 2), "medium": F(5), "low": F(5, 2)}
KEYS = 3  # required by the estate's tagging policy
MATERIALITY = F(1000)
TAGGING, RIGHTSIZING, BUDGET = "high", "medium", "high"  # severities; of a budget that of its highest alert
OWN = WEIGHT["high"]  # of all controls of one kind that few teams see: here a team's budgets
LOWEST_ALERT = F(4, 5)


def shared_tools():
    here = os.path.dirname(os.path.abspath(__file__))
    return os.environ.get("ESTATE_TOOLS", os.path.join(here, "..", "..", "..", "shared", "tools"))


def prices():
    spec = importlib.util.spec_from_file_location("estate", os.path.join(shared_tools(), "estate.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {name: F(price) for name, (_, _, price) in module.CATALOG.items()}


class Estate:
    """What was observed: resources of the state files and rows of the bill, each with its team."""

    def __init__(self, root):
        self.truth = json.load(open(f"{root}/truth.json"))
        self.now = dt.date.fromisoformat(self.truth["now"][:10])
        self.teams = sorted(self.truth["teams"])
        self.accounts = {}
        for team in self.teams:
            text = open(f"{root}/teams/{team}.yaml").read()
            for account in re.findall(r'accounts: \["(\d+)"\]', text): self.accounts[account] = team
        self.resources = {}  # "root:address" -> arn, type, size, team
        self.by_arn = {}
        for path in glob.glob(f"{root}/observed/state/**/terraform.tfstate", recursive=True):
            folder = os.path.relpath(os.path.dirname(path), f"{root}/observed/state")
            for block in json.load(open(path))["resources"]:
                for instance in block["instances"]:
                    address = ".".join(filter(None, [block.get("module"), block["type"], block["name"]]))
                    if "index_key" in instance: address += f"[{json.dumps(instance['index_key'])}]"
                    a = instance["attributes"]
                    resource = {"arn": a["arn"], "type": block["type"], "size": a.get("instance_type"), "folder": folder,
                                "team": self.owner((a.get("tags") or {}).get("team"), folder, None)}
                    self.resources[f"{folder}:{address}"] = resource
                    self.by_arn[a["arn"]] = resource
        self.rows = []
        for path in sorted(glob.glob(f"{root}/observed/focus/*.csv.gz")):
            with gzip.open(path, "rt", newline="") as f:
                for row in csv.DictReader(f):
                    resource = self.by_arn.get(row["ResourceId"])
                    tags = json.loads(row["Tags"]) if row["Tags"] else {}
                    team = self.owner(tags.get("team"), resource["folder"] if resource else None, row["SubAccountId"])
                    self.rows.append((dt.date.fromisoformat(row["ChargePeriodStart"][:10]), team, resource, row["ChargeCategory"], F(row["EffectiveCost"]), row["ResourceId"]))

    def owner(self, tag, folder, account):
        if tag in self.teams: return tag
        part = folder.split("/")[1] if folder and folder.startswith("infra/") else None
        return part if part in self.teams else self.accounts.get(account)


def window(estate, day):
    """0 for the 28 closed days before now, 1 to 3 for the periods before that; None for others."""
    age = (estate.now - day).days
    index = (age - 1) // 28
    return index if age >= 1 and index <= 3 else None


def scores(estate):
    price = prices()
    first = min(r[0] for r in estate.rows)
    covered = [i for i in (1, 2, 3) if first <= estate.now - dt.timedelta(days=28 * (i + 1))]
    whole = defaultdict(lambda: [F(0)] * 4)                        # by team; None: unowned, "*": the bill
    under = defaultdict(lambda: [F(0)] * 4)                        # by (team, control)
    spend = defaultdict(F)                                         # of 28 days, by arn
    use, begun = defaultdict(F), {}                                # charges of use in the 28 days, and their first day ever, by arn
    earlier = defaultdict(F)                                       # of the earlier periods, by arn
    gone, charged = defaultdict(F), set()                          # the same of what the code does not have, by (team, name); names of the newest day
    newest = estate.now - dt.timedelta(days=1)
    for day, team, resource, category, cost, name in estate.rows:
        if day == newest and category == "Usage" and cost > 0: charged.add(name)
        if window(estate, day) in covered:
            if resource: earlier[resource["arn"]] += cost
            elif name and team: gone[team, name] += cost
        i = window(estate, day)
        if resource and category == "Usage" and day < estate.now: begun[resource["arn"]] = min(day, begun.get(resource["arn"], day))
        if resource and category == "Usage" and i == 0: use[resource["arn"]] += cost
        if i is None: continue
        whole[team][i] += cost
        whole["*"][i] += cost
        if resource:
            if i == 0: spend[resource["arn"]] += cost
            under[team, "tags"][i] += cost
            if resource["type"] == "aws_instance": under[team, "sizes"][i] += cost
        if team and category != "Tax":
            for name in (f"{team}-monthly", f"{team}-cash"): under[team, name][i] += cost
    mean = lambda sums: sum(sums[i] for i in covered) / len(covered) if covered else F(0)

    # What resources cost in 28 days of the earlier periods, since they were first charged; and what each team spent in them on what has left.
    start = estate.now - dt.timedelta(days=28)
    oldest = start - dt.timedelta(days=28 * len(covered))
    usual = {}
    for arn, cost in earlier.items():
        days = (start - max(begun.get(arn, oldest), oldest)).days
        if cost > 0 and days > 0: usual[arn] = cost * 28 / days
    left = defaultdict(F)
    for (team, name), cost in gone.items():
        if name not in charged: left[team] += cost / len(covered)

    # What is new counts at its rate since its first charge.
    for arn, day in begun.items():
        age = (estate.now - day).days
        if covered and 1 <= age < 28: spend[arn] += use[arn] * 28 / age - use[arn]

    exempt = {tuple(x[:3]) for x in estate.truth["exempt"]}
    stakes = defaultdict(list)                                     # team -> (control, key, dollars, the same by earlier cost or None, exempt)
    share = lambda dollars, arn: dollars * usual[arn] if arn in usual else None
    excepted = defaultdict(set)
    for policy, address, subject, result in estate.truth["findings"]:
        if result != "fail": continue
        r = estate.resources[address]
        e = (policy, address, subject) in exempt
        if e: excepted[r["team"]].add(r["arn"])
        stakes[r["team"]].append(("tags", (policy, address, subject), spend[r["arn"]] / KEYS, share(F(1, KEYS), r["arn"]), e))
    for address, proposal in estate.truth["rightsizing"].items():
        r = estate.resources[address]
        part = 1 - price[proposal["type"]] / price[r["size"]]
        stakes[r["team"]].append(("sizes", ("compute-headroom", address, None), spend[r["arn"]] * part, share(part, r["arn"]), False))
    for name, budget in estate.truth["budgets"].items():
        year, month = map(int, budget["period"].split("-"))
        days = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.date(year, month, 1)).days
        overrun = max(F(0), F(budget["actual"]) - F(budget["amount"]))
        # One whose lowest alert is beyond three times of what is usual measures nothing; up to twice it measures all.
        owner = name.rsplit("-", 1)[0]
        usual = mean(under[owner, name]) if covered else under[owner, name][0]
        if usual > 0:
            reach = min(F(1), max(F(0), 3 - F(budget["amount"]) * LOWEST_ALERT * 28 / days / usual))
            under[owner, name] = [amount * reach for amount in under[owner, name]]
        if budget["severity"]: stakes[name.rsplit("-", 1)[0]].append((name, (name, None, None), overrun * 28 / days, None, False))

    out = {}
    for team in estate.teams:
        weights = {"tags": WEIGHT[TAGGING], "sizes": WEIGHT[RIGHTSIZING], f"{team}-monthly": WEIGHT[BUDGET], f"{team}-cash": WEIGHT[BUDGET]}
        R, X = mean(whole[team]), sum(spend[a] for a in excepted[team])
        e = 1 - F(3, 4) * min(F(1), F(1, 20) * R / X) if X else F(1)
        A, B, V = defaultdict(F), defaultdict(lambda: left[team]), defaultdict(F)
        for control, _, dollars, before, is_exempt in stakes[team]:
            if before is not None:
                A[control] += dollars * (e if is_exempt else 1)
                B[control] += before
        growth = lambda control, before: B[control] / A[control] if before is not None and B[control] < A[control] else F(1)
        counting = [(c, key, dollars, dollars * growth(c, before) * (e if is_exempt else 1)) for c, key, dollars, before, is_exempt in stakes[team]]
        for control, _, _, amount in counting: V[control] += amount
        K = min(MATERIALITY, mean(whole["*"]) / 2) * R / mean(whole["*"])
        budgets = [c for c in weights if c not in ("tags", "sizes")]
        D = sum(weights[c] * max(mean(under[team, c]), V[c]) for c in ("tags", "sizes")) + 5 * K
        D += max(OWN * max(mean(under[team, c]) for c in budgets), sum(weights[c] * V[c] for c in budgets))
        penalties = {key: (100 * weights[c] * amount / D, dollars) for c, key, dollars, amount in counting if dollars > 0}
        out[team] = {"score": 100 - sum(p for p, _ in penalties.values()), "penalties": penalties, "cost": whole[team][0]}
    return out, whole[None][0]


def main():
    estate = Estate(sys.argv[1])
    card = json.load(open(sys.argv[2]))
    ids = {}
    if len(sys.argv) > 3:
        for f in json.load(open(sys.argv[3]))["findings"]:
            r = f["resource"]
            ids[f["id"]] = (f["policy"]["name"], f"{r['root']}:{r['address']}" if r else None, f["subject"])
    mine, unowned = scores(estate)
    wrong = 0

    def say(name, ok, detail):
        nonlocal wrong
        wrong += not ok
        print(("ok     " if ok else "WRONG  ") + name + f": {detail}")

    theirs = {t["team"]: t for t in card["teams"]}
    cents = lambda x: (Decimal(x.numerator) / Decimal(x.denominator)).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    for team, own in mine.items():
        other = theirs.get(team)
        if other is None:
            say(team, False, "is not on the leaderboard")
            continue
        say(f"{team}'s score", abs(Decimal(str(other["score"])) - cents(own["score"])) <= Decimal("0.005"), f"{cents(own['score'])}, answered {other['score']}")
        say(f"{team}'s cost", F(other["cost"]["amount"]) == own["cost"], float(own["cost"]))
        total = sum(Decimal(str(p["points"])) for p in other["penalties"])
        say(f"{team}'s points", Decimal(100) - total == Decimal(str(other["score"])), f"{total} in {len(other['penalties'])} penalties")
        if not ids: continue
        seen = {ids.get(p["finding"]): p for p in other["penalties"]}
        bad = [k for k in set(seen) ^ set(own["penalties"])]
        for key, (points, dollars) in own["penalties"].items():
            p = seen.get(key)
            if p and (abs(F(str(p["points"])) - points) > F(1, 100) or abs(F(p["atStake"]["amount"]) - dollars) > F(1, 10**12)): bad.append(key)
        say(f"{team}'s penalties", not bad, bad[:2] or f"{len(seen)} with the right dollars and points")
    say("unowned spend", F(card["unowned"]["amount"]) == unowned, float(unowned))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__": main()
