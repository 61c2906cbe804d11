"""One whole check-in as the requests of a tablet, for the shop and for the tablet itself."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from inspect_app.catalogues import codes
from tests.factories import arrival_form

ID = {name: str(uuid.uuid4()) for name in (
    "visit", "first", "second", "third", "mark", "other_mark", "check", "papers", "paper",
    "umbrella", "coin", "count", "box", "reading", "key", "movement",
)}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A request as the outbox keeps it; `page` where a whole page is asked for."""

    method: str
    url: str
    form: dict[str, Any] = field(default_factory=dict)
    page: bool = False

    def fields(self) -> list[list[str]]:
        """Name and value of each field."""
        return [[name, str(value)] for name, value in self.form.items()]


def captures(plate: str) -> Iterator[Asked]:
    """From the arrival to the last capture, and every page on the way."""
    here = f"/visits/{ID['visit']}"
    yield Asked("GET", f"/arrivals/lookup?plate={plate}")
    yield Asked("POST", "/visits", arrival_form(plate, id=ID["visit"]), page=True)
    yield Asked("GET", f"{here}/order", page=True)
    yield from _order(here)
    yield from _walk(here)
    yield from _things(here)
    yield from _readings(here)
    for page in ("order", "walkaround", "things", "readings", "review"):
        yield Asked("GET", f"{here}/{page}", page=True)


def _order(here: str) -> Iterator[Asked]:
    yield Asked(
        "POST", f"{here}/order", {"part": "words", "customer_words": "It squeals & <rubs>."}
    )
    for name, words, price in (("first", "Brake pads", "120,000"), ("second", "A noise", "")):
        form = {"id": ID[name], "description": words, "price": price, "new": "1"}
        yield Asked("POST", f"{here}/order/lines", form)
    yield Asked(
        "POST", f"{here}/order/lines", {"id": ID["third"], "usual": "oil_change", "new": "1"}
    )
    changed = {"id": ID["first"], "description": "Brake pads, front", "price": "95,000"}
    yield Asked("POST", f"{here}/order/lines", changed)
    yield Asked("POST", f"{here}/order/lines", {**changed, "price": "a lot"})
    yield Asked("POST", f"{here}/order/lines/{ID['third']}/removal")
    yield Asked("POST", f"{here}/order", {"part": "promise", "promised_at": "2030-11-02T18:00"})
    yield Asked("POST", f"{here}/order", {"part": "promise", "promised_at": "soon"})
    wishes = {"old_parts_back": "yes", "wash": "no", "call_limit_amount": "300,000"}
    yield Asked("POST", f"{here}/order", {"part": "wishes", **wishes})


def _walk(here: str) -> Iterator[Asked]:
    yield Asked("GET", f"{here}/walkaround", page=True)
    yield Asked("POST", f"{here}/conditions", {"body_condition": "clean", "light": "day"})
    mark = {
        "id": ID["mark"], "view": "outside", "zone": "front_bumper", "x": "0.1", "y": "0.4",
        "damage_type": "scratch", "size_class": "2", "station": "front",
    }  # fmt: skip
    yield Asked("POST", f"{here}/marks", mark)
    other = {"id": ID["other_mark"], "zone": "bonnet", "damage_type": "other", "size_class": "1"}
    yield Asked("POST", f"{here}/marks", {**other, "remark": "sap of a tree", "station": "front"})
    yield Asked("POST", f"{here}/marks", {**mark, "id": str(uuid.uuid4()), "zone": "sky"})
    yield Asked("GET", f"{here}/marks/{ID['mark']}")
    yield Asked("POST", f"{here}/marks/{ID['mark']}", {**mark, "size_class": "3", "remark": "deep"})
    yield Asked("POST", f"{here}/marks/{ID['other_mark']}/removal", {"station": "front"})
    yield Asked("POST", f"{here}/marks/{ID['other_mark']}/return", {"station": "front"})
    lamp = {"id": ID["check"], "list_name": "indicator", "line": "check_engine:on"}
    yield Asked("POST", f"{here}/checks", lamp)
    said = {"id": ID["check"], "list_name": "indicator", "code": "check_engine", "result": "on"}
    yield Asked("POST", f"{here}/checks", {**said, "remark": "since Monday"})
    for station in codes("stations"):
        form = {"id": str(uuid.uuid4()), "result": "normal"}
        yield Asked("GET", f"{here}/walkaround?station={station}")
        yield Asked("POST", f"{here}/stations/{station}", form)


def _things(here: str) -> Iterator[Asked]:
    paper = {"id": ID["paper"], "code": "compulsory_insurance", "received": "no"}
    yield Asked("POST", f"{here}/papers", paper)
    yield Asked("GET", f"{here}/papers/compulsory_insurance?received=no")
    wrong = {"discrepancy": "Left at home", "agreed": "Comes by mail"}
    yield Asked("POST", f"{here}/papers", {**paper, **wrong})
    yield Asked("POST", f"{here}/papers/in-order", {"id": ID["papers"]})
    thing = {"id": ID["umbrella"], "code": "umbrella", "place": "", "tapped": "1"}
    yield Asked("POST", f"{here}/belongings", {**thing, "quantity": "1"})
    yield Asked("POST", f"{here}/belongings", {**thing, "quantity": "2"})
    own = {"id": ID["coin"], "code": "other_item", "name": "A lucky coin", "quantity": "1"}
    yield Asked("POST", f"{here}/belongings", {**own, "place": "in_box"})
    count = {"id": ID["count"], "notice_shown": "1"}
    yield Asked("POST", f"{here}/belongings/count", {**count, "valuables": "none"})
    said = {**count, "notice_told": "yes", "valuables": "none"}
    yield Asked("POST", f"{here}/belongings/count", said)
    yield Asked("POST", f"{here}/box", {"id": ID["box"], "box": "none such"})
    yield Asked("POST", f"{here}/box", {"id": ID["box"], "box": ""})


def _readings(here: str) -> Iterator[Asked]:
    reading = {"id": ID["reading"], "odometer_unit": "km", "odometer": "48,210"}
    yield Asked("POST", f"{here}/readings", {**reading, "odometer": "many"})
    yield Asked("POST", f"{here}/readings", {**reading, "fuel_eighths": "6"})
    key = {"id": ID["key"], "keys_count": "2", "remotes_count": "1", "tag": "", "slot": ""}
    yield Asked("POST", f"{here}/key", key)
    yield Asked("POST", f"{here}/key/movements", {"id": ID["movement"], "kind": "put_in"})
