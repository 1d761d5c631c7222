"""Cargo.lock, and the tables of Cargo.toml that cargo metadata doesn't show, read with tomllib: a second parser."""
import json
import sys
import tomllib


def specification(value):
    if isinstance(value, str):
        value = {"version": value}
    at = [value[key] for key in ("branch", "tag", "rev") if key in value]
    place = f"git {value['git']} {at[0] if at else ''}" if "git" in value else None
    place = place or (f"path {value['path']}" if "path" in value else value.get("registry", ""))
    return json.dumps([value.get("package"), value.get("version"), place])


def manifest(document):
    found = []
    for key, value in document.get("workspace", {}).get("dependencies", {}).items():
        found.append([f"workspace/dependencies/{key}", specification(value)])
    for source, table in document.get("patch", {}).items():
        found.extend([f"patch/{source}/{key}", specification(value)] for key, value in table.items())
    found.extend([f"replace/{key}", specification(value)] for key, value in document.get("replace", {}).items())
    return found


def locked(document):
    packages = [document["root"]] if "root" in document else []
    packages += document.get("package", [])
    metadata = document.get("metadata", {})
    found = []
    for package in packages:
        name, version, source = package["name"], package["version"], package.get("source", "path")
        checksum = package.get("checksum") or metadata.get(f"checksum {name} {version} ({source})")
        wants = []
        for want in package.get("dependencies", []):
            parts = want.split(" ")
            fitting = [one for one in packages if one["name"] == parts[0] and one["version"] in (parts[1:2] or [one["version"]])]
            if len(parts) > 2:
                place = parts[2].strip("()")
                fitting = [one for one in fitting if one.get("source", "path+").split("#")[0] == place.split("#")[0]] or fitting
            if len(fitting) > 1:
                fitting = [one for one in fitting if "source" not in one]
            (only,) = fitting
            wants.append(f"{only['name']} {only['version']}")
        checksum = None if checksum == "<none>" else checksum
        found.append([f"{name} {version} {source}", json.dumps([checksum, sorted(wants)])])
    unused = document.get("patch", {}).get("unused", [])
    return found + [[f"unused {one['name']} {one['version']}", ""] for one in unused]


for path in sys.stdin.read().splitlines():
    try:
        with open(path, "rb") as file:
            text = file.read()
        document = tomllib.loads(text.decode("utf-8-sig").replace("\r\n", "\n"))
        print(json.dumps(locked(document) if path.endswith(".lock") else manifest(document)))
    except (tomllib.TOMLDecodeError, KeyError, AttributeError, ValueError) as error:
        print(json.dumps(f"{type(error).__name__}: {error}"))
