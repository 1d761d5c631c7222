"""A second reader of NuGet's files and project files: Python's xml.etree and json."""
import json
import re
import sys
import xml.etree.ElementTree as tree

KINDS = ("PackageReference", "GlobalPackageReference", "PackageVersion", "PackageDownload", "DotNetCliToolReference")


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def metadata(element, name):
    for key, value in element.attrib.items():
        if key.lower() == name.lower():
            return value.strip()
    for child in element:
        if local(child).lower() == name.lower():
            return (child.text or "").strip()
    return None


def project(root):
    rows = []
    # Properties hold text, no items.
    for element in [e for e in root.iter() if isinstance(e.tag, str)]:
        kind = local(element)
        names = element.get("Include", element.get("Update"))
        if names is None:
            continue
        for name in [n.strip() for n in names.split(";") if n.strip()]:
            if name.startswith("@("):
                continue
            if kind in KINDS:
                version = metadata(element, "VersionOverride") or metadata(element, "Version")
                if version is None and ("Include" not in element.attrib or kind == "PackageVersion"):
                    continue
                private = (metadata(element, "PrivateAssets") or "").strip().lower() == "all"
                rows.append([f"{kind} {name.lower()}", json.dumps([version, private], separators=(",", ":"))])
            elif kind == "ProjectReference" and "Include" in element.attrib:
                rows.append([f"{kind} {name.lower()}", ""])
            elif kind == "Reference":
                simple = names.split(",")[0]
                if metadata(element, "HintPath") is not None or re.search(r"\.dll$", simple, re.I):
                    rows.append([f"{kind} {simple.lower()}", ""])
                break
    return rows


def packages(root):
    return [
        [f"{p.get('id').lower()} {p.get('version')}", json.dumps(p.get("developmentDependency") == "true")]
        for p in root.findall("package")
    ]


def lock(data):
    rows = []
    for framework, items in data["dependencies"].items():
        for name, item in items.items():
            rows.append([
                f"{framework} {name.lower()}",
                json.dumps([item.get("resolved"), item.get("requested"), item.get("contentHash"), item["type"]], separators=(",", ":")),
            ])
    return rows


for line in sys.stdin:
    path = line.rstrip("\n")
    try:
        if path.endswith(".json"):
            with open(path, encoding="utf-8-sig") as file:
                print(json.dumps(lock(json.load(file))))
        else:
            root = tree.parse(path).getroot()
            print(json.dumps(packages(root) if path.lower().endswith("packages.config") else project(root)))
    except (tree.ParseError, ValueError, KeyError) as error:
        print(json.dumps(f"{type(error).__name__}: {error}"))
