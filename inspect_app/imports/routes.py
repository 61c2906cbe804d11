"""The page on which a file of a tablet is looked at, and then taken."""

from flask import Blueprint, Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.db import db, now
from inspect_app.errors import Invalid
from inspect_app.imports import actions
from inspect_app.imports.forms import NoExport, read_export
from inspect_app.staff.rules import RECEPTION
from inspect_app.web import htmx, show_refusal

bp = Blueprint("imports", __name__)


@bp.get("/imports")
@allow(*RECEPTION)
def new() -> ResponseReturnValue:
    """Choose the file."""
    return _page()


@bp.post("/imports")
@allow(*RECEPTION)
def add() -> ResponseReturnValue:
    """Shows what a file holds; with `take` each entry is taken, in a transaction of its own."""
    file = request.files.get("file")
    try:
        if file is None:
            raise NoExport
        entries = read_export(file.read())
    except Invalid as problem:
        return show_refusal(problem) if htmx.wants_fragment else _page(problem=problem)
    if request.form.get("take") != "1":
        return _page(lines=actions.looked_at(entries))
    g.writes = True
    db.session.rollback()
    return _page(lines=actions.take(entries, who(), at=now()), done=True)


def _page(problem: Invalid | None = None, **more: object) -> Response:
    page = render_template("imports/new.html", problem=problem, **more)
    return make_response(page, problem.status if problem else 200)
