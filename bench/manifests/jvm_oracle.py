"""A second reader of version catalogs (tomllib) and of Gradle's lock files."""
import json
import re
import sys
import tomllib


def text(version, versions):
    if isinstance(version, dict):
        if "ref" in version:
            wanted = re.sub("[-_]", ".", version["ref"])
            return next(text(v, versions) for k, v in versions.items() if re.sub("[-_]", ".", k) == wanted)
        return version.get("strictly") or version.get("require") or version.get("prefer")
    return version


def catalog(data):
    versions = data.get("versions", {})
    rows = []
    for alias, value in data.get("libraries", {}).items():
        if isinstance(value, str):
            group, name, version = value.split(":")
            module = f"{group}:{name}"
        else:
            module = value.get("module") or f"{value['group']}:{value['name']}"
            version = text(value.get("version"), versions)
        rows.append([f"library {alias}", f"{module} {version}"])
    for alias, value in data.get("plugins", {}).items():
        if isinstance(value, str):
            plugin, version = value.rsplit(":", 1)
        else:
            plugin, version = value["id"], text(value.get("version"), versions)
        rows.append([f"plugin {alias}", f"{plugin}:{plugin}.gradle.plugin {version}"])
    return rows


LINE = re.compile(r"([^:=\s]+):([^:=\s]+):([^:=\s]+)=(\S*)")


def lock(content):
    return [[f"{m[1]}:{m[2]}", m[3]] for m in map(LINE.fullmatch, content.splitlines()) if m]


for line in sys.stdin:
    path = line.rstrip("\n")
    try:
        if path.endswith(".toml"):
            with open(path, "rb") as file:
                print(json.dumps(catalog(tomllib.load(file))))
        else:
            with open(path, encoding="utf-8") as file:
                print(json.dumps(lock(file.read())))
    except (tomllib.TOMLDecodeError, KeyError, StopIteration) as error:
        print(json.dumps(f"{type(error).__name__}: {error}"))
