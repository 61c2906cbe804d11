"""The interface is asked by its own description alone: no answer is a defect, each is described."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspect_app.db import db
from inspect_app.exchange import doorkeeper, rules
from inspect_app.sites.models import Site
from tests.web.exchange.test_api import token

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)


def values(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """What a schema of the description allows."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of([values(one) for one in schema["anyOf"]])
    if schema.get("format") == "date-time":
        return st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat())
    kind = schema["type"]
    if kind == "string":
        if "pattern" in schema:
            return st.from_regex(schema["pattern"], fullmatch=True)
        return st.text(min_size=schema.get("minLength", 0), max_size=schema.get("maxLength", 40))
    if kind == "integer":
        return st.integers(schema.get("minimum", -9), schema.get("maximum", 9))
    if kind == "array":
        return st.lists(values(schema["items"]), max_size=min(schema["maxItems"], 6))
    if kind == "object":
        needed = set(schema.get("required", ()))
        parts = {name: values(one) for name, one in schema["properties"].items()}
        return st.fixed_dictionaries(
            {name: parts[name] for name in needed},
            optional={name: one for name, one in parts.items() if name not in needed},
        )
    return {"boolean": st.booleans(), "null": st.none()}[kind]


def operations(found: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Path, method and operation."""
    return [
        (path, method, operation)
        for path, methods in found["paths"].items()
        for method, operation in methods.items()
    ]


@pytest.fixture
def asked(app: Flask, shop: Site, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any, Any]:
    """A client, the description, and the header of a token that may do everything."""
    monkeypatch.setattr(rules, "REQUESTS_A_MINUTE", 10**9)
    doorkeeper._paces.clear()
    client = app.test_client()
    return client, client.get("/api/v1/openapi.json").json, token("write")


@settings(max_examples=60, deadline=None, derandomize=True,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(data=st.data())
def test_every_answer_is_one_of_those_described(asked: Any, data: st.DataObject) -> None:
    client, found, headers = asked
    for path, method, operation in operations(found):
        url, query, more = "/api/v1" + path, {}, dict(headers)
        for parameter in operation.get("parameters", ()):
            value = data.draw(values(parameter["schema"]))
            if parameter["in"] == "path":
                url = url.replace(f"{{{parameter['name']}}}", _quoted(str(value)))
            elif parameter["in"] == "query" and data.draw(st.booleans()):
                query[parameter["name"]] = str(value)
            elif parameter["in"] == "header" and data.draw(st.booleans()):
                more[parameter["name"]] = str(value)
        body = None
        if "requestBody" in operation:
            schema = found["components"]["schemas"]["PushedOrder"]
            good = data.draw(st.booleans())
            body = json.dumps(
                data.draw(values(schema) if good else JSON), ensure_ascii=data.draw(st.booleans())
            )
        answer = client.open(
            url, method=method.upper(), query_string=query, headers=more,
            data=body.encode("utf-8", "surrogatepass") if body is not None else None,
            content_type="application/json",
        )  # fmt: skip
        known = operation["responses"]
        assert str(answer.status_code) in known, (url, query, body, answer.status_code, answer.text)
        assert answer.mimetype in known[str(answer.status_code)]["content"]
        _fits(answer.json, found, known[str(answer.status_code)]["content"][answer.mimetype])
    db.session.rollback()


def _quoted(text: str) -> str:
    """A number as a path holds it; one that only walks about is no number."""
    return quote(text.strip("./") or "x", safe="")


def _fits(value: Any, found: dict[str, Any], content: dict[str, Any]) -> None:
    name = content["schema"]["$ref"].rpartition("/")[2]
    schema = found["components"]["schemas"][name]
    assert set(schema["required"]) <= set(value)
    assert set(value) <= set(schema["properties"])
