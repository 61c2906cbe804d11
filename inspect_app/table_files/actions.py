"""Keeping a file, and taking in what it holds. What is there already is changed where the file says
so and otherwise left; the same file again changes nothing."""

import logging
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from inspect_app.customers.actions import phone_end
from inspect_app.customers.models import Customer
from inspect_app.db import db
from inspect_app.errors import Conflict
from inspect_app.price_list.models import PriceItem
from inspect_app.price_list.rules import searchable
from inspect_app.sites.queries import this_site
from inspect_app.table_files import queries, rules
from inspect_app.table_files.models import TableFile
from inspect_app.table_files.rules import Row
from inspect_app.vehicles.models import Vehicle

log = logging.getLogger(__name__)


def keep_file(
    file_id: uuid.UUID,
    kind: str,
    name: str,
    content: bytes,
    encoding: str,
    *,
    by: uuid.UUID,
    at: datetime,
) -> TableFile:
    """The file as it came, to be tried; a repeat is answered with the first one."""
    known = db.session.get(TableFile, file_id)
    if known is not None:
        return known
    row = TableFile(
        id=file_id, kind=kind, name=name, content=content, encoding=encoding, by_id=by,
        captured_at=at,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    log.info("table kept file=%s kind=%s bytes=%s", row.id, kind, len(content))
    return row


def take_in(file: TableFile, *, at: datetime) -> dict[str, int]:
    """Keeps every good line; refused ones are left out. How many became what. Raises Conflict where
    nothing can be taken in."""
    if file.taken_in_at is not None:
        return dict(file.counts)
    trial = queries.trial_of(file)
    if trial.problem or trial.lacking or not trial.outcomes:
        raise Conflict(_l("Nothing in this file can be taken in. Look at why, and send it again."))
    keep = _KEEPERS[file.kind]()
    for one in trial.outcomes:
        if one.becomes in ("new", "changed"):
            keep(one.row)
    file.taken_in_at, file.counts = at, trial.counts
    db.session.flush()
    log.info("table taken in file=%s counts=%s", file.id, trial.counts)
    return trial.counts


Keeper = Callable[[Row], None]


def _customers() -> Keeper:
    known = queries.known_customers()

    def keep(row: Row) -> None:
        _keep_customer(known, row.key, row.values)

    return keep


def _keep_customer(known: dict[str, Customer], key: str, values: Mapping[str, Any]) -> Customer:
    customer = known.get(key)
    if customer is None:
        customer = Customer(
            id=uuid.uuid4(), name=values["name"], version=0, locale=this_site().locale
        )
        known[key] = customer
        db.session.add(customer)
    for name in queries.CUSTOMER_FACTS:
        if name in values:
            setattr(customer, name, values[name])
    if "phone" in values:
        customer.phone_end = phone_end(values["phone"])
    customer.version += 1
    return customer


def _vehicles() -> Keeper:
    known, owners = queries.known_vehicles(), queries.known_customers()

    def keep(row: Row) -> None:
        car = known.get(row.key)
        if car is None:
            plate = row.values.get("plate", "")
            car = Vehicle(id=uuid.uuid4(), plate=plate, plate_key=row.key, version=0)
            known[row.key] = car
            db.session.add(car)
        for name in queries.VEHICLE_FACTS:
            if name in row.values:
                setattr(car, name, row.values[name])
        car.version += 1
        if owner := row.values.get("owner_name"):
            said = {"name": owner}
            if phone := row.values.get("owner_phone"):
                said["phone"] = phone
            key = rules.customer_key(owner, said.get("phone", ""))
            customer = _keep_customer(owners, key, said)
            db.session.flush()
            car.customer_id = customer.id

    return keep


def _prices() -> Keeper:
    known = queries.known_prices()

    def keep(row: Row) -> None:
        item = known.get(row.key)
        if item is None:
            item = PriceItem(id=uuid.uuid4(), code=row.values["code"], version=0, other_names={})
            item.method = "item"
            known[row.key] = item
            db.session.add(item)
        for name in ("name", "kind", "number", "brand"):
            if name in row.values:
                setattr(item, name, row.values[name])
        if {"price_amount", "hours_hundredths"} & set(row.values):
            item.price_amount = row.values.get("price_amount")
            item.hours_hundredths = row.values.get("hours_hundredths")
        names = (item.other_names or {}).values()
        texts = (item.code, item.name, item.number or "", item.brand or "", *names)
        item.search_text = searchable(*texts)[:1000]
        item.version, item.removed_at = item.version + 1, None

    return keep


_KEEPERS: Mapping[str, Callable[[], Keeper]] = {
    "customers": _customers,
    "vehicles": _vehicles,
    "prices": _prices,
}
