"""The demo's visits, made by the same actions as real ones, so that `check` finds nothing wrong."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import g
from sqlalchemy import select

from inspect_app.belongings.actions import BelongingDraft, CountDraft, save_belonging, save_count
from inspect_app.belongings.boxes import open_box, seal_box
from inspect_app.customers.actions import CustomerDraft, answer_consents, remember_customer
from inspect_app.db import db, now
from inspect_app.gate_passes.actions import PassDraft, issue
from inspect_app.key_tags.actions import KeyDraft, put_in, register_key
from inspect_app.key_tags.models import KeyMovement
from inspect_app.orders.actions import save_head
from inspect_app.orders.line_actions import save_line
from inspect_app.orders.models import Order
from inspect_app.papers.actions import PaperDraft, save_paper
from inspect_app.papers.rules import asked_papers
from inspect_app.readings.actions import ReadingDraft, save_reading
from inspect_app.seeds.appointments import seed_appointments
from inspect_app.seeds.desk import half_prepare, make_ready, set_up_desk
from inspect_app.seeds.photos import take_photo
from inspect_app.seeds.sittings import sign
from inspect_app.seeds.stories import STORIES, Story
from inspect_app.seeds.workshop import bring_in
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person, Tablet
from inspect_app.vehicles.actions import VehicleDraft, remember_vehicle
from inspect_app.vehicles.rules import read_plate
from inspect_app.visits.actions import ArrivalDraft, change_state, open_visit, tell_complete
from inspect_app.visits.file import file_of
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.walkaround.actions import MarkDraft, note_conditions, save_mark
from inspect_app.walkaround.drawings import drawing_of
from inspect_app.walkaround.rules import stations
from inspect_app.walkaround.stations import answer_check, close_station

IN_WORKSHOP_AFTER = timedelta(minutes=70)
LATER = (
    ("T21", "Seojun", IN_WORKSHOP_AFTER),
    ("T27", "Seojun", timedelta(hours=4)),
    ("T29", "Seojun", timedelta(hours=4, minutes=20)),
    ("T30", "Haoran", timedelta(hours=4, minutes=35)),
    ("T32", "Yuna", timedelta(hours=6)),
    ("T33", "Yuna", timedelta(hours=6, minutes=9)),
    ("T34", "Haoran", timedelta(hours=6, minutes=12)),
    ("T35", "Haoran", timedelta(hours=6, minutes=25)),
    ("T37", "Gate", timedelta(hours=6, minutes=31)),
    ("T38", "Haoran", timedelta(days=2)),
    ("T39", "Haoran", timedelta(days=3)),
)
"""How a demo visit goes on after its check-in: transition, who, and how long after the arrival."""


@dataclass(frozen=True)
class Cast:
    """Who acts, and on which tablet."""

    people: dict[str, uuid.UUID]
    site: Site
    tablet_id: uuid.UUID

    @property
    def receptionist(self) -> uuid.UUID:
        """Minji, who takes the cars in."""
        return self.people["Minji"]


def seed_visits(site: Site) -> None:
    """Past visits, cars in the plant and one that has just come. The session is bound to `site`;
    the caller commits."""
    g.timezone, g.currency, g.site_name = site.timezone, site.currency, site.name
    tablet = Tablet(id=uuid.uuid4(), name="Demo tablet")
    db.session.add(tablet)
    db.session.flush()
    people = {person.name: person.id for person in db.session.scalars(select(Person))}
    set_up_desk(site)
    cast = Cast(people, site, tablet.id)
    at = now()
    for story in STORIES:
        _tell(story, cast, at - story.ago)
        db.session.expire_all()
    seed_appointments(people, at)


def _tell(story: Story, cast: Cast, at: datetime) -> None:
    visit = visit_of(_arrive(story, cast, at).id)
    if story.reach == "arrived":
        return
    _order(story, visit, cast, at + timedelta(minutes=3))
    _walk(story, visit, cast, at + timedelta(minutes=6))
    if story.reach == "walking":
        return
    _things(story, visit, cast, at + timedelta(minutes=14))
    _readings(story, visit, cast, at + timedelta(minutes=19))
    sealed_at = at + timedelta(minutes=24)
    sign(
        file_of(visit.id), cast.site, cast.receptionist, "Minji", cast.tablet_id, sealed_at,
        [mark.view for mark in story.marks],
    )  # fmt: skip
    if story.reach == "signed":
        return
    tell_complete(visit, waits=False, by=cast.receptionist, at=sealed_at + timedelta(minutes=3))
    if story.late_photo:
        take_photo(visit, story, "boot", cast.receptionist, sealed_at + timedelta(minutes=9))
    if story.reach in ("preparing", "ready"):
        _go_on(visit, cast, at, until="T29")
        prepare = make_ready if story.reach == "ready" else half_prepare
        prepare(visit, cast.people, at + timedelta(hours=4, minutes=25))
    elif story.reach == "in_workshop":
        bring_in(visit, cast.people, cast.tablet_id, at + IN_WORKSHOP_AFTER)
    elif story.reach == "settled":
        _go_on(visit, cast, at, until="T33")
        _issue_pass(visit, cast, at + timedelta(hours=6, minutes=10))
    elif story.reach == "closed":
        _go_on(visit, cast, at, until="T39")
        _give_back(visit, cast, at + timedelta(hours=6, minutes=25))


def _arrive(story: Story, cast: Cast, at: datetime) -> Visit:
    car, by = story.car, cast.receptionist
    plate = read_plate(car.plate)
    vehicle = remember_vehicle(
        VehicleDraft(
            uuid.uuid4(), plate.shown, plate.key, make=car.make, model=car.model,
            body_type=car.body_type, powertrain=car.powertrain, colour=car.colour,
        )
    )  # fmt: skip
    consents = {"data": True, "contact": True, "promotion": False}
    customer = remember_customer(
        CustomerDraft(uuid.uuid4(), car.owner, car.phone, car.organisation, locale=car.locale), None
    )
    vehicle.customer_id = customer.id
    draft = ArrivalDraft(
        visit_id=uuid.uuid4(),
        order_id=uuid.uuid4(),
        purpose=story.purpose,
        bay=story.bay,
        customer_locale=car.locale,
        bringer_relation=car.relation,
        bringer_name=car.bringer,
        how_we_work_shown=True,
    )
    visit = open_visit(
        draft, vehicle_id=vehicle.id, customer_id=customer.id, returning=False, by=by, at=at
    )
    answer_consents(customer.id, visit.id, consents, by=by, at=at)
    return visit


def _order(story: Story, visit: Visit, cast: Cast, at: datetime) -> None:
    order = db.session.scalars(select(Order).where(Order.visit_id == visit.id)).one()
    head = {
        "customer_words": story.words,
        "promised_at": (visit.arrived_at + story.promised_in).replace(second=0, microsecond=0),
        "category": story.category,
        **story.wishes,
    }
    save_head(order, head, version=order.version, by=cast.receptionist, at=at)
    for place, (words, price) in enumerate(story.lines):
        when = at + timedelta(seconds=20 * place)
        values = {"description": words, "base_amount": price}
        save_line(order, uuid.uuid4(), values, by=cast.receptionist, at=when)


def _walk(story: Story, visit: Visit, cast: Cast, at: datetime) -> None:
    by = cast.receptionist
    note_conditions(visit, {"body_condition": "clean", "light": "day"}, by=by, at=at)
    for place, stain in enumerate(story.marks):
        drawing = drawing_of("outside", story.car.body_type)
        x, y = drawing.centre_of(stain.zone)
        when = at + timedelta(seconds=40 * place)
        draft = MarkDraft(
            uuid.uuid4(), "outside", stain.zone, x, y, stain.damage_type, stain.severity,
            stain.size_class, stain.remark,
        )  # fmt: skip
        mark = save_mark(visit, draft, by=by, at=when)
        if stain.has_photo:
            take_photo(visit, story, story.angles[0], by, when, mark_id=mark.id)
    for place, angle in enumerate(story.angles):
        take_photo(visit, story, angle, by, at + timedelta(seconds=150 + 12 * place))
    done = stations()[:3] if story.reach == "walking" else stations()
    if story.indicator:
        answer_check(
            visit, uuid.uuid4(), "indicator", story.indicator, "on", "", by=by,
            at=at + timedelta(minutes=4),
        )  # fmt: skip
    for place, station in enumerate(done):
        when = at + timedelta(minutes=4, seconds=12 * place)
        close_station(visit, station.code, "normal", by=by, at=when)


def _things(story: Story, visit: Visit, cast: Cast, at: datetime) -> None:
    by = cast.receptionist
    for code in asked_papers(story.category):
        draft = PaperDraft.in_order(uuid.uuid4(), code)
        if code == story.missing_paper:
            draft = PaperDraft(
                uuid.uuid4(), code, False, discrepancy=MISSING[story.car.locale],
                agreed=AGREED[story.car.locale],
            )  # fmt: skip
        save_paper(visit, draft, by=by, at=at)
    for code, quantity, place in story.things:
        item = BelongingDraft(uuid.uuid4(), code, quantity, place=place, condition="good")
        save_belonging(visit, item, by=by, at=at + timedelta(minutes=1))
    if any(place == "in_box" for _code, _quantity, place in story.things):
        seal_box(visit, "", row_id=uuid.uuid4(), by=by, at=at + timedelta(minutes=2))
    count = CountDraft(uuid.uuid4(), "none", True, nothing_left=not story.things)
    save_count(visit, count, by=by, at=at + timedelta(minutes=3))


MISSING = {"en": "Left at home", "ko": "집에 두고 옴", "zh": "忘在家里"}
AGREED = {"en": "Comes by mail tomorrow", "ko": "내일 메일로 보냄", "zh": "明天发电子件"}


def _readings(story: Story, visit: Visit, cast: Cast, at: datetime) -> None:
    by, keys = cast.receptionist, story.keys
    draft = ReadingDraft(
        uuid.uuid4(),
        story.odometer,
        fuel_eighths=story.fuel_eighths,
        charge_percent=story.charge_percent,
        range_km=310 if story.charge_percent else None,
    )
    save_reading(visit, draft, by=by, at=at)
    key = KeyDraft(uuid.uuid4(), "", "", *keys)
    register_key(visit, key, by=by, at=at + timedelta(minutes=1), tablet_id=cast.tablet_id)
    put_in(
        visit, row_id=uuid.uuid4(), by=by, at=at + timedelta(minutes=2), tablet_id=cast.tablet_id
    )


def _go_on(visit: Visit, cast: Cast, at: datetime, until: str) -> None:
    for number, name, after in LATER:
        change_state(visit, number, by=cast.people[name], at=at + after, screen="demo")
        db.session.flush()
        if number == until:
            return


def _issue_pass(visit: Visit, cast: Cast, at: datetime) -> None:
    """Settled: the gate pass is made at once, and waits for S4."""
    draft = PassDraft(id=uuid.uuid4(), kind="settled", fee_status="paid")
    issue(visit, draft, by=cast.people["Yuna"], at=at)


def _give_back(visit: Visit, cast: Cast, at: datetime) -> None:
    """Box opened, key handed back: both are free for the next car."""
    file, by = file_of(visit.id), cast.people["Haoran"]
    open_box(visit, by=by, at=at)
    if file.key is not None:
        file.key.released_at = at
        moved = KeyMovement(registration_id=file.key.id, kind="given_back", by_id=by)
        moved.captured_at = at
        db.session.add(moved)
    db.session.flush()
