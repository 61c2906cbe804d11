"""What holds for every template."""

import re
from pathlib import Path

import pytest

from inspect_app.config import TEMPLATES

FILES = sorted(TEMPLATES.rglob("*.html"))
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
FORBIDDEN = {
    "inline handler": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on": re.compile(r"hx-on"),
    "script in an address": re.compile(r"javascript:|\bjs:", re.IGNORECASE),
    "filter that needs eval": re.compile(r"hx-trigger=\"[^\"]*\["),
    "inline style": re.compile(r"\sstyle\s*="),
    "unescaped text": re.compile(r"\|\s*safe\b|Markup\("),
    "inline script": re.compile(r"<script(?![^>]*(src=|type=\"application/json\"))"),
}


def _name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_nothing_in_a_template_needs_a_weaker_policy(path: Path) -> None:
    text = COMMENT.sub("", path.read_text())

    found = [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]

    assert found == []


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_template_stays_small_enough_to_read(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 120


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_every_template_is_used(path: Path) -> None:
    """By a route, or by another template."""
    name = _name(path)
    sources = [*TEMPLATES.rglob("*.html"), *TEMPLATES.parent.glob("inspect_app/**/*.py")]
    stem = re.sub(r"\d{3}\.html$", "", name)

    assert any(
        name in (text := source.read_text()) or (stem != name and f"{stem}{{" in text)
        for source in sources
        if source != path
    )


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_what_a_template_imports_it_uses(path: Path) -> None:
    text = path.read_text()
    for names in re.findall(r"{%-? from \"[^\"]+\" import ([^%]+?)(?: with context)? -?%}", text):
        for name in (part.split(" as ")[-1].strip() for part in names.split(",")):
            uses = re.findall(rf"\b{re.escape(name)}\b", text)
            assert len(uses) > 1, f"{name} is imported and not used"
