"""What the site knows already, by the keys of the files; and what a file would change."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from inspect_app.customers.models import Customer
from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.i18n import minor_digits
from inspect_app.price_list.models import PriceItem
from inspect_app.table_files import rules
from inspect_app.table_files.models import TableFile
from inspect_app.table_files.reading import Table, Unreadable, read_table
from inspect_app.table_files.rules import Outcome
from inspect_app.vehicles.models import Vehicle

MOST_FILES = 20


@dataclass(frozen=True)
class Trial:
    """A file as it would be taken in; `problem` where it can't be read at all, `lacking` the
    columns that are not there."""

    outcomes: Sequence[Outcome] = ()
    table: Table | None = None
    problem: str = ""
    lacking: Sequence[str] = ()
    unused: Sequence[str] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many lines become what."""
        return dict(Counter(one.becomes for one in self.outcomes))

    @property
    def refused(self) -> list[Outcome]:
        """The lines that are left out, with why."""
        return [one for one in self.outcomes if one.becomes == "refused"]

    @property
    def is_good(self) -> bool:
        """Whether anything can be taken in."""
        return any(one.becomes in ("new", "changed") for one in self.outcomes)


def file_of(file_id: uuid.UUID) -> TableFile:
    """A file with its bytes. Raises NotFound."""
    found = db.session.scalar(
        select(TableFile)
        .options(undefer(TableFile.content), joinedload(TableFile.by))
        .where(TableFile.id == file_id)
    )
    if found is None:
        raise NotFound
    return found


def files() -> Sequence[TableFile]:
    """The files that came last."""
    return db.session.scalars(
        select(TableFile)
        .options(joinedload(TableFile.by))
        .order_by(TableFile.captured_at.desc())
        .limit(MOST_FILES)
    ).all()


def trial_of(file: TableFile) -> Trial:
    """Reads the file and compares it with what is known; changes nothing."""
    try:
        table = read_table(file.content, file.encoding)
    except Unreadable as problem:
        return Trial(problem=problem.code)
    columns = rules.columns_of(file.kind, table.header)
    if lacking := rules.missing_columns(file.kind, columns):
        return Trial(table=table, lacking=lacking)
    digits = minor_digits(g.currency)
    rows = [rules.read_row(file.kind, line, cells, columns, digits) for line, cells in table.rows]
    used = set(columns.values())
    unused = [name for place, name in enumerate(table.header) if name and place not in used]
    return Trial(rules.plan(rows, known_facts(file.kind)), table, unused=unused)


def known_facts(kind: str) -> dict[str, dict[str, Any]]:
    """What the site has, by key, as the rules compare it."""
    if kind == "vehicles":
        owners = customers_by_id()
        return {key: _vehicle_facts(car, owners) for key, car in known_vehicles().items()}
    if kind == "prices":
        return {key: _facts(item, PRICE_FACTS) for key, item in known_prices().items()}
    return {key: _facts(one, CUSTOMER_FACTS) for key, one in known_customers().items()}


CUSTOMER_FACTS = ("phone", "email", "organisation", "department", "work_address", "locale")
VEHICLE_FACTS = ("vin", "make", "model", "colour", "powertrain", "engine_number",
                 "first_registered_on")  # fmt: skip
PRICE_FACTS = ("name", "kind", "number", "brand", "price_amount", "hours_hundredths")
"""What a file may change of a row that is known; its key is not among it."""


def _facts(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _vehicle_facts(car: Vehicle, owners: dict[uuid.UUID, Customer]) -> dict[str, Any]:
    owner = owners.get(car.customer_id) if car.customer_id else None
    return _facts(car, VEHICLE_FACTS) | {
        "owner_name": owner.name if owner else "",
        "owner_phone": owner.phone if owner else "",
    }


def known_customers() -> dict[str, Customer]:
    """Every customer, by name and number; of two the one that came first."""
    found = db.session.scalars(select(Customer).order_by(Customer.id.desc()))
    return {rules.customer_key(one.name, one.phone): one for one in found}


def customers_by_id() -> dict[uuid.UUID, Customer]:
    """Every customer of the site."""
    return {one.id: one for one in db.session.scalars(select(Customer))}


def known_vehicles() -> dict[str, Vehicle]:
    """Every car, by its plate's key."""
    return {one.plate_key: one for one in db.session.scalars(select(Vehicle))}


def known_prices() -> dict[str, PriceItem]:
    """The whole price list, by code; removed items too."""
    return {rules.folded(one.code): one for one in db.session.scalars(select(PriceItem))}
