"""Small wrong changes to a Python source: where they can be made, and the source with one of them made.

Used by `mutation.py`. Only changes that a hurried engineer could make are offered: a limit that loses its equal sign, plus for
minus, the largest for the smallest, a number that is a tenth too high, two branches swapped. Text, annotations and what is
raised stay as they are: nothing of that changes an answer.
"""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass, replace

BINARY: dict[type, str] = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "/",
    ast.Div: "*",
    ast.Pow: "*",
    ast.BitAnd: "|",
    ast.BitOr: "&",
    ast.FloorDiv: "*",
}
COMPARE: dict[type, tuple[str, ...]] = {
    ast.Lt: ("<=", ">"), ast.LtE: ("<", ">"), ast.Gt: (">=", "<"), ast.GtE: (">", "<"), ast.Eq: ("!=",), ast.NotEq: ("==",),
    ast.Is: ("is not",), ast.IsNot: ("is",), ast.In: ("not in",), ast.NotIn: ("in",),
}  # fmt: skip
SWAPS = (
    ("maximum", "minimum"), ("max", "min"), ("nanmax", "nanmin"), ("fmax", "fmin"), ("argmax", "argmin"), ("any", "all"), ("ceil", "floor"),
    ("logical_and", "logical_or"), ("sin", "cos"), ("zeros", "ones"), ("zeros_like", "ones_like"), ("cumsum", "cumprod"), ("sum", "max"),
)  # fmt: skip
OTHER = {**dict(SWAPS), **{b: a for a, b in SWAPS}, "max": "min"}
FIRST_ONLY = {"sqrt", "abs", "clip", "square", "exp", "log", "tan"}
"""Functions that a mutant leaves out: what went in comes out."""


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One wrong change: characters ``start`` to ``end`` of the source become ``new``; ``lines`` are the lines whose tests may see it."""

    line: int
    lines: tuple[int, ...]
    start: int
    end: int
    old: str
    new: str
    within: str
    nth: int = 1

    def source(self, text: str) -> str:
        """Return the source with the change made."""
        return text[: self.start] + self.new + text[self.end :]

    @property
    def key(self) -> str:
        """Return what tells the mutant apart from others of its file when lines move: function, old and new text, which of those alike."""
        again = f" ({self.nth})" if self.nth > 1 else ""
        return f"{self.within}: {' '.join(self.old.split())} -> {' '.join(self.new.split())}{again}"


def mutants(text: str) -> list[Mutant]:
    """Return every change that `Finder` knows, in the order of the source; those that do not compile are left out."""
    finder = Finder(text)
    finder.visit(ast.parse(text))
    found, seen = list[Mutant](), Counter[str]()
    for mutant in sorted(finder.found, key=lambda m: (m.start, m.end, m.new)):
        if _compiles(mutant.source(text)):
            seen[mutant.key] += 1
            found.append(replace(mutant, nth=seen[mutant.key]))
    return found


def _compiles(text: str) -> bool:
    try:
        compile(text, "mutant", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


class Finder(ast.NodeVisitor):
    """Collects changes while it walks; keeps the function and the statement it is in."""

    def __init__(self, text: str) -> None:
        self.text, self.found = text, list[Mutant]()
        self._starts = [0]
        for row in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(row))
        self._rows = text.splitlines()
        self._within, self._statement = ["module"], (1, 1)

    def visit(self, node: ast.AST) -> None:
        """Visit what can change an answer, statement by statement."""
        if isinstance(node, (ast.Raise, ast.Import, ast.ImportFrom, ast.JoinedStr)) or _is_text(node):
            return
        before = self._statement
        if isinstance(node, ast.stmt) and not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            last = node.body[0].lineno - 1 if isinstance(node, (ast.If, ast.For, ast.While, ast.With)) else node.end_lineno
            self._statement = (node.lineno, max(last or 0, node.lineno))
        super().visit(node)
        self._statement = before

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Walk defaults and body; not the annotations or decorators."""
        self._within.append(node.name)
        first = node.body[0].lineno
        for default in (*node.args.defaults, *(d for d in node.args.kw_defaults if d is not None)):
            before, self._statement = self._statement, (first, node.end_lineno or first)
            self.visit(default)
            self._statement = before
        for child in node.body:
            self.visit(child)
        self._within.pop()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Walk the body."""
        self._within.append(node.name)
        for child in node.body:
            self.visit(child)
        self._within.pop()

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Walk the value only."""
        if node.value is not None:
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        """Leave type aliases and lists of names alone."""
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        if len(self._within) > 1 or not any(name == "__all__" or (name[:1].isupper() and not name.isupper()) for name in names):
            self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        """Another operator between the same operands."""
        if type(node.op) in BINARY:
            self._between(node, node.left, node.right, BINARY[type(node.op)])
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        """Another relation."""
        left = node.left
        for op, right in zip(node.ops, node.comparators, strict=True):
            for new in COMPARE.get(type(op), ()):
                self._between(node, left, right, new)
            left = right
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """And for or, or for and."""
        for left, right in zip(node.values, node.values[1:], strict=False):
            self._between(node, left, right, "or" if isinstance(node.op, ast.And) else "and")
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        """Without its sign or its not."""
        self._put(node, self._segment(node.operand))
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        """The other branch."""
        if not _only_raises(node):
            self._put(node.test, f"not ({self._segment(node.test)})")
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        """The other branch."""
        self._put(node.test, f"not ({self._segment(node.test)})")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """A tenth more, one more, or the other truth."""
        value = node.value
        if isinstance(value, bool):
            self._put(node, str(not value))
        elif isinstance(value, int):
            self._put(node, str(value + 1))
        elif isinstance(value, float):
            self._put(node, repr(round(value * 1.1, 12)) if value else "0.1")

    def visit_Call(self, node: ast.Call) -> None:
        """The opposite function, the branches swapped, or the function left out."""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in OTHER:
            old = self._segment(node.func)
            self._put(node.func, old[: -len(name)] + OTHER[name])
        if name == "where" and len(node.args) == 3:
            a, b, c = (self._segment(arg) for arg in node.args)
            self._put(node, f"{self._segment(node.func)}({a}, {c}, {b})")
        if name in FIRST_ONLY and node.args:
            self._put(node, f"({self._segment(node.args[0])})")
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """Places in an array only where they are plain numbers: -1 for 0 is found by its sign."""
        self.visit(node.value)
        if not (isinstance(node.value, ast.Name) and node.value.id[:1].isupper() and not node.value.id.isupper()):
            self.visit(node.slice)

    def _at(self, line: int, column: int) -> int:
        row = self._rows[line - 1]
        return self._starts[line - 1] + len(row.encode()[:column].decode())

    def _span(self, node: ast.expr) -> tuple[int, int]:
        return self._at(node.lineno, node.col_offset), self._at(node.end_lineno or node.lineno, node.end_col_offset or 0)

    def _segment(self, node: ast.expr) -> str:
        start, end = self._span(node)
        return self.text[start:end]

    def _between(self, node: ast.expr, left: ast.expr, right: ast.expr, new: str) -> None:
        """Change the operator between two operands; brackets around them stay."""
        start, end = self._span(left)[1], self._span(right)[0]
        gap = self.text[start:end]
        close = len(gap) - len(gap.lstrip(") \n\t"))
        opening = len(gap.rstrip("( \n\t"))
        self._add(node, start + close, start + opening, f"{new}", show=node)

    def _put(self, node: ast.expr, new: str) -> None:
        start, end = self._span(node)
        self._add(node, start, end, new)

    def _add(self, node: ast.expr, start: int, end: int, new: str, show: ast.expr | None = None) -> None:
        """Keep a change; one of an operator is kept with its operands, so that it can be read."""
        old = self.text[start:end]
        if show is not None:
            first, last = self._span(show)
            start, end, old, new = first, last, self.text[first:last], self.text[first:start] + new + self.text[end:last]
        if old == new:
            return
        lines = tuple(range(self._statement[0], self._statement[1] + 1))
        self.found.append(
            Mutant(line=node.lineno, lines=lines, start=start, end=end, old=old, new=new, within=".".join(self._within[1:]) or "module")
        )


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _only_raises(node: ast.If) -> bool:
    return len(node.body) == 1 and isinstance(node.body[0], ast.Raise) and not node.orelse
