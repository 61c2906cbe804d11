"""A photo is kept byte by byte and named by its hash, or refused without a trace."""

import hashlib
import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from inspect_app.db import any_site, db
from inspect_app.photos.models import Photo
from inspect_app.photos.pictures import heic_installed
from inspect_app.photos.rules import HEAD_BYTES, MAX_BYTES, Format, Verdict, format_of
from inspect_app.signatures.models import Seal, SealPhoto
from inspect_app.sites.models import Site
from tests.conftest import Tablet, corpus, sign_in
from tests.factories import arrive, check_in, hand_over, new_id, ready_to_sign
from tests.unit.photos.material import (
    STORED_BY,
    as_stored,
    cornered,
    exif,
    flat,
    jpeg_claiming,
    near,
    png,
    saved,
    shown,
)
from tests.web.photos.sending import a_jpeg, send, stored

RED = (220, 20, 20)
STATUS = {"too_large": 413, "not_a_picture": 415, "unsupported_format": 415}
STATUS["heic_not_installed"] = 415
VERDICTS: dict[str, str] = json.loads(
    (Path(__file__).parents[2] / "unit" / "photos" / "corpus_verdicts.json").read_text("utf-8")
)
REAL = {
    name: place
    for name in VERDICTS
    if name.startswith("images-edge/")
    and (root := corpus()) is not None
    and (place := root / name).is_file()
    and place.stat().st_size < 4_000_000
}


def rows(app: Flask) -> list[Photo]:
    with app.app_context(), any_site():
        return list(db.session.scalars(db.select(Photo)))


def test_a_photo_is_kept_and_acknowledged_by_the_hash_of_its_bytes(
    app: Flask, minji: Tablet
) -> None:
    visit_id, content, photo_id = arrive(minji), a_jpeg(), new_id()

    answer = send(minji, visit_id, content, id=photo_id)

    sha256 = hashlib.sha256(content).hexdigest()
    assert answer.status_code == 200
    assert answer.headers["X-Photo-Sha256"] == sha256
    assert f'id="photo-{photo_id}"' in answer.text
    assert stored(app) == {f"{kind}/{sha256}" for kind in ("received", "screen", "list")}
    assert [(row.sha256, row.size_bytes, row.angle) for row in rows(app)] == [
        (sha256, len(content), "front")
    ]


def test_a_plain_form_goes_back_to_the_walk_around(app: Flask, minji: Tablet) -> None:
    visit_id = arrive(minji)

    answer = send(minji, visit_id, a_jpeg(), plain=True, sha256=None)

    assert answer.status_code == 303
    assert answer.location.endswith(f"/visits/{visit_id}/walkaround")
    assert len(rows(app)) == 1


def test_the_same_photo_again_answers_alike_and_is_kept_once(app: Flask, minji: Tablet) -> None:
    visit_id, content = arrive(minji), a_jpeg()
    same: dict[str, Any] = {"id": new_id(), "_key": new_id()}
    first = send(minji, visit_id, content, **same)

    again = send(minji, visit_id, content, **same)
    with_another_key = send(minji, visit_id, content, id=same["id"])

    assert again.status_code == with_another_key.status_code == 200
    assert again.headers["X-Photo-Sha256"] == first.headers["X-Photo-Sha256"]
    assert with_another_key.headers["X-Photo-Sha256"] == first.headers["X-Photo-Sha256"]
    assert again.text == first.text
    assert len(rows(app)) == 1


def test_other_bytes_under_the_same_id_are_refused(app: Flask, minji: Tablet) -> None:
    visit_id, photo_id = arrive(minji), new_id()
    send(minji, visit_id, a_jpeg(), id=photo_id)
    before = stored(app)

    answer = send(minji, visit_id, a_jpeg(320, 240), id=photo_id)

    assert answer.status_code == 409
    assert stored(app) == before
    assert len(rows(app)) == 1


def test_a_photo_that_changed_on_its_way_is_refused(app: Flask, minji: Tablet) -> None:
    visit_id = arrive(minji)

    answer = send(minji, visit_id, a_jpeg(), sha256="0" * 64)

    assert answer.status_code == 422
    assert "damaged on its way" in answer.text
    assert (rows(app), stored(app)) == ([], set())


BAD = {
    "nothing": (b"", 422),
    "text_named_jpg": (b"this is no picture, whatever its name says", 415),
    "truncated": (a_jpeg()[:3000], 422),
    "hundred_gigapixels": (png(320_000, 320_000, 8, 2), 422),
    "jpeg_claiming_four_gigapixels": (jpeg_claiming(65_500, 65_500), 422),
    "larger_than_40_mb": (a_jpeg() + bytes(MAX_BYTES), 413),
    "hundred_mb": (a_jpeg() + bytes(100_000_000), 413),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_photo_is_refused_with_a_sentence_and_leaves_nothing(
    name: str, app: Flask, minji: Tablet
) -> None:
    content, status = BAD[name]
    visit_id = arrive(minji)

    answer = send(minji, visit_id, content)

    assert answer.status_code == status
    assert answer.headers["HX-Retarget"] == "#problems"
    assert "Take" in answer.text or "Choose" in answer.text
    assert (rows(app), stored(app)) == ([], set())


def test_no_file_at_all_is_refused(app: Flask, minji: Tablet) -> None:
    visit_id = arrive(minji)

    answer = send(minji, visit_id, b"", photo=None, plain=True)

    assert answer.status_code == 422
    assert "No photo came" in answer.text
    assert rows(app) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "no id"},
        {"angle": "from above"},
        {"subject": "weather"},
        {"subject": "mark", "subject_id": "17"},
        {"subject": "check", "subject_code": "<b>"},
        {"sha256": "ABC"},
    ],
    ids=str,
)
def test_a_photo_of_nothing_known_is_refused(
    fields: dict[str, str], app: Flask, minji: Tablet
) -> None:
    visit_id = arrive(minji)

    answer = send(minji, visit_id, a_jpeg(), **fields)

    assert answer.status_code == 422
    assert (rows(app), stored(app)) == ([], set())


GOOD = {
    "cmyk": (saved(flat((0, 255, 255, 0), "CMYK"), "JPEG"), (64, 48)),
    "sixteen_bit": (
        png(4, 2, 16, 2, b"".join(b"\0" + b"\xdc\x00\x14\x00\x14\x00" * 4 for _ in range(2))),
        (4, 2),
    ),
    "animated": (
        saved(flat(), "GIF", save_all=True, append_images=[flat((0, 0, 255))]),
        (64, 48),
    ),
    "webp": (saved(flat(), "WEBP"), (64, 48)),
    "avif": (saved(flat(), "AVIF"), (64, 48)),
}


@pytest.mark.parametrize("name", GOOD)
def test_good_but_unusual_pictures_are_taken_and_shown(
    name: str, app: Flask, minji: Tablet
) -> None:
    content, size = GOOD[name]
    visit_id, photo_id = arrive(minji), new_id()

    answer = send(minji, visit_id, content, id=photo_id)
    screen = minji.get(f"/photos/{photo_id}/screen")

    assert answer.status_code == 200, answer.text
    assert shown(screen.data).size == size
    assert rows(app)[0].sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("orientation", STORED_BY)
def test_every_orientation_is_shown_upright_and_without_its_position(
    orientation: int, minji: Tablet
) -> None:
    visit_id, photo_id = arrive(minji), new_id()
    content = saved(as_stored(cornered(), orientation), "JPEG", exif=exif(orientation))

    send(minji, visit_id, content, id=photo_id)
    screen = minji.get(f"/photos/{photo_id}/screen").data

    assert shown(screen).size == (640, 480)
    assert near(shown(screen).getpixel((10, 10)), RED, tolerance=30)
    assert b"SECRETCAMERA" not in screen
    assert minji.get(f"/photos/{photo_id}/received").data == content


@pytest.mark.skipif(not REAL, reason="no corpus here; the made pictures above prove the same")
def test_every_real_edge_case_gets_its_answer(app: Flask, minji: Tablet) -> None:
    visit_id = arrive(minji)
    wrong = []
    for name, place in REAL.items():
        content, before = place.read_bytes(), stored(app)
        verdict = VERDICTS[name]
        if format_of(content[:HEAD_BYTES]) is Format.HEIC and not heic_installed():
            verdict = Verdict.HEIC_NOT_INSTALLED.value
        refused = verdict in {code.value for code in Verdict}

        answer = send(minji, visit_id, content)

        wanted = STATUS.get(verdict, 422) if refused else 200
        if answer.status_code != wanted or (refused and stored(app) != before):
            wrong.append((name, answer.status_code, wanted))

    assert wrong == []


def test_another_sites_visit_is_not_found(app: Flask, minji: Tablet) -> None:
    answer = send(minji, new_id(), a_jpeg())

    assert answer.status_code == 404
    assert (rows(app), stored(app)) == ([], set())


def test_a_role_that_takes_no_cars_in_sends_no_photos(app: Flask, minji: Tablet) -> None:
    visit_id = arrive(minji)

    answer = send(sign_in(app, "Daniel"), visit_id, a_jpeg())

    assert answer.status_code == 403
    assert (rows(app), stored(app)) == ([], set())


def test_photos_under_way_arrive_while_the_customer_holds_the_tablet(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = ready_to_sign(minji)
    other = arrive(minji, "34나 5678")
    hand_over(minji, visit_id)

    mine = send(minji, visit_id, a_jpeg())
    of_another_visit = send(minji, other, a_jpeg())

    assert mine.status_code == 200
    assert of_another_visit.status_code == 401
    assert len(rows(app)) == 1


def test_a_photo_after_the_seal_is_kept_and_shown_as_such(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = check_in(minji)

    answer = send(minji, visit_id, a_jpeg())

    assert answer.status_code == 200
    assert "after the signature" in answer.text
    assert [row.after_signature for row in rows(app)] == [True]


def test_a_photo_that_the_seal_names_completes_it(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id, content, photo_id = check_in(minji), a_jpeg(), new_id()
    seal_id = db.session.scalars(db.select(Seal.id)).one()
    named = SealPhoto(
        seal_id=seal_id, photo_id=uuid.UUID(photo_id), sha256=hashlib.sha256(content).hexdigest()
    )
    db.session.add(named)
    db.session.commit()

    answer = send(minji, visit_id, content, id=photo_id)
    removal = minji.post(f"/photos/{photo_id}/removal")

    assert (answer.status_code, removal.status_code) == (200, 409)
    db.session.rollback()
    assert [row.after_signature for row in rows(app)] == [False]
