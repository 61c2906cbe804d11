"""Sittings: the occasions on which a customer signs, each registered by the noun it belongs to.

Customer mode, signing by link, sealing, the record and the papers know no noun; they ask this
registry. The check-in is one sitting among others (check_in.py: S1, SD, SI, S2). A noun adds its
own where its routes are imported:

    def _sheet(about: About) -> Said | None:
        settlement = settlement_of(about.visit.id)   # from the database, never from a form
        if settlement is None:
            return None                              # nothing to sign
        return Said(
            title=_("Settlement"),                   # runs in the customer's language
            lines=(Line("total", _("To pay"), money(settlement.amount)),
                   Line("close", _("I agree with this sheet."))),
            facts={"settlement": str(settlement.id), "total_amount": settlement.amount},
        )

    def _signed(about: About, seal: Seal, *, by: uuid.UUID, at: datetime) -> None:
        change_state(about.visit, "T33", by=by, at=at, screen="customer")

    add_sitting(Sitting(
        name="settlement",
        title=_l("Settlement"),
        pages=(Page("sheet", _l("What you pay"), ("SP",)),),
        said={"SP": _sheet},
        states=frozenset({"settling"}),
        roles=(Role.SETTLEMENT_CLERK, Role.CASHIER),
        after=_signed,
        leads_to=lambda about: url_for("settlements.show", visit_id=about.visit.id),
    ))

To hand the tablet over, post to `url_for("signatures.hand_over", visit_id=…, sitting="settlement")`
with `about=<id>` where the sitting is about one thing of several, such as one addition: it comes
back as `about.subject_id` and tells the seals of one apart from those of another. To let the
customer sign on the own phone, see links.py.

Facts know no language and hold everything that was agreed to: a signature stands while the facts
it signed are those of now. Where the customer answers something on the page (yes, no, later), the
lines hold one `choice_line` for each question, the facts hold `"answers": {key: chosen}`, and
`answer` keeps what was tapped; nothing can be signed before each is answered.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l

from inspect_app.errors import Conflict, NotFound, Words
from inspect_app.orders.queries import order_number_of
from inspect_app.signatures.lines import Line, photo_line
from inspect_app.signatures.models import Seal
from inspect_app.signatures.queries import last_signed_in
from inspect_app.signatures.rules import CODES, Facts, stands
from inspect_app.signatures.seal import facts_of
from inspect_app.signatures.statements import Statement, in_language
from inspect_app.staff.rules import Role
from inspect_app.visits.file import NotedPhoto, VisitFile, file_of
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of

CHECK_IN = "check-in"
GONE = _l("There is nothing to sign here any more. Please give this back to the reception.")


@dataclass(frozen=True)
class About:
    """What a sitting is about: a visit, and where it has several such things, which of them."""

    visit: Visit
    subject_id: uuid.UUID | None = None

    @cached_property
    def file(self) -> VisitFile:
        """Everything of the visit; read only by those who need it."""
        return file_of(self.visit.id)

    @cached_property
    def order_number(self) -> str:
        """The number of the visit's order; empty where there is none yet."""
        if "file" in self.__dict__:
            return self.file.order.number
        return order_number_of(self.visit.id)

    @classmethod
    def of(cls, file: VisitFile, subject_id: uuid.UUID | None = None) -> "About":
        """A visit whose file was read already."""
        about = cls(file.visit, subject_id)
        about.__dict__["file"] = file
        return about


@dataclass(frozen=True)
class Said:
    """What a statement says now, in the language of this answer; `photos` are shown with it."""

    title: str
    lines: Sequence[Line]
    facts: dict[str, Any]
    photos: Sequence[NotedPhoto] = ()


@dataclass(frozen=True)
class Page:
    """One of the customer's pages; `name` is its anchor, `codes` the statements on it."""

    name: str
    title: Words
    codes: tuple[str, ...]


@dataclass(frozen=True)
class ToSign:
    """The codes to sign now in the order shown, and since when the others stand."""

    due: tuple[str, ...]
    held: Mapping[str, datetime]


class After(Protocol):
    """What runs in the seal's own transaction when all that was signed in it stands; raising a
    refusal refuses the seal. The session is flushed, nothing is committed yet."""

    def __call__(self, about: About, seal: Seal, *, by: uuid.UUID, at: datetime) -> None: ...


class Answer(Protocol):
    """Keeps what the customer tapped: the chosen option by the key of its `choice_line`."""

    def __call__(
        self, about: About, answers: Mapping[str, str], *, by: uuid.UUID, at: datetime
    ) -> None: ...


class Handed(Protocol):
    """What runs when the tablet is handed over: what the customer is going to be shown is kept."""

    def __call__(
        self, about: About, codes: Sequence[str], *, by: uuid.UUID, at: datetime
    ) -> None: ...


@dataclass(frozen=True)
class Sitting:
    """One occasion to sign.

    `said` builds each statement, None where the visit has none. `states`: those of the visit in
    which it may be signed. `roles`: who hands the tablet over and takes it back; `leads_to`: where
    they go on. `gives_copy`: whether the thank-you page offers the link to the customer's papers.
    `photo_subjects`: which statement a photo that is still on the tablet belongs to, by what it is
    of. `by_link`: whether it can be signed away from the car. `reads_file`: its statements need the
    visit's whole file. `goes_on_in_parts`: `after` runs too where only a part of what was signed
    stands. `handed`: keeps what is going to be shown. `to_sign`, `admit` and `check` are for a
    sitting with rules of its own, as the check-in.
    """

    name: str
    title: Words
    pages: tuple[Page, ...]
    said: Mapping[str, Callable[[About], Said | None]]
    states: frozenset[str]
    roles: tuple[Role, ...]
    after: After
    leads_to: Callable[[About], str]
    reads_file: bool = False
    goes_on_in_parts: bool = False
    by_link: bool = True
    answer: Answer | None = None
    handed: Handed | None = None
    thanks: Callable[[About], Words] = lambda _about: _l("This is signed and sealed.")
    gives_copy: bool = True
    photo_subjects: Mapping[str, str] = field(default_factory=dict)
    to_sign: Callable[[About], ToSign] | None = None
    admit: Callable[[About], None] | None = None
    check: Callable[[About, tuple[str, ...], datetime], None] | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """Its statements, in the order of a sealed document."""
        return tuple(code for code in CODES if code in self.said)


_SITTINGS: dict[str, Sitting] = {}


def add_sitting(sitting: Sitting) -> None:
    """Adds a sitting, or names it anew."""
    _SITTINGS[sitting.name] = sitting


def sitting_named(name: str) -> Sitting:
    """Raises NotFound for a name that no noun registered."""
    if name not in _SITTINGS:
        raise NotFound
    return _SITTINGS[name]


def all_sittings() -> Sequence[Sitting]:
    """Every sitting, in the order registered."""
    return tuple(_SITTINGS.values())


def about_visit(
    sitting: Sitting, visit_id: uuid.UUID, subject_id: uuid.UUID | None = None
) -> About:
    """What this sitting is about. Raises NotFound, also for another site's visit."""
    if sitting.reads_file:
        return About.of(file_of(visit_id), subject_id)
    return About(visit_of(visit_id), subject_id)


def admit(sitting: Sitting, about: About) -> None:
    """Raises Conflict (or the sitting's own refusal) where nothing of it may be signed now."""
    if sitting.admit is not None:
        sitting.admit(about)
    elif about.visit.state not in sitting.states:
        raise Conflict(GONE)


def to_sign(sitting: Sitting, about: About) -> ToSign:
    """What is due, and what stands."""
    if sitting.to_sign is not None:
        return sitting.to_sign(about)
    now = facts_now(sitting, about)
    signed = last_signed_in(about.visit.id, sitting.name, about.subject_id)
    held = {
        code: signed[code].signed_at
        for code in now
        if code in signed and stands(signed[code].facts, now[code])
    }
    is_open = about.visit.state in sitting.states
    return ToSign(tuple(code for code in now if is_open and code not in held), held)


def facts_now(sitting: Sitting, about: About) -> dict[str, Facts]:
    """What a signature must have seen to stand, by statement."""
    found = {code: sitting.said[code](about) for code in sitting.codes}
    return {
        code: facts_of(code, said.facts, (noted.photo.sha256 for noted in said.photos))
        for code, said in found.items()
        if said is not None
    }


def said_in(language: str, sitting: Sitting, code: str, about: About) -> Said | None:
    """What the statement says in a language."""
    with in_language(language):
        return sitting.said[code](about)


def statement_of(code: str, said: Said) -> Statement:
    """As it is shown and sealed."""
    photos = tuple({"id": str(n.photo.id), "sha256": n.photo.sha256} for n in said.photos)
    return Statement(code, said.title, tuple(said.lines), said.facts, photos)


def words_in(language: str, said: Said, photo_count: int) -> list[str]:
    """The lines alone, as they are with so many photos."""
    with in_language(language):
        count = photo_line(photo_count).text
    return [count if line.kind == "photos" else line.text for line in said.lines]
