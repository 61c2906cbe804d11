"""What a later visit finds changes nothing in what an earlier one showed and sealed."""

import uuid

from sqlalchemy import select, update

from inspect_app.db import db
from inspect_app.sites.models import Site
from inspect_app.visits.file import file_of
from inspect_app.visits.models import Visit
from inspect_app.walkaround.models import Mark
from tests.conftest import Tablet
from tests.factories import arrive, ready_to_sign


def _leaves(visit_id: str) -> None:
    here = Visit.id == uuid.UUID(visit_id)
    db.session.execute(update(Visit).where(here).values(state="left"))
    db.session.commit()


def test_a_mark_found_gone_later_stays_in_the_visit_that_saw_it(minji: Tablet, shop: Site) -> None:
    first = ready_to_sign(minji, marks=1)
    mark_id = db.session.scalars(select(Mark.id)).one()
    _leaves(first)
    second = arrive(minji)
    _leaves(second)
    third = arrive(minji)

    answer = minji.post(f"/visits/{third}/known-marks/{mark_id}", {"still_there": "no"})
    assert answer.status_code == 303
    _leaves(third)
    fourth = arrive(minji)

    db.session.expire_all()
    known = {
        name: [noted.mark.id for noted in file_of(uuid.UUID(visit_id)).known_marks]
        for name, visit_id in (("second", second), ("third", third), ("fourth", fourth))
    }
    assert known == {"second": [mark_id], "third": [mark_id], "fourth": []}
