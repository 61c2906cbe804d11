"""What a tablet is given so that it can go on alone, and what it is not."""

import json
import re

from flask import Flask

from inspect_app.config import STATIC
from inspect_app.offline.code import translated
from tests.conftest import Tablet, sign_in
from tests.factories import arrive


def test_everything_of_a_check_in_is_translated(app: Flask) -> None:
    worker = app.test_client().get("/sw.js")

    code = app.test_client().get(re.findall(r'from "(/tablet/[^"]+)"', worker.text)[0])

    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert worker.headers["Cache-Control"] == "no-cache"
    assert "export const views" in code.text
    assert "immutable" in code.headers["Cache-Control"]


def test_the_tablet_has_every_filter_that_a_page_of_it_names(app: Flask) -> None:
    code = translated(app).text
    known = re.findall(r"^  (\w+): ", (STATIC / "js/shop/jinja.js").read_text(), re.MULTILINE)
    ours = re.findall(r'"(\w+)": ', code.split("export const filters = ")[1].split("\n")[0])
    words = {"clock", "moment", "day", "weekday", "money", "local_input"}

    used = set(re.findall(r'j\.filter\("(\w+)"', code))

    assert used - {*known, *ours, *words} == set()


def test_a_receptionist_is_given_cars_but_no_pin(minji: Tablet) -> None:
    arrive(minji)

    given = minji.get("/tablet/rows")

    rows = given.get_json()["rows"]
    assert {"Visit", "Vehicle", "Customer", "KeyTag"} <= set(rows)
    assert "pin_hash" not in json.dumps(rows)
    assert given.get_json()["person"]["name"] == "Minji"


def test_the_same_rows_are_not_sent_again(minji: Tablet) -> None:
    etag = minji.get("/tablet/rows").headers["ETag"]

    again = minji.get("/tablet/rows", headers={"If-None-Match": etag})

    assert again.status_code == 304


def test_who_takes_no_car_in_is_given_no_row(app: Flask) -> None:
    given = sign_in(app, "Daniel").get("/tablet/rows").get_json()

    assert given["rows"] == {}
    assert given["links"] == []


def test_an_older_code_is_not_served_under_its_name(app: Flask) -> None:
    assert app.test_client().get("/tablet/000000000000/code.js").status_code == 404
