"""Reading what comes from the customer's hands: the sealed document, views of marks, a PIN."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import timedelta

from flask_babel import lazy_gettext as _l

from inspect_app.errors import Invalid, Words
from inspect_app.ids import read_id
from inspect_app.signatures.condition_words import NO_VIEW, VIEWS
from inspect_app.signatures.seal import SealProblem, verify_document
from inspect_app.signatures.sealing import SealDraft
from inspect_app.signatures.times import read_iso_ms

VIEW_FIELD = "view-"
ANSWER_FIELD = "answer-"
_BLANK = ("BLANK", "DOTS_ONLY")


def read_seal(form: Mapping[str, str], *, site_id: uuid.UUID, visit_id: uuid.UUID) -> SealDraft:
    """The posted document. Raises Invalid where it is blank, broken, changed on its way, or made
    for another shop or visit."""
    seal_id = _id(form.get("id", ""))
    raw = form.get("document", "").encode()
    if problems := verify_document(raw):
        raise Invalid({"document": _why_not(problems)})
    sha256 = hashlib.sha256(raw).hexdigest()
    document = json.loads(raw)
    is_ours = document["site"]["id"] == str(site_id) and document["visit"]["id"] == str(visit_id)
    if form.get("sha256") != sha256 or not is_ours:
        raise Invalid({"document": _CHANGED})
    offset_ms = document["tablet"]["clock_offset_ms"]
    signed_at = read_iso_ms(document["signed_at"])
    try:
        corrected = signed_at + timedelta(milliseconds=offset_ms) if signed_at else None
    except OverflowError:
        corrected = None
    if corrected is None or abs(offset_ms) >= 2**31:
        raise Invalid({"document": _CHANGED})
    return SealDraft(seal_id, raw, sha256, document, corrected, offset_ms)


_CHANGED = _l(
    "What was signed did not arrive as it was shown. Nothing was saved; open the page again and "
    "sign once more."
)


def _why_not(problems: list[SealProblem]) -> Words:
    if any(problem.code in _BLANK for problem in problems):
        return _l("The field for the name is empty. Please sign with a line, not with dots.")
    return _CHANGED


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Invalid({"document": _CHANGED}) from None


def read_views(form: Mapping[str, str]) -> dict[uuid.UUID, str]:
    """The customer's view by mark; Invalid for an answer that was not offered."""
    views = {}
    for name, answer in form.items():
        if not name.startswith(VIEW_FIELD) or answer == NO_VIEW:
            continue
        try:
            mark_id = uuid.UUID(name.removeprefix(VIEW_FIELD))
        except ValueError:
            mark_id = None
        if mark_id is None or answer not in VIEWS:
            raise Invalid({name: _l("Choose one of the offered answers.")})
        views[mark_id] = answer
    return views


def read_about(form: Mapping[str, str]) -> uuid.UUID | None:
    """Which of several things of the visit a sitting is about; None where it has one only."""
    return read_id(form, "about") if form.get("about") else None


def read_answers(form: Mapping[str, str]) -> dict[str, str]:
    """What the customer tapped, by the key of the question."""
    return {
        name.removeprefix(ANSWER_FIELD): answer
        for name, answer in form.items()
        if name.startswith(ANSWER_FIELD)
    }


def read_waits(form: Mapping[str, str]) -> bool:
    """Whether the customer waits here or leaves (7.01)."""
    if form.get("waits") not in ("yes", "no"):
        raise Invalid({"waits": _l("Choose whether the customer waits here or leaves.")})
    return form["waits"] == "yes"
