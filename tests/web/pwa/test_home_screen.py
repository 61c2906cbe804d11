"""What a tablet asks for before and after it has the app on its home screen."""

from flask import Flask

from inspect_app.config import STATIC
from tests.conftest import Tablet


def test_the_app_can_be_put_on_a_home_screen_before_anyone_signs_in(app: Flask) -> None:
    answer = app.test_client().get("/manifest.webmanifest")

    manifest = answer.get_json(force=True)
    assert answer.content_type.startswith("application/manifest+json")
    assert (manifest["start_url"], manifest["display"]) == ("/", "standalone")
    for icon in manifest["icons"]:
        name = icon["src"].split("/static/", 1)[1].split("/", 1)[1]
        assert (STATIC / name).is_file(), icon["src"]


def test_the_connection_says_who_is_signed_in_and_the_shop_s_time(
    app: Flask, minji: Tablet
) -> None:
    signed_in = minji.get("/connection").get_json()
    nobody = app.test_client().get("/connection").get_json()

    assert signed_in["ok"]
    assert signed_in["person"]
    assert nobody["person"] is None
    assert nobody["now"].endswith("Z")
