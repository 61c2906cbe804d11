"""The floor: the same kind of work on a bare stack (Flask, sqlite3, Jinja, ReportLab).

No sign-in, no roles, no history, no languages: what the machine can do at best, on the same server
with as many processes and the same durability (WAL, synchronous=FULL).
"""

import gzip
import os
import sqlite3
import threading
import uuid
from io import BytesIO
from pathlib import Path

from flask import Flask, Response, g, render_template_string, request

from bench.papers_floor import label_pdf, sheet_pdf

ROWS = 10_000
FORMS = 20
ROW = (
    "{% macro line(row) %}<li id='r{{ row.id }}'><b>{{ row.number }}</b> {{ row.plate }} "
    "{{ row.customer }} <span>{{ row.state }}</span> {{ row.arrived_at }}</li>{% endmacro %}"
)
LIST = (
    ROW + "<!doctype html><title>List</title><ul>"
    "{% for row in rows %}{{ line(row) }}{% endfor %}</ul>"
)
RICH = (
    ROW
    + """<!doctype html><title>{{ row.number }}</title><h1>{{ row.plate }}</h1>
<ul>{{ line(row) }}</ul>{% for n in range(forms) %}
<form method="post" action="/rows/{{ row.id }}/{{ n }}" hx-post="/rows/{{ row.id }}/{{ n }}"
 hx-target="#f{{ n }}" hx-swap="outerHTML" id="f{{ n }}">
<label for="v{{ n }}">Field {{ n }}</label>
<input id="v{{ n }}" name="v" value="{{ row.customer }}" autocomplete="off">
<input type="hidden" name="version" value="{{ n }}">
<button type="submit">Save</button></form>{% endfor %}"""
)
SAVED = "<div id='f1'><b>{{ value }}</b><button>Undo</button></div>"

place = {"folder": Path(os.environ.get("FLOOR_FOLDER", "."))}
local = threading.local()


def use_folder(folder: Path) -> None:
    """Where the floor's rows and photos lie."""
    place["folder"] = folder
    vars(local).clear()


def connection() -> sqlite3.Connection:
    """This thread's connection."""
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(place["folder"] / "floor.sqlite3", isolation_level=None)
        local.connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
            local.connection.execute(f"PRAGMA {pragma}")
    return local.connection  # type: ignore[no-any-return]  # threading.local is untyped


def make_rows(rows: int) -> None:
    """A table like the app's visits, made once."""
    bare = connection()
    bare.execute(
        "CREATE TABLE visits (id INTEGER PRIMARY KEY, number TEXT UNIQUE, plate TEXT, "
        "customer TEXT, state TEXT, arrived_at TEXT)"
    )
    bare.execute("CREATE TABLE events (id TEXT PRIMARY KEY, visit_id INTEGER, value TEXT)")
    bare.execute("CREATE INDEX by_state ON visits (state, arrived_at)")
    bare.execute("BEGIN")
    bare.executemany(
        "INSERT INTO visits VALUES (?, ?, ?, ?, ?, ?)",
        (
            (
                n,
                f"V{n:06}",
                f"12가 {n:04}",
                f"Customer {n}",
                "arrived" if n < 25 else "delivered",
                f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}T09:00:00",
            )
            for n in range(rows)
        ),
    )
    bare.execute("COMMIT")


def create_app() -> Flask:
    """The floor as a WSGI application."""
    app = Flask(__name__)
    templates = {
        name: app.jinja_env.from_string(text)
        for name, text in (("list", LIST), ("rich", RICH), ("saved", SAVED))
    }

    @app.get("/sign-in")
    def first() -> str:
        row = connection().execute("SELECT count(*) FROM visits WHERE state='arrived'").fetchone()
        return render_template_string("<h1>{{ n }}</h1>", n=row[0])

    @app.get("/rich")
    def rich() -> Response:
        row = connection().execute("SELECT * FROM visits WHERE number='V000012'").fetchone()
        page = templates["rich"].render(row=row, forms=FORMS)
        return Response(
            gzip.compress(page.encode(), 6),
            headers={"Content-Encoding": "gzip", "Content-Type": "text/html; charset=utf-8"},
        )

    @app.get("/list")
    def bare_list() -> str:
        rows = (
            connection()
            .execute(
                "SELECT * FROM visits WHERE state IN ('arrived','checked_in') "
                "ORDER BY arrived_at LIMIT 25"
            )
            .fetchall()
        )
        return templates["list"].render(rows=rows)

    @app.post("/create")
    def create() -> str:
        g.key, value = uuid.uuid4().hex, request.form["value"]
        bare = connection()
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO events VALUES (?, ?, ?)", (g.key, 12, value))
        bare.execute("INSERT INTO events VALUES (?, ?, ?)", (uuid.uuid4().hex, 12, g.key))
        bare.execute("COMMIT")
        return templates["saved"].render(value=value)

    @app.get("/label.pdf")
    def label() -> Response:
        return Response(
            label_pdf("HTTPS://KEYS.HANBIT.EXAMPLE/K/ABCDEFGHIJKLMNOP", "17"),
            mimetype="application/pdf",
        )

    @app.get("/sheet.pdf")
    def sheet() -> Response:
        photos = sorted((place["folder"] / "photos").glob("*.jpg"))[:4]
        return Response(
            sheet_pdf([BytesIO(photo.read_bytes()) for photo in photos]), mimetype="application/pdf"
        )

    return app
