"""The demo that a newcomer meets, and the check that proves what is kept."""

import time

import pytest
from flask import Flask

from inspect_app.checking import check_everything
from inspect_app.cli import NOT_SOUND, main
from inspect_app.db import db
from inspect_app.photos.actions import folder
from inspect_app.photos.models import Photo
from inspect_app.seeds import seed_visits
from inspect_app.signatures.models import Seal, Signature
from inspect_app.sites.models import Site
from inspect_app.visits.models import Visit
from tests.conftest import Tablet
from tests.web.sheets.test_sheet import words_of

SLOWEST_SECONDS = 40
"""3 s on a quiet machine; this only stops a demo that grows."""


@pytest.fixture
def demo(shop: Site) -> Site:
    """The shop with the demo's visits."""
    began = time.monotonic()
    seed_visits(shop)
    db.session.commit()
    assert time.monotonic() - began < SLOWEST_SECONDS
    return shop


def test_the_demo_has_cars_in_every_stage_and_all_is_sound(demo: Site) -> None:
    states = sorted(db.session.scalars(db.select(Visit.state)))

    report = check_everything()

    assert states == [
        *["arrived"] * 2, *["booked"] * 2, *["checked_in"] * 2, *["closed"] * 3, "in_workshop",
        "preparing_delivery", "ready_notified", "settled",
    ]  # fmt: skip
    assert report.problems == ()
    assert report.remarks == ()
    assert report.seals == 9
    assert report.photos > 15


def test_every_demo_page_opens(demo: Site, minji: Tablet) -> None:
    for visit_id in db.session.scalars(db.select(Visit.id)).all():
        assert minji.get(f"/visits/{visit_id}").status_code == 200
        assert minji.get(f"/visits/{visit_id}/sheet.pdf").data.startswith(b"%PDF")
    assert minji.get("/").status_code == 200


def test_a_finished_visit_s_sheet_still_names_its_key_and_box(demo: Site, minji: Tablet) -> None:
    visit_id = db.session.scalars(
        db.select(Visit.id).where(Visit.state == "closed").order_by(Visit.arrived_at)
    ).first()

    words = words_of(minji.get(f"/visits/{visit_id}/sheet.pdf?lang=en").data)

    assert "Keytag1" in words
    assert "1key,1remote" in words


def test_what_was_changed_behind_the_app_is_found(demo: Site, app: Flask) -> None:
    first, second, third, *_rest = db.session.scalars(db.select(Seal).order_by(Seal.sequence))
    first.document = first.document.replace(b"Hanbit", b"Hanbat")
    second.chain_sha256 = "0" * 64
    signature = db.session.scalars(
        db.select(Signature).where(Signature.seal_id == third.id, Signature.code == "S1")
    ).one()
    signature.facts_sha256 = "1" * 64
    photos = db.session.scalars(db.select(Photo).order_by(Photo.sha256)).all()
    folder().path_of(photos[0].sha256, "received").unlink()
    folder().path_of(photos[-1].sha256, "received").write_bytes(b"another")
    db.session.commit()

    problems = "\n".join(check_everything().problems)

    assert "seal 1: DOCUMENT_HASH" in problems
    assert "chain 2: WRONG_HASH" in problems
    assert "seal 3: SIGNATURE_FACTS S1" in problems
    assert f"photo {photos[0].sha256}: MISSING" in problems
    assert f"photo {photos[-1].sha256}: DAMAGED" in problems


def test_a_missing_seal_is_a_gap_in_the_chain(demo: Site) -> None:
    last_but_one = db.session.scalars(
        db.select(Seal).order_by(Seal.sequence.desc()).offset(1)
    ).first()
    assert last_but_one is not None
    last_but_one.sequence += 100
    db.session.commit()

    assert any("SEQUENCE_GAP" in line for line in check_everything().problems)


def test_the_command_ends_with_one_where_something_is_wrong(
    demo: Site, app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = app.extensions["settings"]
    monkeypatch.setenv("DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)

    assert main(["check"]) == 0
    first = db.session.scalars(db.select(Seal).order_by(Seal.sequence)).all()[0]
    first.sha256 = "2" * 64
    db.session.commit()
    db.session.remove()

    assert main(["check"]) == NOT_SOUND
    said = capsys.readouterr().out
    assert "all sound" in said
    assert "seal 1: DOCUMENT_HASH" in said
