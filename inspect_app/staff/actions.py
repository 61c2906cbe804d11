"""Signing in and out, and setting a PIN."""

import hmac
import logging
import secrets
import uuid
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from flask import current_app
from flask_babel import lazy_gettext, ngettext
from sqlalchemy import delete, update
from sqlalchemy.orm import selectinload

from inspect_app.db import db
from inspect_app.errors import Invalid, NotFound, TooMany
from inspect_app.i18n import LOCALES
from inspect_app.pwa.models import Receipt
from inspect_app.staff.models import Person, PersonRole, SignIn, Tablet, WrongPins
from inspect_app.staff.queries import token_sha256, wrong_pins
from inspect_app.staff.rules import Role, is_pin, wait_after

log = logging.getLogger(__name__)
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""30 ms a PIN (measured 2026-11-23). The wait after wrong PINs protects, not the hash."""

RECEIPTS_LAST = timedelta(days=30)
"""Some 10 MB a day; older answers are swept out when someone signs in. An entry that comes again
after that is still one row, by the row's own id."""


def _peppered(pin: str) -> bytes:
    return hmac.digest(current_app.extensions["settings"].secret, pin.encode(), "sha256")


def hash_pin(pin: str) -> str:
    """The keeper's form of a PIN. ValueError unless it is four to six digits."""
    if not is_pin(pin):
        raise ValueError("a PIN is four to six digits")
    return _HASHER.hash(_peppered(pin))


def add_person(name: str, pin: str, roles: tuple[Role, ...], *, locale: str = "en") -> Person:
    """A new colleague with these roles."""
    person = Person(id=uuid.uuid4(), name=name, pin_hash=hash_pin(pin), locale=locale)
    person.roles = [PersonRole(role=role.value) for role in roles]
    db.session.add(person)
    db.session.flush()
    return person


def check_pin(
    person_id: uuid.UUID, pin: str, *, tablet_id: uuid.UUID | None, at: datetime
) -> Person:
    """The person, if this is the PIN. Counts wrong ones; the caller commits in either case.

    Raises TooMany while the person or the tablet has to wait, Invalid where the PIN is wrong.
    """
    person = db.session.get(Person, person_id, options=[selectinload(Person.roles)])
    if person is None or person.left_on is not None:
        raise NotFound
    subjects = [f"person:{person.id}"] + ([f"tablet:{tablet_id}"] if tablet_id else [])
    counts = wrong_pins(subjects)
    waits = [c.next_try_at for c in counts.values() if c.next_try_at and c.next_try_at > at]
    if waits:
        seconds = max(1, round((max(waits) - at).total_seconds()))
        raise TooMany(
            ngettext(
                "Too many wrong PINs. Try again in %(num)s second.",
                "Too many wrong PINs. Try again in %(num)s seconds.",
                seconds,
            )
        )
    if _is_right(person, pin):
        for count in counts.values():
            count.failures, count.next_try_at = 0, None
        return person
    for subject in subjects:
        count = counts.get(subject) or WrongPins(subject=subject, failures=0)
        count.failures += 1
        wait = wait_after(count.failures)
        count.next_try_at = at + wait if wait else None
        db.session.add(count)
    log.warning("wrong pin person=%s tablet=%s", person_id, tablet_id)
    raise Invalid(
        {"pin": lazy_gettext("This is not the PIN of %(name)s. Try again.", name=person.name)}
    )


def _is_right(person: Person, pin: str) -> bool:
    try:
        return _HASHER.verify(person.pin_hash, _peppered(pin))
    except VerifyMismatchError:
        return False


def sign_in(person: Person, tablet: Tablet, *, at: datetime) -> str:
    """Signs the person in on the tablet, whoever was there before is signed out. Returns the token
    for the cookie: 256 random bits."""
    db.session.execute(
        update(SignIn)
        .where(SignIn.tablet_id == tablet.id, SignIn.ended_at.is_(None))
        .values(ended_at=at)
    )
    token, hashed = token_of_new_sign_in()
    db.session.add(
        SignIn(
            token_sha256=hashed,
            person_id=person.id,
            tablet_id=tablet.id,
            started_at=at,
        )
    )
    db.session.execute(delete(Receipt).where(Receipt.answered_at < at - RECEIPTS_LAST))
    db.session.flush()
    log.info("signed in person=%s tablet=%s", person.id, tablet.id)
    return token


def token_of_new_sign_in() -> tuple[str, str]:
    """256 random bits for the cookie, and their hash for the database."""
    token = secrets.token_urlsafe(32)
    return token, token_sha256(token)


def sign_out(sign_in_id: uuid.UUID, *, at: datetime) -> None:
    """Ends the sign-in; what is captured on the tablet stays on the tablet."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(ended_at=at))
    log.info("signed out sign_in=%s", sign_in_id)


def know_tablet(tablet: Tablet | None, *, at: datetime) -> Tablet:
    """The tablet of the cookie, or a new one."""
    if tablet is None:
        tablet = Tablet(id=uuid.uuid4(), first_seen_at=at)
        db.session.add(tablet)
        db.session.flush()
    return tablet


def set_person(person_id: uuid.UUID, locale: str, hand: str) -> None:
    """The person's own language and the hand that holds the pen; what is not given stays."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound
    if locale in LOCALES:
        person.locale = locale
    if hand in ("left", "right"):
        person.hand = hand
