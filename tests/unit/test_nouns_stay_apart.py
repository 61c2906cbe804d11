"""A noun may use another's rules, queries and actions, never its routes or forms."""

import ast
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "inspect_app"


def test_no_noun_uses_the_routes_or_forms_of_another() -> None:
    strays = [
        f"{file.relative_to(PACKAGE.parent)}: {name}"
        for file in sorted(PACKAGE.glob("*/*.py"))
        for name in imported_by(file)
        if name.split(".")[2:3] in (["routes"], ["forms"])
        and name.split(".")[:2] != ["inspect_app", file.parent.name]
    ]

    assert strays == []


def imported_by(file: Path) -> list[str]:
    """Every module this file imports; `from a import b` counts as a and as a.b."""
    names: list[str] = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def test_rules_use_the_standard_library_other_rules_and_catalogues_only() -> None:
    strays = [
        f"{file.relative_to(PACKAGE.parent)}: {name}"
        for file in sorted(PACKAGE.glob("*/rules.py"))
        for name in imported_by(file)
        if not is_plain(name)
    ]

    assert strays == []


def is_plain(name: str) -> bool:
    """What rules may import: no web, no database, no third party."""
    parts = name.split(".")
    if parts[0] != "inspect_app":
        return parts[0] in sys.stdlib_module_names
    if parts[1:2] == ["catalogues"]:
        return True
    # `from inspect_app.readings import rules` counts as the package and as its rules.
    return parts[2:3] == ["rules"] or (len(parts) == 2 and (PACKAGE / parts[1]).is_dir())
