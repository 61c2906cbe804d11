"""Keys: tags, slots, labels, and what a tag's code opens (6.08, D9)."""

import io
import threading
import uuid
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from PIL import Image

from inspect_app.db import bind_site, db
from inspect_app.key_tags.models import KeyMovement, KeyRegistration, KeyTag
from inspect_app.key_tags.queries import keys_to_put_in
from inspect_app.seeds import seed_shop
from inspect_app.sites.models import Site
from inspect_app.visits.models import Visit
from tests.conftest import Tablet, TabletClient, sign_in
from tests.factories import arrive, new_id


def handed_in(tag: object = "", **changes: Any) -> dict[str, Any]:
    """The tag card as it is sent."""
    form = {"id": new_id(), "tag": str(tag), "slot": "", "keys_count": "2", "remotes_count": "1"}
    return {**form, **changes}


def registered() -> list[KeyRegistration]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(KeyRegistration)))


def tag(number: int) -> KeyTag:
    found: KeyTag = db.session.scalars(db.select(KeyTag).where(KeyTag.number == number)).one()
    return found


def moves() -> list[str]:
    query = db.select(KeyMovement.kind).order_by(KeyMovement.recorded_at)
    return list(db.session.scalars(query))


def codes_in(picture: Image.Image) -> set[str]:
    return {found.text for found in zxingcpp.read_barcodes(picture)}


def test_the_next_free_tag_is_proposed_and_a_slot_assigned(minji: Tablet, shop: object) -> None:
    one, other = arrive(minji, plate="11가1111"), arrive(minji, plate="22나2222")
    minji.post(f"/visits/{one}/key", handed_in(1))

    page = minji.get(f"/visits/{other}/readings").text
    answer = minji.htmx_post(f"/visits/{other}/key", handed_in())

    assert 'value="2"' in page
    assert answer.status_code == 200
    assert "A2" in answer.text
    assert [(row.keys_count, row.remotes_count) for row in registered()] == [(2, 1), (2, 1)]
    assert moves() == ["registered", "registered"]


def test_a_tag_is_chosen_by_number_token_or_code_of_any_host(minji: Tablet, shop: object) -> None:
    plates = ["11가1111", "22나2222", "33다3333"]
    visits = [arrive(minji, plate=plate) for plate in plates]
    codes = ["17", tag(18).token.lower(), f"HTTPS://OLD.HOST.EXAMPLE/K/{tag(19).token}"]

    for visit_id, code in zip(visits, codes, strict=True):
        assert minji.post(f"/visits/{visit_id}/key", handed_in(code)).status_code == 303

    wanted = {tag(number).id for number in (17, 18, 19)}
    assert {row.tag_id for row in registered()} == wanted


def test_a_tag_in_use_says_on_whose_key_it_hangs(minji: Tablet, shop: object) -> None:
    one, other = arrive(minji, plate="11가1111"), arrive(minji, plate="22나2222")
    minji.post(f"/visits/{one}/key", handed_in(17))

    htmx = minji.htmx_post(f"/visits/{other}/key", handed_in(17, keys_count="3"))
    plain = minji.post(f"/visits/{other}/key", handed_in(17))
    slot = minji.htmx_post(f"/visits/{other}/key", handed_in(18, slot="A1"))

    assert (htmx.status_code, plain.status_code, slot.status_code) == (409, 409, 409)
    assert "Tag 17 hangs on the key of 11가" in htmx.text
    assert "Minji" in htmx.text
    assert 'value="3"' in htmx.text
    assert "Slot A1 holds the key of 11가" in slot.text
    assert len(registered()) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"tag": "99"},
        {"tag": "-1"},
        {"tag": "seventeen"},
        {"tag": "AAAAAAAAAAAAAAAA"},
        {"slot": "Z9"},
        {"keys_count": "-1"},
        {"keys_count": "21"},
        {"keys_count": "1.5"},
        {"keys_count": "0", "remotes_count": "0"},
        {"id": "x"},
    ],
)
def test_what_is_no_key_is_refused(minji: Tablet, shop: object, changes: dict[str, str]) -> None:
    visit_id = arrive(minji)

    answer = minji.htmx_post(f"/visits/{visit_id}/key", {**handed_in(), **changes})

    assert answer.status_code == 422
    assert registered() == []


def test_the_same_key_twice_is_one_and_a_change_keeps_its_row(minji: Tablet, shop: object) -> None:
    visit_id, form = arrive(minji), handed_in(5)

    for _again in range(2):
        minji.post(f"/visits/{visit_id}/key", form)
    minji.post(f"/visits/{visit_id}/key", {**form, "tag": "6", "slot": "B4"})

    row = registered()[0]
    assert row.tag_id == tag(6).id
    assert len(registered()) == 1
    assert moves() == ["registered"]


def test_two_tablets_that_take_one_tag_end_with_one_key_on_it(
    app: Flask, minji: Tablet, shop: object
) -> None:
    haoran = sign_in(app, "Haoran")
    one, other = arrive(minji, plate="11가1111"), arrive(minji, plate="22나2222")
    start, answers = threading.Barrier(2), {}

    def take(tablet: Tablet, visit_id: str) -> None:
        start.wait()
        answers[visit_id] = tablet.htmx_post(f"/visits/{visit_id}/key", handed_in(17))

    threads = [threading.Thread(target=take, args=pair) for pair in ((minji, one), (haoran, other))]
    db.session.rollback()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer.status_code for answer in answers.values()) == [200, 409]
    loser = next(answer for answer in answers.values() if answer.status_code == 409)
    winner = next(visit for visit, answer in answers.items() if answer.status_code == 200)
    assert "Tag 17 hangs on the key of" in loser.text
    assert [str(row.visit_id) for row in registered()] == [winner]
    assert moves() == ["registered"]


def test_putting_the_key_in_falls_due_and_is_done_once(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    minji.post(f"/visits/{visit_id}/key", handed_in(17, slot="b4"))
    due = [(key.tag_number, key.slot_label) for key in keys_to_put_in()]
    db.session.get_one(Visit, uuid.UUID(visit_id)).state = "checked_in"
    db.session.commit()

    url = f"/visits/{visit_id}/key/movements"
    first = minji.htmx_post(url, {"id": new_id(), "kind": "put_in"})
    again = minji.post(url, {"id": new_id(), "kind": "put_in"})
    other = minji.post(url, {"id": new_id(), "kind": "thrown_away"})

    assert due == [(17, "B4")]
    assert (first.status_code, again.status_code, other.status_code) == (200, 303, 422)
    assert "In the cabinet" in first.text
    assert moves() == ["registered", "put_in"]
    assert keys_to_put_in() == []


def test_no_key_is_put_in_before_it_is_registered(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)

    answer = minji.post(f"/visits/{visit_id}/key/movements", {"id": new_id(), "kind": "put_in"})

    assert answer.status_code == 409
    assert moves() == []


def test_labels_come_as_pdf_png_and_sheet_and_a_scanner_reads_them(
    minji: Tablet, shop: object
) -> None:
    visit_id = arrive(minji)
    missing = minji.get(f"/visits/{visit_id}/key/label.pdf")
    minji.post(f"/visits/{visit_id}/key", handed_in(17))
    address = f"HTTPS://KEYS.HANBIT.EXAMPLE/K/{tag(17).token}"

    pdf = minji.get(f"/visits/{visit_id}/key/label.pdf")
    png = minji.get(f"/visits/{visit_id}/key/label.png")
    sheet = minji.get(f"/visits/{visit_id}/key/labels-a4.pdf?skip=5")
    beyond = minji.get(f"/visits/{visit_id}/key/labels-a4.pdf?skip=24")

    assert (missing.status_code, beyond.status_code) == (404, 422)
    assert codes_in(Image.open(io.BytesIO(png.data))) == {address}
    for printed in (pdf.data, sheet.data):
        with pypdfium2.PdfDocument(printed) as document:
            assert codes_in(document[0].render(scale=203 / 72).to_pil()) == {address}


def test_a_scanned_tag_opens_its_key_for_staff(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    minji.post(f"/visits/{visit_id}/key", handed_in(17))

    for path in (f"/K/{tag(17).token}", f"/k/{tag(17).token.lower()}"):
        answer = minji.get(path)
        assert (answer.status_code, answer.location) == (303, f"/keys/{registered()[0].id}")
    assert "free" in minji.get(f"/K/{tag(18).token}").text


def test_a_finder_reads_whose_key_it_is_and_nothing_else(
    app: Flask, minji: Tablet, shop: object
) -> None:
    visit_id = arrive(minji)
    minji.post(f"/visits/{visit_id}/key", handed_in(17))
    stranger = app.test_client()

    answer = stranger.get(f"/K/{tag(17).token}")

    assert answer.status_code == 200
    assert "Hanbit Motors" in answer.text
    assert "Please return this key" in answer.text
    for secret in ("3456", "Sonata", "Sora", visit_id, "Minji"):
        assert secret not in answer.text


@pytest.mark.parametrize("token", ["AAAAAAAAAAAAAAAA", "short", "0123456789012345", "A" * 200])
def test_an_unknown_code_says_so_calmly(app: Flask, shop: object, token: str) -> None:
    answer = app.test_client().get(f"/K/{token}")

    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_a_customer_who_holds_the_tablet_reads_what_a_finder_reads(
    minji: Tablet, shop: object
) -> None:
    from inspect_app.staff.models import SignIn

    visit_id = arrive(minji)
    minji.post(f"/visits/{visit_id}/key", handed_in(17))
    sign_in_row = db.session.scalars(db.select(SignIn)).one()
    sign_in_row.customer_visit_id = uuid.UUID(visit_id)
    db.session.commit()

    answer = minji.get(f"/K/{tag(17).token}")

    assert answer.status_code == 200
    assert "Please return this key" in answer.text


def test_tags_of_another_site_are_strangers(app: Flask, minji: Tablet, shop: Site) -> None:
    other = seed_shop(code="other", name="Far Away Motors")
    token = tag(17).token
    db.session.commit()
    bind_site(shop.id)
    visit_id = arrive(minji)

    scanned = minji.get(f"/K/{token}")
    taken = minji.post(f"/visits/{visit_id}/key", handed_in(token))

    assert other.id != shop.id
    assert "Far Away Motors" in scanned.text
    assert taken.status_code == 422


def test_the_list_of_keys_names_those_in_use_and_those_free(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    minji.post(f"/visits/{visit_id}/key", handed_in(17, slot="B4"))

    page = minji.get("/keys").text

    assert f"/visits/{visit_id}" in page
    assert "B4" in page
    assert page.count("keys__number") == 40


def test_no_key_is_registered_after_the_check_in(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    db.session.get_one(Visit, uuid.UUID(visit_id)).state = "checked_in"
    db.session.commit()

    assert minji.post(f"/visits/{visit_id}/key", handed_in()).status_code == 409
    assert registered() == []


def test_a_client_without_a_page_of_ours_registers_nothing(app: Flask, shop: object) -> None:
    app.test_client_class = TabletClient
    answer = app.test_client().post(f"/visits/{new_id()}/key", data=handed_in())

    assert answer.status_code == 401
    assert registered() == []


def test_a_tag_has_a_history_of_its_own(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    form = {"id": new_id(), "tag": "5", "slot": "", "keys_count": 1, "remotes_count": 0}
    minji.post(f"/visits/{visit_id}/key", form)
    minji.post(f"/keys/{form['id']}/movements", {"id": new_id(), "kind": "put_in"})
    minji.post(f"/keys/{form['id']}/movements", {"id": new_id(), "kind": "given_back"})

    page = minji.get("/keys/tags/5").text

    assert "12가 3456" in page.replace("\xa0", " ")
    assert "given back" in page
    assert minji.get("/keys/tags/999999").status_code == 404


def test_a_key_that_was_given_back_still_stands_on_the_record(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    form = {"id": new_id(), "tag": "5", "slot": "", "keys_count": 2, "remotes_count": 1}
    minji.post(f"/visits/{visit_id}/key", form)
    minji.post(f"/keys/{form['id']}/movements", {"id": new_id(), "kind": "put_in"})
    minji.post(f"/keys/{form['id']}/movements", {"id": new_id(), "kind": "given_back"})

    page = minji.get(f"/visits/{visit_id}").text

    assert "2 + 1" in page
    assert "given back" in page
