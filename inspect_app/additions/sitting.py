"""The customer answers on the own phone, or on the tablet: reads, sees the photos, taps yes, no or
later for each item, and signs (SC)."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from inspect_app.additions import rules
from inspect_app.additions.actions import give_answer
from inspect_app.additions.models import Addition, AdditionLine
from inspect_app.additions.queries import addition_of, status_of
from inspect_app.additions.words import delay_text
from inspect_app.errors import NotFound
from inspect_app.i18n import locale, money
from inspect_app.signatures.lines import Line, choice_line
from inspect_app.signatures.links import links_of
from inspect_app.signatures.models import Seal, SigningLink
from inspect_app.signatures.sittings import About, Page, Said, Sitting, add_sitting
from inspect_app.signatures.times import iso_ms
from inspect_app.staff.rules import RECEPTION
from inspect_app.visits.file import photos_of
from inspect_app.visits.models import Visit

NAME = "addition"


def _addition(about: About) -> Addition | None:
    if about.subject_id is None:
        return None
    try:
        return addition_of(about.visit.id, about.subject_id)
    except NotFound:
        return None


def _asked(addition: Addition) -> list[AdditionLine]:
    """The items whose answer is still open."""
    return [line for line in addition.lines if status_of(line) in rules.TO_ASK]


def _said(about: About) -> Said | None:
    addition = _addition(about)
    if addition is None or addition.stated_at is None:
        return None
    asked = _asked(addition) or [
        line for line in addition.lines if line.answers and line.answers[-1].seal_id
    ]
    if not asked:
        return None
    options = (("yes", _("Yes, do it")), ("no", _("No")), ("later", _("I decide later")))
    lines = [Line("words", _("What we found"), addition.reason)]
    if addition.is_safety and addition.stake:
        lines.append(Line("words", _("What may happen if it is left"), addition.stake))
    for line in asked:
        lines.append(Line("item", line.description, money(line.price_amount)))
        lines.append(choice_line(str(line.id), line.description, options, _chosen(line)))
    if addition.promised_at is not None:
        lines.append(Line("close", delay_text(addition, locale())))
    lines.append(Line("close", _("Only what I answered with yes is done, at the price shown.")))
    return Said(
        title=_("Work found in addition"),
        lines=tuple(lines),
        facts={
            "addition": str(addition.id),
            "promised_at": iso_ms(addition.promised_at) if addition.promised_at else None,
            "prices": {str(line.id): line.price_amount for line in asked},
            "answers": {str(line.id): _chosen(line) for line in asked},
        },
        photos=[
            noted
            for noted in photos_of(about.visit.id)
            if noted.photo.subject == "finding" and noted.photo.subject_id == addition.id
        ],
    )


def _chosen(line: AdditionLine) -> str:
    if status_of(line) in rules.TO_ASK:
        return line.tapped
    return line.answers[-1].answer


def _answer(about: About, answers: Mapping[str, str], *, by: uuid.UUID, at: datetime) -> None:
    """Keeps what was tapped until it is signed."""
    addition = _addition(about)
    for line in _asked(addition) if addition else ():
        chosen = answers.get(str(line.id), "")
        if chosen in rules.ANSWERS:
            line.tapped = chosen


def _signed(about: About, seal: Seal, *, by: uuid.UUID, at: datetime) -> None:
    addition = _addition(about)
    if addition is None:
        raise NotFound
    for line in _asked(addition):
        if line.tapped:
            give_answer(
                about.visit, addition, line, line.tapped,
                answer_id=uuid.uuid5(seal.id, str(line.id)), channel="link",
                who_answered="", by=by, at=at, seal_id=seal.id,
            )  # fmt: skip
            line.tapped = ""


def links_for(visit: Visit, addition_id: uuid.UUID) -> Sequence[SigningLink]:
    """The links that were given for this addition, the newest first."""
    return links_of(SITTING, About(visit, addition_id))


SITTING = Sitting(
    name=NAME,
    title=_l("Work found in addition"),
    pages=(Page("addition", _l("What we found"), ("SC",)),),
    said={"SC": _said},
    states=rules.REPORTABLE,
    roles=RECEPTION,
    after=_signed,
    answer=_answer,
    leads_to=lambda about: url_for(
        "additions.show", visit_id=about.visit.id, addition_id=about.subject_id
    ),
    thanks=lambda _about: _l("Thank you. Your answer is with us; we pass it on at once."),
)
add_sitting(SITTING)
