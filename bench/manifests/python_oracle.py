"""What Python's own tools list in manifests and lock files: the oracle of bench/manifests/python.ts.

Reads JSON lines {"path", "format", "text"} and answers each with {"entries": […]} or {"refused": reason}.
Requirements are read by pip itself; pyproject.toml by tomllib, packaging (and Poetry's tables by poetry-core where
it can be imported); pylock.toml by packaging.pylock; the other lock files by tomllib and json, walked here.
"""

import ast
import json
import os
import re
import sys
import tomllib
from importlib import import_module

from packaging.dependency_groups import resolve_dependency_groups
from packaging.pylock import Pylock
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version


def requirement(text, section, role="dependency"):
    parsed = Requirement(text)
    return {
        "section": section,
        "role": role,
        "name": canonicalize_name(parsed.name),
        "range": sorted(str(one) for one in parsed.specifier),
        "url": parsed.url,
    }


def table(data, *path):
    for key in path:
        data = data.get(key, {})
    return data


def pyproject(text, _path):
    data = tomllib.loads(text)
    if not isinstance(table(data, "project").get("dependencies", []), list):
        raise ValueError("project.dependencies")
    found = []
    for section, role, values in [
        ("build-system.requires", "dependency", table(data, "build-system").get("requires", [])),
        ("project.dependencies", "dependency", table(data, "project").get("dependencies", [])),
        ("tool.uv.dev-dependencies", "dependency", table(data, "tool", "uv").get("dev-dependencies", [])),
        ("tool.uv.override-dependencies", "redirect", table(data, "tool", "uv").get("override-dependencies", [])),
        ("tool.uv.constraint-dependencies", "definition", table(data, "tool", "uv").get("constraint-dependencies", [])),
        ("tool.uv.build-constraint-dependencies", "definition", table(data, "tool", "uv").get("build-constraint-dependencies", [])),
    ]:
        found += [requirement(one, section, role) for one in values]
    for name, values in table(data, "project", "optional-dependencies").items():
        found += [requirement(one, f"project.optional-dependencies.{name}") for one in values]
    groups = table(data, "dependency-groups")
    for name, values in groups.items():
        resolve_dependency_groups(groups, name)  # refuses what the standard refuses
        found += [requirement(one, f"dependency-groups.{name}") for one in values if isinstance(one, str)]
    for name, values in table(data, "tool", "pdm", "dev-dependencies").items():
        for one in values:
            if one.startswith("-e"):
                egg = re.search(r"#egg=([\w.-]+)", one)
                found.append({"section": f"tool.pdm.dev-dependencies.{name}", "role": "dependency",
                              "name": canonicalize_name(egg[1]) if egg else "?", "range": [], "url": one[2:].strip()})
            else:
                found.append(requirement(one, f"tool.pdm.dev-dependencies.{name}"))
    for name, source in table(data, "tool", "uv", "sources").items():
        for one in source if isinstance(source, list) else [source]:
            found.append({"section": "tool.uv.sources", "role": "redirect", "name": canonicalize_name(name), "range": [],
                          "url": uv_place(one)})
    for name, env in table(data, "tool", "hatch", "envs").items():
        for key in ("dependencies", "extra-dependencies"):
            found += [requirement(one, f"tool.hatch.envs.{name}.{key}") for one in env.get(key, []) if "{" not in one]
    found += poetry(table(data, "tool", "poetry"))
    sources = {canonicalize_name(name): source for name, source in table(data, "tool", "uv", "sources").items()}
    own = table(data, "project").get("name") or table(data, "tool", "poetry").get("name")
    for one in found:
        if one["role"] != "dependency" or one["url"] is not None:
            continue
        if one["name"] in sources:
            source = sources[one["name"]]
            one["url"] = uv_place(source[0] if isinstance(source, list) else source)
        elif isinstance(own, str) and one["name"] == canonicalize_name(own):
            one["url"] = "itself"
    return found


def uv_place(source):
    return "workspace" if source.get("workspace") else source.get("git") or source.get("url") or source.get("path")


try:
    import_module("setuptools")  # before pip, which loads a distutils of its own
except ImportError:
    pass

try:
    Factory = import_module("poetry.core.factory").Factory
except ImportError:
    Factory = None


def poetry(data):
    tables = [("tool.poetry.dependencies", data.get("dependencies", {})),
              ("tool.poetry.dev-dependencies", data.get("dev-dependencies", {})),
              ("tool.poetry.requires-plugins", data.get("requires-plugins", {}))]
    tables += [(f"tool.poetry.group.{name}.dependencies", group.get("dependencies", {}))
               for name, group in data.get("group", {}).items()]
    found = []
    for section, values in tables:
        for name, written in values.items():
            if name.lower() == "python":
                continue
            for one in written if isinstance(written, list) else [written]:
                range_ = one if isinstance(one, str) else one.get("version")
                url = None if isinstance(one, str) else one.get("git") or one.get("url") or one.get("path") or one.get("file")
                if Factory is not None:
                    made = Factory.create_dependency(name, one if isinstance(one, str) else dict(one))
                    name = made.name
                    # Poetry's own view of where it comes from.
                    is_placed = made.is_vcs() or made.is_url() or made.is_file() or made.is_directory()
                    url = (url or "somewhere") if is_placed else None
                found.append({"section": section, "role": "dependency", "name": canonicalize_name(name),
                              "range": [range_] if range_ else [], "url": url})
    return found


def requirements(text, path):
    parser = import_module("pip._internal.req.req_file")
    constructors = import_module("pip._internal.req.constructors")
    line_parser = parser.get_line_parser(None)
    found = []
    for _, line in parser.preprocess(text):
        args, options = line_parser(line)
        hashes = sorted(f"{kind}:{one}" for kind, values in (options.hashes or {}).items() for one in values) if args else []
        for one, editable in ([(args, False)] if args else [(each, True) for each in options.editables or []]):
            found.append(line_entry(constructors, one, editable, hashes))
        if not args and not options.editables:
            for kind in ("requirements", "constraints"):
                for included in (getattr(options, kind) or [])[:1]:
                    found.append({"include": included})
    return found


def line_entry(constructors, text, editable, hashes):
    if editable:
        try:
            name, url, _ = constructors.parse_editable(text)
        except Exception:
            name, url = None, text
        return {"name": canonicalize_name(name.split("[")[0]) if name else None, "range": [], "url": url, "hashes": []}
    parts = constructors.parse_req_from_line(text, None)
    named = parts.requirement
    # A wheel's version comes from its name, and is no range.
    specifier = [] if named is None or parts.link else sorted(str(one) for one in named.specifier)
    return {
        "name": canonicalize_name(named.name) if named else None,
        "range": specifier,
        "url": (parts.link.url if parts.link else None) or (named.url if named else None),
        "hashes": hashes,
    }


def pipfile(text, _path):
    data = tomllib.loads(text)
    found = []
    for category, values in data.items():
        if category in ("source", "requires", "scripts", "pipenv"):
            continue
        for name, one in values.items():
            range_ = one if isinstance(one, str) else one.get("version")
            url = None if isinstance(one, str) else one.get("git") or one.get("file") or one.get("path")
            found.append({"section": category, "role": "dependency", "name": canonicalize_name(name),
                          "range": [range_] if range_ else [], "url": url})
    return found


def pipfile_lock(text, _path):
    data = json.loads(text)
    return [locked(name, (one.get("version") or "").lstrip("=") or None, one.get("hashes", []),
                   one.get("git") or one.get("file") or one.get("path"), None, category)
            for category, values in data.items() if category != "_meta" for name, one in values.items()]


def locked(name, version, hashes, url, requires, section=""):
    return {"section": section, "name": canonicalize_name(name), "version": version, "hashes": sorted(hashes), "url": url,
            "requires": None if requires is None else sorted({canonicalize_name(one) for one in requires})}


def poetry_lock(text, _path):
    data = tomllib.loads(text)
    # Poetry itself reads these versions.
    if Version(data["metadata"].get("lock-version", "1.0")) not in SpecifierSet(">=1,<3"):
        raise ValueError("lock-version")
    packages = data.get("package", [])
    names = {canonicalize_name(one["name"]) for one in packages}
    files = {canonicalize_name(name): values for name, values in data["metadata"].get("files", {}).items()}
    old = {canonicalize_name(name): values for name, values in data["metadata"].get("hashes", {}).items()}
    return [locked(one["name"], one["version"],
                   [file["hash"] for file in one.get("files", []) or files.get(canonicalize_name(one["name"]), [])]
                   + old.get(canonicalize_name(one["name"]), []),
                   one["source"]["url"] if one.get("source", {}).get("type", "legacy") != "legacy" else None,
                   [name for name in one.get("dependencies", {}) if canonicalize_name(name) in names])
            for one in packages]


def uv_lock(text, _path):
    data = tomllib.loads(text)
    packages = data.get("package", [])
    members = set(data.get("manifest", {}).get("members", []))

    def local(one):
        source = one["source"]
        return source.get("virtual") or source.get("editable") or source.get("directory")

    required = {}
    for one in packages:
        lists = [one.get("dependencies", []), *one.get("optional-dependencies", {}).values(), *one.get("dev-dependencies", {}).values()]
        required[id(one)] = {each["name"] for values in lists for each in values} - {one["name"]}
    wanted = set().union(*required.values()) if required else set()
    found = []
    for one in packages:
        if local(one) == "." and one["name"] not in wanted:
            continue
        archives = ([one["sdist"]] if "sdist" in one else []) + one.get("wheels", [])
        url = one["source"].get("git") or one["source"].get("url")
        is_project = local(one) is not None and (local(one) == "." or one["name"] in members)
        found.append(locked(one["name"], one.get("version"), [file["hash"] for file in archives if "hash" in file],
                            "workspace" if is_project else url, required[id(one)]))
    return found


def pdm_lock(text, _path):
    data = tomllib.loads(text)
    merged = {}
    for one in data.get("package", []):
        key = (canonicalize_name(one["name"]), one.get("version"), one.get("git"), one.get("url"), one.get("path"))
        files = one.get("files") or data["metadata"].get("files", {}).get(f"{one['name']} {one.get('version')}", [])
        entry = merged.setdefault(key, {"hashes": set(), "requires": set()})
        entry["hashes"] |= {file["hash"] for file in files}
        entry["requires"] |= {canonicalize_name(Requirement(text).name) for text in one.get("dependencies", [])}
    names = {key[0] for key in merged}
    return [locked(key[0], key[1], entry["hashes"], key[2] or key[3] or key[4], (entry["requires"] & names) - {key[0]})
            for key, entry in merged.items()]


def pylock(text, _path):
    data = Pylock.from_dict(tomllib.loads(text))
    found = []
    for one in data.packages:
        archives = [file for file in (one.sdist, *(one.wheels or []), one.archive) if file]
        place = one.vcs or one.archive or one.directory
        url = (getattr(place, "url", None) or place.path) if place else None
        found.append(locked(one.name, None if one.version is None else str(one.version),
                            [f"{kind}:{digest}" for file in archives for kind, digest in file.hashes.items()], url,
                            [each["name"] for each in one.dependencies or []]))
    return found


def setup_cfg(_text, _path):
    """As setuptools reads it; `attr:` and the like are left out."""
    config = import_module("setuptools.config.setupcfg")
    options = config.read_configuration("setup.cfg", ignore_option_errors=True).get("options", {})
    found = []
    for key in ("install_requires", "setup_requires", "tests_require"):
        found += [requirement(one, f"options.{key}") for one in options.get(key, [])]
    for extra, values in options.get("extras_require", {}).items():
        found += [requirement(one, f"options.extras_require.{extra}") for one in values]
    return found


def setup_py(text, _path):
    """Python's own syntax tree, its literals evaluated; what is computed has no name."""
    tree = ast.parse(text)
    env = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            env[node.targets[0].id] = None if node.targets[0].id in env else node.value
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (getattr(node.func, "id", None) or getattr(node.func, "attr", None)) == "setup":
            words = [(word.arg, word.value) for word in node.keywords]
            for arg, value in list(words):
                table = env.get(value.id) if arg is None and isinstance(value, ast.Name) else None
                if isinstance(table, ast.Call):  # dict(name="x")
                    words += [(each.arg, each.value) for each in table.keywords]
                elif isinstance(table, ast.Dict):
                    words += [(key.value, each) for key, each in zip(table.keys, table.values)]
            for arg, value in words:
                if arg in ("install_requires", "setup_requires", "tests_require"):
                    found += setup_list(value, env, arg)
                elif arg == "extras_require":
                    table = env.get(value.id) if isinstance(value, ast.Name) else value
                    if not isinstance(table, ast.Dict):
                        found.append({"section": "extras_require", "role": "dependency", "name": None, "url": None})
                        continue
                    for key, values in zip(table.keys, table.values):
                        found += setup_list(values, env, f"extras_require.{key.value}")
    return found


def setup_list(node, env, section):
    if isinstance(node, ast.Name) and env.get(node.id) is not None:
        return setup_list(env[node.id], env, section)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return setup_list(node.left, env, section) + setup_list(node.right, env, section)
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return [{"section": section, "role": "dependency", "name": None, "url": None}]
    return [requirement(one, section) for one in (value.split("\n") if isinstance(value, str) else value) if one.strip()]


FORMATS = {"setup-cfg": setup_cfg, "setup-py": setup_py, "pyproject": pyproject, "requirements": requirements, "pipfile": pipfile, "pipfile-lock": pipfile_lock,
           "poetry-lock": poetry_lock, "uv-lock": uv_lock, "pdm-lock": pdm_lock, "pylock": pylock}

if __name__ == "__main__":
    os.chdir(sys.argv[1])
    for line in sys.stdin:
        asked = json.loads(line)
        folder = os.path.join(sys.argv[1], os.path.dirname(asked["path"]))
        os.makedirs(folder, exist_ok=True)  # git archive leaves some out
        os.chdir(folder)
        try:
            answer = {"entries": FORMATS[asked["format"]](asked["text"], asked["path"])}
        except Exception as error:
            answer = {"refused": f"{type(error).__name__}: {error}"[:300]}
        print(json.dumps(answer))
