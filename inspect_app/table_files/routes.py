"""Tables from files: send, look at what would happen, take in."""

import uuid

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.db import now
from inspect_app.errors import Conflict, Invalid
from inspect_app.staff.rules import Role
from inspect_app.table_files import actions, queries, rules
from inspect_app.table_files.forms import read_file
from inspect_app.table_files.reading import ENCODINGS
from inspect_app.web import commits

bp = Blueprint("table_files", __name__)
KEEPERS = (Role.MANAGER, Role.BUSINESS_SUPERVISOR)
MOST_SHOWN = 500


def _page(status: int = 200, **more: object) -> ResponseReturnValue:
    page = render_template(
        "table_files/show.html",
        files=queries.files(),
        kinds=rules.KINDS,
        columns=rules.COLUMNS,
        encodings=ENCODINGS,
        **more,
    )
    return make_response(page, status)


@bp.get("/table-files")
@allow(*KEEPERS)
def show() -> ResponseReturnValue:
    """Send a file; the files that came."""
    return _page()


@bp.post("/table-files")
@allow(*KEEPERS)
@commits
def add() -> ResponseReturnValue:
    """Keeps the file and goes on to what would happen; nothing is taken in yet."""
    try:
        draft = read_file(request.form, request.files)
    except Invalid as refused:
        return _page(422, problems=refused.problems, form=request.form)
    file = actions.keep_file(
        draft.id, draft.kind, draft.name, draft.content, draft.encoding, by=who().id, at=now()
    )
    return redirect(url_for("table_files.trial", file_id=file.id), 303)


def _trial(file_id: uuid.UUID, status: int = 200, **more: object) -> ResponseReturnValue:
    file = queries.file_of(file_id)
    page = render_template(
        "table_files/trial.html",
        file=file,
        trial=queries.trial_of(file),
        columns=rules.COLUMNS[file.kind],
        most=MOST_SHOWN,
        **more,
    )
    return make_response(page, status)


@bp.get("/table-files/<uuid:file_id>")
@allow(*KEEPERS)
def trial(file_id: uuid.UUID) -> ResponseReturnValue:
    """What each line would become, and every refused one with why. Changes nothing."""
    return _trial(file_id)


@bp.post("/table-files/<uuid:file_id>/taking-in")
@allow(*KEEPERS)
@commits
def take_in(file_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps the good lines."""
    file = queries.file_of(file_id)
    try:
        actions.take_in(file, at=now())
    except Conflict as refused:
        return _trial(file_id, refused.status, problem=refused.message)
    return redirect(url_for("table_files.trial", file_id=file_id), 303)
