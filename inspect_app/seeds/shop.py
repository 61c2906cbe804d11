"""The demo shop itself: site, bays, staff, key cabinet and tags, boxes."""

import uuid

from inspect_app.belongings.models import Box
from inspect_app.db import bind_site, db
from inspect_app.key_tags.codes import new_token
from inspect_app.key_tags.models import Cabinet, KeyTag, Slot
from inspect_app.seeds.prices import seed_prices
from inspect_app.seeds.workshop import seed_teams
from inspect_app.sites.models import Bay, Site
from inspect_app.staff.actions import add_person
from inspect_app.staff.rules import Role

DEMO_CAST: tuple[tuple[str, tuple[Role, ...], str], ...] = (
    ("Minji", (Role.RECEPTIONIST,), "1111"),
    ("Haoran", (Role.RECEPTIONIST, Role.BUSINESS_CLERK), "2222"),
    ("Jun", (Role.BUSINESS_SUPERVISOR,), "3333"),
    ("Seojun", (Role.WORKSHOP_SUPERVISOR, Role.QUALITY_INSPECTOR), "4444"),
    ("Yuna", (Role.SETTLEMENT_CLERK, Role.CASHIER), "5555"),
    ("Daniel", (Role.TEAM,), "6666"),
    ("Gate", (Role.GATE_GUARD,), "7777"),
    ("Eun-ji", (Role.MANAGER,), "8888"),
    ("Taemin", (Role.DIAGNOSING_TECHNICIAN,), "9999"),
    ("Areum", (Role.TEAM,), "1010"),
    ("Bora", (Role.CAR_WASHER,), "1212"),
    ("Kangho", (Role.PARTS,), "1313"),
)
"""Name, roles, PIN. Every page of a demo says that it is one."""

ROWS, COLUMNS = 5, 8


def seed_shop(*, code: str = "demo", name: str = "Hanbit Motors", demo: bool = True) -> Site:
    """A site with everything that a first check-in needs; binds the session to it."""
    site = Site(
        id=uuid.uuid4(),
        code=code,
        name=name,
        address="12 Seongsu-daero, Seongdong-gu, Seoul",
        phone="02-555-0123",
        timezone="Asia/Seoul",
        currency="KRW",
        locale="en",
        demo=demo,
        settings={"key_host": "KEYS.HANBIT.EXAMPLE", "diagnosis_fee_amount": 30_000},
    )
    db.session.add(site)
    db.session.flush()
    bind_site(site.id)
    for person, roles, pin in DEMO_CAST:
        add_person(person, pin, roles)
    for position, bay in enumerate(("Bay 1", "Bay 2", "Bay 3")):
        db.session.add(Bay(name=bay, position=position))
    cabinet = Cabinet(id=uuid.uuid4(), name="A", rows=ROWS, columns=COLUMNS)
    db.session.add(cabinet)
    db.session.flush()
    for position in range(ROWS * COLUMNS):
        label = f"{chr(ord('A') + position // COLUMNS)}{position % COLUMNS + 1}"
        db.session.add(Slot(cabinet_id=cabinet.id, label=label, position=position))
        db.session.add(KeyTag(number=position + 1, token=new_token()))
    for position in range(12):
        db.session.add(Box(number=str(position + 1), position=position))
    db.session.flush()
    seed_teams()
    seed_prices()
    return site
