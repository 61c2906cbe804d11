"""One pass is shown at two gates in the same second."""

import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import select

from inspect_app.db import bind_site, db, now
from inspect_app.gate_passes.actions import NotThroughTheGate, let_through
from inspect_app.gate_passes.models import GatePass
from inspect_app.sites.models import Site
from inspect_app.visits.models import VisitEvent
from tests.conftest import Tablet
from tests.factories import arrive
from tests.web.gate_passes.passes import give_pass, person, put_in_state

GATES = 12


def test_of_many_gates_one_lets_the_car_out(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    put_in_state(visit_id, "delivered")
    pass_id = give_pass(visit_id, "settled", released=True).id
    site_id, guard = shop.id, person("Gate")
    db.session.commit()
    start = threading.Barrier(GATES)

    def open_gate(_number: int) -> str:
        with app.app_context():
            bind_site(site_id)
            start.wait()
            try:
                let_through(pass_id, going="out", by=guard, at=now())
                db.session.commit()
            except NotThroughTheGate:
                db.session.rollback()
                return "stays"
            return "out"

    with ThreadPoolExecutor(GATES) as gates:
        answers = Counter(gates.map(open_gate, range(GATES)))

    db.session.expire_all()
    assert answers == {"out": 1, "stays": GATES - 1}
    assert db.session.get_one(GatePass, pass_id).used_by_id == guard
    left = select(VisitEvent).where(VisitEvent.transition == "T37")
    assert len(db.session.scalars(left).all()) == 1
    assert isinstance(pass_id, uuid.UUID)
