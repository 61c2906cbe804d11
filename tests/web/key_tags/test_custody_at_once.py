"""Two hundred hands reach for one key in the same second."""

import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import select

from inspect_app.db import bind_site, db, now
from inspect_app.key_tags import custody_actions
from inspect_app.key_tags.custody_actions import Act
from inspect_app.key_tags.custody_words import TakenFirst
from inspect_app.key_tags.models import KeyMovement, KeyRegistration
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person
from tests.conftest import Tablet
from tests.factories import ready_to_sign

HANDS = 200
AT_ONCE = 20


def test_of_two_hundred_one_takes_the_key_and_the_rest_hear_who_has_it(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    ready_to_sign(minji)
    key = db.session.scalars(select(KeyRegistration.id)).one()
    site_id, people = shop.id, list(db.session.scalars(select(Person.id).order_by(Person.name)))
    db.session.commit()
    start = threading.Barrier(AT_ONCE)

    def take(number: int) -> str:
        if number < AT_ONCE:
            start.wait()
        with app.app_context():
            bind_site(site_id)
            act = Act(id=uuid.uuid4(), kind="taken_out", seen=0, reason="wash")
            try:
                custody_actions.move_key(
                    key, act, by=people[number % len(people)], at=now(), tablet_id=None, now=now()
                )
                db.session.commit()
            except TakenFirst as told:
                db.session.rollback()
                return str(told.message)
            return "won"

    with ThreadPoolExecutor(AT_ONCE) as hands:
        answers = Counter(hands.map(take, range(HANDS)))

    db.session.expire_all()
    row = db.session.scalars(select(KeyMovement)).one()
    holder = db.session.get_one(Person, row.to_person_id)
    assert answers.pop("won") == 1
    ((told, times),) = answers.items()
    assert times == HANDS - 1
    assert f"{holder.name} has it since" in told
