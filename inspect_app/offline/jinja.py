"""Translating the shop's templates to JavaScript, from the tree that Jinja itself reads.

Each template becomes a function that writes into a list; the scopes of Jinja are objects that
inherit from one another. What is called inside (`static/js/shop/jinja.js`) keeps to Jinja's own
rules of attributes, truth and escaping.
"""

import json
from collections.abc import Iterable

from jinja2 import Environment, nodes

_COMPARED = {
    "eq": "py.eq({0}, {1})",
    "ne": "py.ne({0}, {1})",
    "lt": "py.lt({0}, {1})",
    "lteq": "py.le({0}, {1})",
    "gt": "py.lt({1}, {0})",
    "gteq": "py.le({1}, {0})",
    "in": "py.has({1}, {0})",
    "notin": "!py.has({1}, {0})",
}
_COMBINED: dict[type[nodes.Node], str] = {
    nodes.Add: "py.add({0}, {1})",
    nodes.Sub: "py.sub({0}, {1})",
    nodes.Mul: "py.mul({0}, {1})",
    nodes.Div: "({0} / {1})",
    nodes.FloorDiv: "Math.floor({0} / {1})",
    nodes.Mod: "py.mod({0}, {1})",
}
WORDS = ("_", "gettext", "ngettext")


class UnknownMarkup(Exception):
    """Something of Jinja that the tablet does not know, with its place."""


class Templates:
    """Translates templates and all they include, import or stand on."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self.done: dict[str, str] = {}
        self.messages: set[str] = set()
        self.filters: set[str] = set()
        self.tests: set[str] = set()
        self.names: set[str] = set()

    def add(self, names: Iterable[str]) -> None:
        """Translates these and what they name."""
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in self.done:
                one = _Template(self, self._environment, name)
                self.done[name] = one.text()
                waiting.extend(one.named)

    def text(self) -> str:
        """All of them, by name."""
        parts = ",\n".join(f"{json.dumps(n)}: {text}" for n, text in sorted(self.done.items()))
        return f"const TEMPLATES = {{\n{parts}\n}};"


class _Template:
    def __init__(self, all_: Templates, environment: Environment, name: str) -> None:
        assert environment.loader is not None
        source, _, _ = environment.loader.get_source(environment, name)
        self._all, self._name = all_, name
        self._tree = environment.parse(source, name)
        self.named: list[str] = []

    def text(self) -> str:
        parent = next(self._tree.find_all(nodes.Extends), None)
        above = "null"
        if parent is not None:
            above = json.dumps(self._static(parent.template))
        blocks = [
            f"{json.dumps(block.name)}: (c, o) => {{{self._body(block.body)}}}"
            for block in self._tree.find_all(nodes.Block)
        ]
        body = [
            node
            for node in self._tree.body
            if parent is None or not isinstance(node, nodes.Output | nodes.Block | nodes.Extends)
        ]
        inside = f"blocks: {{{', '.join(blocks)}}}, body: (c, o) => {{{self._body(body)}}}"
        return f"{{above: {above}, {inside}}}"

    def _static(self, node: nodes.Node) -> str:
        if not isinstance(node, nodes.Const):
            raise self._refused(node)
        self.named.append(str(node.value))
        return str(node.value)

    # Statements -------------------------------------------------------------------------------

    def _body(self, body: list[nodes.Node]) -> str:
        return "".join(self._statement(node) for node in body)

    def _statement(self, node: nodes.Node) -> str:
        make = getattr(self, f"_do_{type(node).__name__}", None)
        if make is None:
            raise self._refused(node)
        return str(make(node))

    def _do_Output(self, node: nodes.Output) -> str:
        return "".join(
            f"o.push({json.dumps(part.data, ensure_ascii=False)});"
            if isinstance(part, nodes.TemplateData)
            else f"o.push(j.escaped({self._value(part)}));"
            for part in node.nodes
        )

    def _do_If(self, node: nodes.If) -> str:
        text = f"if (py.t({self._value(node.test)})) {{{self._body(node.body)}}}"
        for other in node.elif_:
            text += f" else if (py.t({self._value(other.test)})) {{{self._body(other.body)}}}"
        return text + (f" else {{{self._body(node.else_)}}}" if node.else_ else "")

    def _do_For(self, node: nodes.For) -> str:
        if node.recursive:
            raise self._refused(node)
        test = f"c => py.t({self._value(node.test)})" if node.test else "null"
        return (
            f"j.each(c, {self._value(node.iter)}, {self._target(node.target)}, {test}, "
            f"(c) => {{{self._body(node.body)}}}, (c) => {{{self._body(node.else_)}}});"
        )

    def _target(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Name):
            return json.dumps(node.name)
        if isinstance(node, nodes.Tuple):
            return f"[{', '.join(self._target(part) for part in node.items)}]"
        raise self._refused(node)

    def _do_Assign(self, node: nodes.Assign) -> str:
        return f"j.set(c, {self._target(node.target)}, {self._value(node.node)});"

    def _do_AssignBlock(self, node: nodes.AssignBlock) -> str:
        return (
            f"j.set(c, {self._target(node.target)}, j.drawn((o) => {{{self._body(node.body)}}}));"
        )

    def _do_ExprStmt(self, node: nodes.ExprStmt) -> str:
        return f"{self._value(node.node)};"

    def _do_With(self, node: nodes.With) -> str:
        sets = "".join(
            f"j.set(c, {self._target(target)}, {self._value(value)});"
            for target, value in zip(node.targets, node.values, strict=True)
        )
        return f"((c) => {{{sets}{self._body(node.body)}}})(Object.create(c));"

    def _do_Block(self, node: nodes.Block) -> str:
        return f"c.self.draw({json.dumps(node.name)}, c, o);"

    def _do_Include(self, node: nodes.Include) -> str:
        if not isinstance(node.template, nodes.Const):
            raise self._refused(node)
        return f"j.include({json.dumps(self._static(node.template))}, c, o);"

    def _do_FromImport(self, node: nodes.FromImport) -> str:
        source = json.dumps(self._static(node.template))
        context = "c" if node.with_context else "null"
        parts = [name if isinstance(name, tuple) else (name, name) for name in node.names]
        return "".join(
            f"c[{json.dumps(alias)}] = j.imported({source}, {context}, c)[{json.dumps(name)}];"
            for name, alias in parts
        )

    def _do_Import(self, node: nodes.Import) -> str:
        source = json.dumps(self._static(node.template))
        return f"c[{json.dumps(node.target)}] = j.imported({source}, null, c);"

    def _do_Macro(self, node: nodes.Macro) -> str:
        return f"c[{json.dumps(node.name)}] = {self._macro(node.args, node.defaults, node.body)};"

    def _do_CallBlock(self, node: nodes.CallBlock) -> str:
        caller = self._macro(node.args, node.defaults, node.body)
        return f"o.push(j.escaped({self._call(node.call, f'caller: {caller}')}));"

    def _macro(
        self, args: list[nodes.Name], defaults: list[nodes.Expr], body: list[nodes.Node]
    ) -> str:
        own: list[nodes.Expr | None] = [None] * (len(args) - len(defaults))
        own += list(defaults)
        takes = [
            f"[{json.dumps(arg.name)}, {f'(c) => {self._value(default)}' if default else 'null'}]"
            for arg, default in zip(args, own, strict=True)
        ]
        return f"j.macro(c, [{', '.join(takes)}], (c, o) => {{{self._body(body)}}})"

    # Expressions ------------------------------------------------------------------------------

    def _value(self, node: nodes.Node) -> str:
        make = getattr(self, f"_is_{type(node).__name__}", None)
        if make is not None:
            return str(make(node))
        if (form := _COMBINED.get(type(node))) is not None:
            assert isinstance(node, nodes.BinExpr)
            return form.format(self._value(node.left), self._value(node.right))
        raise self._refused(node)

    def _is_Const(self, node: nodes.Const) -> str:
        return json.dumps(node.value, ensure_ascii=False)

    def _is_TemplateData(self, node: nodes.TemplateData) -> str:
        return f"j.safe({json.dumps(node.data, ensure_ascii=False)})"

    def _is_Name(self, node: nodes.Name) -> str:
        self._all.names.add(node.name)
        return f"c[{json.dumps(node.name)}]"

    def _is_Getattr(self, node: nodes.Getattr) -> str:
        return f"j.attribute({self._value(node.node)}, {json.dumps(node.attr)})"

    def _is_Getitem(self, node: nodes.Getitem) -> str:
        if isinstance(node.arg, nodes.Slice):
            ends = [self._value(end) if end else "null" for end in (node.arg.start, node.arg.stop)]
            return f"py.slice({self._value(node.node)}, {', '.join(ends)})"
        return f"j.entry({self._value(node.node)}, {self._value(node.arg)})"

    def _is_Call(self, node: nodes.Call) -> str:
        return self._call(node)

    def _call(self, node: nodes.Call, more: str = "") -> str:
        if isinstance(node.node, nodes.Name) and node.node.name in WORDS:
            first = node.args[0]
            if isinstance(first, nodes.Const):
                self._all.messages.add(str(first.value))
        args = ", ".join(self._value(arg) for arg in node.args)
        named = [f"{json.dumps(word.key)}: {self._value(word.value)}" for word in node.kwargs]
        named += [more] if more else []
        given = f", {{{', '.join(named)}}}" if named else ""
        if isinstance(node.node, nodes.Getattr):
            owner, name = self._value(node.node.node), json.dumps(node.node.attr)
            return f"j.method({owner}, {name}, [{args}]{given})"
        return f"py.call({self._value(node.node)}, [{args}]{given})"

    def _is_Filter(self, node: nodes.Filter) -> str:
        if node.node is None:
            raise self._refused(node)
        self._all.filters.add(node.name)
        args = [self._value(node.node), *(self._value(arg) for arg in node.args)]
        named = [f"{json.dumps(word.key)}: {self._value(word.value)}" for word in node.kwargs]
        given = f", {{{', '.join(named)}}}" if named else ""
        return f"j.filter({json.dumps(node.name)}, [{', '.join(args)}]{given})"

    def _is_Test(self, node: nodes.Test) -> str:
        self._all.tests.add(node.name)
        args = [self._value(node.node), *(self._value(arg) for arg in node.args)]
        return f"j.test({json.dumps(node.name)}, [{', '.join(args)}])"

    def _is_CondExpr(self, node: nodes.CondExpr) -> str:
        other = self._value(node.expr2) if node.expr2 else "undefined"
        return f"(py.t({self._value(node.test)}) ? {self._value(node.expr1)} : {other})"

    def _is_And(self, node: nodes.And) -> str:
        return f"py.and({self._value(node.left)}, () => {self._value(node.right)})"

    def _is_Or(self, node: nodes.Or) -> str:
        return f"py.or({self._value(node.left)}, () => {self._value(node.right)})"

    def _is_Not(self, node: nodes.Not) -> str:
        return f"!py.t({self._value(node.node)})"

    def _is_Neg(self, node: nodes.Neg) -> str:
        return f"(-{self._value(node.node)})"

    def _is_Concat(self, node: nodes.Concat) -> str:
        return f"j.joined([{', '.join(self._value(part) for part in node.nodes)}])"

    def _is_Compare(self, node: nodes.Compare) -> str:
        if len(node.ops) != 1:
            raise self._refused(node)
        operand = node.ops[0]
        return _COMPARED[operand.op].format(self._value(node.expr), self._value(operand.expr))

    def _is_List(self, node: nodes.List) -> str:
        return f"[{', '.join(self._value(item) for item in node.items)}]"

    def _is_Tuple(self, node: nodes.Tuple) -> str:
        return f"[{', '.join(self._value(item) for item in node.items)}]"

    def _is_Dict(self, node: nodes.Dict) -> str:
        pairs = ", ".join(
            f"[{self._value(pair.key)}, {self._value(pair.value)}]" for pair in node.items
        )
        return f"new py.PyDict([{pairs}])"

    def _refused(self, node: nodes.Node) -> UnknownMarkup:
        return UnknownMarkup(f"{self._name}: line {node.lineno}: {type(node).__name__}")
