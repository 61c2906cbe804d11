"""The worker and what it needs: the shop's code for the tablet, its words, and a person's rows."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import public, signed_in, who
from inspect_app.config import STATIC
from inspect_app.db import now
from inspect_app.door import HEADERS
from inspect_app.errors import NotFound
from inspect_app.offline.code import amounts, translated, weekdays
from inspect_app.offline.snapshot import links_for, plain, rows_for_reception
from inspect_app.signatures.times import iso_ms
from inspect_app.sites.queries import this_site
from inspect_app.staff.rules import RECEPTION

bp = Blueprint("offline", __name__)
FOREVER = "public, max-age=31536000, immutable"
PARTS = ("jinja", "py", "sql", "web", "words")
"""What the translated code names of `static/js/shop`."""
LEFT_OUT = ("demo/", "vendor/manifest.json")
"""Files that no page of a check-in asks for."""
PAGES = ("/", "/due", "/more", "/outbox", "/sign-in")
"""Pages that a tablet keeps beside those that were opened on it."""


@dataclass(frozen=True)
class Bundle:
    """The code and the words under one name, which changes with either and with any static file."""

    id: str
    code: str
    words: str


@lru_cache(maxsize=4)
def bundle_of(app: Flask) -> Bundle:
    """Translated once for each process, when a tablet first asks: it takes about a second."""
    code = translated(app)
    base = url_for("static", filename="js/shop/")
    names = {"jinja": "j"}
    imports = [f'import * as {names.get(n, n)} from "{base}{n}.js";' for n in PARTS]
    text = "\n".join([*imports, code.text])
    book = {"messages": code.messages, "money": amounts(), "weekdays": weekdays()}
    words = json.dumps(book, ensure_ascii=False)
    name = hashlib.sha256(f"{base}{text}{words}".encode()).hexdigest()[:12]
    return Bundle(name, text, words)


def _bundle() -> Bundle:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # of a LocalProxy
    return bundle_of(app)


@bp.get("/sw.js")
@public
def worker() -> Response:
    """The worker: its version and its files in front of it, so that either makes it a new one."""
    bundle = _bundle()
    settings = {
        "id": bundle.id,
        "words": url_for("offline.words", bundle_id=bundle.id),
        "files": _files(),
        "pages": PAGES,
        "headers": HEADERS,
    }
    code = url_for("offline.code", bundle_id=bundle.id)
    text = (
        f'import * as code from "{code}";\n'
        f'import {{ install }} from "{url_for("static", filename="js/worker/worker.js")}";\n'
        f"install(code, {json.dumps(settings)});\n"
    )
    return _script(text, "no-cache")


def _files() -> list[str]:
    paths = sorted(str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file())
    kept = [path for path in paths if not path.startswith(LEFT_OUT) and "LICENSE" not in path]
    return [url_for("static", filename=path) for path in kept]


@bp.get("/tablet/<bundle_id>/code.js")
@public
def code(bundle_id: str) -> Response:
    """The shop's own functions and templates, translated."""
    return _script(_named(bundle_id).code, FOREVER)


@bp.get("/tablet/<bundle_id>/words.json")
@public
def words(bundle_id: str) -> Response:
    """The words that they say, in every language, and how amounts are written."""
    answer = Response(_named(bundle_id).words, mimetype="application/json")
    answer.headers["Cache-Control"] = FOREVER
    return answer


def _named(bundle_id: str) -> Bundle:
    bundle = _bundle()
    if bundle.id != bundle_id:
        raise NotFound
    return bundle


def _script(text: str, kept: str) -> Response:
    answer = Response(text, mimetype="text/javascript")
    answer.headers["Cache-Control"] = kept
    return answer


@bp.get("/tablet/rows")
@signed_in
def rows() -> ResponseReturnValue:
    """What this person needs to go on out of reach; 304 while it is what the tablet has."""
    given: dict[str, Any] = {"person": _person(), "rows": {}, "links": []}
    if who().may(*RECEPTION):
        given["rows"] = plain(rows_for_reception(who().site_id, now()))
    text = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    etag = hashlib.sha256(text.encode()).hexdigest()[:32]
    if etag in request.if_none_match:
        answer = Response(status=304)
    else:
        given["at"] = iso_ms(now())
        if who().may(*RECEPTION):
            given["links"] = links_for(request.host_url)
        answer = Response(json.dumps(given, ensure_ascii=False), mimetype="application/json")
    answer.set_etag(etag)
    return answer


def _person() -> dict[str, Any]:
    me, site = who(), this_site()
    return {
        "id": str(me.id),
        "name": me.name,
        "roles": sorted(role.value for role in me.roles),
        "locale": me.locale,
        "hand": me.hand,
        "site": str(me.site_id),
        "tablet": str(me.tablet_id),
        "timezone": site.timezone,
        "currency": site.currency,
        "siteName": site.name,
        "demo": bool(g.get("site_demo")),
    }


@bp.app_template_global("reserved_link")
def reserved_link(_visit_id: uuid.UUID) -> str:
    """The link to the sheet that a tablet out of reach gives by itself; the shop makes its own."""
    return ""
