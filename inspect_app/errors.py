"""The few ways in which an act is refused, and the words each is refused with.

Actions raise one of these; `web.py` maps each to its status and page. `message` is a sentence for
the person: what is wrong and what to do next. It is a lazy translation, read when it is shown.
"""

from collections.abc import Mapping
from typing import TypeAlias

from flask_babel import LazyString, lazy_gettext

Words: TypeAlias = str | LazyString


class Refused(Exception):
    """An act that the rules do not allow. `status` is the HTTP status it is answered with."""

    status = 409

    def __init__(self, message: Words) -> None:
        super().__init__(str(type(self).__name__))
        self.message = message


class NotFound(Refused):
    """There is no such row, or it is another site's."""

    status = 404

    def __init__(self, message: Words | None = None) -> None:
        super().__init__(message or lazy_gettext("This page or entry does not exist here."))


class Forbidden(Refused):
    """The person's roles do not allow the act (process 3.2)."""

    status = 403

    def __init__(self, message: Words | None = None) -> None:
        super().__init__(
            message
            or lazy_gettext(
                "Your role does not allow this. Ask a colleague whose role does, or change person."
            )
        )


class Sealed(Refused):
    """What was signed is never changed; a correction is a new row."""


class Stale(Refused):
    """Someone else saved the same row in between."""


class Conflict(Refused):
    """The act does not fit the state that the visit or the thing is in."""


class TagInUse(Refused):
    """The key tag or its slot belongs to another visit."""


class BadPhoto(Refused):
    """The bytes are no photo that can be kept; `status` is 413, 415 or 422."""

    def __init__(self, message: Words, status: int = 422) -> None:
        super().__init__(message)
        self.status = status


class Invalid(Refused):
    """What was typed can't be taken; `problems` says why, by field name.

    `warnings` are said too, but would not have refused the form alone.
    """

    status = 422

    def __init__(self, problems: Mapping[str, Words]) -> None:
        super().__init__(next(iter(problems.values()), ""))
        self.problems = dict(problems)


class TooMany(Refused):
    """Too many tries; wait."""

    status = 429
