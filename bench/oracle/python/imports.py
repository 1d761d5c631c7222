"""Reads paths of Python files from standard input, one a line; prints what CPython's ast says each imports, as JSON."""

import ast
import json
import sys
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(20000)


def starts_of(text):
    """Where lines begin, as CPython counts them: CR, LF and CRLF end one."""
    starts = [0]
    at = 0
    while at < len(text):
        if text[at] == "\n" or (text[at] == "\r" and text[at + 1 : at + 2] != "\n"):
            starts.append(at + 1)
        at += 1
    return starts


class Places:
    """Places as lintel counts them: only LF ends a line, columns in UTF-16 units, from 1."""

    def __init__(self, text):
        self.text = text
        self.starts = starts_of(text)
        self.isascii = text.isascii()

    def of(self, line, offset):
        start = self.starts[line - 1]
        if self.isascii:
            at = start + offset
        else:
            end = self.starts[line] if line < len(self.starts) else len(self.text)
            at = start + len(self.text[start:end].encode()[:offset].decode())
        begin = self.text.rfind("\n", 0, at) + 1
        column = len(self.text[begin:at].encode("utf-16-le")) // 2 + 1
        return self.text.count("\n", 0, at) + 1, column


def libraries_and_functions(tree):
    libraries, functions, checks = set(), set(), {"TYPE_CHECKING"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name in ("importlib", "builtins"):
                    libraries.add(alias.asname or alias.name)
                elif alias.name.startswith("importlib.") and alias.asname is None:
                    libraries.add("importlib")
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                name = alias.asname or alias.name
                if node.level == 0 and node.module in ("importlib", "builtins"):
                    if alias.name in ("import_module", "__import__"):
                        functions.add(name)
                if alias.name == "TYPE_CHECKING":
                    checks.add(name)
    return libraries, functions | {"__import__"}, checks


class Reader(ast.NodeVisitor):
    def __init__(self, text, tree):
        self.places = Places(text)
        self.sites = []
        self.erased = False
        self.libraries, self.functions, self.checks = libraries_and_functions(tree)

    def add(self, specifier, kind, names, line, offset):
        line, column = self.places.of(line, offset)
        self.sites.append(
            {"specifier": specifier, "kind": kind, "names": names, "line": line, "column": column}
        )

    @property
    def kind(self):
        return "type" if self.erased else "value"

    def visit_Import(self, node):
        for alias in node.names:
            self.add(alias.name, self.kind, ["*"], alias.lineno, alias.col_offset)

    def visit_ImportFrom(self, node):
        for alias in node.names:
            specifier = "." * node.level + (node.module or "")
            self.add(specifier, self.kind, [alias.name], alias.lineno, alias.col_offset)

    def meaning(self, test):
        """(is the body erased?, is the else?)"""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return self.meaning(test.operand)[::-1]
        if isinstance(test, ast.BoolOp):
            parts = [self.meaning(part) for part in test.values]
            if isinstance(test.op, ast.And):
                return any(part[0] for part in parts), False
            return False, any(part[1] for part in parts)
        name = None
        if isinstance(test, ast.Attribute):
            inner = test.value
            while isinstance(inner, ast.Attribute):
                inner = inner.value
            if isinstance(inner, ast.Name) and test.attr == "TYPE_CHECKING":
                return True, False
        elif isinstance(test, ast.Name):
            name = test.id
        return name in self.checks, False

    def visit_If(self, node):
        body, otherwise = self.meaning(node.test)
        before = self.erased
        self.visit(node.test)
        for erased, statements in ((body, node.body), (otherwise, node.orelse)):
            self.erased = before or erased
            for statement in statements:
                self.visit(statement)
        self.erased = before

    def visit_Call(self, node):
        function = node.func
        name = None
        if isinstance(function, ast.Name) and function.id in self.functions:
            name = "__import__" if function.id == "__import__" else "import_module"
        elif isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
            if function.value.id in self.libraries and function.attr in ("import_module", "__import__"):
                name = function.attr
        if name is not None and (node.args or node.keywords):
            self.call(node, name)
        self.generic_visit(node)

    def call(self, node, name):
        def argument(keyword, position):
            for one in node.keywords:
                if one.arg == keyword:
                    return one.value
            return node.args[position] if position < len(node.args) else None

        target = argument("name", 0)
        specifier = literal(target)
        if specifier is not None:
            if name == "__import__":
                level = argument("level", 4)
                if level is not None:
                    known = isinstance(level, ast.Constant) and type(level.value) is int
                    specifier = "." * level.value + specifier if known else None
            else:
                specifier = within(specifier, argument("package", 1))
        place = node if specifier is None else target
        self.add(specifier, "dynamic", ["*"], place.lineno, place.col_offset)


def literal(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr) and all(isinstance(part, ast.Constant) for part in node.values):
        return "".join(part.value for part in node.values)
    return None


def within(name, package):
    if not name.startswith(".") or package is None:
        return name
    if isinstance(package, ast.Name) and package.id in ("__package__", "__name__"):
        return name
    base = literal(package)
    if base is None:
        return None
    rest = name.lstrip(".")
    segments = base.split(".")
    climbed = len(name) - len(rest) - 1
    if climbed >= len(segments):
        return None
    return ".".join(segments[: len(segments) - climbed] + ([rest] if rest else []))


def answer(path):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read().removeprefix("\ufeff")
    try:
        tree = ast.parse(text)
        reader = Reader(text, tree)
        reader.visit(tree)
        return {"path": path, "sites": reader.sites}
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"path": path, "sites": [], "error": f"{type(error).__name__}: {error}"}


for line in sys.stdin:
    print(json.dumps(answer(line.rstrip("\n"))), flush=True)
