"""What goes back, as people read and sign it."""

from typing import Any

from flask_babel import gettext as _

from inspect_app.returns.queries import Thing
from inspect_app.signatures.lines import Line, joined, named


def thing_name(thing: Thing) -> str:
    """What a person calls it."""
    if thing.subject == "key":
        return str(_("Keys"))
    if thing.subject == "paper":
        return named("vehicle_documents", thing.code)
    return thing.name or named("belongings", thing.code)


def returned_line(thing: Thing) -> Line:
    """How many went back, and what is said of a difference."""
    back = thing.returned.quantity if thing.returned else 0
    difference = thing.returned.difference.strip() if thing.returned else ""
    if back == thing.quantity:
        said = joined(_("all back"), difference)
    else:
        said = joined(_("%(n)s of %(of)s back", n=back, of=thing.quantity), difference)
    return Line("item", f"{thing_name(thing)} × {thing.quantity}", said)


def returned_facts(things: list[Thing]) -> list[dict[str, Any]]:
    """The same as facts, which know no language."""
    return [
        {
            "subject": thing.subject,
            "id": str(thing.id),
            "of": thing.quantity,
            "quantity": thing.returned.quantity if thing.returned else None,
            "difference": thing.returned.difference.strip() if thing.returned else "",
        }
        for thing in things
    ]
