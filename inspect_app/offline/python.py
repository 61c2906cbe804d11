"""Translating the shop's own functions, classes and tables to JavaScript.

A subset of Python is known, and what is outside it is refused with its place, so that a route which
the tablet could not run is found by a test. From the entries given all that they name is followed:
functions and classes are translated, constants are written out as values, tables as their columns,
and what belongs to Flask, SQLAlchemy or the standard library has a twin in `static/js/shop`.
"""

import ast
import importlib
import inspect
import json
import logging
import re
import textwrap
import types
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from inspect_app.offline.expressions import Expressions, NotTranslated, js_name
from inspect_app.offline.values import written

PACKAGE = "inspect_app."


class Translator:
    """Collects what was asked for and all it names; `text` is the module."""

    def __init__(
        self,
        twins: dict[int, str],
        values: Iterable[Callable[[], Any]] = (),
        less: Iterable[tuple[Any, Any]] = (),
    ) -> None:
        """`values`: functions whose answer is written; `less`: constants written in part."""
        self._twins = twins
        self._less = {id(whole): part for whole, part in less}
        self._values = {id(inspect.unwrap(function)) for function in values}
        self._names: dict[int, str] = {}
        self._kept: list[Any] = []  # an id is only one while its object lives
        self._waiting: list[tuple[str, Any, str]] = []
        self._classes: list[str] = []
        self._functions: list[str] = []
        self._constants: list[str] = []
        self.messages: set[str] = set()

    def reference(self, value: Any, home: str = "", name: str = "") -> str:
        """The JavaScript for a global: a twin, or its name in the module."""
        if (twin := self._twins.get(id(value))) is not None:
            return twin
        if isinstance(value, logging.Logger):
            return "py.log"
        if isinstance(value, types.FunctionType) or hasattr(value, "__wrapped__"):
            value = inspect.unwrap(value)
            if (twin := self._twins.get(id(value))) is not None:
                return twin
            return self._later(value, value.__module__, value.__qualname__)
        if isinstance(value, type):
            return self._later(value, value.__module__, value.__qualname__)
        if _is_plain(value):
            return written(value, self.reference)
        return f"{self._later(value, home, name)}()"

    def text(self) -> str:
        """Everything that is named, in an order in which it can be read."""
        while self._waiting:
            name, value, home = self._waiting.pop()
            if isinstance(value, type):
                self._class(name, value)
            elif isinstance(value, types.FunctionType):
                self._functions.append(self._function(name, value))
            else:
                self._constant(name, value, home)
        return "\n".join([*self._functions, *_in_order(self._classes), *self._constants])

    def _later(self, value: Any, home: str, name: str) -> str:
        if id(value) not in self._names:
            if not home.startswith(PACKAGE):
                raise NotTranslated(f"{home}.{name} has no twin on the tablet")
            short = home.removeprefix(PACKAGE).replace(".", "_")
            plain = js_name(re.sub(r"\W+", "_", f"{short}__{name}"))
            taken = sum(known.startswith(plain) for known in self._names.values())
            # Two closures of one function, or two lambdas, share their name.
            self._names[id(value)] = f"{plain}${taken}" if taken else plain
            self._kept.append(value)
            self._waiting.append((self._names[id(value)], value, home))
        return self._names[id(value)]

    # Constants ------------------------------------------------------------------------------

    def _constant(self, name: str, value: Any, home: str) -> None:
        try:
            text = written(self._less.get(id(value), value), self.reference)
        except TypeError:  # a statement of SQLAlchemy and the like: translated as it is written
            text = self._expression_of(value, home)
        self._constants.append(f"const {name} = py.once(() => {text});")

    def _expression_of(self, value: Any, home: str) -> str:
        module = importlib.import_module(home)
        for statement in ast.parse(inspect.getsource(module)).body:
            targets = statement.targets if isinstance(statement, ast.Assign) else []
            for target in targets:
                found = isinstance(target, ast.Name) and vars(module).get(target.id)
                if found is value:
                    assert isinstance(statement, ast.Assign)
                    return self._expressions(vars(module), home).text(statement.value)
                if isinstance(target, ast.Tuple):
                    for place, part in enumerate(target.elts):
                        if isinstance(part, ast.Name) and vars(module).get(part.id) is value:
                            assert isinstance(statement, ast.Assign)
                            assert isinstance(statement.value, ast.Tuple)
                            pair = statement.value.elts[place]
                            return self._expressions(vars(module), home).text(pair)
        raise NotTranslated(
            f"{home}: a {type(value).__name__} is neither a value nor assigned there"
        )

    def _expressions(self, scope: dict[str, Any], home: str) -> Expressions:
        return Expressions(self, scope, home, self.messages)

    # Functions and classes --------------------------------------------------------------------

    def _function(self, name: str, function: types.FunctionType) -> str:
        if id(function) in self._values:
            value = written(function(), self.reference)
            return (
                f"const {name}_ = py.once(() => {value});\n"
                f"function {name}() {{ return {name}_(); }}"
            )
        node = _source_of(function)
        captured = inspect.getclosurevars(function).nonlocals
        body = self._expressions({**function.__globals__, **captured}, function.__module__)
        return body.function(node, name)

    def _class(self, name: str, cls: type) -> None:
        if hasattr(cls, "__table__"):
            self._classes.append(self._table(name, cls))
            return
        node = _source_of(cls)
        module = importlib.import_module(cls.__module__)
        inside = self._expressions(vars(module), cls.__module__)
        base = next((b for b in cls.__bases__ if b.__module__.startswith(PACKAGE)), None)
        is_error = issubclass(cls, Exception)
        parent = self.reference(base) if base else "py.Fault" if is_error else "py.Thing"
        lines = [f"class {name} extends {parent} {{"]
        after = [f"{name}.title = {json.dumps(cls.__name__)};"]
        if is_dataclass(cls):
            lines.append(self._made_of(fields(cls), node, inside))
            after.append(f"{name}.takes = {json.dumps([f.name for f in fields(cls)])};")
            after.append(f"{name}.members = {name}.takes;")
        for part in node.body:
            if isinstance(part, ast.FunctionDef):
                lines.append(inside.method(part))
                if part.name == "__init__":
                    names = [arg.arg for arg in part.args.args[1:] + part.args.kwonlyargs]
                    after.append(f"{name}.takes = {json.dumps(names)};")
            elif isinstance(part, ast.Assign) and not is_dataclass(cls):
                for target in part.targets:
                    assert isinstance(target, ast.Name)
                    value = written(getattr(cls, target.id), self.reference)
                    after.append(f"{name}.prototype.{target.id} = {value};")
        self._classes.append("\n".join([*lines, "}", *after]))

    def _made_of(
        self, members: tuple[Field[Any], ...], node: ast.ClassDef, inside: Expressions
    ) -> str:
        given = " ".join(f"this.{member.name} = {js_name(member.name)};" for member in members)
        written_down = {
            part.target.id: part.value
            for part in node.body
            if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
        }
        taken = [js_name(m.name) + self._default(m, written_down, inside) for m in members]
        return f"  init({', '.join(taken)}) {{ {given} }}"

    def _default(
        self, member: Field[Any], node: dict[str, ast.expr | None], inside: Expressions
    ) -> str:
        if member.default_factory is not MISSING:
            return f" = {written(member.default_factory(), self.reference)}"
        if member.default is MISSING:
            return ""
        try:
            return f" = {written(member.default, self.reference)}"
        except TypeError:
            value = node.get(member.name)
            assert value is not None
            return f" = {inside.text(value)}"

    def _table(self, name: str, cls: Any) -> str:
        """A table as its columns (kind, default) and its relations (table, column, many)."""
        columns = {}
        for attribute in cls.__mapper__.column_attrs:
            column = attribute.columns[0]
            default: Any = None
            if column.default is not None:
                default = column.default.arg if column.default.is_scalar else _made(column.default)
            columns[attribute.key] = [_kind(column.type), default]
        relations = []
        for relation in cls.__mapper__.relationships:
            target = self.reference(relation.mapper.class_)
            ours, theirs = next(iter(relation.local_remote_pairs))
            entry = [theirs.key if relation.uselist else ours.key, relation.uselist]
            relations.append(f"{relation.key}: [() => {target}, {json.dumps(entry)[1:-1]}]")
        return (
            f"class {name} extends sql.Row {{}}\n"
            f"sql.table({name}, {json.dumps(cls.__name__)}, {json.dumps(columns)}, "
            f"{{{', '.join(relations)}}});"
        )


def _made(default: Any) -> str:
    """What a column without a value is given: an id, the time, nothing, the next number."""
    name = default.arg.__name__
    if default.arg.__module__ == "uuid" or "uuid" in name:
        return "$id"
    kinds: dict[type[Any], str] = {dict: "$dict", list: "$list"}
    try:
        value = default.arg(None)
    except AttributeError:
        return "$next"  # counted by the database
    return kinds.get(type(value), "$now" if hasattr(value, "tzinfo") else "$id")


def _kind(kind: Any) -> str:
    return str(getattr(kind, "impl", kind).__class__.__name__)


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | bool)


def _in_order(classes: list[str]) -> list[str]:
    """Parents before children."""
    known: dict[str, str] = {text.split()[1]: text for text in classes}
    done: dict[str, None] = {}

    def place(name: str) -> None:
        if name in done or name not in known:
            return
        place(known[name].split()[3])
        done[name] = None

    for name in known:
        place(name)
    return [known[name] for name in done]


def _source_of(thing: Any) -> Any:
    return ast.parse(textwrap.dedent(inspect.getsource(thing))).body[0]
