"""Showing the order to the customer: each content shown is a version, and tells what is due (5.4).

A signature under the order is one on the version with the same facts (T12); an older one does not
stand, and what has to be signed again is known line by line.
"""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from inspect_app.db import db
from inspect_app.errors import Conflict
from inspect_app.i18n import LOCALES, money, zone
from inspect_app.orders import disclosures
from inspect_app.orders.authorisation import LineChange, covered, line_changes, other_changes
from inspect_app.orders.models import Disclosure, OrderVersion
from inspect_app.signatures import statements
from inspect_app.signatures.order_words import disclosure_lines, due_now
from inspect_app.signatures.rules import ORDER
from inspect_app.signatures.seal import facts_of
from inspect_app.staff.models import Person
from inspect_app.visits.actions import change_state
from inspect_app.visits.file import VisitFile
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit
from inspect_app.visits.progress import progress_of
from inspect_app.visits.rules import missing_for, transition

log = logging.getLogger(__name__)


def show_order(file: VisitFile, *, shown_on: str, by: uuid.UUID, at: datetime) -> OrderVersion:
    """The version that the customer is shown now: the last one where nothing has changed since.

    A first version takes T10, a later one T11. Raises Conflict while something is missing (T10).
    """
    facts = progress_of(file).facts
    if missing_for("T10", facts):
        raise Conflict(
            _l("The order is not whole yet. Its page lists what is missing; then show it.")
        )
    language = customers_language(file.visit)
    said = statements.statement(ORDER, file, language)
    sha256 = facts_of(ORDER, said.facts).sha256
    last = last_version(file.order.id)
    if last is not None and last.facts_sha256 == sha256:
        return last
    valid_until = at.astimezone(zone()).date() + timedelta(days=file.rules.quote_valid_days)
    shown = OrderVersion(
        id=uuid.uuid4(), order_id=file.order.id, number=last.number + 1 if last else 1,
        facts_sha256=sha256, facts=said.facts, words=said.words, language=language,
        shown_on=shown_on, valid_until_on=valid_until, by_id=by, captured_at=at,
    )  # fmt: skip
    db.session.add(shown)
    note(file.visit.id, "order.shown", by=by, at=at, screen="order", number=shown.number)
    for due in due_now(file):
        tell(
            file.visit, due.code, channel=shown_on, about=due.about, by=by, at=at,
            amount=money_in(language, due.amount),
        )  # fmt: skip
    _move(file.visit, facts.drafted_at, is_first=last is None, by=by, at=at)
    db.session.flush()
    log.info("order shown order=%s version=%s", file.order.id, shown.number)
    return shown


def _move(
    visit: Visit, drafted_at: datetime | None, *, is_first: bool, by: uuid.UUID, at: datetime
) -> None:
    if visit.state in transition("T10").origins:
        moved_at = min(max(drafted_at or at, visit.state_since), at)
        change_state(visit, "T10", by=by, at=moved_at, screen="order")
    elif visit.state == "quoted" and not is_first:
        change_state(visit, "T11", by=by, at=at, screen="order")


def customers_language(visit: Visit) -> str:
    """The language that the customer reads."""
    return visit.customer_locale if visit.customer_locale in LOCALES else "en"


def money_in(language: str, amount: int | None) -> str:
    """An amount as people of a language write it."""
    with statements.in_language(language):
        return money(amount)


def tell(
    visit: Visit,
    code: str,
    *,
    channel: str,
    by: uuid.UUID,
    at: datetime,
    about: Sequence[str] = (),
    **facts: str,
) -> Disclosure:
    """Keeps that the customer was told this (5.4), in which words, when and by whom."""
    language = customers_language(visit)
    told = Disclosure(
        id=uuid.uuid4(), visit_id=visit.id, code=code, language=language, channel=channel,
        text=disclosures.text(code, language, **facts), about=list(about), by_id=by, captured_at=at,
    )  # fmt: skip
    db.session.add(told)
    db.session.flush()
    return told


def last_version(order_id: uuid.UUID) -> OrderVersion | None:
    """The newest version that a customer was shown."""
    return db.session.scalar(
        select(OrderVersion)
        .where(OrderVersion.order_id == order_id)
        .order_by(OrderVersion.number.desc())
        .limit(1)
    )


def disclosures_told(visit_id: uuid.UUID) -> Sequence[Disclosure]:
    """Everything the customer of a visit was told, oldest first."""
    return db.session.scalars(
        select(Disclosure)
        .where(Disclosure.visit_id == visit_id)
        .order_by(Disclosure.captured_at, Disclosure.id)
    ).all()


@dataclass(frozen=True)
class Shown:
    """One version with who showed it, and whether S1 stands on it or did."""

    version: OrderVersion
    by: str
    is_signed: bool


@dataclass(frozen=True)
class Standing:
    """The order between what was shown, what was signed, and what it says now.

    `changes` and `others`: lines and anything else since the signed version, else since the shown
    one. `covered`: ids of the lines whose signature holds.
    """

    shown: Sequence[Shown] = ()
    due: Sequence[tuple[str, str]] = ()
    changes: Sequence[LineChange] = ()
    others: bool = False
    covered: frozenset[str] = field(default_factory=frozenset)

    @property
    def signed(self) -> Shown | None:
        """The last version that was signed."""
        return next((one for one in reversed(self.shown) if one.is_signed), None)

    @property
    def is_stale(self) -> bool:
        """Whether the order says something else than what was signed or shown last."""
        return bool(self.shown) and (bool(self.changes) or self.others)


def standing_of(file: VisitFile, language: str = "") -> Standing:
    """What was shown of this order, what is signed of it, and what must be signed again.

    What is due to be told is said in this language, else in the customer's.
    """
    signed = {row.facts_sha256 for row in file.signatures if row.code == ORDER}
    rows = db.session.execute(
        select(OrderVersion, Person.name)
        .join(Person, Person.id == OrderVersion.by_id)
        .where(OrderVersion.order_id == file.order.id)
        .order_by(OrderVersion.number)
    )
    shown = [Shown(one, name, one.facts_sha256 in signed) for one, name in rows]
    found = Standing(shown, _due_texts(file, language or customers_language(file.visit)))
    base = found.signed or (shown[-1] if shown else None)
    if base is None:
        return found
    now: dict[str, Any] = statements.facts(ORDER, file)
    then = base.version.facts
    holds = covered(now["items"], then["items"]) if base.is_signed else frozenset()
    changes = line_changes(now["items"], then["items"])
    return Standing(shown, found.due, changes, other_changes(now, then), holds)


def _due_texts(file: VisitFile, language: str) -> list[tuple[str, str]]:
    with statements.in_language(language):
        lines = disclosure_lines(file)
    return [(due.code, line.text) for due, line in zip(due_now(file), lines, strict=True)]
