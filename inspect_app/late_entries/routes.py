"""What came after the signature, on the record of its visit."""

import uuid
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, who
from inspect_app.errors import NotFound
from inspect_app.late_entries import actions, queries
from inspect_app.late_entries.rules import READERS
from inspect_app.late_entries.words import told
from inspect_app.staff.rules import RECEPTION
from inspect_app.visits.due import AT_ONCE, DueRow, add_source
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.web import captured_at, commits, page_or_fragment, respond

bp = Blueprint("late_entries", __name__)
SHOWN_AS_PICTURE = ("image/jpeg", "image/png", "image/webp", "image/avif")


@bp.get("/visits/<uuid:visit_id>/late-entries")
@allow(*READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The entries of a visit, each with what it says."""
    visit = visit_of(visit_id)
    return page_or_fragment("late_entries/show.html", "late_entries/_entries.html", **_page(visit))


def _page(visit: Visit) -> dict[str, Any]:
    entries = [(one, told(one.url, one.fields)) for one in queries.entries_of_visit(visit.id)]
    return {"visit": visit, "entries": entries, "answers": who().may(*RECEPTION)}


@bp.get("/visits/<uuid:visit_id>/late-entries/<uuid:entry_id>/files/<uuid:file_id>")
@allow(*READERS)
def file(visit_id: uuid.UUID, entry_id: uuid.UUID, file_id: uuid.UUID) -> ResponseReturnValue:
    """One file of an entry; what is no picture is only ever downloaded."""
    found = queries.late_file(visit_id, entry_id, file_id)
    is_picture = found.mime in SHOWN_AS_PICTURE
    answer = Response(found.content, mimetype=found.mime if is_picture else "application/binary")
    if not is_picture:
        answer.headers["Content-Disposition"] = "attachment"
    return answer


@bp.post("/visits/<uuid:visit_id>/late-entries/<uuid:entry_id>/answers")
@allow(*RECEPTION)
@commits
def answer(visit_id: uuid.UUID, entry_id: uuid.UUID) -> ResponseReturnValue:
    """Somebody looked at it. It stays as it came; what follows from it is a correction."""
    visit, entry = visit_of(visit_id), queries.late_entry(entry_id)
    if entry is None or entry.visit_id != visit_id:
        raise NotFound
    actions.mark_seen(entry, by=who().id, at=captured_at())
    page = url_for("visits.show", visit_id=visit_id, _anchor="late-entries")
    return respond("late_entries/_entries.html", page, **_page(visit))


def _due(_now: datetime) -> list[DueRow]:
    return [
        DueRow(
            since + AT_ONCE,
            "late_entry",
            visit.id,
            visit.vehicle,
            words=_l("Look at what arrived after the signature"),
            url=url_for("late_entries.show", visit_id=visit.id),
        )
        for visit, since in queries.unseen()
    ]


add_source("late_entries", _due, frozenset(RECEPTION))
