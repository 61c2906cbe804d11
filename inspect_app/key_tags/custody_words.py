"""What is said of a key's movements."""

from typing import cast

from flask_babel import gettext

from inspect_app.errors import Conflict
from inspect_app.i18n import clock
from inspect_app.key_tags.custody import KeyFile


def _(words: str, **values: object) -> str:
    """The words in the person's language; Flask-Babel ships no types."""
    return cast("str", gettext(words, **values))


def reason_words(code: str) -> str:
    """Why a key is out, in the person's language; what was typed stays as it was."""
    return {
        "wash": _("Wash"),
        "workshop": _("Workshop"),
        "road_test": _("Road test"),
        "delivery": _("Delivery"),
        "parking": _("Parking"),
    }.get(code, code)


def where_words(file: KeyFile) -> str:
    """Where the key is, who brought it there and when: one sentence."""
    last, slot = file.custody.last, file.registration.slot
    label = slot.label if slot else "–"
    if last is None or file.custody.state == "registered":
        return _("It was numbered and does not hang on hook %(slot)s yet.", slot=label)
    by, at = file.names.get(last.by_id, ""), clock(last.at)
    if file.custody.state == "given_back":
        return _("%(by)s gave it back to the customer at %(at)s.", by=by, at=at)
    if file.custody.state == "in":
        return _("%(by)s hung it on hook %(slot)s at %(at)s.", by=by, slot=label, at=at)
    if last.kind == "handed_over":
        return _("%(holder)s has it since %(at)s, from %(by)s.", holder=file.holder, at=at, by=by)
    return _(
        "%(holder)s has it since %(at)s (%(reason)s).",
        holder=file.holder,
        at=at,
        reason=reason_words(last.reason) if last.reason else _("no reason given"),
    )


class TakenFirst(Conflict):
    """Someone else moved the key in between; `message` says who, where to and when."""

    def __init__(self, file: KeyFile) -> None:
        self.file = file
        super().__init__(
            _(
                "Someone else was first with key %(tag)s. %(where)s Nothing was changed.",
                tag=file.registration.tag.number,
                where=where_words(file),
            )
        )
