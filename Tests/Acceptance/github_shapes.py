#!/usr/bin/env python3
"""Holds what our GitHub client sent, and what the double answered, against GitHub's own description, as githubkit's models have it.

  github_shapes.py FILE        JSON lines, as `BURSAR_RECORD_GITHUB=FILE swift test --filter ShapeTests` writes them

Needs githubkit; without it this fails, it never skips.
"""
import json, re, sys

from githubkit_schemas.latest import models
from pydantic import TypeAdapter, ValidationError

PULL, PULLS = models.PullRequest, list[models.PullRequestSimple]
# Method and route: the body that is sent, the document that comes back.
ROUTES = [
    ("GET", r"/pulls", None, PULLS),
    ("POST", r"/pulls", models.ReposOwnerRepoPullsPostBody, PULL),
    ("GET", r"/pulls/\d+", None, PULL),
    ("PATCH", r"/pulls/\d+", models.ReposOwnerRepoPullsPullNumberPatchBody, PULL),
    ("POST", r"/pulls/\d+/requested_reviewers",
     models.ReposOwnerRepoPullsPullNumberRequestedReviewersPostBodyAnyof0 | models.ReposOwnerRepoPullsPullNumberRequestedReviewersPostBodyAnyof1,
     models.PullRequestSimple),
    ("POST", r"/issues/\d+/labels", models.ReposOwnerRepoIssuesIssueNumberLabelsPostBodyOneof0, list[models.Label]),
    ("GET", r"/issues/\d+/comments", None, list[models.IssueComment]),
    ("POST", r"/issues/\d+/comments", models.ReposOwnerRepoIssuesIssueNumberCommentsPostBody, models.IssueComment),
    ("PATCH", r"/issues/comments/\d+", models.ReposOwnerRepoIssuesCommentsCommentIdPatchBody, models.IssueComment),
    ("GET", r"/issues", None, list[models.Issue]),
    ("POST", r"/issues", models.ReposOwnerRepoIssuesPostBody, models.Issue),
    ("GET", r"/issues/\d+", None, models.Issue),
    ("PATCH", r"/issues/\d+", models.ReposOwnerRepoIssuesIssueNumberPatchBody, models.Issue),
    ("GET", r"/collaborators/[^/]+/permission", None, models.RepositoryCollaboratorPermission),
    ("GET", r"/commits/[0-9a-f]+/statuses", None, list[models.Status]),
    ("POST", r"/statuses/[0-9a-f]+", models.ReposOwnerRepoStatusesShaPostBody, models.Status),
]
failures, seen = 0, set()


def hold(model, value, what):
    global failures
    try:
        TypeAdapter(model).validate_python(value)
        # Models take members they do not know; a request of ours has none.
        if what.startswith("request") and isinstance(value, dict):
            kinds = getattr(model, "__args__", [model])
            assert any(set(value) <= {f.alias or n for n, f in kind.model_fields.items()} for kind in kinds), f"unknown of {sorted(value)}"
    except (ValidationError, AssertionError) as error:
        failures += 1
        print(f"WRONG  {what}: {error}")


def graph(exchange):
    """A query of the GraphQL interface: githubkit has no models of it, but its schema is published; fields are held by what is asked for."""
    global failures
    request, data = exchange["request"], exchange["response"].get("data")
    if set(request) - {"query", "variables"} or not isinstance(request.get("query"), str):
        failures += 1
        print(f"WRONG  a query of {sorted(request)}")
    asked = set(re.findall(r"[A-Za-z]+", request["query"].split("{", 1)[1]))

    def names(value):
        if isinstance(value, dict):
            return set(value).union(*map(names, value.values()))
        return set().union(*map(names, value)) if isinstance(value, list) else set()

    if data is None or not names(data) <= asked:
        failures += 1
        print(f"WRONG  an answer with {sorted(names(data) - asked)}, which nobody asked for")


for line in open(sys.argv[1]):
    exchange = json.loads(line)
    if exchange["url"].endswith("/api/graphql"):
        graph(exchange)
        continue
    path = re.sub(r"^https://[^/]+/api/v3/repos/[^/]+/[^/?]+|\?.*$", "", exchange["url"])
    for number, (method, pattern, body, answer) in enumerate(ROUTES):
        if exchange["method"] == method and re.fullmatch(pattern, path):
            break
    else:
        failures += 1
        print(f"WRONG  no route {exchange['method']} {path}")
        continue
    seen.add(number)
    if body is not None:
        hold(body, exchange["request"], f"request {method} {path}")
    if 200 <= exchange["status"] < 300:
        hold(answer, exchange["response"], f"answer to {method} {path}")

for number, route in enumerate(ROUTES):
    if number not in seen:
        failures += 1
        print(f"WRONG  never called: {route[0]} {route[1]}")
print(f"{len(seen)} of {len(ROUTES)} routes, {failures} wrong")
sys.exit(1 if failures else 0)
