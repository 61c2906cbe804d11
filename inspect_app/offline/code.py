"""What of the shop runs on the tablet, and what stands there for Flask and SQLAlchemy."""

import builtins
import collections
import collections.abc
import dataclasses
import datetime
import decimal
import inspect
import json
import math
import re
import typing
import unicodedata
import uuid
import zoneinfo
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import flask
import flask_babel
import sqlalchemy
import sqlalchemy.exc
import sqlalchemy.orm
from babel.dates import format_date
from babel.numbers import format_currency
from flask import Flask

from inspect_app import access, catalogues, i18n, web
from inspect_app.db import UtcDateTime, db, now
from inspect_app.offline.expressions import js_name
from inspect_app.offline.jinja import Templates
from inspect_app.offline.python import PACKAGE, Translator
from inspect_app.reservations.models import Reservation
from inspect_app.reservations.queries import is_held
from inspect_app.sheets import actions as sheet_actions
from inspect_app.sheets import queries as sheet_queries
from inspect_app.signatures import canonical, chain, check_in, sealing, sittings, statements, times
from inspect_app.sites import actions as site_actions
from inspect_app.sites import queries as site_queries
from inspect_app.visits.file import file_of
from inspect_app.visits.progress import progress_of
from inspect_app.walkaround import drawings

ROUTES = (
    "visits.arrive", "visits.look_up", "visits.vin_advice", "visits.how_we_work",
    "visits.add_visit",
    "orders.show", "orders.save", "orders.save_line", "orders.remove_line", "orders.restore_line",
    "walkaround.show", "walkaround.close_station", "walkaround.answer_check",
    "walkaround.edit_check", "walkaround.note_conditions", "walkaround.change_body_type",
    "walkaround.new_mark", "walkaround.edit_mark", "walkaround.add_mark", "walkaround.change_mark",
    "walkaround.move_mark", "walkaround.remove_mark", "walkaround.return_mark",
    "walkaround.confirm_known_marks", "walkaround.answer_known_mark",
    "belongings.things", "belongings.add_belonging", "belongings.show",
    "belongings.add_from_last_visit", "belongings.add_count", "belongings.add_box",
    "belongings.add_box_opening", "papers.show", "papers.add_paper", "papers.add_papers_in_order",
    "readings.show", "readings.add_reading", "key_tags.add_key", "key_tags.add_movement",
    "photos.draw", "photos.remove_photo", "photos.return_photo", "photos.add_annotation",
    "signatures.review", "signatures.customer", "signatures.add_views", "signatures.thank_you",
    "signatures.add_seal", "signatures.completion", "signatures.tell",
)  # fmt: skip
"""The routes that the tablet answers itself, by endpoint: everything of taking a car in."""

SHOWN_BY = {"signatures.give_back": "_pin_page"}
"""Of a route that checks what only the shop can check: the part of it that shows the page."""

TEMPLATES = (
    "orders/_words.html", "orders/_start.html", "orders/_promise.html", "orders/_wishes.html",
    "orders/_rare.html", "errors/_problem.html", "errors/404.html", "errors/409.html",
    "errors/422.html", "visits/board.html", "signatures/give_back.html", "photos/_tile.html",
    "offline/show.html",
)  # fmt: skip
"""Templates that no route names with their whole name."""


def twins(app: Flask) -> dict[int, str]:
    """What has a twin on the tablet, by identity."""
    found: dict[int, str] = {}
    for name in [
        "len",
        "sum",
        "any",
        "all",
        "sorted",
        "min",
        "max",
        "set",
        "frozenset",
        "dict",
        "tuple",
        "list",
        "str",
        "int",
        "float",
        "bool",
        "enumerate",
        "zip",
        "range",
        "isinstance",
        "getattr",
        "setattr",
        "next",
        "round",
        "map",
        "filter",
        "reversed",
        "abs",
        "iter",
        "type",
        "ValueError",
        "divmod",
        "KeyError",
        "TypeError",
        "OverflowError",
        "RecursionError",
        "property",
    ]:
        found[id(getattr(builtins, name))] = f"py.{_safe(name)}"
    # What was signed was made here a moment ago: the shop verifies it when it comes.
    found[id(_beside(app, "signatures.add_seal")["read_seal"])] = "web.read_seal"
    for thing, name in _others():
        found[id(thing)] = name
    return found


def _safe(name: str) -> str:
    return f"{name}_"


def _others() -> Iterator[tuple[Any, str]]:
    yield from (
        (uuid.UUID, "py.UUID"),
        (uuid.uuid4, "py.uuid4"),
        (uuid.uuid5, "py.uuid5"),
        (ord, "py.ord_"),
        (math.isfinite, "py.isfinite"),
        (math.atan2, "py.atan2"),
        (math.cos, "py.cos"),
        (math.sin, "py.sin"),
        (unicodedata.normalize, "py.normalize"),
        (unicodedata.category, "py.category"),
        (json.loads, "py.loads"),
        (dataclasses.asdict, "py.asdict"),
        (dataclasses.replace, "py.replace"),
        (datetime.datetime, "py.datetime"),
        (datetime.date, "py.date"),
        (datetime.timedelta, "py.timedelta"),
        (datetime.time, "py.time"),
        (datetime.UTC, "py.UTC"),
        (zoneinfo.ZoneInfo, "py.zone"),
        (collections.Counter, "py.Counter"),
        (collections.abc.Mapping, "py.dict_"),
        (decimal.Decimal, "py.Decimal"),
        (typing.Any, "null"),
    )
    yield from (
        (flask.g, "web.g"),
        (flask.request, "web.request"),
        (flask.render_template, "web.render_template"),
        (flask.make_response, "web.make_response"),
        (flask.redirect, "web.redirect"),
        (flask.url_for, "web.url_for"),
        (flask.Response, "web.Response"),
        (web.htmx, "web.htmx"),
        (web.captured_at, "web.captured_at"),
        (access.who, "web.who"),
        (now, "web.now"),
        (site_queries.this_site, "web.this_site"),
        (site_actions.next_number, "web.next_number"),
        (is_held, "web.is_held"),
        (sheet_queries.living_link, "web.living_link"),
        (sheet_queries.qr_address, "web.qr_address"),
        (sheet_actions.token_of_link, "web.token_of_link"),
        (sheet_actions.make_link, "web.make_link"),
        (chain.next_link, "web.next_link"),
        (flask_babel.gettext, "words.gettext"),
        (flask_babel.ngettext, "words.ngettext"),
        (flask_babel.lazy_gettext, "words.lazy_gettext"),
        (flask_babel.force_locale, "words.force_locale"),
        (inspect.unwrap(statements.in_language), "words.force_locale"),
        (canonical.sha256_of, "words.sha256_of"),
        (times.iso_ms, "words.iso_ms"),
    )
    for name in [
        "locale",
        "zone",
        "clock",
        "moment",
        "day",
        "weekday",
        "local_input",
        "read_local",
        "minor_digits",
        "money",
    ]:
        yield getattr(i18n, name), f"words.{name}"
    for name in [
        "select",
        "func",
        "and_",
        "or_",
        "exists",
        "bindparam",
        "update",
        "delete",
        "union",
    ]:
        yield getattr(sqlalchemy, name), f"sql.{js_name(name)}"
    yield from (
        (db, "sql.db"),
        (sqlalchemy.orm.aliased, "sql.aliased"),
        (sqlalchemy.orm.joinedload, "sql.joinedload"),
        (sqlalchemy.orm.selectinload, "sql.joinedload"),
        (sqlalchemy.orm.undefer, "sql.joinedload"),
        (sqlalchemy.exc.IntegrityError, "py.IntegrityError"),
        (sqlalchemy.Uuid, "null"),
        (UtcDateTime, "null"),
    )


VALUES: tuple[Callable[..., Any], ...] = (catalogues._lists, drawings._all)
"""Functions without arguments whose answer never changes: the answer is written, not the way."""

LESS: tuple[tuple[Any, Any], ...] = ((sittings._SITTINGS, {sittings.CHECK_IN: check_in.SITTING}),)
"""Of what every noun adds to, that which a check-in needs."""

_PAGE = re.compile(r'"([a-z_]+/[a-z_.]+\.html)"')


@dataclasses.dataclass(frozen=True)
class Code:
    """A JavaScript module without its imports, and the words that it says in each language."""

    text: str
    messages: dict[str, dict[str, list[str]]]


def translated(app: Flask) -> Code:
    """Everything of the shop that runs on the tablet."""
    translator, templates = Translator(twins(app), VALUES, LESS), Templates(app.jinja_env)
    views = {name: translator.reference(app.view_functions[name]) for name in ROUTES}
    for name, part in SHOWN_BY.items():
        views[name] = translator.reference(
            inspect.unwrap(app.view_functions[name]).__globals__[part]
        )
    called = {name: translator.reference(function) for name, function in _CALLED.items()}
    templates.add({*TEMPLATES, *_PAGE.findall(translator.text())} - {"errors/500.html"})
    filters = _ours(translator, app.jinja_env.filters, templates.filters)
    common = _ours(translator, app.jinja_env.globals, templates.names)
    rules = [
        [
            rule.endpoint,
            rule.rule,
            " ".join(sorted((rule.methods or set()) & {"GET", "POST"})),
            rule.defaults or {},
        ]
        for rule in app.url_map.iter_rules()
    ]
    parts = [
        translator.text(),
        templates.text(),
        f"export const views = {_named(views)};",
        f"export const filters = {_named(filters)};",
        f"export const called = {_named(called)};",
        f"export const functions = {_named(common)};",
        f"export const rules = {json.dumps(rules)};",
        f"export const common = {json.dumps(_common(app))};",
        "export { TEMPLATES as templates };",
    ]
    return Code("\n".join(parts), _messages(translator.messages | templates.messages))


def _beside(app: Flask, endpoint: str) -> dict[str, Any]:
    """The globals of a route: a noun's routes and forms are named by nobody else."""
    function: Any = inspect.unwrap(app.view_functions[endpoint])
    found: dict[str, Any] = function.__globals__
    return found


def _ours(translator: Translator, known: Any, wanted: set[str]) -> dict[str, str]:
    """Those of the shop's own that templates name; Jinja's and Flask's have twins in `shop.js`."""
    found = {}
    for name in sorted(wanted - OF_THE_TABLET):
        function = inspect.unwrap(known[name]) if callable(known.get(name)) else None
        if getattr(function, "__module__", "").startswith(PACKAGE):
            found[name] = translator.reference(known[name])
    return found


OF_THE_TABLET = frozenset({"name_of", "term", "locale", "html_lang", "reserved_link", "_"})
"""Globals that `static/js/shop/shop.js` has itself."""

_CALLED = {
    "refused": web.show_refusal,
    "file_of": file_of,
    "progress_of": progress_of,
    "name_of": catalogues.name_of,
    "term": catalogues.term,
    "SealDraft": sealing.SealDraft,
    "Reservation": Reservation,
}
"""What the tablet's own answers call by name."""


def _named(functions: dict[str, str]) -> str:
    pairs = (f"{json.dumps(name)}: {js}" for name, js in functions.items())
    return f"{{{', '.join(pairs)}}}"


def _common(app: Flask) -> dict[str, Any]:
    return {
        "build_id": app.jinja_env.globals["build_id"],
        "own_names": i18n.OWN_NAMES,
        "html_lang": i18n.HTML_LANG,
    }


def _messages(wanted: set[str]) -> dict[str, dict[str, list[str]]]:
    """The words by language; English is the text itself."""
    found: dict[str, dict[str, list[str]]] = {}
    for language in i18n.LOCALES[1:]:
        catalogue: Any = i18n._catalogue(language)
        known = getattr(catalogue, "_catalog", {})
        found[language] = {
            text: [said]
            for text in sorted(wanted)
            if (said := known.get(text) or known.get((text, 0)))
        }
    return found


def amounts() -> dict[str, dict[str, Any]]:
    """How amounts are written, by language and currency: a form for each sign, and minor digits."""
    found = {}
    for language in i18n.LOCALES:
        for currency in CURRENCIES:
            digits = i18n.minor_digits(currency)
            one = 10**digits
            forms = [format_currency(Decimal(sign), currency, locale=language) for sign in (1, -1)]
            figure = "1." + "0" * digits if digits else "1"
            assert one
            assert all(figure in form for form in forms)
            positive, negative = (form.replace(figure, "{}") for form in forms)
            found[f"{language}:{currency}"] = {
                "positive": positive, "negative": negative, "digits": digits,
            }  # fmt: skip
    return found


def weekdays() -> dict[str, list[str]]:
    """The short names of the days from Monday on, by language."""
    week = [datetime.date(2026, 11, 23) + datetime.timedelta(days=day) for day in range(7)]
    return {
        language: [format_date(day, "EEE", locale=language) for day in week]
        for language in i18n.LOCALES
    }


CURRENCIES = ("KRW", "CNY", "USD", "EUR", "JPY")
