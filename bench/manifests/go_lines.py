"""go.sum and vendor/modules.txt, read independently of lintel: a second parser, written after the Go command's own."""
import json
import re
import sys


def go_sum(text):
    sums = {}
    for number, line in enumerate(text.split("\n"), 1):
        fields = line.split()
        if not fields:
            continue
        if len(fields) != 3:
            raise ValueError(f"{number}: {len(fields)} fields")
        module, version, digest = fields
        key = (module, version.removesuffix("/go.mod"))
        sums.setdefault(key, set()).add((version.endswith("/go.mod"), digest))
    return [[f"{m}@{v}", json.dumps(sorted(d))] for (m, v), d in sums.items()]


def modules_txt(text):
    found = []
    for line in text.splitlines():
        if not line.startswith("# "):
            continue
        match = re.fullmatch(r"# (\S+)(?: (v\S+))?(?: => (\S+)(?: (v\S+))?)?", line.rstrip())
        if not match:
            raise ValueError(line)
        path, version, to, to_version = match.groups()
        found.append([f"{path} {version or '*'}", f"{to} {to_version}" if to else "itself"])
    return found


for path in sys.stdin.read().splitlines():
    with open(path, encoding="utf-8", newline="") as file:
        content = file.read()
    try:
        print(json.dumps(go_sum(content) if path.endswith("go.sum") else modules_txt(content)))
    except ValueError as error:
        print(json.dumps(str(error)))
