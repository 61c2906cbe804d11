"""Keeping what was found on the papers."""

import logging
import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext

from inspect_app.db import db
from inspect_app.errors import Conflict
from inspect_app.papers.models import Paper
from inspect_app.papers.queries import paper_of
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)
SCREEN = "things"


@dataclass(frozen=True)
class PaperDraft:
    """What was found on one paper; the three answers are None where it was not handed in."""

    id: uuid.UUID
    code: str
    received: bool
    number_end: str = ""
    valid_until_on: date | None = None
    is_valid: bool | None = None
    is_complete: bool | None = None
    is_intact: bool | None = None
    discrepancy: str = ""
    agreed: str = ""

    @classmethod
    def in_order(cls, row_id: uuid.UUID, code: str) -> "PaperDraft":
        """Received, valid, complete and intact."""
        return cls(row_id, code, True, is_valid=True, is_complete=True, is_intact=True)

    def values(self) -> dict[str, Any]:
        """The columns that an entry sets."""
        return {name: value for name, value in asdict(self).items() if name not in ("id", "code")}

    def facts(self) -> dict[str, str]:
        """What the history keeps: answers and days, neither texts nor numbers of papers."""
        kept = ("received", "valid_until_on", "is_valid", "is_complete", "is_intact")
        return {"code": self.code, **{name: str(getattr(self, name)) for name in kept}}


def save_paper(visit: Visit, draft: PaperDraft, *, by: uuid.UUID, at: datetime) -> Paper | None:
    """One paper of each kind per visit: a second entry changes the first, unless it is older.

    Returns None where a later entry stands already. Raises Conflict for an id of another visit.
    """
    paper = db.session.get(Paper, draft.id)
    if paper is not None and (paper.visit_id != visit.id or paper.code != draft.code):
        raise Conflict(
            lazy_gettext("This entry belongs to something else. Open the page again and repeat.")
        )
    paper = paper or paper_of(visit.id, draft.code)
    values = draft.values()
    if paper is None:
        paper = Paper(
            id=draft.id, visit_id=visit.id, code=draft.code, by_id=by, captured_at=at, **values
        )
        db.session.add(paper)
        note(visit.id, "paper.examined", by=by, at=at, screen=SCREEN, paper=draft.facts())
    elif paper.captured_at > at:
        note(visit.id, "paper.superseded", by=by, at=at, screen=SCREEN, paper=draft.facts())
        return None
    else:
        before = {name: getattr(paper, name) for name in values}
        was = PaperDraft(paper.id, paper.code, **before).facts()
        if before != values:
            changed = [name for name in values if before[name] != values[name]]
            note(
                visit.id,
                "paper.changed",
                by=by,
                at=at,
                screen=SCREEN,
                changed=changed,
                before=was,
                paper=draft.facts(),
            )
            for name, value in values.items():
                setattr(paper, name, value)
            paper.captured_at, paper.by_id = at, by
    db.session.flush()
    log.info("paper kept visit=%s paper=%s", visit.id, paper.id)
    return paper


def save_in_order(
    visit: Visit, codes: tuple[str, ...], *, form_id: uuid.UUID, by: uuid.UUID, at: datetime
) -> None:
    """Those of these papers that nobody examined yet were received and are in order.

    Each row's id follows from the form's id, so that a repeat makes the same rows.
    """
    for code in codes:
        if paper_of(visit.id, code) is None:
            row_id = uuid.uuid5(form_id, code)
            save_paper(visit, PaperDraft.in_order(row_id, code), by=by, at=at)
