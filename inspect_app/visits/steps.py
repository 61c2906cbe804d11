"""How far each step of the visit is, for the strip at the top of its pages."""

from collections.abc import Iterable

from inspect_app.visits.rules import Missing

PLACES = ("order", "walkaround", "things", "readings", "customer")


def step_states(missing: Iterable[Missing]) -> dict[str, str]:
    """`done` for every step that nothing is missing from."""
    open_places = {one.place for one in missing}
    return {place: "done" for place in PLACES if place not in open_places}
