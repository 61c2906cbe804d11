"""What is still to be given back (T34, T35, T40)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from inspect_app.visits.rules import Missing

SUBJECTS: Final = ("key", "paper", "belonging")
PLACE: Final = "returns"
_NOT_BACK: Final = {
    "key": "KEY_NOT_RETURNED",
    "paper": "PAPER_NOT_RETURNED",
    "belonging": "BELONGING_NOT_RETURNED",
}


@dataclass(frozen=True)
class ToReturn:
    """One thing that was taken in: `ref` is its row's id, `quantity` how many there were."""

    subject: str
    ref: str
    quantity: int = 1


@dataclass(frozen=True)
class Given:
    """What was said of it: how many went back, and what is to be said of the difference."""

    quantity: int
    difference: str = ""
    at: datetime | None = None


def is_short(thing: ToReturn, given: Given) -> bool:
    """Whether not all of it went back."""
    return given.quantity < thing.quantity


def missing_returns(
    things: Iterable[ToReturn],
    given: Mapping[tuple[str, str], Given],
    *,
    box_is_closed: bool = False,
    signed_at: datetime | None = None,
    needs_signature: bool = False,
) -> list[Missing]:
    """What still has to be given back, explained, opened or signed, in that order.

    `given`: by subject and id. A difference needs a word, or a person explains it later without
    knowing it. `signed_at`: the customer's signature under the list; it comes after the last tick.
    """
    missing = []
    things = list(things)
    last_at: datetime | None = None
    for thing in things:
        said = given.get((thing.subject, thing.ref))
        if said is None:
            missing.append(Missing(_NOT_BACK[thing.subject], PLACE, thing.ref))
            continue
        if is_short(thing, said) and not said.difference:
            missing.append(Missing("DIFFERENCE_UNEXPLAINED", PLACE, thing.ref))
        if said.at is not None and (last_at is None or said.at > last_at):
            last_at = said.at
    if box_is_closed:
        missing.append(Missing("BOX_NOT_OPENED", PLACE))
    if needs_signature and things:
        if signed_at is None:
            missing.append(Missing("SB_MISSING", PLACE))
        elif last_at is not None and signed_at < last_at:
            missing.append(Missing("SB_OLDER_THAN_LIST", PLACE))
    return missing
