"""Where a person works besides the five places of the rail: named by the nouns, by role.

    add_place(Place("workshop", "workshop.board", _l("Workshop"), "wrench", frozenset(JOB_READERS)))

Who takes no cars in has the first own place in the rail instead; everybody finds all under More.
"""

from dataclasses import dataclass

from inspect_app.errors import Words
from inspect_app.staff.rules import RECEPTION, Role


@dataclass(frozen=True)
class Place:
    """A page that is entered from anywhere. `endpoint` takes nothing; `icon` is of the sprite. One
    that is `aside` stands under More alone."""

    code: str
    endpoint: str
    words: Words
    icon: str
    roles: frozenset[Role]
    aside: bool = False


_PLACES: dict[str, Place] = {}


def add_place(place: Place) -> None:
    """Adds a place, or names it anew."""
    _PLACES[place.code] = place


def places_for(roles: frozenset[Role]) -> list[Place]:
    """The places of a person with these roles, in the order they were added."""
    return [one for one in _PLACES.values() if one.roles & roles]


def own_place(roles: frozenset[Role]) -> Place | None:
    """What stands in the rail where others take cars in; None for those who do."""
    if not roles.isdisjoint(RECEPTION):
        return None
    return next((one for one in places_for(roles) if not one.aside), None)
