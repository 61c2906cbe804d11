"""What later processes add to the record of a visit: parts of its story, and the next act.

A noun names its parts and acts when its routes are imported; the record page asks for those of the
visit's state that the person may see. A part is fetched once the page stands, so that the record's
own statements stay as few as they are.
"""

from dataclasses import dataclass

from inspect_app.errors import Words
from inspect_app.staff.rules import Role


@dataclass(frozen=True)
class Part:
    """A part of the story. `endpoint` takes `visit_id` and answers with one `<details
    class="section" id="story-<code>">`; `states` are those in which there is something to tell or
    to do; `place` orders the parts."""

    code: str
    title: Words
    endpoint: str
    states: frozenset[str]
    roles: frozenset[Role]
    place: int


@dataclass(frozen=True)
class Act:
    """A next act of a state, at the bottom of the record; of several the lowest `place` is the main
    one, in the corner of the thumb. `endpoint` takes `visit_id`."""

    words: Words
    endpoint: str
    states: frozenset[str]
    roles: frozenset[Role]
    place: int = 50


_PARTS: dict[str, Part] = {}
_ACTS: dict[str, Act] = {}


def add_part(part: Part) -> None:
    """Adds a part of the story, or names it anew."""
    _PARTS[part.code] = part


def add_act(act: Act) -> None:
    """Adds an act; one more of the same page in other words takes its place."""
    _ACTS[act.endpoint] = act


def parts_for(state: str, roles: frozenset[Role]) -> list[Part]:
    """The parts that this person sees of a visit in this state, in the order of the story."""
    found = [one for one in _PARTS.values() if state in one.states and one.roles & roles]
    return sorted(found, key=lambda one: one.place)


def acts_for(state: str, roles: frozenset[Role]) -> list[Act]:
    """What this person may do next with a visit in this state; the first is the main one."""
    found = [one for one in _ACTS.values() if state in one.states and one.roles & roles]
    return sorted(found, key=lambda one: one.place)
