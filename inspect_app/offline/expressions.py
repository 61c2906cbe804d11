"""One function of the shop, statement by statement, as JavaScript."""

import ast
import builtins
import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Protocol

_RESERVED = frozenset(
    [
        "arguments",
        "await",
        "case",
        "catch",
        "class",
        "const",
        "debugger",
        "default",
        "delete",
        "do",
        "enum",
        "eval",
        "export",
        "extends",
        "finally",
        "function",
        "import",
        "in",
        "instanceof",
        "interface",
        "let",
        "new",
        "null",
        "package",
        "private",
        "protected",
        "public",
        "return",
        "static",
        "super",
        "switch",
        "this",
        "throw",
        "try",
        "typeof",
        "undefined",
        "var",
        "void",
        "while",
        "with",
        "yield",
        "py",
        "sql",
        "web",
        "words",
    ]
)
_COMPARED = {
    ast.Eq: "py.eq({0}, {1})",
    ast.NotEq: "py.ne({0}, {1})",
    ast.Lt: "py.lt({0}, {1})",
    ast.LtE: "py.le({0}, {1})",
    ast.Gt: "py.lt({1}, {0})",
    ast.GtE: "py.le({1}, {0})",
    ast.Is: "py.is({0}, {1})",
    ast.IsNot: "!py.is({0}, {1})",
    ast.In: "py.has({1}, {0})",
    ast.NotIn: "!py.has({1}, {0})",
}
_COMBINED = {
    ast.Add: "py.add({0}, {1})",
    ast.Sub: "py.sub({0}, {1})",
    ast.Mult: "py.mul({0}, {1})",
    ast.Div: "({0} / {1})",
    ast.FloorDiv: "Math.floor({0} / {1})",
    ast.Mod: "py.mod({0}, {1})",
    ast.Pow: "({0} ** {1})",
    ast.BitOr: "py.union({0}, {1})",
    ast.BitAnd: "py.meet({0}, {1})",
}


class NotTranslated(Exception):
    """Something of Python that the tablet does not know, with its place."""


class Home(Protocol):
    """Who knows what a global is called in the module that is being written."""

    def reference(self, value: Any, home: str = "", name: str = "") -> str: ...


def js_name(name: str) -> str:
    """The name, unless JavaScript wants it for itself."""
    return f"{name}_" if name in _RESERVED else name


class Expressions:
    """Translates the source of one module, whose globals are `scope`."""

    def __init__(self, home: Home, scope: dict[str, Any], module: str, messages: set[str]) -> None:
        self._home, self._scope, self._module = home, scope, module
        self._messages = messages
        self._locals: list[set[str]] = [set()]
        self._caught: list[str] = []

    # Functions --------------------------------------------------------------------------------

    def function(self, node: ast.FunctionDef, name: str) -> str:
        """A function of the module, with what it takes by name."""
        head, takes = self._head(node.args, node)
        star = "*" if _yields(node) else ""
        body = self._body(node, head)
        return f"function{star} {name}({head[0]}) {{{body}}}\n{name}.takes = {json.dumps(takes)};"

    def method(self, node: ast.FunctionDef) -> str:
        """A method, property or class method; `self` and `cls` stay names."""
        marks = {mark.id for mark in node.decorator_list if isinstance(mark, ast.Name)}
        marks |= {m.attr for m in node.decorator_list if isinstance(m, ast.Attribute)}
        first = node.args.args.pop(0).arg if "staticmethod" not in marks else ""
        head, takes = self._head(node.args, node)
        star = "*" if _yields(node) else ""
        own = f"const {first} = this;" if first else ""
        with self._inside({first}):
            body = self._body(node, head)
        name = {"__init__": "init", "__bool__": "bool_"}.get(node.name, node.name)
        kind = "get " if marks & {"property", "cached_property"} else ""
        kind = "static " if marks & {"classmethod", "staticmethod"} else kind
        if "cached_property" in marks:
            made = f"py.keep(this, {json.dumps(name)}, () => {{{own}{body}}})"
            return f"  get {name}() {{return {made};}}"
        if kind == "get ":
            return f"  {kind}{name}() {{{own}{body}}}"
        return (
            f"  {kind}{star}{name}({head[0]}) {{{own}{body}}}\n"
            f"  static {name}_takes = {json.dumps(takes)};"
        )

    def _head(
        self, args: ast.arguments, node: ast.AST
    ) -> tuple[tuple[str, set[str], str], list[str]]:
        positional = [*args.posonlyargs, *args.args]
        defaults: list[ast.expr | None] = [None] * (len(positional) - len(args.defaults))
        defaults += list(args.defaults)
        named = list(zip(positional, defaults, strict=True))
        named += list(zip(args.kwonlyargs, args.kw_defaults, strict=True))
        if args.vararg and args.kwonlyargs:
            raise self._refused(node, "*args beside keywords")
        names = {arg.arg for arg, _ in named}
        parts = [
            js_name(arg.arg) + (f" = {self.text(default)}" if default else "")
            for arg, default in named
        ]
        takes = [arg.arg for arg, _ in named]
        before = ""
        if args.vararg:
            parts.append(f"...{js_name(args.vararg.arg)}")
            names.add(args.vararg.arg)
        if args.kwarg:
            names.add(args.kwarg.arg)
            takes.append(f"**{args.kwarg.arg}")
            parts.append(f"{js_name(args.kwarg.arg)} = new py.PyDict()")
        return (", ".join(parts), names, before), takes

    def _body(self, node: ast.FunctionDef, head: tuple[str, set[str], str]) -> str:
        own = _assigned(node.body) - head[1]
        with self._inside(own | head[1]):
            declared = f"let {', '.join(sorted(map(js_name, own)))};" if own else ""
            return f"{declared}{self._block(node.body)}"

    @contextmanager
    def _inside(self, names: set[str]) -> Iterator[None]:
        self._locals.append(names)
        try:
            yield
        finally:
            self._locals.pop()

    # Statements -------------------------------------------------------------------------------

    def _block(self, body: list[ast.stmt]) -> str:
        return "\n".join(self._statement(each) for each in body)

    def _statement(self, node: ast.stmt) -> str:
        make = getattr(self, f"_do_{type(node).__name__}", None)
        if make is None:
            raise self._refused(node, type(node).__name__)
        return str(make(node))

    def _do_Expr(self, node: ast.Expr) -> str:
        if isinstance(node.value, ast.Constant):
            return ""  # a docstring
        return f"{self.text(node.value)};"

    def _do_Pass(self, _node: ast.Pass) -> str:
        return ""

    def _do_Continue(self, _node: ast.Continue) -> str:
        return "continue;"

    def _do_Break(self, _node: ast.Break) -> str:
        return "break;"

    def _do_Return(self, node: ast.Return) -> str:
        return f"return {self.text(node.value) if node.value else 'null'};"

    def _do_Assign(self, node: ast.Assign) -> str:
        value = self.text(node.value)
        if len(node.targets) == 1:
            return self._assign(node.targets[0], value)
        once = f"v{node.lineno}_"
        many = "".join(self._assign(target, once) for target in node.targets)
        return f"{{const {once} = {value};{many}}}"

    def _assign(self, target: ast.expr, value: str) -> str:
        if isinstance(target, ast.Subscript):
            return f"py.setitem({self.text(target.value)}, {self.text(target.slice)}, {value});"
        if isinstance(target, ast.Tuple) and any(
            isinstance(part, ast.Attribute | ast.Subscript) for part in target.elts
        ):
            parts = "".join(
                self._assign(part, f"u_[{place}]") for place, part in enumerate(target.elts)
            )
            return f"{{const u_ = py.list({value});{parts}}}"
        if isinstance(target, ast.Tuple):
            return f"({self._pattern(target)} = {value});"
        return f"{self._pattern(target)} = {value};"

    def _pattern(self, target: ast.expr) -> str:
        if isinstance(target, ast.Tuple | ast.List):
            return f"[{', '.join(self._pattern(part) for part in target.elts)}]"
        if isinstance(target, ast.Starred):
            return f"...{self._pattern(target.value)}"
        if isinstance(target, ast.Name):
            return js_name(target.id)
        return self.text(target)

    def _do_AnnAssign(self, node: ast.AnnAssign) -> str:
        return self._assign(node.target, self.text(node.value)) if node.value else ""

    def _do_AugAssign(self, node: ast.AugAssign) -> str:
        whole = ast.BinOp(left=_loaded(node.target), op=node.op, right=node.value)
        ast.copy_location(whole, node)
        return self._assign(node.target, f"py.into({self.text(whole)})")

    def _do_If(self, node: ast.If) -> str:
        other = f" else {{{self._block(node.orelse)}}}" if node.orelse else ""
        return f"if ({self._truth(node.test)}) {{{self._block(node.body)}}}{other}"

    def _do_While(self, node: ast.While) -> str:
        return f"while ({self._truth(node.test)}) {{{self._block(node.body)}}}"

    def _do_For(self, node: ast.For) -> str:
        if node.orelse:
            raise self._refused(node, "for … else")
        target, items = self._pattern(node.target), self.text(node.iter)
        return f"for ({target} of py.iter({items})) {{{self._block(node.body)}}}"

    def _do_FunctionDef(self, node: ast.FunctionDef) -> str:
        head, takes = self._head(node.args, node)
        star = "*" if _yields(node) else ""
        name = js_name(node.name)
        body = self._body(node, head)
        return f"{name} = function{star} ({head[0]}) {{{body}}};{name}.takes = {json.dumps(takes)};"

    def _do_Raise(self, node: ast.Raise) -> str:
        if node.exc is None:
            return f"throw {self._caught[-1]};"
        fault = self.text(node.exc)
        return f"throw py.raised({fault});"

    def _do_Try(self, node: ast.Try) -> str:
        if node.orelse:
            raise self._refused(node, "try … else")
        text = f"try {{{self._block(node.body)}}}"
        if node.handlers:
            fault = f"e{node.lineno}_"
            self._caught.append(fault)
            arms = "".join(self._arm(handler, fault) for handler in node.handlers)
            self._caught.pop()
            text += f" catch ({fault}) {{{arms}throw {fault};}}"
        if node.finalbody:
            text += f" finally {{{self._block(node.finalbody)}}}"
        return text

    def _arm(self, handler: ast.ExceptHandler, fault: str) -> str:
        kinds = self.text(handler.type) if handler.type else "py.Fault"
        named = f"{js_name(handler.name)} = {fault};" if handler.name else ""
        body = self._block(handler.body)
        return f"if (py.is_fault({fault}, {kinds})) {{{named}{body}}} else "

    def _do_With(self, node: ast.With) -> str:
        body = self._block(node.body)
        for item in reversed(node.items):
            entered = f"w{node.lineno}_"
            body = (
                f"{{const {entered} = py.enter({self.text(item.context_expr)});"
                f"try {{{body}}} finally {{py.leave({entered});}}}}"
            )
        return body

    def _do_Assert(self, _node: ast.Assert) -> str:
        return ""

    def _do_Delete(self, node: ast.Delete) -> str:
        parts = []
        for target in node.targets:
            if not isinstance(target, ast.Subscript):
                raise self._refused(node, "del")
            parts.append(f"py.delitem({self.text(target.value)}, {self.text(target.slice)});")
        return "".join(parts)

    # Expressions ------------------------------------------------------------------------------

    def text(self, node: ast.expr) -> str:
        """An expression."""
        make = getattr(self, f"_is_{type(node).__name__}", None)
        if make is None:
            raise self._refused(node, type(node).__name__)
        return str(make(node))

    def _truth(self, node: ast.expr) -> str:
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return f"!{self._truth(node.operand)}"
        return f"py.t({self.text(node)})"

    def _is_Constant(self, node: ast.Constant) -> str:
        if node.value is Ellipsis or isinstance(node.value, bytes):
            raise self._refused(node, repr(node.value))
        return json.dumps(node.value, ensure_ascii=False)

    def _is_Name(self, node: ast.Name) -> str:
        if any(node.id in names for names in self._locals):
            return js_name(node.id)
        return self._global(node.id, node)

    def _global(self, name: str, node: ast.AST) -> str:
        if name in self._scope:
            value = self._scope[name]
        elif hasattr(builtins, name):
            value = getattr(builtins, name)
        else:
            raise self._refused(node, f"the name {name}")
        try:
            return self._home.reference(value, self._module, name)
        except NotTranslated as problem:
            raise self._refused(node, str(problem)) from None

    def _module_of(self, node: ast.expr) -> ModuleType | type | None:
        """The module (or class of the shop) that an expression names before the program runs."""
        if isinstance(node, ast.Name) and not any(node.id in names for names in self._locals):
            found = self._scope.get(node.id)
            return found if isinstance(found, ModuleType) else None
        if isinstance(node, ast.Attribute) and (above := self._module_of(node.value)):
            found = getattr(above, node.attr, None)
            return found if isinstance(found, ModuleType) else None
        return None

    def _is_Attribute(self, node: ast.Attribute) -> str:
        module = self._module_of(node.value)
        if module is not None:
            value = getattr(module, node.attr)
            try:
                return self._home.reference(value, module.__name__, node.attr)
            except NotTranslated as problem:
                raise self._refused(node, str(problem)) from None
        if node.attr == "__dict__":
            return f"py.own({self.text(node.value)})"
        if node.attr == "__name__":
            return f"py.title({self.text(node.value)})"
        return f"{self.text(node.value)}.{node.attr}"

    def _is_Call(self, node: ast.Call) -> str:
        callee = node.func
        if isinstance(callee, ast.Name) and callee.id == "cast":
            return self.text(node.args[1])
        self._note_message(node)
        if isinstance(callee, ast.Attribute) and isinstance(callee.value, ast.Call):
            inner = callee.value.func
            if isinstance(inner, ast.Name) and inner.id == "super":
                name = {"__init__": "init"}.get(callee.attr, callee.attr)
                return f"super.{name}({self._arguments(node)})"
        named = self._named(node)
        if isinstance(callee, ast.Attribute) and self._module_of(callee.value) is None:
            args = f"[{self._arguments(node)}]"
            owner = self.text(callee.value)
            return f"py.m({owner}, {json.dumps(callee.attr)}, {args}{named})"
        function = self.text(callee)
        if named or not self._is_plain_call(callee):
            return f"py.call({function}, [{self._arguments(node)}]{named})"
        return f"{function}({self._arguments(node)})"

    def _is_plain_call(self, callee: ast.expr) -> bool:
        """Whether the callee is known to be a function now: a class is made, not called."""
        if isinstance(callee, ast.Name) and not any(callee.id in n for n in self._locals):
            found = self._scope.get(callee.id, getattr(builtins, callee.id, None))
            return not isinstance(found, type) or found.__module__ == "builtins"
        return False

    def _note_message(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in ("_", "_l", "gettext", "lazy_gettext", "ngettext") and isinstance(
            node.args[0], ast.Constant
        ):
            self._messages.add(str(node.args[0].value))

    def _arguments(self, node: ast.Call) -> str:
        return ", ".join(self.text(each) for each in node.args)

    def _named(self, node: ast.Call) -> str:
        if not node.keywords:
            return ""
        parts = [
            f"{json.dumps(word.arg)}: {self.text(word.value)}"
            if word.arg
            else f"...py.plain({self.text(word.value)})"
            for word in node.keywords
        ]
        return f", {{{', '.join(parts)}}}"

    def _is_Starred(self, node: ast.Starred) -> str:
        return f"...py.iter({self.text(node.value)})"

    def _is_JoinedStr(self, node: ast.JoinedStr) -> str:
        return f"({' + '.join(self.text(part) for part in node.values) or json.dumps('')})"

    def _is_FormattedValue(self, node: ast.FormattedValue) -> str:
        spec = self.text(node.format_spec) if node.format_spec else '""'
        return f"py.format({self.text(node.value)}, {spec})"

    def _is_BoolOp(self, node: ast.BoolOp) -> str:
        name = "and" if isinstance(node.op, ast.And) else "or"
        text = self.text(node.values[-1])
        for value in reversed(node.values[:-1]):
            text = f"py.{name}({self.text(value)}, () => {text})"
        return text

    def _is_UnaryOp(self, node: ast.UnaryOp) -> str:
        if isinstance(node.op, ast.Not):
            return f"!py.t({self.text(node.operand)})"
        if isinstance(node.op, ast.Invert):
            return f"py.not({self.text(node.operand)})"
        return f"(-{self.text(node.operand)})"

    def _is_BinOp(self, node: ast.BinOp) -> str:
        form = _COMBINED.get(type(node.op))
        if form is None:
            raise self._refused(node, type(node.op).__name__)
        return form.format(self.text(node.left), self.text(node.right))

    def _is_Compare(self, node: ast.Compare) -> str:
        sides = [node.left, *node.comparators]
        if len(node.ops) == 1:
            return self._compared(node.ops[0], self.text(sides[0]), self.text(sides[1]))
        names = [f"c{place}" for place in range(len(sides))]
        tests = [
            self._compared(op, names[place], names[place + 1]) for place, op in enumerate(node.ops)
        ]
        given = ", ".join(self.text(side) for side in sides)
        return f"(({', '.join(names)}) => {' && '.join(tests)})({given})"

    def _compared(self, op: ast.cmpop, left: str, right: str) -> str:
        return _COMPARED[type(op)].format(left, right)

    def _is_IfExp(self, node: ast.IfExp) -> str:
        return f"({self._truth(node.test)} ? {self.text(node.body)} : {self.text(node.orelse)})"

    def _is_NamedExpr(self, node: ast.NamedExpr) -> str:
        return f"({js_name(node.target.id)} = {self.text(node.value)})"

    def _is_Lambda(self, node: ast.Lambda) -> str:
        head, _ = self._head(node.args, node)
        with self._inside(head[1]):
            return f"(({head[0]}) => {self.text(node.body)})"

    def _is_Tuple(self, node: ast.Tuple) -> str:
        return f"[{', '.join(self.text(part) for part in node.elts)}]"

    _is_List = _is_Tuple  # both are arrays

    def _is_Set(self, node: ast.Set) -> str:
        return f"new py.PySet([{', '.join(self.text(part) for part in node.elts)}])"

    def _is_Dict(self, node: ast.Dict) -> str:
        pairs = [
            f"[{self.text(key)}, {self.text(value)}]"
            if key is not None
            else f"...py.pairs({self.text(value)})"
            for key, value in zip(node.keys, node.values, strict=True)
        ]
        return f"new py.PyDict([{', '.join(pairs)}])"

    def _is_Subscript(self, node: ast.Subscript) -> str:
        if isinstance(node.slice, ast.Slice):
            ends = [
                self.text(end) if end else "null" for end in (node.slice.lower, node.slice.upper)
            ]
            return f"py.slice({self.text(node.value)}, {', '.join(ends)})"
        return f"py.item({self.text(node.value)}, {self.text(node.slice)})"

    # Comprehensions ---------------------------------------------------------------------------

    def _is_GeneratorExp(self, node: ast.GeneratorExp) -> str:
        return self._made(node.generators, [node.elt])

    def _is_ListComp(self, node: ast.ListComp) -> str:
        return f"[...{self._made(node.generators, [node.elt])}]"

    def _is_SetComp(self, node: ast.SetComp) -> str:
        return f"new py.PySet({self._made(node.generators, [node.elt])})"

    def _is_DictComp(self, node: ast.DictComp) -> str:
        return f"new py.PyDict({self._made(node.generators, [node.key, node.value])})"

    def _made(self, loops: list[ast.comprehension], parts: list[ast.expr]) -> str:
        names: set[str] = set()
        heads = []
        for loop in loops:
            with self._inside(names):
                items = self.text(loop.iter)
            names = names | _names_in(loop.target)
            with self._inside(names):
                tests = "".join(f"if (!{self._truth(test)}) continue;" for test in loop.ifs)
            heads.append(f"for (const {self._pattern(loop.target)} of py.iter({items})) {{{tests}")
        with self._inside(names):
            made = ", ".join(self.text(part) for part in parts)
        made = f"[{made}]" if len(parts) > 1 else made
        return f"(function* () {{{''.join(heads)}yield {made};{'}' * len(heads)}}}())"

    def _is_Yield(self, node: ast.Yield) -> str:
        return f"(yield {self.text(node.value) if node.value else 'null'})"

    def _is_YieldFrom(self, node: ast.YieldFrom) -> str:
        return f"(yield* py.iter({self.text(node.value)}))"

    def _refused(self, node: ast.AST, what: str) -> NotTranslated:
        return NotTranslated(f"{self._module}: line {getattr(node, 'lineno', 0)}: {what}")


def _loaded(target: ast.expr) -> ast.expr:
    copy: ast.expr = ast.parse(ast.unparse(target), mode="eval").body
    return ast.copy_location(copy, target)


def _names_in(target: ast.expr) -> set[str]:
    return {
        node.id
        for node in ast.walk(target)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _own_nodes(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Everything of a function's body that is not another function's."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            continue
        waiting.extend(ast.iter_child_nodes(node))


def _yields(node: ast.FunctionDef) -> bool:
    return any(isinstance(each, ast.Yield | ast.YieldFrom) for each in _own_nodes(node.body))


def _assigned(body: list[ast.stmt]) -> set[str]:
    """The names that a function's body gives a value, those of its comprehensions left out."""
    comprehensions = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    found: set[str] = set()
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
            continue
        if isinstance(node, ast.ExceptHandler) and node.name:
            found.add(node.name)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        if isinstance(node, comprehensions):
            inside = list(ast.iter_child_nodes(node))
            waiting.extend(each for each in inside if not isinstance(each, ast.comprehension))
            for loop in node.generators:
                waiting.extend([loop.iter, *loop.ifs])
        elif not isinstance(node, ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))
    return found
