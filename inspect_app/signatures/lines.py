"""One line of what a customer reads and signs, and small ways to say a value in words."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from inspect_app import catalogues
from inspect_app.i18n import locale
from inspect_app.signatures.times import iso_ms


@dataclass(frozen=True)
class Line:
    """One line as shown. Its `text`, word for word, is what the sealed document keeps.

    `kind` says how the page draws it: words, item, total, fact, mark, view, choice, photos or
    close. `mark_id` names the mark of a `mark` or `view` line; `key`, `options` (code and words)
    and `chosen` belong to a `choice` line, which the customer answers.
    """

    kind: str
    name: str
    value: str = ""
    mark_id: str = ""
    key: str = ""
    options: tuple[tuple[str, str], ...] = ()
    chosen: str = ""

    @property
    def text(self) -> str:
        """The whole line."""
        return f"{self.name}: {self.value}" if self.value else self.name

    def answered(self, chosen: str) -> "Line":
        """A `choice` line as it is with this answer; an empty one stands for none."""
        return choice_line(self.key, self.name, self.options, chosen)


def choice_line(
    key: str, name: str, options: tuple[tuple[str, str], ...], chosen: str = ""
) -> Line:
    """A question that the customer answers by a tap, with what was answered so far."""
    value = dict(options).get(chosen) or str(_("not said"))
    return Line("choice", name, value, key=key, options=options, chosen=chosen)


def photo_line(count: int | str) -> Line:
    """How many photos belong to a statement."""
    return Line("photos", _("Photos that belong to this"), str(count))


def named(list_name: str, code: str) -> str:
    """A code's name in the language of this answer; free text where the list has no such code."""
    if not catalogues.is_code(list_name, code):
        return code
    return catalogues.name_of(list_name, code, locale())


def yes_no(answer: bool) -> str:
    """The answer as a word."""
    return str(_("yes") if answer else _("no"))


def as_text(moment: datetime | date | None) -> str | None:
    """A time or a day as facts keep it."""
    if isinstance(moment, datetime):
        return iso_ms(moment)
    return moment.isoformat() if moment else None


def joined(*parts: str) -> str:
    """What is not empty, with commas between."""
    return ", ".join(part for part in parts if part)
