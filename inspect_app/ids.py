"""Ids as the tablet made them."""

import uuid
from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from inspect_app.errors import Invalid


def read_id(form: Mapping[str, str], name: str = "id") -> uuid.UUID:
    """The id in a field. Raises Invalid where it is none."""
    try:
        return uuid.UUID(form.get(name, ""))
    except ValueError:
        raise Invalid(
            {name: _l("The tablet sent no valid id. Open the page again and repeat.")}
        ) from None


def optional_id(form: Mapping[str, str], name: str) -> uuid.UUID | None:
    """An id, or None where the field is empty or missing."""
    return read_id(form, name) if form.get(name) else None
