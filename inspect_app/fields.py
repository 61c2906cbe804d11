"""Reading a form field by field: values out, and every problem at its own field."""

import re
import unicodedata
import uuid
from datetime import date
from typing import Protocol

from flask_babel import lazy_gettext as _l

from inspect_app import catalogues
from inspect_app.errors import Invalid, Words
from inspect_app.i18n import quantity

_DECIMAL = re.compile(r"\d+(\.\d{1,2})?", re.ASCII)
MAX_DIGITS = 13
"""Enough for any number that a person reads off a car, and for saying that one is too large."""


class Form(Protocol):
    """What a form is read from: the last value of a name counts."""

    def getlist(self, key: str) -> list[str]: ...


class Fields:
    """One form being read. Call `check` at the end: it raises Invalid with all that was found."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self.problems: dict[str, Words] = {}

    def raw(self, name: str) -> str:
        """The field as sent, without blanks around it; of several the last that is not empty."""
        sent = [value.strip() for value in self._form.getlist(name)]
        return next((value for value in reversed(sent) if value), "")

    def all(self, name: str) -> list[str]:
        """Every value that was sent under this name, without blanks around it."""
        return [value.strip() for value in self._form.getlist(name)]

    def has(self, name: str) -> bool:
        """Whether the form has the field at all, even an empty one."""
        return bool(self._form.getlist(name))

    def id(self, name: str = "id") -> uuid.UUID:
        """A row's id as the tablet made it. Raises Invalid at once, as nothing fits without it."""
        try:
            return uuid.UUID(self.raw(name))
        except ValueError:
            raise Invalid(
                {name: _l("The tablet sent no valid id. Open the page again and repeat.")}
            ) from None

    def line(self, name: str, longest: int) -> str:
        """One line of text, otherwise just as it was typed."""
        return self._text(name, longest, " ".join(self.raw(name).splitlines()).replace("\t", " "))

    def text(self, name: str, longest: int) -> str:
        """Text of several lines, otherwise just as it was typed."""
        return self._text(name, longest, self.raw(name).replace("\r\n", "\n"))

    def _text(self, name: str, longest: int, text: str) -> str:
        if len(text) > longest:
            self.problems[name] = _l("At most %(n)s characters fit here; shorten it.", n=longest)
        if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in text):
            self.problems[name] = _l(
                "There is an invisible control character in this text; type it again."
            )
        return text

    def whole(self, name: str, least: int, most: int) -> int | None:
        """A whole number, or None for an empty field. Thousands may stand in groups: 12,345."""
        text = self.raw(name)
        if not text:
            return None
        figures = text.removeprefix("-")
        groups = figures.replace("'", ",").replace(" ", ",").split(",")
        is_grouped = len(groups) == 1 or (
            1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
        )
        figures = "".join(groups)
        if not is_grouped or not figures.isdecimal():
            self.problems[name] = _l("Type a whole number, digits only.")
            return None
        value = int(figures[: MAX_DIGITS + 1]) * (-1 if text.startswith("-") else 1)
        if not least <= value <= most:
            self.problems[name] = _l(
                "This must be between %(least)s and %(most)s; read it again.",
                least=least,
                most=most,
            )
            return None
        return value

    def hundredths(self, name: str, least: int, most: int) -> int | None:
        """A number with up to two decimals, as whole hundredths; None for an empty field."""
        text = unicodedata.normalize("NFKC", self.raw(name)).replace(",", ".")
        if not text:
            return None
        if not _DECIMAL.fullmatch(text):
            self.problems[name] = _l("Type a number with at most two decimals, such as 1.5.")
            return None
        whole, _point, rest = text.partition(".")
        value = int(whole[: MAX_DIGITS + 1]) * 100 + int(rest.ljust(2, "0"))
        if not least <= value <= most:
            self.problems[name] = _l(
                "This must be between %(least)s and %(most)s; read it again.",
                least=quantity(least),
                most=quantity(most),
            )
            return None
        return value

    def code(self, name: str, list_name: str, default: str = "") -> str:
        """A code of a catalogue, or `default` for an empty field."""
        code = self.raw(name) or default
        if code and not catalogues.is_code(list_name, code):
            self.problems[name] = _l("Choose one of the offered answers.")
            return default
        return code

    def one_of(self, name: str, codes: tuple[str, ...], default: str = "") -> str:
        """One of a few codes, or `default` for an empty field."""
        code = self.raw(name) or default
        if code and code not in codes:
            self.problems[name] = _l("Choose one of the offered answers.")
            return default
        return code

    def yes(self, name: str) -> bool:
        """Whether a tick or a yes was sent; the last value counts."""
        return self.raw(name).lower() in ("1", "yes", "on", "true")

    def day(self, name: str, first: date, last: date) -> date | None:
        """A day within reason, or None for an empty field."""
        text = self.raw(name)
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self.problems[name] = _l("Write the date as year-month-day, such as 2021-05-30.")
            return None
        if not first <= day <= last:
            self.problems[name] = _l("This year can't be right; read the date again.")
            return None
        return day

    def check(self) -> None:
        """Raises Invalid where anything was wrong."""
        if self.problems:
            raise Invalid(self.problems)
