"""Who sees a photo, and how a browser keeps it."""

import hashlib

from flask import Flask

from inspect_app.config import Settings
from inspect_app.photos.storage import PhotoFolder
from inspect_app.sites.models import Site
from tests.conftest import Tablet, sign_in
from tests.factories import arrive, hand_over, new_id, ready_to_sign
from tests.web.photos.sending import a_jpeg, send


def sent(tablet: Tablet, visit_id: str) -> tuple[str, bytes]:
    photo_id, content = new_id(), a_jpeg()
    assert send(tablet, visit_id, content, id=photo_id).status_code == 200
    return photo_id, content


def test_each_size_comes_as_what_it_is(minji: Tablet) -> None:
    photo_id, content = sent(minji, arrive(minji))

    screen = minji.get(f"/photos/{photo_id}/screen")
    small = minji.get(f"/photos/{photo_id}/list")
    received = minji.get(f"/photos/{photo_id}/received")

    assert (screen.mimetype, small.mimetype) == ("image/jpeg", "image/webp")
    assert received.data == content
    assert received.headers["Content-Disposition"].startswith("attachment")
    for answer in (screen, small, received):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"


def test_a_browser_that_has_it_is_not_sent_it_again(app: Flask, minji: Tablet) -> None:
    photo_id, content = sent(minji, arrive(minji))
    etag = minji.get(f"/photos/{photo_id}/screen").headers["ETag"]
    folder_of(app).path_of(hashlib.sha256(content).hexdigest(), "screen").unlink()

    answer = minji.get(f"/photos/{photo_id}/screen", headers={"If-None-Match": etag})

    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == etag


def folder_of(app: Flask) -> PhotoFolder:
    settings: Settings = app.extensions["settings"]
    return PhotoFolder(settings.data_dir / "photos")


def test_a_lost_small_size_is_made_again(app: Flask, minji: Tablet) -> None:
    photo_id, content = sent(minji, arrive(minji))
    path = folder_of(app).path_of(hashlib.sha256(content).hexdigest(), "list")
    path.unlink()

    answer = minji.get(f"/photos/{photo_id}/list")

    assert answer.status_code == 200
    assert path.is_file()


def test_a_photo_whose_file_is_gone_is_not_found(app: Flask, minji: Tablet) -> None:
    photo_id, content = sent(minji, arrive(minji))
    for kind in ("received", "screen", "list"):
        folder_of(app).path_of(hashlib.sha256(content).hexdigest(), kind).unlink()

    assert minji.get(f"/photos/{photo_id}/screen").status_code == 404


def test_a_size_that_does_not_exist_is_not_found(minji: Tablet) -> None:
    photo_id, _ = sent(minji, arrive(minji))

    assert minji.get(f"/photos/{photo_id}/original").status_code == 404
    assert minji.get(f"/photos/{new_id()}/screen").status_code == 404


def test_the_customer_sees_the_photos_of_their_own_visit_alone(minji: Tablet, shop: Site) -> None:
    others, _ = sent(minji, arrive(minji, "34나 5678"))
    visit_id = ready_to_sign(minji)
    own, _ = sent(minji, visit_id)
    hand_over(minji, visit_id)

    assert minji.get(f"/photos/{own}/screen").status_code == 200
    assert minji.get(f"/photos/{others}/screen").status_code == 404
    assert minji.get(f"/photos/{own}").status_code == 303


def test_only_readers_of_visits_see_photos(app: Flask, minji: Tablet) -> None:
    photo_id, _ = sent(minji, arrive(minji))

    assert sign_in(app, "Gate").get(f"/photos/{photo_id}/screen").status_code == 403
    assert (
        sign_in(app, "Daniel").get(f"/photos/{photo_id}/screen").status_code == 404
    )  # no job of his
    assert app.test_client().get(f"/photos/{photo_id}/screen").status_code == 303
