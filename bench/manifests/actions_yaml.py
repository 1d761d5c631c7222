"""Workflows and actions of GitHub, read with PyYAML: a second parser, independent of lintel."""
import json
import re
import sys

import yaml


class Text(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):
    """Every plain scalar is text: `image: 1.10` and `on:` stay as they are written."""


Text.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def image(found, reference):
    if reference:
        found.append([f"image {reference}", ""])


def uses(found, written):
    if written.startswith("docker://"):
        image(found, written.removeprefix("docker://"))
    else:
        action, _, ref = written.partition("@")
        pinned = bool(re.fullmatch(r"[0-9a-f]{40}", ref))
        found.append([f"uses {action}", json.dumps([ref, pinned])])


def steps(found, listed):
    for step in listed or []:
        if "uses" in step:
            uses(found, step["uses"])


def read(path, content):
    found = []
    top = yaml.load(content, Text) or {}
    if ".github/workflows/" in path:
        for job in (top.get("jobs") or {}).values():
            if "uses" in job:
                uses(found, job["uses"])
            steps(found, job.get("steps"))
            services = job.get("services") or {}
            for one in [job.get("container"), *([services] if isinstance(services, str) else services.values())]:
                image(found, one.get("image") if isinstance(one, dict) else one)
    else:
        runs = top.get("runs") or {}
        steps(found, runs.get("steps"))
        if (runs.get("image") or "").startswith("docker://"):
            uses(found, runs["image"])
    return found


for path in sys.stdin.read().splitlines():
    with open(path, encoding="utf-8") as file:
        content = file.read()
    try:
        print(json.dumps(read(path, content)))
    except (yaml.YAMLError, AttributeError) as error:
        print(json.dumps(str(error).replace("\n", " ")))
