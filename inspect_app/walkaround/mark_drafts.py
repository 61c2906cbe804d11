"""Reading a mark from the form beside the drawing, at the arrival as at the delivery."""

import unicodedata
from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from inspect_app.catalogues import is_code
from inspect_app.errors import Invalid, Words
from inspect_app.ids import read_id
from inspect_app.walkaround.actions import MarkDraft
from inspect_app.walkaround.drawings import drawing_of
from inspect_app.walkaround.models import Mark
from inspect_app.walkaround.rules import MAX_REMARK_CHARS, MISSING_SIZE, check_mark

PROBLEMS: dict[str, tuple[str, Words]] = {
    "UNKNOWN_VIEW": ("view", _l("There is no such drawing. Open the page again.")),
    "UNKNOWN_ZONE": ("zone", _l("Choose the part of the car that the mark is on.")),
    "OUTSIDE_THE_DRAWING": ("zone", _l("This place is not on the drawing. Tap the car.")),
    "UNKNOWN_DAMAGE_TYPE": ("damage_type", _l("Choose what kind of damage it is.")),
    "UNKNOWN_SEVERITY": ("severity", _l("Choose one of the offered answers.")),
    "UNKNOWN_SIZE": ("size_class", _l("Choose how large it is.")),
    "REMARK_TOO_LONG": (
        "remark",
        _l("At most %(n)s characters fit here; shorten it.", n=MAX_REMARK_CHARS),
    ),
    "REMARK_MISSING": ("remark", _l("Say in a few words what it is.")),
    "UNKNOWN_CHECK_LIST": ("code", _l("There is no such line. Open the page again.")),
    "UNKNOWN_CHECK": ("code", _l("There is no such line. Open the page again.")),
    "UNKNOWN_RESULT": ("result", _l("Choose one of the offered answers.")),
}


def say(codes: list[str], problems: dict[str, Words]) -> None:
    """Puts what the rules found wrong at its field."""
    for code in codes:
        name, words = PROBLEMS[code]
        problems.setdefault(name, words)


def remark_in(form: Mapping[str, str], problems: dict[str, Words]) -> str:
    """The remark on one line."""
    text = " ".join(form.get("remark", "").split())
    if any(unicodedata.category(sign) == "Cc" for sign in text):
        problems["remark"] = _l(
            "There is an invisible control character in this text; type it again."
        )
    return text


def _number(text: str) -> float:
    """A fraction as the tablet sent it; one that is none lies outside every drawing."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def read_place(
    form: Mapping[str, str], body_type: str, standing: Mark | None = None
) -> tuple[str, str, float, float]:
    """View, zone and place. A zone chosen from a list has no place: then the mark stays where it
    stands in this zone, or stands in its middle."""
    zone = form.get("zone", "")
    view = form.get("view") or ("inside" if is_code("interior_points", zone) else "outside")
    if not form.get("x") and not form.get("y"):
        if standing is not None and (view, zone) == (standing.view, standing.zone):
            return view, zone, standing.x, standing.y
        x, y = drawing_of(view, body_type).centre_of(zone)
    else:
        x, y = _number(form.get("x", "")), _number(form.get("y", ""))
    return view, zone, x, y


def read_mark(form: Mapping[str, str], body_type: str, standing: Mark | None = None) -> MarkDraft:
    """A mark. Something missing has the size of "missing". Raises Invalid."""
    problems: dict[str, Words] = {}
    view, zone, x, y = read_place(form, body_type, standing)
    size = form.get("size_class", "")
    missing = form.get("damage_type") == "missing" and not size
    draft = MarkDraft(
        id=standing.id if standing else read_id(form),
        view=view,
        zone=zone,
        x=x,
        y=y,
        damage_type=form.get("damage_type", ""),
        severity=form.get("severity") or "minor",
        size_class=MISSING_SIZE if missing else int(size) if size in set("123456") else 0,
        remark=remark_in(form, problems),
    )
    say(
        check_mark(
            view=draft.view, zone=draft.zone, x=draft.x, y=draft.y,
            damage_type=draft.damage_type, severity=draft.severity,
            size_class=draft.size_class, remark=draft.remark,
        ),
        problems,
    )  # fmt: skip
    if problems:
        raise Invalid(problems)
    return draft


def read_new_place(form: Mapping[str, str], body_type: str) -> tuple[str, float, float]:
    """Zone and place of a mark that was dragged. Raises Invalid."""
    view, zone, x, y = read_place(form, body_type)
    problems: dict[str, Words] = {}
    codes = check_mark(
        view=view, zone=zone, x=x, y=y, damage_type="scratch", severity="minor", size_class=1
    )
    say(codes, problems)
    if problems:
        raise Invalid(problems)
    return zone, x, y
