"""A second reader of composer.json and composer.lock: Python's json."""
import json
import re
import sys

PLATFORM = re.compile(r"^(php(-64bit|-ipv6|-zts|-debug)?|hhvm|composer(-(plugin|runtime)-api)?|ext-[^/]*|lib-[^/]*)$", re.I)


def links(value):
    return value.items() if isinstance(value, dict) else []


def manifest(data):
    rows = []
    for field in ("require", "require-dev", "replace", "provide"):
        for name, version in links(data.get(field)):
            if not PLATFORM.match(name):
                rows.append([f"{field} {name.lower()}", version])
    repositories = data.get("repositories", {})
    pairs = enumerate(repositories) if isinstance(repositories, list) else repositories.items()
    for key, value in pairs:
        if isinstance(value, dict) and value.get("type") not in ("composer", "path", "package"):
            rows.append([f"repository {key}", value.get("url", "")])
        elif isinstance(value, dict) and value.get("type") == "package":
            packages = value["package"] if isinstance(value["package"], list) else [value["package"]]
            for package in packages:
                rows.append([f"repository {key} {package['name'].lower()}", package.get("version")])
    return rows


def lock(data):
    rows = []
    answers = {}
    every = [(p, False) for p in data["packages"]] + [(p, True) for p in data.get("packages-dev") or []]
    for package, _ in every:
        answers.setdefault(package["name"].lower(), set()).add(package["name"].lower())
        for field in ("replace", "provide"):
            for name, _version in links(package.get(field)):
                answers.setdefault(name.lower(), set()).add(package["name"].lower())
    for package, dev in every:
        wants = set()
        for name, _version in links(package.get("require")):
            if not PLATFORM.match(name):
                wants |= answers.get(name.lower(), set())
        dist = package.get("dist") or {}
        licenses = package.get("license") or []
        rows.append([
            f"{package['name'].lower()} {package['version']}",
            json.dumps([dev, dist.get("url"), " OR ".join(licenses), sorted(wants)], separators=(",", ":")),
        ])
    return rows


for line in sys.stdin:
    path = line.rstrip("\n")
    try:
        with open(path, encoding="utf-8-sig") as file:
            data = json.load(file)
        print(json.dumps(lock(data) if path.endswith(".lock") else manifest(data)))
    except (ValueError, KeyError) as error:
        print(json.dumps(f"{type(error).__name__}: {error}"))
