#!/usr/bin/env python3
"""Holds messages as channels send them against the services' own libraries.

  messages.py FILE        JSON lines, as `BURSAR_RECORD_MESSAGES=FILE swift test --filter ChannelShapeTests` writes them

Slack's webhook and bot by slack_sdk's models of Block Kit and of what chat.postMessage takes; webhooks by standardwebhooks. Needs both; without
them this fails, it never skips.
"""
import inspect, json, sys
from datetime import datetime, timezone

import standardwebhooks.webhooks
from slack_sdk.models.blocks import Block
from slack_sdk.web import WebClient

failures, counts = 0, {}


def wrong(what):
    global failures
    failures += 1
    print(f"WRONG  {what}")


def blocks(payload, what):
    ours = payload["blocks"]
    parsed = Block.parse_all(ours)
    if len(parsed) != len(ours) or len(ours) > 50:
        wrong(f"{what}: {len(ours)} blocks, of which {len(parsed)} are known")
    for block, own in zip(parsed, ours):
        try:
            # Checks lengths and numbers; what the model does not know it drops.
            back = block.to_dict()
        except Exception as error:
            wrong(f"{what}: {error}")
            continue
        if back != own:
            wrong(f"{what}: the model has {json.dumps(back)[:300]}, we send {json.dumps(own)[:300]}")
    if not payload.get("text"):
        wrong(f"{what}: no text for notifications")


def bot(payload, what):
    known = set(inspect.signature(WebClient.chat_postMessage).parameters) - {"self", "kwargs"}
    if set(payload) - known:
        wrong(f"{what}: chat.postMessage knows no {sorted(set(payload) - known)}")
    metadata = payload["metadata"]
    if set(metadata) != {"event_type", "event_payload"} or any(isinstance(v, (dict, list)) for v in metadata["event_payload"].values()):
        wrong(f"{what}: metadata {metadata}")


def signed(line, what):
    headers, body = line["headers"], line["body"]
    # Whoever receives it compares the time with their own.
    sent = int(headers["webhook-timestamp"])

    class Then(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromtimestamp(sent, tz)

    standardwebhooks.webhooks.datetime = Then
    for secret in line["secrets"]:
        try:
            standardwebhooks.webhooks.Webhook(secret).verify(body, headers)
        except Exception as error:
            wrong(f"{what}: {error!r}")
    for changed in (body + " ", body.replace("a", "b", 1)):
        try:
            standardwebhooks.webhooks.Webhook(line["secrets"][0]).verify(changed, headers)
            wrong(f"{what}: another body is taken")
        except standardwebhooks.webhooks.WebhookVerificationError:
            pass
    if len(body.encode()) > 20_000:
        wrong(f"{what}: {len(body.encode())} bytes")


for number, text in enumerate(open(sys.argv[1], encoding="utf-8"), 1):
    line = json.loads(text)
    what = f"line {number}, {line['form']}"
    counts[line["form"]] = counts.get(line["form"], 0) + 1
    if line["form"] == "webhook":
        signed(line, what)
        continue
    payload = json.loads(line["body"])
    blocks(payload, what)
    if line["form"] == "slack-bot":
        bot(payload, what)
for form in ("slack", "slack-bot", "webhook"):
    if not counts.get(form):
        wrong(f"no message of {form}")
print(f"{counts}, {failures} wrong")
sys.exit(1 if failures else 0)
