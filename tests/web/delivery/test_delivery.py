"""T34 to T37 row by row: each guard refused and allowed, on a real database (process 4.2)."""

import uuid
from datetime import UTC, datetime

from flask import Flask

from inspect_app.db import db
from inspect_app.delivery.models import Complaint, Delivery
from inspect_app.gate_passes.actions import let_through
from inspect_app.gate_passes.models import GatePass
from inspect_app.gate_passes.queries import last_pass, pass_of, verdict_of
from inspect_app.key_tags.models import KeyMovement, KeyRegistration
from inspect_app.photos.models import Photo
from inspect_app.returns.models import Returned
from inspect_app.sheets.actions import token_of_link
from inspect_app.sheets.models import SheetLink
from inspect_app.signatures.models import Seal
from inspect_app.signatures.queries import chain_problems
from inspect_app.sites.models import Site
from inspect_app.visits.file import file_of
from inspect_app.visits.progress import progress_of
from inspect_app.walkaround.models import Mark
from tests.conftest import Tablet, sign_in
from tests.factories import arrive, new_id, seal_form, signed_document
from tests.web.delivery.steps import (
    ALL,
    act,
    begin,
    hand_over,
    look_and_count,
    page,
    settled,
    sign,
    sitting,
    things_on,
    visit_now,
)
from tests.web.photos.sending import a_jpeg, send
from tests.web.sheets.test_sheet import words_of


def the_pass(visit_id: str) -> GatePass:
    visit_now(visit_id)
    found = last_pass(uuid.UUID(visit_id))
    assert found is not None
    return found


def movements() -> list[str]:
    db.session.rollback()
    rows = db.session.scalars(db.select(KeyMovement).order_by(KeyMovement.sequence)).all()
    return [row.kind for row in rows]


def mark_form(**changes: str) -> dict[str, str]:
    return {
        "view": "outside", "zone": "rear_bumper", "x": "0.5", "y": "0.9",
        "damage_type": "scratch", "size_class": "2", **changes,
    }  # fmt: skip


def test_a_car_goes_from_the_desk_through_the_walk_out_of_the_gate(
    minji: Tablet, shop: Site
) -> None:
    visit_id = settled(minji)

    began = begin(minji, visit_id)
    assert began.location == f"/visits/{visit_id}/delivery"
    assert visit_now(visit_id).state == "delivering"
    look_and_count(minji, visit_id)
    signed = sign(minji, visit_id)

    assert signed.location == f"/visits/{visit_id}/sittings/delivery/thank-you"
    assert visit_now(visit_id).state == "delivered"
    assert movements()[-2:] == ["taken_out", "given_back"]
    assert the_pass(visit_id).released_at is not None
    seal = db.session.scalars(db.select(Seal).where(Seal.sitting == "delivery")).one()
    round_ = db.session.scalars(db.select(Delivery)).one()
    assert (round_.outcome, round_.seal_id, seal.differences) == ("signed", seal.id, [])
    assert chain_problems(shop.id) == []
    assert "may leave" in page(minji, visit_id)
    record = minji.get(f"/visits/{visit_id}").text
    assert "S1, SD, SI, S2, S4" in record
    assert "asked again later" not in record

    found = the_pass(visit_id)
    let_through(found.id, going="out", by=found.by_id, at=datetime.now(UTC))
    db.session.commit()
    assert visit_now(visit_id).state == "left"


def test_t34_waits_for_each_part_of_the_packet(minji: Tablet, shop: Site) -> None:
    visit_id = settled(minji)

    for one in ("gate_pass", "order", "sheet", "papers"):
        answer = begin(minji, visit_id, **{f"packet-{one}": ""})
        assert answer.status_code == 409, one
        assert "Something is still missing" in answer.text
    assert visit_now(visit_id).state == "settled"
    assert begin(minji, visit_id).status_code == 303


def test_t34_waits_for_a_gate_pass(minji: Tablet, shop: Site) -> None:
    visit_id = settled(minji)
    db.session.execute(db.delete(GatePass))
    db.session.commit()

    answer = begin(minji, visit_id)

    assert answer.status_code == 409
    assert "There is no gate pass yet" in answer.text


def test_t34_waits_for_the_key_in_the_hand_of_who_delivers(
    minji: Tablet, jun: Tablet, shop: Site
) -> None:
    visit_id = settled(minji)

    alone = act(minji, visit_id, "", **ALL)
    shown = page(minji, visit_id)
    asked = act(minji, visit_id, "", reason="It sticks in the car", **ALL)
    overridden = act(jun, visit_id, "", reason="It sticks in the car", **ALL)

    assert (alone.status_code, asked.status_code) == (409, 409)
    assert "only the business supervisor may go on" in shown
    assert overridden.status_code == 303
    round_ = db.session.scalars(db.select(Delivery)).one()
    assert round_.key_override_reason == "It sticks in the car"
    assert round_.key_override_by_id == round_.by_id


def test_a_key_that_somebody_else_has_is_not_taken(
    app: Flask, minji: Tablet, jun: Tablet, shop: Site
) -> None:
    visit_id = settled(minji)
    haoran = sign_in(app, "Haoran")
    act(haoran, visit_id, "/key-out")

    answer = act(minji, visit_id, "", **ALL)
    again = act(minji, visit_id, "/key-out")

    assert answer.status_code == 409
    assert "Haoran has the key" in page(minji, visit_id)
    assert again.status_code == 409
    assert act(haoran, visit_id, "", **ALL).status_code == 303


def test_a_visit_that_is_not_settled_is_not_given_back(minji: Tablet, shop: Site) -> None:
    visit_id = settled(minji)
    visit = visit_now(visit_id)
    visit.state = "settling"  # not paid yet, and nothing approved
    db.session.commit()

    answer = begin(minji, visit_id)

    assert answer.status_code in (303, 409)
    assert visit_now(visit_id).state == "settling"
    assert minji.get(f"/visits/{visit_id}/delivery").location == f"/visits/{visit_id}"


def test_an_open_line_in_the_workshop_keeps_the_car(minji: Tablet, shop: Site) -> None:
    visit_id = settled(minji)
    visit = visit_now(visit_id)
    visit.state = "in_workshop"
    db.session.commit()

    begin(minji, visit_id)
    for what in ("/outside", "/everything-back", "/key"):
        assert act(minji, visit_id, what).status_code == 409

    assert visit_now(visit_id).state == "in_workshop"
    assert db.session.scalars(db.select(Delivery)).all() == []


def test_nothing_is_signed_before_each_part_of_the_walk(minji: Tablet, shop: Site) -> None:
    visit_id = settled(minji)
    begin(minji, visit_id)

    for what in ("/outside", "/everything-back", "/key"):
        assert hand_over(minji, visit_id).status_code == 409, what
        act(minji, visit_id, what)
    assert hand_over(minji, visit_id).status_code == 303


def test_a_key_that_was_scanned_out_to_the_customer_takes_one_more_tap(
    minji: Tablet, shop: Site
) -> None:
    visit_id = settled(minji)
    begin(minji, visit_id)
    act(minji, visit_id, "/outside")
    act(minji, visit_id, "/everything-back")
    key = db.session.scalars(db.select(KeyRegistration.id)).one()

    minji.post(f"/keys/{key}/movements", {"id": new_id(), "kind": "given_back"})
    act(minji, visit_id, "/key")

    assert movements().count("given_back") == 1
    assert hand_over(minji, visit_id).status_code == 303


def test_a_missing_thing_needs_its_difference_said_and_is_signed_with_it(
    minji: Tablet, shop: Site
) -> None:
    visit_id = settled(minji)
    begin(minji, visit_id)
    umbrellas = next(
        one for one in things_on(page(minji, visit_id)) if _is_belonging(one, "umbrella")
    )

    short = act(minji, visit_id, "/returns", subject_id=umbrellas, quantity="1")
    look_and_count(minji, visit_id)
    assert short.status_code == 303
    assert hand_over(minji, visit_id).status_code == 409
    assert "Less went back than was taken in" in page(minji, visit_id)
    act(
        minji, visit_id, "/returns", subject_id=umbrellas, quantity="1",
        difference="One broke; we buy a new one",
    )  # fmt: skip
    hand_over(minji, visit_id)
    said = sitting(minji, visit_id)["statements"][0]

    assert "Umbrella × 2: 1 of 2 back, One broke; we buy a new one" in said["words"]


def _is_belonging(row_id: str, code: str) -> bool:
    found = db.session.execute(
        db.text("select code from belongings where id = :id"), {"id": uuid.UUID(row_id).hex}
    ).scalar()
    return found == code


def test_more_than_was_taken_in_is_not_given_back(minji: Tablet, shop: Site) -> None:
    visit_id = settled(minji)
    begin(minji, visit_id)
    thing = things_on(page(minji, visit_id))[-1]

    assert act(minji, visit_id, "/returns", subject_id=thing, quantity="50").status_code == 422
    assert act(minji, visit_id, "/returns", subject_id=new_id()).status_code == 404


def test_a_new_mark_stands_apart_from_the_arrivals_and_is_signed(minji: Tablet, shop: Site) -> None:
    visit_id = settled(minji)
    begin(minji, visit_id)

    added = minji.htmx_post(
        f"/visits/{visit_id}/delivery/marks", {"id": new_id(), **mark_form(remark="fresh")}
    )
    look_and_count(minji, visit_id)
    hand_over(minji, visit_id)
    said = sitting(minji, visit_id)["statements"][0]

    assert 'data-number="3"' in added.text
    assert added.text.count("data-known") == 2
    assert any(line.startswith("3. New: Rear bumper, Scratch") for line in said["words"])
    assert [mark["remark"] for mark in said["facts"]["new_marks"]] == ["fresh"]


def test_what_was_signed_at_the_check_in_stays_as_it_was(minji: Tablet, shop: Site) -> None:
    visit_id = settled(minji, photos=1)
    before = progress_of(file_of(uuid.UUID(visit_id))).sitting.standing
    arrival = db.session.scalars(db.select(Photo.id)).one()
    begin(minji, visit_id)

    act(minji, visit_id, "/marks", **mark_form())
    send(minji, visit_id, a_jpeg(320, 240), subject="retake", subject_id=str(arrival), angle="rear")

    db.session.rollback()
    file = file_of(uuid.UUID(visit_id))
    assert progress_of(file).sitting.standing == before
    assert len(file.new_marks) == 2
    assert len(file.photos) == 1
    first = db.session.scalars(db.select(Mark).where(Mark.delivery_id.is_(None))).first()
    assert first is not None
    assert act(minji, visit_id, f"/marks/{first.id}/removal").status_code == 409


def test_a_new_mark_is_taken_away_again_and_a_broken_one_refused(minji: Tablet, shop: Site) -> None:
    visit_id = settled(minji)
    begin(minji, visit_id)
    mark_id = new_id()

    minji.post(f"/visits/{visit_id}/delivery/marks", {"id": mark_id, **mark_form()})
    gone = act(minji, visit_id, f"/marks/{mark_id}/removal")
    refused = act(minji, visit_id, "/marks", **mark_form(zone="nowhere"))

    assert gone.status_code == 303
    assert 'data-number="3"' not in page(minji, visit_id)
    assert refused.status_code == 422
    assert minji.get(f"/visits/{visit_id}/delivery/marks/new").status_code == 200


def test_the_next_visit_knows_the_mark_that_was_found_at_the_delivery(
    minji: Tablet, shop: Site
) -> None:
    visit_id = settled(minji)
    begin(minji, visit_id)
    act(minji, visit_id, "/marks", **mark_form())
    visit = visit_now(visit_id)
    visit.state = "closed"
    db.session.commit()

    next_id = arrive(minji)

    db.session.rollback()
    assert len(file_of(uuid.UUID(next_id)).known_marks) == 3


def test_retakes_stand_beside_the_arrivals_and_belong_to_s4(minji: Tablet, shop: Site) -> None:
    visit_id = settled(minji, photos=2)
    arrival = db.session.scalars(db.select(Photo).where(Photo.angle == "rear")).one()
    begin(minji, visit_id)

    answer = send(
        minji, visit_id, a_jpeg(400, 300), subject="retake", subject_id=str(arrival.id),
        angle="rear",
    )  # fmt: skip
    shown = page(minji, visit_id)
    compared = minji.get(f"/visits/{visit_id}/delivery/pairs/{arrival.id}")
    look_and_count(minji, visit_id)
    hand_over(minji, visit_id)
    said = sitting(minji, visit_id)["statements"][0]

    assert answer.status_code == 200
    assert shown.count("data-pick-angle") == 2
    assert "now, open to compare" in shown
    assert "<before-after" in compared.text
    assert "Photos that belong to this: 1" in said["words"]
    retake = db.session.scalars(db.select(Photo).where(Photo.subject == "retake")).one()
    assert retake.after_signature is False
    assert [photo["id"] for photo in said["photos"]] == [str(retake.id)]


def test_the_signed_page_is_a_paper_that_joins_the_customers_copy(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = settled(minji, photos=1)
    arrival = db.session.scalars(db.select(Photo.id)).one()
    begin(minji, visit_id)
    send(minji, visit_id, a_jpeg(400, 300), subject="retake", subject_id=str(arrival))
    look_and_count(minji, visit_id)
    sign(minji, visit_id)
    visit_now(visit_id)
    seal_id = db.session.scalars(db.select(Seal.id).where(Seal.sitting == "delivery")).one()
    link = db.session.scalars(db.select(SheetLink)).one()
    copy = f"/copy/{token_of_link(link.id)}"

    paper = minji.get(f"/visits/{visit_id}/seals/{seal_id}.pdf")
    page_of_customer = app.test_client().get(copy)
    theirs = app.test_client().get(f"{copy}/seals/{seal_id}.pdf")

    words = words_of(paper.data)
    assert "Itakemycarbackasitisdescribedhere." in words
    assert "Then,Frontleftcorner" in words
    assert f"{copy}/seals/{seal_id}.pdf" in page_of_customer.text
    assert "Customer'scopy" in words_of(theirs.data)
    assert minji.get(f"/visits/{visit_id}/seals/{new_id()}.pdf").status_code == 404


def test_an_objection_sends_the_car_back_and_releases_nothing(minji: Tablet, shop: Site) -> None:
    visit_id = settled(minji)
    begin(minji, visit_id)
    act(minji, visit_id, "/everything-back")

    empty = act(minji, visit_id, "/objections", goes_to="rework", text="")
    answer = act(minji, visit_id, "/objections", goes_to="rework", text="The door still rattles.")

    assert empty.status_code == 422
    assert "Write what the customer objects to" in empty.text
    assert answer.location == f"/visits/{visit_id}"
    assert visit_now(visit_id).state == "in_workshop"
    assert the_pass(visit_id).released_at is None
    assert verdict_at_the_gate(visit_id) == "UNRELEASED"
    counted = db.session.scalars(db.select(Returned).where(Returned.superseded_at.is_(None))).all()
    assert counted == []
    part = minji.get(f"/visits/{visit_id}/story/delivery")
    assert "The door still rattles." in part.text


def verdict_at_the_gate(visit_id: str) -> str:
    return verdict_of(pass_of(the_pass(visit_id).id), datetime.now(UTC)).code


def test_a_complaint_stays_at_the_car_and_everything_is_counted_anew(
    minji: Tablet, shop: Site
) -> None:
    visit_id = settled(minji)
    begin(minji, visit_id)
    look_and_count(minji, visit_id)
    form = {"id": new_id(), "goes_to": "complaint", "text": "The seat is dirty."}

    first = minji.post(f"/visits/{visit_id}/delivery/objections", form)
    again = minji.post(f"/visits/{visit_id}/delivery/objections", form)

    assert first.location == again.location == f"/visits/{visit_id}/delivery"
    assert visit_now(visit_id).state == "delivering"
    assert len(db.session.scalars(db.select(Complaint)).all()) == 1
    assert [one.outcome for one in rounds()] == ["complaint", ""]
    assert hand_over(minji, visit_id).status_code == 409
    for what in ("/outside", "/everything-back"):
        act(minji, visit_id, what)
    papers = db.session.execute(db.text("select id from papers where received")).scalars()
    for paper in papers:
        row = str(uuid.UUID(str(paper)))
        act(minji, visit_id, "/returns", subject="paper", subject_id=row, quantity="1")
    hand_over(minji, visit_id)
    words = sitting(minji, visit_id)["statements"][0]["words"]
    assert "You objected: The seat is dirty." in words


def rounds() -> list[Delivery]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Delivery).order_by(Delivery.captured_at)))


def test_before_s4_the_pass_opens_no_gate(minji: Tablet, shop: Site) -> None:
    visit_id = settled(minji)
    begin(minji, visit_id)
    look_and_count(minji, visit_id)

    assert verdict_at_the_gate(visit_id) == "UNRELEASED"
    sign(minji, visit_id)
    assert verdict_at_the_gate(visit_id) == "MAY_LEAVE"


def test_what_changes_while_the_customer_reads_is_signed_again(minji: Tablet, shop: Site) -> None:
    visit_id = settled(minji)
    begin(minji, visit_id)
    look_and_count(minji, visit_id)
    hand_over(minji, visit_id)
    form = seal_form(signed_document(sitting(minji, visit_id)))
    mark = db.session.scalars(db.select(Mark)).first()
    round_ = rounds()[0]
    assert mark is not None
    db.session.add(
        Mark(
            id=uuid.uuid4(), visit_id=mark.visit_id, vehicle_id=mark.vehicle_id, number=9,
            zone="roof", x=0.5, y=0.5, damage_type="dent", size_class=1, delivery_id=round_.id,
            by_id=mark.by_id, captured_at=mark.captured_at,
        )
    )  # fmt: skip
    db.session.commit()

    answer = minji.post(f"/visits/{visit_id}/sittings/delivery/seals", form)

    assert answer.location == f"/visits/{visit_id}/sittings/delivery/customer?again=1"
    assert visit_now(visit_id).state == "delivering"
    assert the_pass(visit_id).released_at is None


def test_the_same_signature_twice_is_one_and_a_second_one_is_refused(
    minji: Tablet, shop: Site
) -> None:
    visit_id = settled(minji)
    begin(minji, visit_id)
    look_and_count(minji, visit_id)
    hand_over(minji, visit_id)
    document = signed_document(sitting(minji, visit_id))
    form, other = seal_form(document), seal_form(document)

    seals = f"/visits/{visit_id}/sittings/delivery/seals"
    first, again, second = (minji.post(seals, one) for one in (form, form, other))

    assert first.location == again.location
    assert second.status_code == 409
    assert len(db.session.scalars(db.select(Seal).where(Seal.sitting == "delivery")).all()) == 1


def test_two_tablets_that_begin_at_once_make_one_round(
    minji: Tablet, jun: Tablet, shop: Site
) -> None:
    visit_id = settled(minji)
    act(minji, visit_id, "/key-out")
    form = {"id": new_id(), **ALL}

    answers = [minji.post(f"/visits/{visit_id}/delivery", form) for _ in range(2)]
    other = act(minji, visit_id, "", **ALL)

    assert [one.status_code for one in answers] == [303, 303]
    assert other.status_code == 409
    assert len(rounds()) == 1


def test_who_is_not_of_the_reception_gives_no_car_back(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = settled(minji)
    yuna = sign_in(app, "Yuna")

    assert begin(yuna, visit_id).status_code == 403
    assert yuna.get(f"/visits/{visit_id}/delivery").status_code == 200
    assert hand_over(yuna, visit_id).status_code == 403


def test_a_visit_without_a_key_lacks_none(minji: Tablet, shop: Site) -> None:
    visit_id = settled(minji)
    db.session.execute(db.delete(KeyMovement))
    db.session.execute(db.delete(KeyRegistration))
    db.session.commit()

    assert act(minji, visit_id, "", **ALL).status_code == 303
    for what in ("/outside", "/everything-back"):
        act(minji, visit_id, what)
    assert hand_over(minji, visit_id).status_code == 303
