"""Signing, sealing and what follows from it."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from inspect_app.belongings.models import Belonging
from inspect_app.db import db
from inspect_app.orders.models import OrderLine
from inspect_app.signatures.models import Seal, Signature
from inspect_app.signatures.queries import chain_problems, sealed_document
from inspect_app.signatures.seal import statement_hash
from inspect_app.signatures.times import iso_ms
from inspect_app.sites.models import Site
from inspect_app.visits.file import file_of
from inspect_app.visits.models import Visit, VisitEvent
from inspect_app.visits.progress import progress_of
from inspect_app.walkaround.models import Mark
from tests.conftest import Tablet
from tests.factories import (
    check_in,
    give_back,
    hand_over,
    ready_to_sign,
    seal_form,
    sign,
    signed_document,
    sitting_on,
    strokes,
)


def visit_of(visit_id: str) -> Visit:
    db.session.expire_all()
    visit: Visit = db.session.scalars(db.select(Visit).where(Visit.id == uuid.UUID(visit_id))).one()
    return visit


def due(visit_id: str) -> tuple[str, ...]:
    db.session.expire_all()
    return progress_of(file_of(uuid.UUID(visit_id))).due


def customer_sitting(tablet: Tablet, visit_id: str, lang: str = "") -> dict[str, Any]:
    hand_over(tablet, visit_id)
    return sitting_on(tablet.get(f"/visits/{visit_id}/customer?lang={lang}").text)


def post_seal(tablet: Tablet, visit_id: str, form: dict[str, Any]) -> Any:
    return tablet.post(f"/visits/{visit_id}/seals", form)


def test_one_drawing_signs_four_statements_and_checks_the_car_in(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)

    answer = sign(minji, visit_id)

    assert answer.status_code == 303
    assert answer.location == f"/visits/{visit_id}/thank-you"
    seal = db.session.scalars(db.select(Seal)).one()
    signatures = db.session.scalars(db.select(Signature)).all()
    assert {row.code for row in signatures} == {"S1", "SD", "SI", "S2"}
    assert {row.seal_id for row in signatures} == {seal.id}
    assert seal.differences == []
    assert visit_of(visit_id).state == "checked_in"
    events = db.session.scalars(
        db.select(VisitEvent)
        .where(VisitEvent.transition.is_not(None))
        .order_by(VisitEvent.captured_at, VisitEvent.transition)
    ).all()
    assert [event.transition for event in events] == ["T04", "T10", "T12", "T16", "T17"]
    assert [e.captured_at for e in events] == sorted(e.captured_at for e in events)


def test_what_was_shown_is_what_is_sealed(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    sitting = customer_sitting(minji, visit_id)

    post_seal(minji, visit_id, seal_form(signed_document(sitting)))

    seal = db.session.scalars(db.select(Seal)).one()
    document = sealed_document(seal.id)
    for shown, sealed in zip(sitting["statements"], document["statements"], strict=True):
        assert sealed["words"] == shown["words"]
        assert sealed["facts"] == shown["facts"]
    words = [line for statement in document["statements"] for line in statement["words"]]
    assert "1. Brake pads, front: ₩120,000" in words
    assert "2. Noise: price not yet known" in words


@pytest.mark.parametrize(
    ("lang", "words"), [("ko", "차 안에 둠"), ("zh", "留在车内"), ("en", "Left in the car")]
)
def test_the_words_are_in_the_customers_language_and_the_facts_in_none(
    minji: Tablet, shop: Site, lang: str, words: str
) -> None:
    visit_id = ready_to_sign(minji, customer_locale="ko")

    english = customer_sitting(minji, visit_id, "en")
    theirs = customer_sitting(minji, visit_id, lang)
    answer = post_seal(minji, visit_id, seal_form(signed_document(theirs)))

    assert answer.location == f"/visits/{visit_id}/thank-you"
    assert theirs["language"] == lang
    assert words in json.dumps(theirs["statements"], ensure_ascii=False)
    assert [s["facts"] for s in theirs["statements"]] == [s["facts"] for s in english["statements"]]
    assert visit_of(visit_id).customer_locale == lang
    assert due(visit_id) == ()


def test_the_order_alone_may_be_signed_early(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)

    answer = sign(minji, visit_id, only="S1")
    give_back(minji, visit_id)

    assert answer.location == f"/visits/{visit_id}/thank-you"
    assert visit_of(visit_id).state == "checking_in"
    assert due(visit_id) == ("SD", "SI", "S2")
    sign(minji, visit_id)
    assert visit_of(visit_id).state == "checked_in"
    assert chain_problems(shop.id) == []


def test_nothing_but_the_order_is_due_while_the_car_is_not_looked_at(
    minji: Tablet, shop: Site
) -> None:
    visit_id = ready_to_sign(minji)
    db.session.execute(db.delete(Mark))
    db.session.execute(db.text("delete from checks where code = 'roof'"))
    db.session.commit()

    assert "S2" not in due(visit_id)
    assert "S1" in due(visit_id)


def test_a_note_after_the_signature_asks_for_s2_again(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    sitting = customer_sitting(minji, visit_id)
    visit = visit_of(visit_id)
    db.session.add(
        Mark(
            id=uuid.uuid4(), visit_id=visit.id, vehicle_id=visit.vehicle_id, number=3, zone="roof",
            x=0.5, y=0.5, damage_type="dent", size_class=3, by_id=visit.received_by_id,
            captured_at=datetime.now(UTC),
        )
    )  # fmt: skip
    db.session.commit()

    answer = post_seal(minji, visit_id, seal_form(signed_document(sitting)))

    assert answer.location == f"/visits/{visit_id}/customer?again=1"
    assert db.session.scalars(db.select(Seal)).one().differences == ["S2.facts"]
    assert visit_of(visit_id).state == "checking_in"
    assert due(visit_id) == ("S2",)
    page = minji.get(answer.location)
    assert "Something was entered while you were reading" in page.text
    post_seal(minji, visit_id, seal_form(signed_document(sitting_on(page.text))))
    assert visit_of(visit_id).state == "checked_in"


def test_a_later_note_with_the_same_facts_is_a_later_note(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    sitting = customer_sitting(minji, visit_id)
    post = seal_form(signed_document({**sitting, "statements": sitting["statements"][:3]}))
    post_seal(minji, visit_id, post)
    later = signed_document({**sitting, "statements": sitting["statements"][3:]})
    mark = db.session.scalars(db.select(Mark).limit(1)).one()
    mark.captured_at = datetime.now(UTC) + timedelta(minutes=5)
    db.session.commit()

    post_seal(minji, visit_id, seal_form(later))

    assert visit_of(visit_id).state == "checking_in"
    assert due(visit_id) == ("S2",)


def test_a_changed_order_is_signed_again_and_all_after_it(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    sign(minji, visit_id, only="S1")
    line = db.session.scalars(db.select(OrderLine).order_by(OrderLine.position)).first()
    assert line is not None
    line.price_amount = 999_000
    db.session.commit()

    assert due(visit_id) == ("S1", "SD", "SI", "S2")
    sign(minji, visit_id)
    assert visit_of(visit_id).state == "checked_in"


def test_s2_without_what_comes_before_it_is_refused(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    sitting = customer_sitting(minji, visit_id)
    alone = {**sitting, "statements": sitting["statements"][-1:]}

    answer = post_seal(minji, visit_id, seal_form(signed_document(alone)))

    assert answer.status_code == 409
    assert "comes first" in answer.text
    assert db.session.scalars(db.select(Seal)).all() == []
    assert visit_of(visit_id).state == "quoted"


@pytest.mark.parametrize("points", [[], [(100, 100)], [(100, 100), (101, 101)]])
def test_a_blank_or_dotted_pad_is_refused(
    minji: Tablet, shop: Site, points: list[tuple[int, int]]
) -> None:
    visit_id = ready_to_sign(minji)
    sitting = customer_sitting(minji, visit_id)
    drawing = strokes()
    drawing["groups"] = [[[*point, drawing["groups"][0][0][2], 0.5] for point in points]]
    if not points:
        drawing["groups"] = []

    answer = post_seal(minji, visit_id, seal_form(signed_document(sitting, drawing=drawing)))

    assert answer.status_code == 422
    assert "not with dots" in answer.text
    assert 'id="sitting"' in answer.text
    assert db.session.scalars(db.select(Seal)).all() == []


def test_a_short_real_mark_is_a_signature(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    sitting = customer_sitting(minji, visit_id)

    form = seal_form(signed_document(sitting, drawing=strokes(points=[(100, 100), (108, 104)])))

    assert post_seal(minji, visit_id, form).status_code == 303


def _other_words(document: dict[str, Any]) -> None:
    document["statements"][0]["words"][0] = "Paint the car pink"


def _other_visit(document: dict[str, Any]) -> None:
    document["visit"]["id"] = str(uuid.uuid4())


def _other_site(document: dict[str, Any]) -> None:
    document["site"]["id"] = str(uuid.uuid4())


def _no_signer(document: dict[str, Any]) -> None:
    document["signer"]["name"] = "  "


def _unread(document: dict[str, Any]) -> None:
    document["statements"][0]["acknowledged_at"] = iso_ms(datetime.now(UTC) + timedelta(days=1))


@pytest.mark.parametrize("tamper", [_other_words, _other_visit, _other_site, _no_signer, _unread])
def test_a_document_that_was_tampered_with_is_refused(
    minji: Tablet, shop: Site, tamper: Any
) -> None:
    visit_id = ready_to_sign(minji)
    document = signed_document(customer_sitting(minji, visit_id))
    tamper(document)

    answer = post_seal(minji, visit_id, seal_form(document))

    assert answer.status_code == 422
    assert db.session.scalars(db.select(Seal)).all() == []


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"id": "x", "document": "", "sha256": ""},
        {"document": "{}", "sha256": "0" * 64},
        {"document": "\x00", "sha256": ""},
        {"document": "[" * 5000, "sha256": ""},
    ],
)
def test_what_is_no_document_is_refused(
    minji: Tablet, shop: Site, form: dict[str, str], new_id: str
) -> None:
    visit_id = ready_to_sign(minji)
    hand_over(minji, visit_id)

    assert post_seal(minji, visit_id, {"id": new_id, **form}).status_code == 422


def test_a_document_whose_hash_is_another_is_refused(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    document = signed_document(customer_sitting(minji, visit_id))

    answer = post_seal(minji, visit_id, seal_form(document, sha256="0" * 64))

    assert answer.status_code == 422


def test_other_facts_are_kept_named_and_asked_again(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    document = signed_document(customer_sitting(minji, visit_id))
    items = document["statements"][2]
    items["facts"]["items"][0]["quantity"] = 9
    items["sha256"] = statement_hash(items, "en")

    answer = post_seal(minji, visit_id, seal_form(document))

    assert answer.status_code == 303
    assert db.session.scalars(db.select(Seal)).one().differences == ["SI.facts"]
    assert due(visit_id) == ("SI", "S2")
    assert visit_of(visit_id).state == "checking_in"


def test_other_words_for_the_same_facts_are_named(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    document = signed_document(customer_sitting(minji, visit_id))
    _other_words(document)
    document["statements"][0]["sha256"] = statement_hash(document["statements"][0], "en")

    post_seal(minji, visit_id, seal_form(document))

    assert db.session.scalars(db.select(Seal)).one().differences == ["S1.words"]


def test_the_same_seal_twice_is_one_seal_also_after_the_check_in(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    form = seal_form(signed_document(customer_sitting(minji, visit_id)))

    first = post_seal(minji, visit_id, form)
    second = post_seal(minji, visit_id, form)
    keyed = minji.client.post(
        f"/visits/{visit_id}/seals", data=form, headers={"Idempotency-Key": str(uuid.uuid4())}
    )

    assert first.location == second.location == keyed.location
    assert len(db.session.scalars(db.select(Seal)).all()) == 1
    assert len(db.session.scalars(db.select(Signature)).all()) == 4


def test_the_same_id_with_another_content_is_refused(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    sitting = customer_sitting(minji, visit_id)
    form = seal_form(signed_document({**sitting, "statements": sitting["statements"][:1]}))
    post_seal(minji, visit_id, form)

    answer = post_seal(minji, visit_id, seal_form(signed_document(sitting), id=form["id"]))

    assert answer.status_code == 409


def test_after_the_seal_nothing_more_is_signed(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    sitting = customer_sitting(minji, visit_id)
    post_seal(minji, visit_id, seal_form(signed_document(sitting)))

    answer = minji.client.post(
        f"/visits/{visit_id}/seals",
        data=seal_form(signed_document(sitting)),
        headers={"HX-Request": "true", "HX-Request-Type": "partial"},
    )
    mark = sitting["statements"][3]["facts"]["marks"][0]["id"]
    view = minji.post(f"/visits/{visit_id}/mark-views", {f"view-{mark}": "agree"})

    assert (answer.status_code, view.status_code) == (409, 409)
    assert len(db.session.scalars(db.select(Seal)).all()) == 1


def test_the_chain_holds_over_several_visits(minji: Tablet, shop: Site) -> None:
    for plate in ("11가 1111", "22나 2222", "33다 3333"):
        check_in(minji, plate)

    seals = db.session.scalars(db.select(Seal).order_by(Seal.sequence)).all()
    assert [seal.sequence for seal in seals] == [1, 2, 3]
    assert chain_problems(shop.id) == []
    seals[1].sha256 = "0" * 64
    db.session.flush()
    assert chain_problems(shop.id) != []


def test_photos_still_under_way_are_named_and_never_block(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    sitting = customer_sitting(minji, visit_id)
    photo = {"id": str(uuid.uuid4()), "sha256": "ab" * 32}
    condition = sitting["statements"][3]
    condition["photos"] = [photo]
    condition["words"] = [w.replace("this: 0", "this: 1") for w in condition["words"]]

    answer = post_seal(minji, visit_id, seal_form(signed_document(sitting)))

    assert answer.location == f"/visits/{visit_id}/thank-you"
    assert visit_of(visit_id).state == "checked_in"
    assert db.session.scalars(db.select(Seal)).one().differences == []
    assert "1 photo is still on its way" in minji.get(answer.location).text


def test_the_clock_of_the_tablet_is_corrected_and_never_ahead(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    sitting = customer_sitting(minji, visit_id)
    tablet = {"id": sitting["tablet"]["id"], "clock_offset_ms": 3_600_000}

    post_seal(minji, visit_id, seal_form(signed_document(sitting, tablet=tablet)))

    seal = db.session.scalars(db.select(Seal)).one()
    signature = db.session.scalars(db.select(Signature).limit(1)).one()
    assert signature.signed_at <= datetime.now(UTC)
    assert seal.clock_offset_ms == 3_600_000


def test_an_empty_list_is_signed_too(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    db.session.execute(db.delete(Belonging))
    db.session.execute(db.text("update belonging_counts set nothing_left = true"))
    db.session.commit()

    sitting = customer_sitting(minji, visit_id)

    assert "Nothing of yours was left in the car." in sitting["statements"][2]["words"]


def test_what_was_not_looked_at_is_said_so(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    db.session.execute(
        db.text("update checks set result = 'not_checked' where code in ('rear', 'roof')")
    )
    db.session.execute(db.text("update checks set result = 'abnormal' where code = 'front'"))
    db.session.commit()

    words = customer_sitting(minji, visit_id)["statements"][3]["words"]

    assert "Not looked at: Rear, Roof" in words
    assert not [line for line in words if line.startswith("Front:")]
