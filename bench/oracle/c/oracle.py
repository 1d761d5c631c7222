"""Prints the includes among libclang's raw tokens: one JSON line a file. Paths, one a line, on standard input."""

import json
import sys

from clang.cindex import Index, TokenKind, TranslationUnitLoadError

C = {"c"}
OBJECTIVE_C = {"m", "mm", "h"}
SINGLE_FILE = 0x400
CONDITIONS = {"if", "ifdef", "ifndef", "elif", "elifdef", "elifndef", "else", "endif"}
INCLUDES = {"include", "include_next", "import", "embed"}


def flags(path):
    extension = path.rsplit(".", 1)[-1].lower()
    if extension in C:
        return ["-x", "c", "-std=gnu2x"], False
    if extension in {"m", "mm"}:
        return ["-x", "objective-c++", "-std=gnu++20"], False
    return ["-x", "c++", "-std=gnu++20"], extension != "h"


class File:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.bytes = file.read()
        arguments, self.modules = flags(path)
        unit = Index.create().parse(path, args=arguments, options=SINGLE_FILE)
        self.tokens = []
        size = len(self.bytes)
        for token in unit.get_tokens(extent=unit.cursor.extent):
            extent = token.extent
            start, end = extent.start.offset, extent.end.offset
            if end <= size and token.kind is not TokenKind.COMMENT:
                self.tokens.append((start, end))
        self.comments = []
        self.sites = []

    def text(self, start, end):
        return self.bytes[start:end].decode("utf-8", "replace").replace("\\\r\n", "").replace("\\\n", "")

    def spelling(self, at):
        return self.text(*self.tokens[at]) if at < len(self.tokens) else ""

    def breaks(self, start, end):
        """Does a line end between two tokens? Comments hold their own line breaks."""
        gap = self.text(start, end)
        out, at = [], 0
        while at < len(gap):
            if gap.startswith("/*", at):
                close = gap.find("*/", at + 2)
                at = len(gap) if close == -1 else close + 2
            else:
                out.append(gap[at])
                at += 1
        return "\n" in "".join(out)

    def is_first(self, at):
        if at == 0:
            return True
        return self.breaks(self.tokens[at - 1][1], self.tokens[at][0])

    def line(self, at):
        """The indexes of the tokens of a logical line."""
        end = at + 1
        while end < len(self.tokens) and not self.breaks(self.tokens[end - 1][1], self.tokens[end][0]):
            end += 1
        return range(at, end)

    def place(self, offset):
        before = self.bytes[:offset]
        start = before.rfind(b"\n") + 1
        column = len(before[start:].decode("utf-8", "replace").encode("utf-16-le")) // 2 + 1
        return before.count(b"\n") + 1, column

    def add(self, specifier, offset, form=None, kind="value", names=()):
        line, column = self.place(offset)
        site = {"specifier": specifier, "kind": kind, "names": list(names), "line": line, "column": column}
        if form is not None:
            site["form"] = form
        self.sites.append(site)

    def include(self, word, line):
        if len(line) < 3:
            return
        start, end = self.tokens[line[2]]
        first = self.bytes[start : start + 1]
        angle = {"include": "angle", "import": "angle", "include_next": "next-angle", "embed": "embed-angle"}[word]
        quote = {"include": None, "import": None, "include_next": "next", "embed": "embed"}[word]
        if first == b"<":
            close = self.bytes.find(b">", start)
            self.add(self.text(start + 1, close), start, angle)
        elif first == b'"':
            close = self.bytes.find(b'"', start + 1)
            self.add(self.text(start + 1, close), start, quote)
        else:
            self.add(None, start)

    def module(self, line):
        words = [self.spelling(at) for at in line]
        kind, at = "value", 0
        if words[:2] == ["export", "import"]:
            kind, at = "re-export", 1
        if words[at] not in {"import", "module"} or ";" not in words or len(words) < at + 3:
            return
        start, end = self.tokens[line[at + 1]]
        name = "".join(words[at + 1 : words.index(";")])
        if words[at] == "module":
            if at == 0 and name.replace(".", "").isidentifier():
                self.add(name, start, "module", "value", ["*"])
            return
        if name.startswith('"'):
            self.add(name[1:-1], start, None, kind)
        elif name.startswith("<"):
            self.add(self.text(start + 1, self.bytes.find(b">", start)), start, "angle", kind)
        elif name.replace(".", "").replace(":", "").isidentifier() and not name.startswith("::"):
            self.add(self.own(name), start, "module", kind, ["*"])

    def own(self, name):
        if not name.startswith(":"):
            return name
        for at in range(len(self.tokens)):
            if self.spelling(at) == "module" and self.spelling(at + 1).isidentifier():
                out, at = "", at + 1
                while self.spelling(at) not in {";", ":", ""}:
                    out += self.spelling(at)
                    at += 1
                return out + name
        return name

    def read(self):
        depth, dead = 0, None
        # A `#` is one byte or a digraph; other tokens are not even decoded.
        for at, (start, _) in enumerate(self.tokens):
            head = self.bytes[start : start + 2]
            hash_ = head[:1] == b"#" or head == b"%:"
            if not hash_ and not (self.modules and dead is None and head in {b"im", b"ex", b"mo"}):
                continue
            if not self.is_first(at):
                continue
            line = self.line(at)
            if not hash_:
                self.module(line)
                continue
            word = self.spelling(at + 1) if len(line) > 1 else ""
            if word in INCLUDES:
                if dead is None:
                    self.include(word, line)
            elif word in CONDITIONS:
                condition = [self.spelling(index) for index in line[2:]]
                never = condition in (["0"], ["(", "0", ")"], ["false"], ["(", "false", ")"], ["0L"])
                if word in {"if", "ifdef", "ifndef"}:
                    depth += 1
                    if dead is None and word == "if" and never:
                        dead = depth
                    continue
                if dead == depth:
                    dead = None
                if word == "endif":
                    depth = max(0, depth - 1)
                elif word == "elif" and dead is None and never:
                    dead = depth


def answer(path):
    try:
        file = File(path)
    except TranslationUnitLoadError as error:
        return {"path": path, "error": str(error), "sites": []}
    file.read()
    return {"path": path, "sites": file.sites}


for line in sys.stdin:
    print(json.dumps(answer(line.rstrip("\n"))), flush=True)
