#!/usr/bin/env python3
"""Writes what was observed of Acme: two months of bill (FOCUS 1.2), Terraform state, utilisation.

Run it anywhere: it writes beside itself, and the same bytes each time. Prices are AWS's on-demand prices for Linux in us-east-1.
"""
import csv, gzip, io, json, math
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 1)
FIRST = datetime(2026, 9, 1)
SAVINGS_PLAN = Decimal("0.72")  # what a covered hour costs, of its price on demand
PLAN = "arn:aws:savingsplans::123456789012:savingsplan/acme"
PROVIDER = 'provider["providers.example.com/hashicorp/aws"]'
ACCOUNTS = {"payments": "111122223333", "search": "444455556666", "platform": "777788889999", "": "999988887777"}
EC2, EBS = "Amazon Elastic Compute Cloud", "Amazon Elastic Block Store"
S3, LOGS = "Amazon Simple Storage Service", "AmazonCloudWatch"

# root, address, id, instance type, dollars a day on demand, covered by the savings plan?,
# and the tags as the bill and the state show them
RESOURCES = [
    ("payments/prod", "aws_instance.api", "i-0a1f00000000000a1", "m5.4xlarge", "18.432", False,
     "Name=payments-api team=payments environment=prod"),
    ("payments/prod", "aws_instance.batch", "i-0a1f00000000000a2", "c5.4xlarge", "16.32", False,
     "Name=payments-batch team=payments env=prod cost-center=CC-1010"),
    ("payments/prod", "aws_s3_bucket.statements", "acme-payments-statements", None, "4.6", False,
     "team=payments environment=production cost-center=CC-1010"),
    ("payments/prod", "module.ledger.aws_instance.this", "i-0a1f00000000000a3", "m5.2xlarge", "9.216", True,
     "Name=payments-ledger environment=prod cost-center=CC-1010"),
    ("payments/prod", "module.ledger.aws_ebs_volume.data", "vol-0a1f00000000000a4", None, "1.0521", False,
     "Name=payments-ledger-data environment=prod cost-center=CC-1010"),
    ("search/prod", "aws_instance.indexer", "i-0b2e00000000000b1", "r5.4xlarge", "24.192", False,
     "team=search environment=prod"),
    ("search/prod", 'aws_instance.node["a"]', "i-0b2e00000000000b2", "r5.2xlarge", "12.096", True,
     "team=search environment=prod"),
    ("search/prod", 'aws_instance.node["b"]', "i-0b2e00000000000b3", "r5.2xlarge", "12.096", True,
     "team=search environment=prod"),
    ("search/prod", "aws_instance.legacy", "i-0b2e00000000000b4", "c5.xlarge", "4.08", False,
     ""),
    ("search/staging", "aws_instance.sandbox", "i-0b2e00000000000b5", "m5.xlarge", "4.608", False,
     "team=search cost-center=CC-1020"),
    ("platform/prod", "aws_instance.runner", "i-0c3d00000000000c1", "m5.8xlarge", "36.864", False,
     "Name=platform-runner team=platform environment=prod cost-center=CC-1030 critical=true"),
    ("platform/prod", "aws_ebs_volume.cache", "vol-0c3d00000000000c2", None, "1.3151", False,
     "team=platform cost-center=CC-1030"),
    ("platform/prod", "aws_cloudwatch_log_group.audit", "platform/audit", None, "2.35", False,
     "team=platform environment=prod cost-center=CC-1030"),
]

# instance: the peaks of CPU and memory in percent (None: nobody measures it), and how many samples were taken, one every four hours
LOADS = {
    "i-0a1f00000000000a1": (22, 31, 84), "i-0a1f00000000000a2": (17, None, 84), "i-0a1f00000000000a3": (48, 66, 84),
    "i-0b2e00000000000b1": (52, 71, 84), "i-0b2e00000000000b2": (41, 69, 84), "i-0b2e00000000000b3": (44, 70, 84),
    "i-0b2e00000000000b4": (6, 12, 18), "i-0b2e00000000000b5": (14, 33, 84), "i-0c3d00000000000c1": (9, 15, 84),
}

# type: service on the bill, its FOCUS category, the ARN's service and kind
KINDS = {
    "aws_instance": (EC2, "Compute", "ec2", "instance/"), "aws_ebs_volume": (EBS, "Storage", "ec2", "volume/"),
    "aws_s3_bucket": (S3, "Storage", "s3", ""), "aws_cloudwatch_log_group": (LOGS, "Management and Governance", "logs", "log-group:"),
}

COLUMNS = """
BilledCost BillingAccountId BillingAccountName BillingCurrency BillingPeriodEnd BillingPeriodStart ChargeCategory ChargeClass
ChargeDescription ChargeFrequency ChargePeriodEnd ChargePeriodStart CommitmentDiscountId ContractedCost EffectiveCost
InvoiceIssuerName ListCost PricingCategory PricingQuantity PricingUnit ProviderName PublisherName RegionId ResourceId ResourceType
ServiceCategory ServiceName SubAccountId SubAccountName Tags
""".split()


def stamp(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def tags_of(text):
    return dict(pair.split("=") for pair in text.split())


def type_of(address):
    return address.split("[")[0].split(".")[-2]


def arn_of(root, address, identifier):
    _, _, service, kind = KINDS[type_of(address)]
    place = "::" if service == "s3" else f":us-east-1:{ACCOUNTS[root.split('/')[0]]}"
    return f"arn:aws:{service}{place}:{kind}{identifier}"


def charge(day, team, service, category, cost, what="Usage", covered=False, billed=None, **more):
    """A row of the bill. A covered hour has been paid with the plan: nothing is billed for it, its effective cost is lower."""
    cost = Decimal(cost)
    month = day.replace(day=1)
    return dict.fromkeys(COLUMNS, "") | dict(
        BilledCost=0 if covered else cost if billed is None else billed,
        EffectiveCost=(cost * SAVINGS_PLAN).quantize(Decimal("0.0000000001")) if covered else cost,
        ContractedCost=cost, ListCost=cost, BillingAccountId="123456789012", BillingAccountName="acme", BillingCurrency="USD",
        BillingPeriodStart=stamp(month), BillingPeriodEnd=stamp((month + timedelta(days=31)).replace(day=1)),
        ChargePeriodStart=stamp(day), ChargePeriodEnd=stamp(day + timedelta(days=1)),
        ChargeCategory=what, ChargeDescription=f"{service}, {what.lower()}",
        ChargeFrequency="Usage-Based" if what == "Usage" else "Recurring",
        PricingCategory="Committed" if covered else "Standard", CommitmentDiscountId=PLAN if covered else "",
        PricingQuantity=24 if what == "Usage" else "", PricingUnit="Hours" if what == "Usage" else "",
        InvoiceIssuerName="AWS", ProviderName="AWS", PublisherName="AWS", RegionId="us-east-1", ServiceCategory=category,
        ServiceName=service, SubAccountId=ACCOUNTS[team], SubAccountName=team or "sandbox") | more


def bill(day):
    """The charges of one day."""
    for root, address, identifier, _, cost, covered, tags in RESOURCES:
        team, kind = root.split("/")[0], type_of(address)
        service, category, _, _ = KINDS[kind]
        if address == "aws_instance.batch" and day < datetime(2026, 10, 12):
            cost = "8.16"  # a c5.2xlarge until then
        if service in (S3, LOGS) and day.weekday() >= 5:
            cost = Decimal(cost) / 2  # quiet weekends
        yield charge(day, team, service, category, cost, covered=covered, ResourceType=kind,
                     ResourceId=arn_of(root, address, identifier), Tags=json.dumps(tags_of(tags)) if tags else "")
    if day.day == 1:  # the plan's monthly fee is billed here and spread over the hours it covers
        yield charge(day, "platform", "Savings Plans for AWS Compute usage", "Compute", "0", what="Purchase", billed="721.6128")
        for team in ("payments", "search", "platform"):
            yield charge(day, team, EC2, "Compute", "61.2", what="Tax")
    if day.day == 5:
        yield charge(day, "search", EC2, "Compute", "-75", what="Credit")
    if day.day == 15:
        yield charge(day, "", LOGS, "Management and Governance", "77.7")  # an account nobody claims
    if day.day == 20:
        yield charge(day, "platform", "AWS Support (Business)", "Other", "140.25")


def month_of_bill(month):
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    for day in (FIRST + timedelta(days=n) for n in range((NOW - FIRST).days)):
        if day.month == month:
            table.writerows(bill(day))
    return text.getvalue().encode()


def instance(root, address, identifier, size, tags):
    """One instance as a state file of version 4 has it."""
    attributes = {"arn": arn_of(root, address, identifier), "id": identifier, "tags_all": tags_of(tags)}
    if size:
        attributes["instance_type"] = size
    _, _, key = address.partition("[")
    return {**({"index_key": json.loads(key[:-1])} if key else {}), "schema_version": 1, "attributes": attributes}


def state(root):
    blocks = {}
    for place, address, identifier, size, _, _, tags in RESOURCES:
        if place != root:
            continue
        kind, path = type_of(address), address.split("[")[0]
        module, _, name = path.rpartition(f"{kind}.")
        block = {"mode": "managed", "type": kind, "name": name, "provider": PROVIDER, "instances": []}
        blocks.setdefault(path, {"module": module.rstrip("."), **block} if module else block)
        blocks[path]["instances"].append(instance(root, address, identifier, size, tags))
    if root == "platform/prod":  # costs nothing, takes no tags and has no ARN
        attributes = {"id": "vai-0c3d00000000000c3", "device_name": "/dev/sdf", "volume_id": "vol-0c3d00000000000c2",
                      "instance_id": "i-0c3d00000000000c1"}
        blocks["attachment"] = {"mode": "managed", "type": "aws_volume_attachment", "name": "cache", "provider": PROVIDER,
                                "instances": [{"schema_version": 0, "attributes": attributes}]}
    return {"version": 4, "terraform_version": "1.11.4", "serial": 12, "lineage": f"acme-{root.replace('/', '-')}", "outputs": {},
            "resources": list(blocks.values())}


def samples():
    for identifier, (cpu, memory, count) in LOADS.items():
        for n in range(count, 0, -1):
            time = NOW - timedelta(hours=4 * n)
            day = 0.5 - 0.5 * math.cos(time.hour / 24 * 2 * math.pi)  # 0 at midnight, 1 at noon
            for metric, peak, floor in (("cpu", cpu, 0.4), ("memory", memory, 0.85)):
                if peak is not None:
                    yield stamp(time), identifier, metric, round(peak * (floor + (1 - floor) * day), 2)


(HERE / "focus").mkdir(exist_ok=True)
(HERE / "focus/2026-09.csv").write_bytes(month_of_bill(9))
(HERE / "focus/2026-10.csv.gz").write_bytes(gzip.compress(month_of_bill(10), mtime=0))
for root in sorted({r[0] for r in RESOURCES}):
    folder = HERE / "state/infra" / root
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "terraform.tfstate").write_text(json.dumps(state(root), indent=2) + "\n")
with open(HERE / "utilization.csv", "w", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows([("timestamp", "resource_id", "metric", "value"), *samples()])
